//! What a file is, by where it stands.

use crate::model::Kind;

/// What a file is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role<'a> {
    /// `portfolio.yaml`.
    Config,
    /// An entry: `id.md`, `id.yaml`, or `index.md` in a folder named by the id.
    Entry {
        /// Its kind, which the folder gives.
        kind: Kind,
        /// Its id, as the name says it.
        id: &'a str,
    },
    /// A CSV file, an image, or anything else that entries may point at.
    Attachment,
    /// Looks like an entry, and is in no folder of entries.
    Astray {
        /// The folder at the top that it is in; `None` at the top itself.
        folder: Option<&'a str>,
    },
    /// Looks like an entry, and is named `index` without a folder of its own, or ends in `.yml` or `.MD`.
    Misnamed,
}

/// Tells what a file is for.
pub fn role(path: &str) -> Role<'_> {
    match path {
        "portfolio.yaml" => return Role::Config,
        "program.yaml" | "program.md" => return Role::Entry { kind: Kind::Program, id: "program" },
        _ => {}
    }
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_entry = matches!(extension, "md" | "yaml");
    if !is_entry && !["md", "yaml", "yml"].iter().any(|known| extension.eq_ignore_ascii_case(known)) {
        return Role::Attachment;
    }
    if folders.is_empty() {
        return Role::Astray { folder: None };
    }
    let top = folders.split('/').next().unwrap_or(folders);
    match Kind::of_folder(top) {
        None => Role::Astray { folder: Some(top) },
        Some(_) if !is_entry => Role::Misnamed,
        Some(kind) if stem == "index" => match folders.rsplit_once('/') {
            Some((_, id)) => Role::Entry { kind, id },
            None => Role::Misnamed,
        },
        Some(kind) => Role::Entry { kind, id: stem },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_gives_the_kind_and_the_name_the_id() {
        let of = |path: &str| format!("{:?}", role(path));
        assert_eq!(of("portfolio.yaml"), "Config");
        assert_eq!(of("program.md"), r#"Entry { kind: Program, id: "program" }"#);
        assert_eq!(of("pilots/a.md"), r#"Entry { kind: Pilot, id: "a" }"#);
        assert_eq!(of("pilots/2026/a/index.yaml"), r#"Entry { kind: Pilot, id: "a" }"#);
        assert_eq!(of("pilots/a/b.csv"), "Attachment");
        assert_eq!(of("pilots/index.md"), "Misnamed");
        assert_eq!(of("pilots/a.yml"), "Misnamed");
        assert_eq!(of("pilots/a.MD"), "Misnamed");
        assert_eq!(of("pilot/a.md"), r#"Astray { folder: Some("pilot") }"#);
        assert_eq!(of("a.md"), "Astray { folder: None }");
    }
}
