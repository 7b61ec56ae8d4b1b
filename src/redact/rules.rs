//! What of today decides on what a reader sees of the past, in a form that can be compared: as long as it is the
//! same, so is what was cut with it.

use std::collections::BTreeMap;

use crate::model::readers::{Reader, may_read, may_read_section};
use crate::model::{Header, Portfolio};
use crate::text::Id;

/// All that [`super::Later`] takes from the portfolio of today, as hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What concerns every entry: who there is, and which entries are open under which names.
    all: [u8; 32],
    /// What concerns one entry alone: what of its text is hidden, and whether its words may be quoted.
    own: BTreeMap<Id, [u8; 32]>,
}

impl Rules {
    /// The rules of today for a reader. The writer sees all, under whatever rules.
    pub fn new(today: &Portfolio, reader: &Reader) -> Self {
        let mut all = blake3::Hasher::new();
        let mut own = BTreeMap::new();
        text(&mut all, reader.name());
        if *reader == Reader::Me {
            return Self { all: *all.finalize().as_bytes(), own };
        }
        // What is gone is shown or not by its last words and the settings of today.
        text(&mut all, &format!("{:?}", today.config.defaults));
        for header in today.headers() {
            text(&mut all, header.id.as_str());
            text(&mut all, &header.file);
            text(&mut all, if may_read(today, header, reader) { "open" } else { "closed" });
            header.common.aliases.iter().for_each(|alias| text(&mut all, alias.as_str()));
            own.extend(own_rules(today, header, reader).map(|rules| (header.id.clone(), rules)));
        }
        Self { all: *all.finalize().as_bytes(), own }
    }

    /// The part of the rules that concerns entries of these ids.
    pub fn of<'i>(&self, ids: impl IntoIterator<Item = &'i Id>) -> [u8; 32] {
        let mut hash = blake3::Hasher::new();
        hash.update(&self.all);
        for id in ids {
            text(&mut hash, id.as_str());
            hash.update(self.own.get(id).map_or(&[0; 32], |rules| rules));
        }
        *hash.finalize().as_bytes()
    }
}

/// `None` of an entry that hides nothing of itself.
fn own_rules(today: &Portfolio, header: &Header, reader: &Reader) -> Option<[u8; 32]> {
    let limits = header.body.headings.iter().filter_map(|heading| heading.readers.as_ref());
    let is_limited = limits.into_iter().any(|names| !may_read_section(names, reader));
    let may_quote = today.feedback_entry(&header.id).map(|feedback| feedback.quote_permission == Some(true));
    if !is_limited && may_quote.is_none() {
        return None;
    }
    let mut hash = blake3::Hasher::new();
    text(&mut hash, if is_limited { &header.body.text } else { "" });
    text(&mut hash, if may_quote == Some(true) { "quoted" } else { "" });
    Some(*hash.finalize().as_bytes())
}

fn text(hash: &mut blake3::Hasher, text: &str) {
    hash.update(&(text.len() as u64).to_le_bytes());
    hash.update(text.as_bytes());
}
