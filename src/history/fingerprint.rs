//! What tells the revisions of one file from those of another, or from those that it has a commit later.

use super::{History, Revision, State};

impl History {
    /// A hash of all that is known of these revisions, of the commits that made them as well.
    pub fn fingerprint<'r>(&self, revisions: impl IntoIterator<Item = &'r Revision>) -> [u8; 32] {
        // At once is much faster than piece by piece.
        let mut all = Vec::new();
        let mut text = |bytes: &[u8]| {
            all.extend((bytes.len() as u64).to_le_bytes());
            all.extend(bytes);
        };
        for revision in revisions {
            let Revision { commit, change, path, blob, before, is_cut_off } = revision;
            text(&self.commits[*commit].id.0);
            text(&[*change as u8, u8::from(*is_cut_off), u8::from(blob.is_some())]);
            text(path.as_bytes());
            text(blob.as_ref().map_or(&[][..], |blob| &blob.0));
            for state in before {
                let (path, blob) = match state {
                    Some(State { path, blob }) => (path.as_bytes(), &blob.0[..]),
                    None => (&[][..], &[][..]),
                };
                text(path);
                text(blob);
            }
        }
        *blake3::hash(&all).as_bytes()
    }
}
