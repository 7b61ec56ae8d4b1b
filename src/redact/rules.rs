//! What of today decides on what a reader sees of the past, in a form that can be compared: as long as it is the
//! same, so is what was cut with it.

use std::collections::BTreeSet;

use super::Later;
use crate::history::File;
use crate::model::read::{Role, role};
use crate::model::readers::{Reader, may_read, may_read_section};
use crate::model::{Header, Portfolio};
use crate::source::SourcePath;

/// All that [`Later`] takes from the portfolio of today, as a hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules([u8; 32]);

impl Rules {
    /// The rules of today for a reader. The writer sees all, under whatever rules.
    pub fn new(today: &Portfolio, reader: &Reader) -> Self {
        let mut hash = blake3::Hasher::new();
        text(&mut hash, reader.name());
        if *reader == Reader::Me {
            return Self(*hash.finalize().as_bytes());
        }
        // What is gone is shown or not by its last words and the settings of today.
        text(&mut hash, &format!("{:?}", today.config.defaults));
        for header in today.headers() {
            text(&mut hash, header.id.as_str());
            text(&mut hash, &header.file);
            text(&mut hash, word(may_read(today, header, reader)));
            header.common.aliases.iter().for_each(|alias| text(&mut hash, alias.as_str()));
            hash.update(&own_rules(today, header, reader));
        }
        Self(*hash.finalize().as_bytes())
    }
}

impl Later<'_> {
    /// What the rules of today say of all that a file ever was, as a hash: as long as it is the same, older texts of
    /// that file are cut in the same way, as far as they name no other entry.
    pub fn rules_of(&self, file: &File) -> [u8; 32] {
        let (today, reader) = (self.today(), self.reader());
        let mut hash = blake3::Hasher::new();
        text(&mut hash, reader.name());
        if *reader == Reader::Me {
            return *hash.finalize().as_bytes();
        }
        text(&mut hash, &format!("{:?}", today.config.defaults));
        let states = file.revisions.iter().flat_map(|revision| revision.before.iter().flatten());
        let paths = file.revisions.iter().map(|revision| &revision.path);
        let paths: BTreeSet<&SourcePath> = paths.chain(states.map(|state| &state.path)).collect();
        for path in paths {
            text(&mut hash, path);
            text(&mut hash, self.was_open_last(path).map_or("", word));
            let id = match role(path) {
                Role::Entry { id, .. } => id,
                _ => "",
            };
            let became = self.became_of(path, id);
            hash.update(&(became.len() as u64).to_le_bytes());
            for header in became {
                text(&mut hash, header.id.as_str());
                text(&mut hash, word(may_read(today, header, reader)));
                hash.update(&own_rules(today, header, reader));
            }
        }
        *hash.finalize().as_bytes()
    }
}

fn word(is_open: bool) -> &'static str {
    if is_open { "open" } else { "closed" }
}

/// What is hidden of an entry that is open, and whether its words may be quoted; zeros where neither is a question.
fn own_rules(today: &Portfolio, header: &Header, reader: &Reader) -> [u8; 32] {
    let limits = header.body.headings.iter().filter_map(|heading| heading.readers.as_ref());
    let is_limited = limits.into_iter().any(|names| !may_read_section(names, reader));
    let may_quote = today.feedback_entry(&header.id).map(|feedback| feedback.quote_permission == Some(true));
    if !is_limited && may_quote.is_none() {
        return [0; 32];
    }
    let mut hash = blake3::Hasher::new();
    text(&mut hash, if is_limited { &header.body.text } else { "" });
    text(&mut hash, if may_quote == Some(true) { "quoted" } else { "" });
    *hash.finalize().as_bytes()
}

fn text(hash: &mut blake3::Hasher, text: &str) {
    hash.update(&(text.len() as u64).to_le_bytes());
    hash.update(text.as_bytes());
}
