//! What every document depends on besides its data and its theme: the code that lays it out, as it was compiled.
//!
//! So that nobody has to remember to say that it has changed: a document of the last build is kept only if it was
//! made by the same code.

/// A file with its text.
macro_rules! files {
    ($($name:literal),+ $(,)?) => { [$(($name, include_str!($name))),+] };
}

/// The files of this folder, and the versions of all libraries.
static FILES: [(&str, &str); 14] = files![
    "../../Cargo.lock",
    "fault.rs",
    "fit.rs",
    "form.rs",
    "lacking.rs",
    "mod.rs",
    "proposal/known.rs",
    "proposal/lines.rs",
    "proposal/mod.rs",
    "proposal/sheet.rs",
    "sheets.rs",
    "typesetter.rs",
    "without.rs",
    "world.rs",
];

/// The texts of the code, in one order.
pub(super) fn texts() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::FILES;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_file_of_the_folder_counts() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/paper");
        let files = walkdir::WalkDir::new(&folder).into_iter().map(|entry| entry.expect("it can be read"));
        let there: BTreeSet<String> = files
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(&folder).expect("it lies below").display().to_string())
            .collect();
        let counted = FILES.iter().map(|(name, _)| (*name).to_owned()).filter(|name| !name.starts_with(".."));
        assert_eq!(counted.collect::<BTreeSet<_>>(), there, "`src/paper/form.rs` has to name every file");
    }
}
