//! Paths within the content folder: relative, with `/` between the parts on every system.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Where a file stands, seen from the content folder: `pilots/weekly-report/index.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Takes a path that has `/` between its parts and neither begins nor ends with one.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The folder that the file is in; empty for a file at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// What follows the last dot of the name; empty without one.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Where `address`, written in this file, points to within the content folder.
    ///
    /// Reads `.` and `..`; `None` if it leaves the folder or is not a relative path.
    pub fn resolve(&self, address: &str) -> Option<String> {
        if address.starts_with('/') || address.bytes().any(|byte| matches!(byte, b'\\' | b'\0')) {
            return None;
        }
        let folder = self.folder();
        let mut path = String::with_capacity(folder.len() + 1 + address.len());
        path.push_str(folder);
        for part in address.split('/') {
            match part {
                "" | "." => {}
                ".." if path.is_empty() => return None,
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                part => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(part);
                }
            }
        }
        Some(path)
    }

    /// How `other` is written in this file as a relative address: what [`SourcePath::resolve`] reads.
    pub fn address_of(&self, other: &Self) -> String {
        let here: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        let there: Vec<&str> = other.split('/').collect();
        let folders = &there[..there.len() - 1];
        let shared = here.iter().zip(folders).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..", here.len() - shared);
        up.chain(there[shared..].iter().copied()).collect::<Vec<_>>().join("/")
    }
}

impl Deref for SourcePath {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_stay_within_the_folder() {
        let path = SourcePath::new("pilots/weekly/index.md");
        assert_eq!((path.folder(), path.stem(), path.extension()), ("pilots/weekly", "index", "md"));
        assert_eq!(path.resolve("../../scopes/a.md").as_deref(), Some("scopes/a.md"));
        assert_eq!(path.resolve("./b.csv").as_deref(), Some("pilots/weekly/b.csv"));
        for other in ["scopes/a.md", "pilots/weekly/b.csv", "pilots/a.md", "pilots/weekly/index.md", "a.md"] {
            let address = path.address_of(&SourcePath::new(other));
            assert_eq!(path.resolve(&address).as_deref(), Some(other), "{address}");
        }
        assert_eq!(path.address_of(&SourcePath::new("pilots/weekly/b.csv")), "b.csv");
        for address in ["/etc/passwd", "../../../x", "..\\x", "a\0b"] {
            assert_eq!(path.resolve(address), None, "{address}");
        }
    }
}
