//! What a file consists of: compared with what stands on the disk, and poured into a new file.
//!
//! However long a [`Body::File`] is, it takes two buffers and no more.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, Write};

use blake3::{Hash, Hasher};

use super::Body;

/// How much is read at once.
pub(super) const BUFFER: usize = 128 * 1024;

/// Which side failed while a body was poured into a file.
pub(super) enum Torn {
    /// It could not be read.
    Source(io::Error),
    /// It could not be written.
    Copy(io::Error),
}

impl Body {
    pub(super) fn size(&self) -> io::Result<u64> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
            Self::File(file) => Ok(file.metadata()?.len()),
        }
    }

    /// Returns the hash of this body if `old` holds exactly the same bytes.
    pub(super) fn is_in(&mut self, old: &mut File) -> io::Result<Option<Hash>> {
        match self {
            Self::Bytes(bytes) => Ok(holds(old, bytes)?.then(|| blake3::hash(bytes))),
            Self::File(file) => holds_as(old, file),
        }
    }

    /// Writes this body to `file`, and returns how long it was and its hash.
    pub(super) fn pour_into(&mut self, file: &mut File) -> Result<(u64, Hash), Torn> {
        match self {
            Self::Bytes(bytes) => {
                file.write_all(bytes).map_err(Torn::Copy)?;
                Ok((bytes.len() as u64, blake3::hash(bytes)))
            }
            Self::File(source) => copy(source, file),
        }
    }
}

fn copy(source: &mut File, file: &mut File) -> Result<(u64, Hash), Torn> {
    source.rewind().map_err(Torn::Source)?;
    let (mut size, mut hasher, mut buffer) = (0, Hasher::new(), vec![0; BUFFER]);
    loop {
        let length = fill(source, &mut buffer).map_err(Torn::Source)?;
        if length == 0 {
            return Ok((size, hasher.finalize()));
        }
        hasher.update(&buffer[..length]);
        file.write_all(&buffer[..length]).map_err(Torn::Copy)?;
        size += length as u64;
    }
}

/// Tells whether `file` holds exactly `bytes`.
fn holds(file: &mut File, bytes: &[u8]) -> io::Result<bool> {
    let mut rest = bytes;
    // One byte more than expected shows that the file has grown.
    let mut buffer = vec![0; BUFFER.min(bytes.len() + 1)];
    loop {
        let length = fill(file, &mut buffer)?;
        match rest.split_at_checked(length) {
            Some((part, after)) if *part == buffer[..length] => rest = after,
            _ => return Ok(false),
        }
        if length < buffer.len() {
            return Ok(rest.is_empty());
        }
    }
}

/// Returns the hash of what both files hold, if they hold the same.
fn holds_as(old: &mut File, new: &mut File) -> io::Result<Option<Hash>> {
    new.rewind()?;
    let (mut hasher, mut ours, mut theirs) = (Hasher::new(), vec![0; BUFFER], vec![0; BUFFER]);
    loop {
        let length = fill(new, &mut ours)?;
        if fill(old, &mut theirs)? != length || ours[..length] != theirs[..length] {
            return Ok(None);
        }
        if length == 0 {
            return Ok(Some(hasher.finalize()));
        }
        hasher.update(&ours[..length]);
    }
}

/// Reads until `buffer` is full or the file ends, and returns how much that was.
pub(super) fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_bytes_are_the_same() {
        let long: Vec<u8> = (0..2 * BUFFER + 3).map(|number| (number % 253) as u8).collect();
        let changed = |at: usize| {
            let mut bytes = long.clone();
            bytes[at] ^= 1;
            bytes
        };
        let others =
            [changed(0), changed(BUFFER), changed(2 * BUFFER + 2), long[..BUFFER].to_vec(), Vec::new()];
        for ours in others.iter().chain([&long]) {
            for theirs in [&long, &long[..BUFFER].to_vec(), &Vec::new()] {
                for mut body in [Body::Bytes(ours.clone()), Body::File(file(ours))] {
                    let found = body.is_in(&mut file(theirs)).unwrap();
                    assert_eq!(found, (ours == theirs).then(|| blake3::hash(ours)));
                }
            }
        }
    }

    #[test]
    fn whatever_was_read_before_a_body_is_poured_whole() {
        for length in [0, 1, BUFFER, BUFFER + 1] {
            let bytes: Vec<u8> = (0..length).map(|number| (number % 253) as u8).collect();
            let mut body = Body::File(file(&bytes));
            body.is_in(&mut file(b"another")).unwrap();
            let mut copy = tempfile::tempfile().unwrap();
            let Ok((size, hash)) = body.pour_into(&mut copy) else { panic!("not poured") };
            assert_eq!((size, hash), (length as u64, blake3::hash(&bytes)));
            copy.rewind().unwrap();
            assert!(holds(&mut copy, &bytes).unwrap());
        }
    }

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        file
    }
}
