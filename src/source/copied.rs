//! The files of the content folder that a site publishes: pictures without what they tell of their maker, tables
//! with the line ends that they have on every machine, others as they are.

use std::fs::File;
use std::io::{self, Read};

use super::decode;
use super::discover::Folder;
use crate::asset;

/// The largest picture that is cleaned, in bytes; it is held in memory for that.
const LARGEST_PICTURE: u64 = 64 * 1024 * 1024;

/// A file as it is published.
#[derive(Debug)]
pub enum Copied {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// As it stands on the disk, however large.
    File(File),
}

/// Why a file cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// One lowercase phrase.
    pub reason: String,
    /// What the writer can do about it.
    pub fix: String,
}

impl Folder {
    /// The content of a file as a site publishes it.
    ///
    /// # Errors
    /// A file that cannot be read, and a picture that is broken or too large to be cleaned.
    pub fn copied(&self, path: &str) -> Result<Copied, Unfit> {
        let unfit = |reason: String, fix: &str| Unfit { reason, fix: fix.to_owned() };
        let unreadable =
            |error: io::Error| unfit(format!("cannot be read: {error}"), "check that it is there");
        let file = self.open_file(path).map_err(unreadable)?;
        let kind = asset::kind(path.rsplit('/').next().unwrap_or(path));
        if kind == asset::Kind::Csv {
            return figures(file).map(Copied::Bytes).map_err(unreadable);
        }
        if !kind.is_picture() {
            return Ok(Copied::File(file));
        }
        if file.metadata().map_err(unreadable)?.len() > LARGEST_PICTURE {
            return Err(unfit(format!("larger than {LARGEST_PICTURE} bytes"), "make the picture smaller"));
        }
        let bytes = bytes_of(file).map_err(unreadable)?;
        asset::cleaned(kind, bytes)
            .map(Copied::Bytes)
            .map_err(|broken| unfit(broken.message.to_string(), broken.fix))
    }
}

fn figures(file: File) -> io::Result<Vec<u8>> {
    let text = decode::text(bytes_of(file)?).map_err(|unusable| io::Error::other(unusable.reason))?;
    Ok(text.into_bytes())
}

fn bytes_of(file: File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(LARGEST_PICTURE).read_to_end(&mut bytes)?;
    Ok(bytes)
}
