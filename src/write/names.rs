//! Which paths a site may have. Everything is refused here, before a byte is written.

use std::collections::HashMap;

use super::failure::Refusal;

/// Names at the root of the output that begin so are ours: a publish in place may need one for a moment.
pub(super) const RESERVED: &str = ".bailiwick";

/// Refuses paths that could leave the output folder, that some system cannot store, or that would be one file
/// where upper and lower case are the same.
pub(super) fn check(paths: &[String]) -> Result<(), Refusal> {
    let mut seen = HashMap::with_capacity(2 * paths.len());
    for path in paths {
        if let Some(why) = fault(path) {
            return Err(Refusal::BadPath { path: path.clone(), why });
        }
    }
    for path in paths {
        for folder in folders_of(path) {
            let former = seen.entry(fold(folder)).or_insert((folder, Use::Folder));
            if *former != (folder, Use::Folder) {
                return Err(collision(former.0, path));
            }
        }
        if let Some((former, _)) = seen.insert(fold(path), (path, Use::File)) {
            return Err(collision(former, path));
        }
    }
    Ok(())
}

/// Returns the folders on the way to `path`, outermost first: `a`, `a/b` for `a/b/c`.
pub(super) fn folders_of(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Maps every spelling that a case-insensitive file system takes for one name to one text.
pub(super) fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    // Up and down again: `ß` and `SS`, `ſ` and `s` have only their capitals in common.
    path.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// Tells why `path` cannot name a file of a site, if it cannot.
pub(super) fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.starts_with('/') {
        return Some("it must be relative to the output folder");
    }
    if path.contains(|c: char| c.is_control() || r#"\:*?"<>|"#.contains(c)) {
        return Some("some systems do not allow one of its characters");
    }
    if path.starts_with(RESERVED) {
        return Some("names that begin with `.bailiwick` are kept for the program");
    }
    // What Linux takes in one call, its final NUL included.
    if path.len() > 4095 {
        return Some("it is longer than 4,095 bytes");
    }
    path.split('/').find_map(|name| match name {
        "" => Some("it holds an empty name"),
        "." | ".." => Some("it must not hold `.` or `..`"),
        _ if name.len() > 255 => Some("a name in it is longer than 255 bytes"),
        _ => None,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Use {
    File,
    Folder,
}

fn collision(first: &str, second: &str) -> Refusal {
    Refusal::Collision { first: first.to_owned(), second: second.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(paths: &[&str]) -> Result<(), Refusal> {
        check(&paths.iter().map(|&path| path.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn ordinary_paths_pass() {
        let long = format!("{}/{}", "a".repeat(255), "b".repeat(255));
        assert_eq!(
            verdict(&["404.html", "a/b.html", "a/c/index.html", "ab/ü.html", &long, ".nojekyll"]),
            Ok(())
        );
    }

    #[test]
    fn paths_that_leave_the_folder_or_that_some_system_cannot_store_are_refused() {
        let long = "a".repeat(256);
        let deep = "a/".repeat(2048);
        let bad = ["", "/", "/etc/x", "../x", "a/../x", "a/./x", "a//x", "a/", "a\\x", "a\0x", "C:x", "a\nx"];
        for path in bad.into_iter().chain([&*long, &*deep, ".bailiwick", ".bailiwick-stage/x"]) {
            assert!(matches!(verdict(&["a.html", path]), Err(Refusal::BadPath { .. })), "{path:?} passed");
        }
    }

    #[test]
    fn paths_that_are_one_name_on_some_system_are_refused() {
        let pairs = [("a", "a"), ("a", "A"), ("a/x", "A/y"), ("a", "a/x"), ("a/x", "a"), ("A/x", "a")];
        for (first, second) in pairs.into_iter().chain([("straße", "STRASSE"), ("É", "é"), ("a/ſ", "a/S")])
        {
            assert!(matches!(verdict(&[first, second]), Err(Refusal::Collision { .. })), "{first} {second}");
        }
    }

    #[test]
    fn a_collision_names_both() {
        let told = verdict(&["pages/a.html", "pages/A.html"]).unwrap_err().to_string();
        assert!(told.starts_with("`pages/a.html` and `pages/A.html` "), "{told}");
    }
}
