//! What is known of proposals that were put on paper before, by the hash of all that they depend on.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

/// How many are remembered. A server that runs for weeks begins anew then.
const MOST: usize = 10_000;

/// Which proposals had no room for the pictures of their figures, so that none is laid out only to say so.
#[derive(Debug, Default)]
pub struct Known(Mutex<HashMap<blake3::Hash, bool>>);

impl Known {
    /// Whether the proposal of that fingerprint lacks its pictures, if that is known.
    pub fn lacks_pictures(&self, fingerprint: blake3::Hash) -> Option<bool> {
        self.all().get(&fingerprint).copied()
    }

    /// Tells what came out.
    pub fn tell(&self, fingerprint: blake3::Hash, lacks_pictures: bool) {
        let mut all = self.all();
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(fingerprint, lacks_pictures);
    }

    fn all(&self) -> MutexGuard<'_, HashMap<blake3::Hash, bool>> {
        self.0.lock().expect("nobody panics with it")
    }
}
