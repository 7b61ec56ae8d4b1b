//! Reads one file: by type if all is well, else a second time, slowly, to find everything that is wrong.

use super::classify::{Role, role};
use super::{faults, rules, suspicious};
use crate::model::entry::{AnyEntry, Entry, Fields, Header};
use crate::model::{Config, Kind, schema};
use crate::report::{Place, Report, Severity, Spot};
use crate::source::{SourceFile, SourcePath, front_matter, yaml};
use crate::text::prose::Prose;
use crate::text::{Id, Scalar, nearest, slug};

/// What one file holds.
#[derive(Debug, Default)]
pub struct Parsed {
    /// What it is.
    pub content: Content,
    /// What is wrong with it.
    pub report: Report,
}

/// What a file was read as.
#[derive(Debug, Default)]
pub enum Content {
    /// Nothing that can be used.
    #[default]
    Nothing,
    /// `portfolio.yaml`.
    Config(Box<Config>),
    /// What could be read of `portfolio.yaml`, to find more faults.
    ConfigSketch(Box<Config>),
    /// An entry.
    Entry(AnyEntry),
    /// A file that an entry may point at; entries that cannot be read are kept as a name, so that references
    /// to them are not reported on top.
    Attachment,
    /// The id of an entry that is there and cannot be read; what could be read of it, to find more faults.
    Broken(Kind, Id, Option<Box<AnyEntry>>),
}

/// An entry as far as it could be read.
enum Reading<T> {
    Whole(T),
    /// Without the fields in which something is wrong.
    Sketch(T),
    Nothing,
}

impl<T> Reading<T> {
    fn map<U>(self, into: impl FnOnce(T) -> U) -> Reading<U> {
        match self {
            Self::Whole(it) => Reading::Whole(into(it)),
            Self::Sketch(it) => Reading::Sketch(into(it)),
            Self::Nothing => Reading::Nothing,
        }
    }
}

/// Reads one file.
pub fn parse(path: &SourcePath, file: &SourceFile) -> Parsed {
    let mut report = Report::default();
    let text = match file {
        SourceFile::Text(text) => text,
        SourceFile::Asset(_) => return Parsed { content: Content::Attachment, report },
        SourceFile::Unusable(why) => {
            let rule = if why.harmless { &rules::LINK_NOT_FOLLOWED } else { &rules::UNREADABLE_FILE };
            let message = format!("`{path}` is left out: {}", why.reason);
            let spot = why.at.map_or(Spot::File, |(line, column)| Spot::Character { line, column });
            report.add(rule, Place { file: path.clone(), spot }, message).fix(why.fix);
            let content = match role(path) {
                Role::Entry { kind, id } => {
                    Id::parse(id).map_or(Content::Nothing, |id| Content::Broken(kind, id, None))
                }
                _ => Content::Nothing,
            };
            return Parsed { content, report };
        }
    };
    suspicious::find(path, text, &mut report);
    let content = match role(path) {
        Role::Attachment => Content::Attachment,
        Role::Config => config(path, text, &mut report),
        Role::Entry { kind, id } => entry(path, kind, id, text, &mut report),
        Role::Astray { folder } => {
            astray(path, folder, &mut report);
            Content::Nothing
        }
        Role::Misnamed => {
            report.add(&rules::MISNAMED_FILE, Place::file(path), format!("`{path}` has no id"));
            Content::Nothing
        }
    };
    Parsed { content, report }
}

fn astray(path: &SourcePath, folder: Option<&str>, report: &mut Report) {
    match folder {
        Some(folder) => {
            let message = format!("`{folder}` is not a folder of entries");
            let meant = nearest(folder, Kind::folders().map(Kind::folder));
            report.add(&rules::UNKNOWN_FOLDER, Place::file(path), message).did_you_mean(meant);
        }
        None => {
            let message = format!("`{path}` stands in no folder of entries");
            let meant = nearest(path, ["portfolio.yaml", "program.yaml"]);
            report.add(&rules::UNKNOWN_FOLDER, Place::file(path), message).did_you_mean(meant);
        }
    }
}

fn config(path: &SourcePath, text: &str, report: &mut Report) -> Content {
    match yaml::read::<Config>(text) {
        Some(config) => Content::Config(Box::new(config)),
        None => {
            let before = report.diagnostics().len();
            faults::find(path, text, 0..text.len(), schema::of_config(), report);
            let found = &report.diagnostics()[before..];
            let sketch = faults::without_faulty(text, found, schema::of_config());
            // Without one of its readers, everything that names them would seem wrong.
            let is_of_readers = |path: &str| path.starts_with("readers") && path.matches('.').count() < 2;
            let is_enough = !found.iter().any(|found| is_of_readers(found.place.path()));
            match sketch.filter(|_| is_enough).and_then(|sketch| yaml::read(&sketch)) {
                Some(config) => Content::ConfigSketch(Box::new(config)),
                None => Content::Nothing,
            }
        }
    }
}

/// An id like one that cannot be used; `None` if there is no letter in it to make one of.
fn better_id(id: &str, kind: Kind) -> Option<String> {
    let plain = slug(id);
    // A name that is kept for something else is free with another word behind it.
    let longer = format!("{plain}-{}", kind.word());
    [plain, longer].into_iter().find(|id| Id::parse(id).is_ok())
}

fn entry(path: &SourcePath, kind: Kind, id: &str, text: &str, report: &mut Report) -> Content {
    // A program has no id of its own to choose.
    let id = match Id::parse(id) {
        Ok(id) => id,
        Err(why) => {
            let found = report.add(&rules::BAD_ID, Place::file(path), why);
            if let Some(better) = better_id(id, kind) {
                found.fix(format!("rename it to `{better}`"));
            }
            return Content::Nothing;
        }
    };
    let header = (path, kind, &id);
    let entry = match kind {
        Kind::Scope => fields(header, text, report).map(AnyEntry::Scope),
        Kind::Decision => fields(header, text, report).map(AnyEntry::Decision),
        Kind::Pilot => fields(header, text, report).map(AnyEntry::Pilot),
        Kind::Proposal => fields(header, text, report).map(AnyEntry::Proposal),
        Kind::Agreement => fields(header, text, report).map(AnyEntry::Agreement),
        Kind::CheckIn => fields(header, text, report).map(AnyEntry::CheckIn),
        Kind::Feedback => fields(header, text, report).map(AnyEntry::Feedback),
        Kind::Constraint => fields(header, text, report).map(AnyEntry::Constraint),
        Kind::Page => fields(header, text, report).map(AnyEntry::Page),
        Kind::Program => fields(header, text, report).map(AnyEntry::Program),
    };
    match entry {
        Reading::Whole(entry) => Content::Entry(entry),
        Reading::Sketch(entry) => Content::Broken(kind, id, Some(Box::new(entry))),
        Reading::Nothing => Content::Broken(kind, id, None),
    }
}

fn fields<T: Fields>(
    (path, kind, id): (&SourcePath, Kind, &Id),
    text: &str,
    report: &mut Report,
) -> Reading<Entry<T>> {
    if text.trim().is_empty() {
        report.add(&rules::EMPTY_FILE, Place::file(path), format!("`{path}` is empty"));
        return Reading::Nothing;
    }
    let Ok(parts) = front_matter::split(path, text) else {
        let message = "the front matter does not end";
        report.add(&rules::UNTERMINATED_FRONT_MATTER, Place::bytes(path, 0..3, ""), message);
        return Reading::Nothing;
    };
    if parts.body == Some(0..text.len())
        && let Some(rule) = front_matter::misplaced(text, |name| is_field(kind, name))
    {
        let message = "the front matter does not begin on the first line";
        report.add(&rules::MISPLACED_FRONT_MATTER, Place::bytes(path, rule, ""), message);
        return Reading::Nothing;
    }
    let yaml = &text[parts.yaml.clone()];
    let (raw, is_whole) = match yaml::read(if is_blank(yaml) { "{}" } else { yaml }) {
        Some(raw) => (raw, true),
        None => {
            let before = report.diagnostics().len();
            faults::find(path, text, parts.yaml.clone(), schema::of_kind(kind), report);
            let found = &report.diagnostics()[before..];
            let sound = faults::without_faulty(yaml, found, schema::of_kind(kind));
            match sound.and_then(|sound| yaml::read(&sound)) {
                Some(raw) => (raw, false),
                None => return Reading::Nothing,
            }
        }
    };
    let (common, field, fields) = T::split(raw);
    if field.is_some() && parts.body.is_some() {
        let message = "the text stands below the front matter and in `body` as well";
        report.add(&rules::BODY_TWICE, Place::field(path, "body"), message);
    }
    let body = match (&parts.body, &field) {
        (Some(range), _) => Prose::new(&text[range.clone()]),
        (None, Some(text)) => Prose::new(text.as_str()),
        (None, None) => Prose::default(),
    };
    let header = Header { id: id.clone(), kind, file: path.clone(), common, body };
    if !is_whole {
        return Reading::Sketch(Entry::new(header, fields));
    }
    check_title(&header, report);
    Reading::Whole(Entry::new(header, fields))
}

fn is_field(kind: Kind, name: &str) -> bool {
    schema::of_kind(kind)["properties"].get(name).is_some()
}

/// Nothing but white space and comments.
fn is_blank(yaml: &str) -> bool {
    yaml.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

fn check_title(header: &Header, report: &mut Report) {
    let has_title = header.common.title.is_some() || header.body.title_heading().is_some();
    if !has_title && header.kind != Kind::Program {
        let message = format!("`{}` has no title", header.id);
        report
            .add(&rules::MISSING_FIELD, Place::file(&header.file), message)
            .severity(Severity::Error)
            .fix("add `title:`, or begin the text with a heading: `# …`");
    }
}
