//! What a template is given, and the same as a hash: whoever is given the same says the same.

use std::io::Write as _;

use blake3::{Hash, Hasher};
use serde::Serialize;
use tera::{Context, Value};

/// Takes what a template is given, by name.
pub(super) trait Given {
    fn give(&mut self, name: &'static str, value: &impl Serialize);
    /// Takes what takes long to tell, and is known by a hash of all that it rests on: whoever only compares is content
    /// with that.
    fn give_known<V: Serialize>(&mut self, name: &'static str, rests_on: Hash, tell: impl FnOnce() -> V);
    /// The same, where that hash may be missing.
    fn give_resting<V: Serialize>(
        &mut self,
        name: &'static str,
        rests_on: Option<Hash>,
        tell: impl FnOnce() -> V,
    ) {
        match rests_on {
            Some(hash) => self.give_known(name, hash, tell),
            None => self.give(name, &tell()),
        }
    }
    /// Takes what all templates are given.
    fn share(&mut self, name: &'static str, shared: &Shared);
}

/// What all pages are given, made once.
pub(super) struct Shared {
    value: Value,
    hash: Hash,
}

impl Shared {
    pub(super) fn new(value: &impl Serialize) -> Self {
        let mut letters = Vec::new();
        write_letters(value, &mut letters);
        Self { value: Value::from_serializable(value), hash: blake3::hash(&letters) }
    }
}

impl Given for Context {
    fn give(&mut self, name: &'static str, value: &impl Serialize) {
        self.insert(name, value);
    }

    fn give_known<V: Serialize>(&mut self, name: &'static str, _: Hash, tell: impl FnOnce() -> V) {
        self.give(name, &tell());
    }

    fn share(&mut self, name: &'static str, shared: &Shared) {
        self.insert_value(name, shared.value.clone());
    }
}

/// All that something rests on, as one hash.
#[derive(Default)]
pub(super) struct Fingerprint {
    hasher: Hasher,
    /// Where a value is written before it is hashed, all in one.
    letters: Vec<u8>,
}

impl Fingerprint {
    /// Begins with what stands for the theme and the code.
    pub(super) fn new(base: Hash) -> Self {
        let mut fingerprint = Self::default();
        fingerprint.hasher.update(base.as_bytes());
        fingerprint
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        add(&mut self.hasher, bytes);
    }

    pub(super) fn hash(&self) -> Hash {
        self.hasher.finalize()
    }
}

fn add(hasher: &mut Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

impl Given for Fingerprint {
    fn give(&mut self, name: &'static str, value: &impl Serialize) {
        self.add(name.as_bytes());
        self.letters.clear();
        write_letters(value, &mut self.letters);
        add(&mut self.hasher, &self.letters);
    }

    fn give_known<V: Serialize>(&mut self, name: &'static str, rests_on: Hash, _: impl FnOnce() -> V) {
        self.add(name.as_bytes());
        self.add(rests_on.as_bytes());
    }

    fn share(&mut self, name: &'static str, shared: &Shared) {
        self.add(name.as_bytes());
        self.add(shared.hash.as_bytes());
    }
}

/// Both at once, so that views speak once: what they have said is written in the same letters.
impl Given for (Context, Fingerprint) {
    fn give(&mut self, name: &'static str, value: &impl Serialize) {
        let said = Value::from_serializable(value);
        self.1.give(name, &said);
        self.0.insert_value(name, said);
    }

    fn give_known<V: Serialize>(&mut self, name: &'static str, rests_on: Hash, tell: impl FnOnce() -> V) {
        self.1.give_known(name, rests_on, || ());
        self.0.give(name, &tell());
    }

    fn share(&mut self, name: &'static str, shared: &Shared) {
        self.0.share(name, shared);
        self.1.share(name, shared);
    }
}

/// Writes a view in letters: other values, other letters.
fn write_letters(value: &impl Serialize, into: &mut Vec<u8>) {
    serde_json::to_writer(into, value).expect("views always serialise");
}

/// The hash of something that can only be shown for debugging.
pub(super) fn hash_of_shown(value: &impl std::fmt::Debug) -> Hash {
    let mut hasher = Hasher::new();
    write!(hasher, "{value:?}").expect("a hash takes whatever is written");
    hasher.finalize()
}
