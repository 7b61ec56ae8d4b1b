//! What the program remembers beside an output, for itself alone: never published, and never needed.

use std::io::{self, Read, Write};
use std::path::Path;

use super::folder::Folder;
use super::names::RESERVED;

/// More than this is not remembered, in bytes.
const MOST: u64 = 512 * 1024 * 1024;

/// What was remembered under a name for the output at `out`; `None` if nothing that can be read.
///
/// It may be torn or of another version: whoever reads it has to find out.
pub fn recall(out: &Path, name: &str) -> Option<Vec<u8>> {
    let file = folder(out).ok()?.read(name).ok()?;
    // All at once: to grow step by step would copy it several times.
    let size = file.metadata().ok()?.len().min(MOST);
    let mut bytes = Vec::with_capacity(usize::try_from(size).ok()? + 1);
    file.take(MOST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Remembers something under a name for an output that was published.
///
/// # Errors
/// When it cannot be written. Nothing is lost by that but time.
pub fn remember(out: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = folder(out)?;
    let part = format!("{name}.part");
    folder.open_emptied(&part)?.write_all(bytes)?;
    folder.rename(&part, &folder, name)
}

/// The folder that the program keeps for an output, following no link from the output's own parent on.
fn folder(out: &Path) -> io::Result<Folder> {
    let out = std::path::absolute(out)?;
    let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
        return Err(io::ErrorKind::NotFound.into());
    };
    Folder::open(&parent.canonicalize()?)?.folder(Path::new(RESERVED).join(name))
}
