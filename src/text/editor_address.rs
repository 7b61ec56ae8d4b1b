//! Addresses that open a file in the writer's editor: a pattern with `{file}`, `{line}` and `{column}`.

/// What opens a file unless `portfolio.yaml` says otherwise.
pub const DEFAULT: &str = "vscode://file{file}:{line}:{column}";

/// The programs that register such addresses. Whatever is not among them could just as well run something.
pub const SCHEMES: [&str; 20] = [
    "atom",
    "cursor",
    "emacs",
    "helix",
    "idea",
    "jetbrains",
    "kate",
    "mvim",
    "nova",
    "nvim",
    "pycharm",
    "sublime",
    "subl",
    "txmt",
    "vim",
    "vscode",
    "vscode-insiders",
    "vscodium",
    "windsurf",
    "zed",
];

/// Whether a pattern names a file and is that of an editor.
pub fn is_sound(pattern: &str) -> bool {
    let scheme = pattern.split_once("://").map(|(scheme, _)| scheme);
    let is_plain = !pattern.chars().any(|c| c.is_control() || c.is_whitespace());
    scheme.is_some_and(|scheme| SCHEMES.contains(&scheme)) && pattern.contains("{file}") && is_plain
}

/// The address of a place in a file, by the file's absolute path with `/` between its parts; line and column count
/// from 1.
pub fn address(pattern: &str, file: &str, line: usize, column: usize) -> String {
    let rooted = if file.starts_with('/') { file.to_owned() } else { format!("/{file}") };
    // The path last: it may hold braces of its own.
    let placed = pattern.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
    placed.replace("{file}", &encoded(&rooted))
}

/// A path as it stands in an address.
fn encoded(path: &str) -> String {
    let mut text = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_editors_are_called() {
        for pattern in
            [DEFAULT, "idea://open?file={file}&line={line}", "subl://open?url=file://{file}&line={line}"]
        {
            assert!(is_sound(pattern), "{pattern}");
        }
        for pattern in [
            "javascript:alert(1)//{file}",
            "javascript://{file}",
            "https://example.org/{file}",
            "file://{file}",
            "vscode:{file}",
            "vscode://file",
            "VSCODE://file{file}",
            " vscode://file{file}",
            "vscode://file{file}\n",
            "vscode",
            "",
        ] {
            assert!(!is_sound(pattern), "{pattern}");
        }
    }

    #[test]
    fn a_path_cannot_change_the_address() {
        let at = |file: &str| address(DEFAULT, file, 7, 16);
        assert_eq!(at("/home/me/a.md"), "vscode://file/home/me/a.md:7:16");
        assert_eq!(at("C:/me/a.md"), "vscode://file/C:/me/a.md:7:16");
        assert_eq!(at("/a b/{line}?x#y%&ü.md"), "vscode://file/a%20b/%7Bline%7D%3Fx%23y%25%26%C3%BC.md:7:16");
    }
}
