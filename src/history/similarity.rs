//! How much of one file is still there in another, measured exactly as git measures it.
//!
//! A measure of our own would find other renames than `git log --follow` shows, and nobody could tell why.

/// The pieces of a file: how many bytes there are of each piece, by the hash of the piece.
pub(super) struct Pieces {
    bytes: u64,
    /// In the order of hashes.
    counts: Vec<(u32, u64)>,
}

/// Two files are the same file under two names if this share of the longer one is in both, in percent.
const ENOUGH: u64 = 50;

/// Scores are counted in these: git's own unit, so that the same pairs win.
const ALL: u64 = 60_000;

/// Git counts hashes modulo this prime.
const HASHES: u32 = 107_927;

/// The longest piece in bytes; a line break ends one as well.
const LONGEST: u64 = 64;

impl Pieces {
    /// Cuts a file into pieces.
    pub(super) fn new(file: &[u8]) -> Self {
        let is_text = !file.iter().take(8000).any(|byte| *byte == 0);
        let mut hashes: Vec<(u32, u64)> = Vec::with_capacity(file.len() / 32);
        let (mut high, mut low, mut length) = (0_u32, 0_u32, 0_u64);
        let hash = |high: u32, low: u32| high.wrapping_add(low.wrapping_mul(0x61)) % HASHES;
        for (at, byte) in file.iter().enumerate() {
            if is_text && *byte == b'\r' && file.get(at + 1) == Some(&b'\n') {
                continue;
            }
            let former = high;
            high = ((high << 7) ^ (low >> 25)).wrapping_add(u32::from(*byte));
            low = (low << 7) ^ (former >> 25);
            length += 1;
            if length == LONGEST || *byte == b'\n' {
                hashes.push((hash(high, low), length));
                (high, low, length) = (0, 0, 0);
            }
        }
        if length > 0 {
            hashes.push((hash(high, low), length));
        }
        hashes.sort_unstable();
        let mut counts: Vec<(u32, u64)> = Vec::with_capacity(hashes.len());
        for (hash, length) in hashes {
            match counts.last_mut() {
                Some((last, count)) if *last == hash => *count += length,
                _ => counts.push((hash, length)),
            }
        }
        Self { bytes: file.len() as u64, counts }
    }

    /// How alike two files are, from [`ENOUGH`] upwards; `None` below.
    pub(super) fn likeness(&self, other: &Self) -> Option<u64> {
        let (longer, shorter) = (self.bytes.max(other.bytes), self.bytes.min(other.bytes));
        let enough = ALL * ENOUGH / 100;
        if shorter == 0 || longer * (ALL - enough) < (longer - shorter) * ALL {
            return None;
        }
        let score = self.shared_with(other) * ALL / longer;
        (score >= enough).then_some(score)
    }

    /// How many bytes of it are in the other as well.
    fn shared_with(&self, other: &Self) -> u64 {
        let (mut ours, mut theirs) = (self.counts.iter().peekable(), other.counts.iter().peekable());
        let mut shared = 0;
        while let (Some((hash, count)), Some((other_hash, other_count))) = (ours.peek(), theirs.peek()) {
            match hash.cmp(other_hash) {
                std::cmp::Ordering::Less => drop(ours.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    shared += count.min(other_count);
                    ours.next();
                    theirs.next();
                }
            }
        }
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> Option<u64> {
        Pieces::new(a.as_bytes()).likeness(&Pieces::new(b.as_bytes()))
    }

    #[test]
    fn likeness_is_the_share_of_the_longer_file_that_both_have() {
        assert_eq!(likeness("one\ntwo\n", "one\ntwo\n"), Some(ALL));
        assert_eq!(likeness("one\ntwo\n", "two\none\n"), Some(ALL), "order is nothing to it");
        assert_eq!(likeness("one\ntwo\n", "one\nsix\n"), Some(ALL / 2), "just enough");
        assert_eq!(likeness("one\ntwo\n", "one\nseven\n"), None);
        assert_eq!(likeness("", ""), None);
        assert_eq!(
            likeness("a\r\nb\r\n", "a\nb\n"),
            Some(4 * ALL / 6),
            "line ends count by their length alone"
        );
    }
}
