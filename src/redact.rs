//! Cuts the portfolio down to what one reader may see, before anything is made from it.
//!
//! Everything a site shows, counts or exports is made from a [`Redacted`], and nothing else can make one.
//! So a page, a feed or a search index cannot forget to filter: what is hidden is not there.

mod later;
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

pub use later::{Later, missing};
pub use rules::Rules;

use crate::model::assets::{owner_of, owners, used_assets};
use crate::model::common::{Observations, Shift};
use crate::model::links::{Broken, Destination, destination, named_entry};
use crate::model::read::{Role, role};
use crate::model::readers::{Reader, may_read, may_read_section};
use crate::model::record::{Either, List};
use crate::model::{Config, Entry, Header, Portfolio};
use crate::source::SourcePath;
use crate::text::prose::{Link, LinkKind, Prose};
use crate::text::{Id, RightRef, Text};

/// A portfolio in which nothing is left that its reader may not see.
#[derive(Debug)]
pub struct Redacted {
    // Private: only `redact` makes one.
    portfolio: Portfolio,
    reader: Reader,
}

impl Redacted {
    /// What is left.
    pub fn portfolio(&self) -> &Portfolio {
        &self.portfolio
    }

    /// For whom.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Whether the reader sees the very same entries in both.
    ///
    /// Where a file stands is no part of it: a reader never learns that.
    pub fn has_same_entries(&self, other: &Self) -> bool {
        let files = |redacted: &Self| -> Vec<SourcePath> {
            redacted.portfolio.headers().map(|header| header.file.clone()).collect()
        };
        // Copies share their texts until one of them is changed.
        let moved = files(self) != files(other);
        let without_files = |redacted: &Self| {
            let mut portfolio = redacted.portfolio.clone();
            let ids: Vec<Id> = portfolio.headers().map(|header| header.id.clone()).collect();
            for id in ids.into_iter().filter(|_| moved) {
                if let Some(header) = portfolio.header_mut(&id) {
                    header.file = SourcePath::new("");
                }
            }
            portfolio.assets.clear();
            portfolio.config.clone_from(&self.portfolio.config);
            portfolio
        };
        self.reader == other.reader && without_files(self) == without_files(other)
    }

    /// Whether it is for the writer, who sees all.
    pub fn is_for_me(&self) -> bool {
        self.reader == Reader::Me
    }
}

/// What stands in the place of `[[id]]` when the entry is hidden: its title would be the only words.
const HIDDEN_TITLE: &str = "…";

/// Cuts a portfolio down for one reader.
pub fn redact(portfolio: &Portfolio, reader: &Reader) -> Redacted {
    cut(portfolio, reader, None, None)
}

/// Cuts a portfolio down as it stood once: under the rules that it had then, and under those of today.
pub fn redact_past(portfolio: &Portfolio, later: &Later) -> Redacted {
    cut(portfolio, later.reader(), Some(later), None)
}

/// Cuts one entry down as it stood once, which is alone in its portfolio with the files that it shows.
///
/// `may_be_named` tells of every other entry whether the reader could see it then and can see it now; what is
/// not there to be looked up is hidden otherwise. `None` if the entry itself is.
pub fn redact_version(
    portfolio: &Portfolio,
    later: &Later,
    may_be_named: &dyn Fn(&str) -> bool,
) -> Option<Redacted> {
    let left = cut(portfolio, later.reader(), Some(later), Some(may_be_named));
    let is_seen = left.portfolio.headers().next().is_some();
    is_seen.then_some(left)
}

fn cut(
    portfolio: &Portfolio,
    reader: &Reader,
    later: Option<&Later>,
    others: Option<&dyn Fn(&str) -> bool>,
) -> Redacted {
    if *reader == Reader::Me {
        // Nothing is cut, so nothing is looked through: copies of entries share what they hold. Files that no entry
        // uses stay, and cannot be reached: all ways to a file begin in an entry.
        let mut left = portfolio.clone();
        left.broken.clear();
        left.sketches.clear();
        return Redacted { portfolio: left, reader: Reader::Me };
    }
    let visible = visible(portfolio, reader, later);
    let cut = Cut { portfolio, reader, visible, owners: owners(portfolio), later, others };
    let mut left = Portfolio::new(cut.config());
    left.program = portfolio.program.iter().filter_map(|entry| cut.entry(entry)).next();
    left.scopes = cut.entries(&portfolio.scopes);
    left.decisions = cut.entries(&portfolio.decisions);
    left.pilots = cut.entries(&portfolio.pilots);
    left.proposals = cut.entries(&portfolio.proposals);
    left.agreements = cut.entries(&portfolio.agreements);
    left.check_ins = cut.entries(&portfolio.check_ins);
    left.feedback = cut.entries(&portfolio.feedback);
    left.constraints = cut.entries(&portfolio.constraints);
    left.pages = cut.entries(&portfolio.pages);
    cut.fields(&mut left);
    left.arrange();
    without_dead_ends(&mut left);
    finished(left, portfolio, reader)
}

/// With the files that what is left makes use of.
fn finished(mut left: Portfolio, whole: &Portfolio, reader: &Reader) -> Redacted {
    // Links to files are looked up in what there is, so all files come first and the unused ones go.
    left.assets.clone_from(&whole.assets);
    let used = used_assets(&left);
    left.assets.retain(|path, _| used.contains(path));
    Redacted { portfolio: left, reader: reader.clone() }
}

fn visible<'a>(portfolio: &'a Portfolio, reader: &Reader, later: Option<&Later>) -> BTreeSet<&'a Id> {
    portfolio
        .headers()
        .filter(|header| may_read(portfolio, header, reader))
        .filter(|header| later.is_none_or(|later| later.allows(header)))
        .map(|header| &header.id)
        .collect()
}

struct Cut<'a> {
    portfolio: &'a Portfolio,
    reader: &'a Reader,
    visible: BTreeSet<&'a Id>,
    owners: BTreeMap<&'a str, &'a Header>,
    /// The rules of today, for what stood once.
    later: Option<&'a Later<'a>>,
    /// Which entries may be named, where but one is there.
    others: Option<&'a dyn Fn(&str) -> bool>,
}

impl Cut<'_> {
    fn sees(&self, id: &Id) -> bool {
        self.visible.contains(id) || self.others.is_some_and(|may_be_named| may_be_named(id.as_str()))
    }

    fn sees_right(&self, right: &RightRef) -> bool {
        self.sees(&right.scope)
    }

    /// Who else reads, and what is promised to them, is nobody's business but mine.
    fn config(&self) -> Config {
        let mut config = self.portfolio.config.clone();
        let name = self.reader.name();
        if let Some(readers) = &mut config.readers {
            readers.retain(|id, _| id.as_str() == name);
        }
        config.readers = config.readers.filter(|readers| !readers.is_empty());
        config.defaults = None;
        config.editor_url = None;
        config.check_ins = config.check_ins.filter(|rhythm| rhythm.with.as_deref() == Some(name));
        if let Some(pause) = &mut config.pause {
            pause.reason = None;
        }
        config
    }

    fn entries<T>(&self, entries: &[Entry<T>]) -> Vec<Entry<T>> {
        entries.iter().filter_map(|entry| self.entry(entry)).collect()
    }

    fn entry<T>(&self, entry: &Entry<T>) -> Option<Entry<T>> {
        self.sees(entry.id())
            .then(|| Entry { header: self.header(&entry.header), fields: Arc::clone(&entry.fields) })
    }

    fn header(&self, whole: &Header) -> Arc<Header> {
        let mut header = Header::clone(whole);
        header.common.readers = None;
        header.common.related.retain(|id| self.sees(id));
        header.common.evidence.retain(|evidence| match evidence {
            Either::Short(id) => self.sees(id),
            Either::Long(_) => true,
        });
        for evidence in &mut header.common.evidence {
            if let Either::Long(evidence) = evidence {
                self.keep_seen_file(&header.file, &mut evidence.file);
            }
        }
        if let Some(body) = self.without_sections(&header) {
            header.body = body;
        }
        if self.later.is_some_and(|later| later.withholds(&header)) {
            header.body = Prose::default();
        }
        if let Some(body) = self.without_traces(&header) {
            header.body = body;
        }
        Arc::new(header)
    }

    fn without_sections(&self, header: &Header) -> Option<Prose> {
        header.body.without_sections(|heading| {
            heading.readers.as_ref().is_some_and(|names| !may_read_section(names, self.reader))
                || self.later.is_some_and(|later| later.hides_section(header, heading))
        })
    }

    /// Takes out of a text what only its source shows: names of readers, comments, and addresses of hidden
    /// entries.
    fn without_traces(&self, header: &Header) -> Option<Prose> {
        let body = &header.body;
        let mut parts = without_links(header, |link| self.is_hidden(header, link));
        for heading in body.headings.iter().filter(|heading| heading.readers.is_some()) {
            let attributes = readers_attributes(&body.text, &heading.range);
            parts.extend(attributes.into_iter().map(|range| (range, "")));
        }
        for html in &body.html {
            parts.extend(comments(&body.text, html).into_iter().map(|range| (range, "")));
        }
        // What only a hidden section refers to is part of it, wherever it stands.
        parts.extend(body.unreferenced().into_iter().map(|range| (range, "")));
        parts.extend(body.shadowed_definitions().into_iter().map(|range| (range, "")));
        (!parts.is_empty()).then(|| body.with_replacements(parts))
    }

    fn is_hidden(&self, from: &Header, link: &Link) -> bool {
        match destination(self.portfolio, from, link) {
            Destination::Entry { header, .. } => !self.sees(&header.id),
            Destination::Asset(path) => self.is_hidden_file(&path),
            Destination::Nothing(Broken::Entry(_) | Broken::File(_) | Broken::Unread) => self
                .others
                .is_some_and(|may_be_named| named_entry(from, link).is_none_or(|id| !may_be_named(&id))),
            _ => false,
        }
    }

    /// Whether a file is that of a hidden entry, or lies in the folder of one.
    fn is_hidden_file(&self, path: &SourcePath) -> bool {
        if self.others.is_some() && !self.portfolio.assets.contains_key(path)
            || self.later.is_some_and(|later| later.hides_file(path))
        {
            return true;
        }
        if let Role::Entry { id, .. } = role(path)
            && let Some(entry) = self.portfolio.header(id).filter(|header| header.file == *path)
        {
            return !self.sees(&entry.id);
        }
        owner_of(&self.owners, path).is_some_and(|owner| !self.sees(&owner.id))
    }

    /// Forgets the name of a file that belongs to a hidden entry.
    fn keep_seen_file(&self, from: &SourcePath, file: &mut Option<Text>) {
        file.take_if(|name| {
            from.resolve(name).is_some_and(|path| self.is_hidden_file(&SourcePath::new(path)))
        });
    }

    /// References of the kinds' own fields to what is hidden.
    fn fields(&self, left: &mut Portfolio) {
        for (file, _, series) in left.series_mut() {
            self.keep_seen_observations(file, series);
        }
        for decision in &mut left.decisions {
            self.keep_seen(&mut decision.scope);
            decision.right.take_if(|right| !self.sees_right(right));
            decision.supersedes.retain(|id| self.sees(id));
            decision.superseded_by.retain(|id| self.sees(id));
        }
        for pilot in &mut left.pilots {
            self.keep_seen(&mut pilot.scope);
            pilot.tests.take_if(|shift| !self.sees_right(&shift.right));
        }
        for proposal in &mut left.proposals {
            self.keep_seen(&mut proposal.scope);
            self.keep_seen(&mut proposal.pilot);
            self.keep_seen_rights(&mut proposal.wants);
        }
        for agreement in &mut left.agreements {
            self.keep_seen(&mut agreement.proposal);
            self.keep_seen_rights(&mut agreement.grants);
            agreement.supersedes.retain(|id| self.sees(id));
        }
        for check_in in &mut left.check_ins {
            self.keep_seen(&mut check_in.scope);
            self.keep_seen(&mut check_in.pilot);
        }
        for feedback in &mut left.feedback {
            feedback.about.retain(|id| self.sees(id));
            let is_withdrawn = self.later.is_some_and(|later| !later.allows_quote(&feedback.header));
            if is_withdrawn || feedback.quote_permission != Some(true) {
                feedback.quote = None;
                feedback.quote_permission = None;
            }
        }
        for constraint in &mut left.constraints {
            self.keep_seen(&mut constraint.scope);
        }
        if let Some(program) = &mut left.program {
            self.keep_seen(&mut program.scope);
        }
    }

    /// Figures in a file of a hidden entry are hidden with it.
    fn keep_seen_observations(&self, from: &SourcePath, series: &mut Observations) {
        let was_named = series.file.is_some();
        self.keep_seen_file(from, &mut series.file);
        if was_named && series.file.is_none() {
            *series = Observations { is_hidden: true, ..Observations::default() };
        }
    }

    fn keep_seen(&self, id: &mut Option<Id>) {
        id.take_if(|id| !self.sees(id));
    }

    fn keep_seen_rights(&self, shifts: &mut List<Shift>) {
        shifts.retain(|shift| self.sees_right(&shift.right));
    }
}

/// Links to headings that went with their sections become plain text, like all links to what is hidden.
///
/// One such link can stand in a heading and so change what the heading is called; hence the repetition. Every
/// round takes out a link, so it ends.
fn without_dead_ends(left: &mut Portfolio) {
    loop {
        let leads_nowhere = |header: &Header, link: &Link| {
            matches!(destination(left, header, link), Destination::Nothing(Broken::Anchor(_)))
        };
        let mut cut: BTreeMap<Id, Prose> = BTreeMap::new();
        for header in left.headers().filter(|header| header.body.text.contains('#')) {
            let parts = without_links(header, |link| leads_nowhere(header, link));
            if !parts.is_empty() {
                cut.insert(header.id.clone(), header.body.with_replacements(parts));
            }
        }
        if cut.is_empty() {
            return;
        }
        for (id, body) in cut {
            let header = left.header_mut(&id).expect("its text was just cut");
            header.body = body;
        }
    }
}

/// Where the `readers` attributes of a heading stand, with the space before them; with the braces as well when
/// nothing else is between these. So nobody can tell from the text that a section is limited at all.
fn readers_attributes(text: &str, heading: &Range<usize>) -> Vec<Range<usize>> {
    let source = &text[heading.clone()];
    let Some(open) = source.rfind('{') else { return Vec::new() };
    let Some(close) = source[open..].find('}').map(|at| open + at) else { return Vec::new() };
    let words = || source[open + 1..close].split_ascii_whitespace();
    let start_of = |part: &str| part.as_ptr() as usize - source.as_ptr() as usize;
    let with_space_before = |start: usize| source[..start].trim_end_matches([' ', '\t']).len();
    let at = |start: usize, end: usize| heading.start + start..heading.start + end;
    if words().all(|word| word.starts_with("readers=")) {
        return vec![at(with_space_before(open), close + 1)];
    }
    let mut ranges = Vec::new();
    for word in words().filter(|word| word.starts_with("readers=")) {
        let (start, end) = (start_of(word), start_of(word) + word.len());
        let before = with_space_before(start);
        let is_first = before == open + 1;
        let behind = source[end..close].len() - source[end..close].trim_start().len();
        ranges.push(if is_first { at(start, end + behind) } else { at(before, end) });
    }
    ranges
}

/// What begins a piece of HTML that no browser shows, and what ends it.
const UNSHOWN: [(&str, &str); 4] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", "?>")];

/// Where comments stand in a piece of raw HTML, and what browsers take for comments.
fn comments(text: &str, html: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = html.start;
    while let Some(start) = text[from..html.end].find('<').map(|at| from + at) {
        let rest = &text[start..html.end];
        from = match UNSHOWN.iter().find(|(open, _)| rest.starts_with(open)) {
            Some((_, close)) => {
                let end = rest.find(close).map_or(html.end, |at| start + at + close.len());
                found.push(start..end);
                end
            }
            None => start + 1,
        };
    }
    found
}

/// What to take out of a text, and what to put there, so that some links become their words alone: `[text]()`.
///
/// Only what stands around the words is replaced, for there can be another link among them.
fn without_links(header: &Header, is_hidden: impl Fn(&Link) -> bool) -> Vec<(Range<usize>, &'static str)> {
    let body = &header.body;
    let mut parts = Vec::new();
    for link in body.links.iter().filter(|link| is_hidden(link)) {
        let (whole, words) = (&link.range, &link.inner);
        let is_wiki_image = link.kind == LinkKind::Image && body.text[whole.start..].starts_with("![[");
        if link.kind == LinkKind::Titled || is_wiki_image && words.is_empty() {
            parts.push((whole.clone(), HIDDEN_TITLE));
        } else {
            // The parser leaves the empty brackets of `[words][]` out.
            let is_collapsed = words.end + 1 == whole.end && body.text[whole.end..].starts_with("[]");
            parts.push((whole.start..words.start, "["));
            parts.push((words.end..whole.end + if is_collapsed { 2 } else { 0 }, "]()"));
        }
    }
    for (range, target) in &body.definitions {
        let (target, kind) = (target.clone(), LinkKind::Address);
        if is_hidden(&Link { target, kind, range: range.clone(), inner: range.start..range.start }) {
            parts.push((range.clone(), ""));
        }
    }
    parts
}
