//! Which of the files that one commit took away came back in it under another name.
//!
//! By the rules of `git log -M`, so that histories are those that git shows: the same bytes first, of several the
//! one of the same name; then the likest pairs, at least half alike. Copies are not renames: entries begin from
//! one template, and the history of one is not that of another. At last, what git does not know: entries by their ids.

use std::collections::HashMap;

use super::commit::BlobId;
use super::similarity::Pieces;
use crate::model::read::{Role, role};
use crate::source::SourcePath;

/// Beyond so many pairs only files with the same bytes are renames, as git has it.
const MOST_PAIRS: usize = 1000 * 1000;

/// How many sources are weighed for each new file.
const CANDIDATES: usize = 4;

/// Longer files are no renames unless they hold the same bytes.
const LONGEST: usize = crate::source::decode::LARGEST_TEXT as usize;

/// For each of the files that are new, the place of that file among the old ones which it was before.
///
/// `read` gives the bytes of a file, if they can be had.
pub(super) fn renames(
    new: &[(SourcePath, BlobId)],
    old: &[(SourcePath, BlobId)],
    read: impl Fn(&BlobId) -> Option<Vec<u8>>,
) -> Vec<Option<usize>> {
    let mut sources = vec![None; new.len()];
    if new.is_empty() || old.is_empty() {
        return sources;
    }
    let mut is_taken = vec![false; old.len()];
    same(new, old, &mut sources, &mut is_taken);
    alike(new, old, read, &mut sources, &mut is_taken);
    of_one_id(new, old, &mut sources, &is_taken);
    sources
}

/// An entry is what its id names, also where it was written anew in another form: `id.md` as `id.yaml`.
fn of_one_id(
    new: &[(SourcePath, BlobId)],
    old: &[(SourcePath, BlobId)],
    sources: &mut [Option<usize>],
    is_taken: &[bool],
) {
    let entry = |path: &str| match role(path) {
        Role::Entry { kind, id } => Some((kind, id.to_owned())),
        _ => None,
    };
    let gone = old.iter().enumerate().filter(|(at, _)| !is_taken[*at]);
    let mut gone: HashMap<_, usize> = gone.filter_map(|(at, (path, _))| Some((entry(path)?, at))).collect();
    for ((path, _), source) in new.iter().zip(sources).filter(|(_, source)| source.is_none()) {
        *source = entry(path).and_then(|entry| gone.remove(&entry));
    }
}

fn same(
    new: &[(SourcePath, BlobId)],
    old: &[(SourcePath, BlobId)],
    sources: &mut [Option<usize>],
    is_taken: &mut [bool],
) {
    let mut by_blob: HashMap<BlobId, Vec<usize>> = HashMap::new();
    for (at, (_, blob)) in old.iter().enumerate() {
        by_blob.entry(*blob).or_default().push(at);
    }
    for ((path, blob), source) in new.iter().zip(sources) {
        let free = by_blob.get(blob).into_iter().flatten().copied().filter(|at| !is_taken[*at]);
        let best = free.clone().find(|at| old[*at].0.name() == path.name()).or_else(|| free.clone().next());
        if let Some(at) = best {
            is_taken[at] = true;
            *source = Some(at);
        }
    }
}

fn alike(
    new: &[(SourcePath, BlobId)],
    old: &[(SourcePath, BlobId)],
    read: impl Fn(&BlobId) -> Option<Vec<u8>>,
    sources: &mut [Option<usize>],
    is_taken: &mut [bool],
) {
    let open_new: Vec<usize> = (0..new.len()).filter(|at| sources[*at].is_none()).collect();
    let open_old: Vec<usize> = (0..old.len()).filter(|at| !is_taken[*at]).collect();
    if open_new.is_empty() || open_old.is_empty() || open_new.len() * open_old.len() > MOST_PAIRS {
        return;
    }
    let pieces = |blob: &BlobId| {
        let bytes = read(blob).filter(|bytes| bytes.len() <= LONGEST)?;
        Some(Pieces::new(&bytes))
    };
    let old_pieces: Vec<Option<Pieces>> = open_old.iter().map(|at| pieces(&old[*at].1)).collect();
    let mut scores = Vec::new();
    for to in open_new {
        let Some(to_pieces) = pieces(&new[to].1) else { continue };
        let mut found: Vec<Score> = open_old
            .iter()
            .zip(&old_pieces)
            .filter_map(|(from, from_pieces)| {
                let likeness = from_pieces.as_ref()?.likeness(&to_pieces)?;
                Some(Score {
                    likeness,
                    has_same_name: old[*from].0.name() == new[to].0.name(),
                    from: *from,
                    to,
                })
            })
            .collect();
        found.sort_by_key(|score| std::cmp::Reverse((score.likeness, score.has_same_name)));
        found.truncate(CANDIDATES);
        scores.extend(found);
    }
    scores.sort_by_key(|score| std::cmp::Reverse((score.likeness, score.has_same_name)));
    for Score { from, to, .. } in scores {
        if sources[to].is_none() && !is_taken[from] {
            sources[to] = Some(from);
            is_taken[from] = true;
        }
    }
}

struct Score {
    likeness: u64,
    has_same_name: bool,
    from: usize,
    to: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files whose texts are given; the blob is the place of the text in the list of all.
    fn pairs(new: &[(&str, &str)], old: &[(&str, &str)]) -> Vec<Option<usize>> {
        let mut texts: Vec<&str> = new.iter().chain(old).map(|(_, text)| *text).collect();
        texts.sort_unstable();
        texts.dedup();
        let blob = |text: &str| {
            let at = texts.iter().position(|known| *known == text).expect("every text is in the list");
            BlobId([u8::try_from(at).expect("few texts"); 20])
        };
        let files = |files: &[(&str, &str)]| -> Vec<_> {
            files.iter().map(|(path, text)| (SourcePath::new(*path), blob(text))).collect()
        };
        renames(&files(new), &files(old), |id| Some(texts[usize::from(id.0[0])].as_bytes().to_vec()))
    }

    #[test]
    fn the_same_bytes_come_before_the_same_name_and_that_before_the_first() {
        let old = [("a/x.md", "one\n"), ("a/y.md", "one\n")];
        assert_eq!(pairs(&[("b/y.md", "one\n")], &old), [Some(1)]);
        assert_eq!(pairs(&[("b/z.md", "one\n")], &old), [Some(0)]);
        assert_eq!(pairs(&[("b/y.md", "one\n"), ("b/x.md", "one\n")], &old), [Some(1), Some(0)]);
    }

    #[test]
    fn an_entry_keeps_its_id_in_another_form() {
        let old = [("pages/a.md", "1\n2\n3\n4\n"), ("pages/b.md", "5\n6\n7\n")];
        assert_eq!(pairs(&[("pages/b.yaml", "x\ny\n")], &old), [Some(1)]);
        assert_eq!(pairs(&[("pages/b/index.md", "x\ny\n"), ("pages/b.yaml", "z\n")], &old), [Some(1), None]);
        assert_eq!(pairs(&[("decisions/b.md", "x\ny\n"), ("pages/b.csv", "z\n")], &old), [None, None]);
        // What is alike comes first, as git has it.
        assert_eq!(pairs(&[("pages/b.yaml", "1\n2\n3\n4\n5\n")], &old), [Some(0)]);
    }

    #[test]
    fn the_likest_pair_comes_first_and_a_source_serves_once() {
        let old = [("a.md", "1\n2\n3\n4\n"), ("b.md", "1\n2\n3\n5\n")];
        assert_eq!(pairs(&[("c.md", "1\n2\n3\n6\n"), ("d.md", "1\n2\n3\n4\n7\n")], &old), [Some(1), Some(0)]);
        assert_eq!(pairs(&[("c.md", "8\n9\n")], &old), [None]);
        assert_eq!(pairs(&[("c.md", "1\n2\n3\n6\n"), ("d.md", "1\n2\n3\n7\n")], &old[..1]), [Some(0), None]);
    }
}
