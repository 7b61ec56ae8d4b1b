//! What a template is given, and the same as a hash: whoever is given the same says the same.

use std::io::Write as _;

use blake3::{Hash, Hasher};
use serde::Serialize;
use tera::{Context, Value};

/// Takes what a template is given, by name.
pub(super) trait Given {
    fn give(&mut self, name: &'static str, value: &impl Serialize);
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
        Self { value: Value::from_serializable(value), hash: blake3::hash(&written(value)) }
    }
}

impl Given for Context {
    fn give(&mut self, name: &'static str, value: &impl Serialize) {
        self.insert(name, value);
    }

    fn share(&mut self, name: &'static str, shared: &Shared) {
        self.insert_value(name, shared.value.clone());
    }
}

/// All that something rests on, as one hash.
#[derive(Default)]
pub(super) struct Fingerprint(Hasher);

impl Fingerprint {
    /// Begins with what stands for the theme and the code.
    pub(super) fn new(base: Hash) -> Self {
        let mut hasher = Hasher::new();
        hasher.update(base.as_bytes());
        Self(hasher)
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    pub(super) fn hash(&self) -> Hash {
        self.0.finalize()
    }
}

impl Given for Fingerprint {
    fn give(&mut self, name: &'static str, value: &impl Serialize) {
        self.add(name.as_bytes());
        self.add(&written(value));
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

    fn share(&mut self, name: &'static str, shared: &Shared) {
        self.0.share(name, shared);
        self.1.share(name, shared);
    }
}

/// A view in letters: other values, other letters.
fn written(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("views always serialise")
}

/// The hash of something that can only be shown for debugging.
pub(super) fn hash_of_shown(value: &impl std::fmt::Debug) -> Hash {
    let mut hasher = Hasher::new();
    write!(hasher, "{value:?}").expect("a hash takes whatever is written");
    hasher.finalize()
}
