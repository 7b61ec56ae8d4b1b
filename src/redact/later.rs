//! What the rules of today say of an old text.
//!
//! An old text is shown to a reader only if it was open to them then and what became of it is open to them today.
//! What became of an entry is found by its id, its aliases and the files that its history leads through; where
//! several of today's entries come into question, all of them must be open. Where nothing became of it, the
//! last that it said counts, under the settings of today.
//!
//! In doubt a text is held back: a section that is limited today goes from every older text by its heading, and an
//! older text that says a line elsewhere which today is hidden with its section is not shown at all.

use std::collections::{HashMap, HashSet};

use crate::history::{File, History};
use crate::model::read::{Role, role};
use crate::model::readers::{Reader, may_read, may_read_by, may_read_section};
use crate::model::{Header, Portfolio};
use crate::source::SourcePath;
use crate::text::Id;
use crate::text::prose::{Heading, anchor};

/// The rules of today, for one reader.
pub struct Later<'a> {
    today: &'a Portfolio,
    reader: &'a Reader,
    /// The entries of today by the paths that their files ever had.
    by_path: HashMap<&'a str, Vec<&'a Header>>,
    /// The entries of today by the ids that they ever had.
    by_id: HashMap<&'a str, Vec<&'a Header>>,
    /// For the paths of entries that are gone, whether the last that they said is open today.
    gone: HashMap<&'a str, bool>,
    /// What of an entry that is open is hidden today, by the entry's id.
    hidden: HashMap<&'a str, HiddenText<'a>>,
    /// Paths of files that belong to hidden entries today.
    hidden_files: HashSet<&'a str>,
}

/// What of an entry's text its readers do not see.
struct HiddenText<'a> {
    /// The headings of the sections, as anchors without numbers.
    headings: HashSet<String>,
    /// Lines that stand in them and nowhere else.
    lines: HashSet<&'a str>,
}

impl<'a> Later<'a> {
    /// Works out what is open to a reader.
    ///
    /// `last_word` gives the header of an entry that is gone, as it was last. Whether that has been committed makes no
    /// difference.
    pub fn new(
        today: &'a Portfolio,
        history: &'a History,
        reader: &'a Reader,
        last_word: impl Fn(&File) -> Option<Header>,
    ) -> Self {
        let mut later = Self {
            today,
            reader,
            by_path: HashMap::new(),
            by_id: HashMap::new(),
            gone: HashMap::new(),
            hidden: HashMap::new(),
            hidden_files: HashSet::new(),
        };
        if *reader == Reader::Me {
            return later;
        }
        for header in today.headers() {
            later.note_names(header, history);
            let hidden = HiddenText::of(header, reader);
            later.hidden.extend(hidden.map(|hidden| (header.id.as_str(), hidden)));
        }
        let closed = today.headers().filter(|header| !may_read(today, header, reader));
        let folders: HashSet<&str> = closed
            .filter(|header| header.file.stem() == "index")
            .map(|header| header.file.folder())
            .collect();
        for (path, file) in history.files().filter(|(path, _)| is_in(path, &folders)) {
            let paths = file.revisions.iter().map(|revision| &*revision.path);
            later.hidden_files.extend(paths.chain([&**path]));
        }
        let is_nothing_left = |(path, id): &(&SourcePath, &str)| later.became_of(path, id).is_empty();
        let missing = missing(history, today).filter(is_nothing_left);
        let missing: Vec<&File> = missing.filter_map(|(path, _)| history.file(path)).collect();
        for file in history.removed().iter().chain(missing) {
            let word = last_word(file);
            let is_open = word.is_some_and(|header| may_read_by(&today.config, &header, reader));
            for path in file.revisions.iter().map(|revision| &*revision.path) {
                *later.gone.entry(path).or_insert(true) &= is_open;
            }
        }
        later
    }

    /// For whom.
    pub fn reader(&self) -> &'a Reader {
        self.reader
    }

    /// Whether what became of an entry is open today.
    pub fn allows(&self, then: &Header) -> bool {
        if *self.reader == Reader::Me {
            return true;
        }
        let now = self.now(then);
        let is_gone = now.is_empty();
        let was_open_last = self.was_open_last(&then.file);
        now.iter().all(|header| may_read(self.today, header, self.reader))
            && was_open_last.unwrap_or(!is_gone || may_read_by(&self.today.config, then, self.reader))
    }

    /// Whether an entry that had that id then is there today and open.
    pub fn allows_id(&self, id: &str) -> bool {
        let is_open = |header: &&Header| may_read(self.today, header, self.reader);
        *self.reader == Reader::Me
            || self.by_id.get(id).is_some_and(|now| !now.is_empty() && now.iter().all(is_open))
    }

    /// The entries of today that had that id once.
    pub fn now_called(&self, id: &str) -> &[&'a Header] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// Whether a section of an old text is limited today.
    pub(super) fn hides_section(&self, then: &Header, heading: &Heading) -> bool {
        self.hidden_texts(then).any(|hidden| hidden.headings.contains(&anchor(&heading.text)))
    }

    /// Whether an old text, cut down already, says something that is hidden today.
    pub(super) fn withholds(&self, then: &Header) -> bool {
        let says =
            |hidden: &HiddenText| then.body.text.lines().any(|line| hidden.lines.contains(line.trim()));
        self.hidden_texts(then).any(says)
    }

    /// Whether the words of others may still be quoted.
    pub(super) fn allows_quote(&self, then: &Header) -> bool {
        let is_allowed = |header: &&Header| {
            let feedback = self.today.feedback_entry(&header.id);
            feedback.is_none_or(|feedback| feedback.quote_permission == Some(true))
        };
        self.now(then).iter().all(is_allowed)
    }

    /// Whether a file belongs to a hidden entry today.
    pub fn hides_file(&self, path: &SourcePath) -> bool {
        self.hidden_files.contains(&**path)
    }

    fn hidden_texts(&self, then: &Header) -> impl Iterator<Item = &HiddenText<'a>> {
        self.now(then).into_iter().filter_map(|header| self.hidden.get(header.id.as_str()))
    }

    /// What may have become of an entry.
    fn now(&self, then: &Header) -> Vec<&'a Header> {
        self.became_of(&then.file, then.id.as_str())
    }

    /// What may have become of an entry that had that path and that id.
    pub(super) fn became_of(&self, path: &str, id: &str) -> Vec<&'a Header> {
        let by_path = self.by_path.get(path).into_iter().flatten();
        let by_id = self.by_id.get(id).into_iter().flatten();
        by_path.chain(by_id).copied().collect()
    }

    /// Of an entry that is gone and had that path: whether the last that it said is open today.
    pub(super) fn was_open_last(&self, path: &str) -> Option<bool> {
        self.gone.get(path).copied()
    }

    /// The portfolio of today.
    pub(super) fn today(&self) -> &'a Portfolio {
        self.today
    }

    fn note_names(&mut self, header: &'a Header, history: &'a History) {
        let revisions = history.of(&header.file);
        let paths = revisions.iter().map(|revision| &revision.path);
        let paths: HashSet<&SourcePath> = paths.chain([&header.file]).collect();
        let ids = paths.iter().filter_map(|path| match role(path) {
            Role::Entry { id, .. } => Some(id),
            _ => None,
        });
        let aliases = header.common.aliases.iter().map(Id::as_str);
        let ids: HashSet<&str> = ids.chain(aliases).chain([header.id.as_str()]).collect();
        for id in ids {
            self.by_id.entry(id).or_default().push(header);
        }
        for path in paths {
            self.by_path.entry(&**path).or_default().push(header);
        }
    }
}

impl<'a> HiddenText<'a> {
    /// `None` if the reader sees the whole text.
    fn of(header: &'a Header, reader: &Reader) -> Option<Self> {
        let is_limited = |heading: &Heading| {
            heading.readers.as_ref().is_some_and(|names| !may_read_section(names, reader))
        };
        let open = header.body.without_sections(is_limited)?;
        let body = &header.body;
        let is_hidden = |heading: &&Heading| {
            body.limits_at(heading.range.start).any(|names| !may_read_section(names, reader))
        };
        let limited = body.headings.iter().filter(is_hidden);
        let open_lines: HashSet<&str> = open.text.lines().map(str::trim).collect();
        let lines = header.body.text.lines().map(str::trim);
        Some(Self {
            headings: limited.map(|heading| anchor(&heading.text)).collect(),
            lines: lines.filter(|line| says_something(line) && !open_lines.contains(line)).collect(),
        })
    }
}

/// Whether a line holds a word: rules, fences and blank lines stand in many texts.
fn says_something(line: &str) -> bool {
    line.chars().any(char::is_alphanumeric)
}

fn is_in(path: &SourcePath, folders: &HashSet<&str>) -> bool {
    let mut folder = path.folder();
    while !folder.is_empty() {
        if folders.contains(folder) {
            return true;
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
    false
}

/// The files of entries in the newest commit that no entry of today lies in, with the ids.
pub fn missing<'a>(
    history: &'a History,
    today: &Portfolio,
) -> impl Iterator<Item = (&'a SourcePath, &'a str)> {
    let there: HashSet<SourcePath> = today.headers().map(|header| header.file.clone()).collect();
    history.files().filter_map(move |(path, _)| match role(path) {
        Role::Entry { id, .. } if !there.contains(path) => Some((path, id)),
        _ => None,
    })
}
