//! Random portfolios, as plans: what there is, who may read it, and what points at what.
//!
//! A plan knows who may read what by itself; nothing here asks `redact` or `readers`.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// For whom sites are built.
pub const READERS: [&str; 3] = ["manager", "mentor", "everyone"];

/// The folders, by kind.
pub const FOLDERS: [&str; 9] = [
    "scopes",
    "decisions",
    "pilots",
    "proposals",
    "agreements",
    "check-ins",
    "feedback",
    "constraints",
    "pages",
];

/// The kinds by their words, in the order of [`FOLDERS`].
pub const KINDS: [&str; 9] =
    ["scope", "decision", "pilot", "proposal", "agreement", "check-in", "feedback", "constraint", "page"];

pub const SCOPE: usize = 0;
pub const DECISION: usize = 1;
pub const PILOT: usize = 2;
pub const PROPOSAL: usize = 3;
pub const AGREEMENT: usize = 4;
pub const CHECK_IN: usize = 5;
pub const FEEDBACK: usize = 6;
pub const CONSTRAINT: usize = 7;

/// Names of readers, a bit for each of [`READERS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names(pub u8);

impl Names {
    pub fn open_to(self, reader: &str) -> bool {
        let named = |name: &str| {
            let bit = READERS.iter().position(|reader| *reader == name).expect("one of the readers");
            self.0 & (1 << bit) != 0
        };
        named(reader) || named("everyone")
    }

    /// As they are written, in a list. Nobody is `me`.
    pub fn list(self, separator: &str) -> String {
        let named: Vec<&str> =
            (0..3).filter(|bit| self.0 & (1 << bit) != 0).map(|bit| READERS[bit]).collect();
        if named.is_empty() { "me".to_owned() } else { named.join(separator) }
    }
}

#[derive(Clone)]
pub struct Plan {
    pub entries: Vec<Entry>,
    /// Default readers by kind.
    pub defaults: Vec<Option<Names>>,
    /// The reader to whom check-ins are promised, and whether there is a rest with a reason.
    pub check_ins_with: usize,
    pub rests: bool,
    /// Who may read the program, if there is one.
    pub program: Option<Entry>,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub kind: usize,
    /// 0: `id.md`, 1: `id.yaml`, 2: `id/index.md`, 3: `2026/id/index.yaml`.
    pub form: usize,
    pub readers: Option<Names>,
    /// Turns fields on and off.
    pub flags: u16,
    /// What its fields point at.
    pub targets: Vec<usize>,
    pub tags: Vec<usize>,
    pub evidence: Vec<(usize, usize)>,
    pub blocks: Vec<Block>,
}

/// What a plan comes to is printed where it matters; its numbers tell nothing.
impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a portfolio of {} entries", self.entries.len())
    }
}

impl Entry {
    pub fn has(&self, flag: u16) -> bool {
        self.flags & (1 << flag) != 0
    }

    pub fn has_folder(&self) -> bool {
        self.form >= 2
    }
}

/// What a text consists of. Numbers name entries, files and notations, each modulo what there is.
#[derive(Clone, Debug)]
pub enum Block {
    Words,
    Heading { level: u8, limit: Option<Names>, form: usize, to: usize },
    Link { to: usize, notation: usize, place: usize },
    ToHeading { to: usize, nth: usize, notation: usize },
    ToTwin { to: usize, nth: usize, notation: usize },
    File { of: usize, which: usize, notation: usize },
    Picture { to: usize, of: usize },
    Comment { form: usize },
    Shadowed { to: usize, by: usize },
    Note { to: usize },
}

pub fn plan() -> impl Strategy<Value = Plan> {
    (
        vec(entry(), 1..7),
        vec(option::of(names()), 9),
        0..2_usize,
        any::<bool>(),
        option::weighted(0.2, entry()),
    )
        .prop_map(|(entries, defaults, check_ins_with, rests, program)| Plan {
            entries,
            defaults,
            check_ins_with,
            rests,
            program,
        })
}

pub fn names() -> impl Strategy<Value = Names> {
    // `everyone` is seldom: it hides nothing from anybody.
    prop_oneof![4 => 0..4_u8, 1 => 4..8_u8].prop_map(Names)
}

pub fn entry() -> impl Strategy<Value = Entry> {
    (
        0..9_usize,
        0..4_usize,
        option::weighted(0.8, names()),
        any::<u16>(),
        vec(0..64_usize, 6),
        vec(0..4_usize, 0..3),
        vec((0..4_usize, 0..64_usize), 0..3),
        vec(block(), 0..7),
    )
        .prop_map(|(kind, form, readers, flags, targets, tags, evidence, blocks)| Entry {
            kind,
            form,
            readers,
            flags,
            targets,
            tags,
            evidence,
            blocks,
        })
}

pub fn block() -> impl Strategy<Value = Block> {
    let to = 0..64_usize;
    let any_number = 0..64_usize;
    prop_oneof![
        2 => Just(Block::Words),
        5 => (2..4_u8, option::of(names()), 0..5_usize, to.clone())
            .prop_map(|(level, limit, form, to)| Block::Heading { level, limit, form, to }),
        4 => (to.clone(), any_number.clone(), 0..5_usize)
            .prop_map(|(to, notation, place)| Block::Link { to, notation, place }),
        2 => (to.clone(), any_number.clone(), any_number.clone())
            .prop_map(|(to, nth, notation)| Block::ToHeading { to, nth, notation }),
        1 => (to.clone(), any_number.clone(), any_number.clone())
            .prop_map(|(to, nth, notation)| Block::ToTwin { to, nth, notation }),
        2 => (to.clone(), 0..4_usize, any_number)
            .prop_map(|(of, which, notation)| Block::File { of, which, notation }),
        1 => (to.clone(), to.clone()).prop_map(|(to, of)| Block::Picture { to, of }),
        1 => (0..5_usize).prop_map(|form| Block::Comment { form }),
        1 => (to.clone(), to.clone()).prop_map(|(to, by)| Block::Shadowed { to, by }),
        1 => to.prop_map(|to| Block::Note { to }),
    ]
}
