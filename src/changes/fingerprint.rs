//! A fingerprint of what an entry says, for a printed copy outside git: the same for the same words and values.

use super::Snapshot;
use crate::model::tree::Tree;

/// What arranges an entry in its portfolio and is no part of what it says.
const APART: [&str; 4] = ["aliases", "readers", "related", "tags"];

/// How many hexadecimal digits are shown: enough that nobody finds other words for the same ones by chance.
const DIGITS: usize = 16;

/// The fingerprint of an entry as its reader sees it, in hexadecimal digits.
pub fn fingerprint(snapshot: &Snapshot) -> String {
    let mut bytes = Vec::new();
    for (name, value) in &snapshot.fields.fields {
        if !APART.contains(&&**name) && !value.is_nothing() {
            text(name, &mut bytes);
            tree(value, &mut bytes);
        }
    }
    let mut digits = blake3::hash(&bytes).to_hex().to_string();
    digits.truncate(DIGITS);
    digits
}

/// A value, such that no two different ones give the same bytes.
fn tree(value: &Tree, into: &mut Vec<u8>) {
    match value {
        Tree::Nothing => into.push(0),
        Tree::Leaf(leaf) => {
            into.push(1);
            text(&leaf.to_string(), into);
        }
        Tree::List(items) => {
            into.push(2);
            into.extend((items.len() as u64).to_le_bytes());
            items.iter().for_each(|item| tree(item, into));
        }
        Tree::Record(record) => {
            into.push(3);
            into.extend((record.fields.len() as u64).to_le_bytes());
            for (name, value) in &record.fields {
                text(name, into);
                tree(value, into);
            }
        }
    }
}

fn text(text: &str, into: &mut Vec<u8>) {
    into.extend((text.len() as u64).to_le_bytes());
    into.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::portfolio;
    use crate::model::readers::Reader;
    use crate::redact::redact;
    use crate::text::{Id, Scalar};

    fn of(agreement: &str) -> String {
        let portfolio = portfolio(&[("agreements/a.yaml", agreement)]);
        let redacted = redact(&portfolio, &Reader::Me);
        fingerprint(&Snapshot::of(&redacted, &Id::parse("a").unwrap()).unwrap())
    }

    #[test]
    fn other_terms_have_another_fingerprint() {
        let terms = "title: T\ndate: 2026-04-02\nboundaries: [One, Two]\nconditions: [Three]\n";
        let own = of(terms);
        assert!(own.len() == DIGITS && own.bytes().all(|digit| digit.is_ascii_hexdigit()), "{own}");
        // What is no part of the terms, and how the file is written.
        for same in [
            format!("{terms}tags: [x]\n"),
            format!("{terms}status: draft\n"),
            "conditions: Three\ndate: 2026-04-02\ntitle: T\nboundaries:\n  - One\n  - Two\n".to_owned(),
        ] {
            assert_eq!(of(&same), own, "{same}");
        }
        for other in [
            terms.replace("Three", "Three."),
            terms.replace("[One, Two]", "[One]"),
            terms.replace("[One, Two]", "[\"One, Two\"]"),
            terms.replace("conditions: [Three]\n", ""),
            terms.replace("2026-04-02", "2026-04-03"),
            format!("{terms}body: More\n"),
        ] {
            assert_ne!(of(&other), own, "{other}");
        }
    }
}
