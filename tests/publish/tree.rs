//! A whole folder as a value, to be compared.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Everything below a folder, by path. Equal if and only if names, kinds, permissions and bytes are.
pub type Tree = BTreeMap<PathBuf, Node>;

/// What a name stands for.
#[derive(Clone, PartialEq, Eq)]
pub enum Node {
    File { mode: u32, bytes: Vec<u8> },
    Folder { mode: u32 },
    Link { to: PathBuf },
    Other,
}

/// Reads all below `root`, following no link. A folder that does not exist is an empty tree without a root.
pub fn tree(root: &Path) -> Tree {
    let mut tree = Tree::new();
    if root.symlink_metadata().is_ok() {
        read(root, Path::new(""), &mut tree);
    }
    tree
}

fn read(root: &Path, path: &Path, tree: &mut Tree) {
    let whole = root.join(path);
    let found = whole.symlink_metadata().unwrap();
    let mode = found.permissions().mode() & 0o7777;
    let node = if found.is_symlink() {
        Node::Link { to: fs::read_link(&whole).unwrap() }
    } else if found.is_file() {
        Node::File { mode, bytes: fs::read(&whole).unwrap() }
    } else if found.is_dir() {
        for entry in fs::read_dir(&whole).unwrap() {
            read(root, &path.join(entry.unwrap().file_name()), tree);
        }
        Node::Folder { mode }
    } else {
        Node::Other
    };
    tree.insert(path.to_owned(), node);
}

/// Fails with the names that differ, not with all bytes of two sites.
#[track_caller]
pub fn assert_same(found: &Tree, wanted: &Tree, what: &str) {
    let differing = |a: &Tree, b: &Tree| {
        a.iter()
            .filter(|(path, node)| b.get(*path) != Some(node))
            .map(|(path, _)| path.clone())
            .collect::<Vec<_>>()
    };
    assert!(
        found == wanted,
        "{what}\n  found only so: {:?}\n  wanted only so: {:?}",
        differing(found, wanted),
        differing(wanted, found)
    );
}

impl std::fmt::Debug for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File { mode, bytes } => {
                write!(f, "file {mode:o} {:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]))
            }
            Self::Folder { mode } => write!(f, "folder {mode:o}"),
            Self::Link { to } => write!(f, "link to {}", to.display()),
            Self::Other => write!(f, "something else"),
        }
    }
}
