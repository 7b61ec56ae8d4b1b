//! The addresses that browsers ask for: read once, strictly, and only ever looked up in the site.

/// A path of the site, as a browser asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The path of a file, seen from the root of the site.
    pub(super) file: String,
    /// Whether a slash behind it would make it the address of a folder.
    pub(super) may_be_folder: bool,
}

/// The longest path that is looked up, in bytes.
const LONGEST: usize = 2048;

impl Address {
    /// Reads the path of a request; `None` if nothing of a site could ever have it.
    ///
    /// Percent signs are read once. What then still means something to a file system, and not to a site, is no
    /// path: `..`, empty parts, backslashes, control characters.
    pub(super) fn parse(path: &str) -> Option<Self> {
        if path.len() > LONGEST {
            return None;
        }
        let decoded = percent_decoded(path.strip_prefix('/')?)?;
        if decoded.contains(['\\', ':']) || decoded.chars().any(char::is_control) {
            return None;
        }
        let (folder, is_folder) = match decoded.strip_suffix('/') {
            Some(folder) => (folder, true),
            None => (decoded.as_str(), decoded.is_empty()),
        };
        if !decoded.is_empty() && folder.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return None;
        }
        Some(match (is_folder, folder) {
            (true, "") => Self { file: "index.html".to_owned(), may_be_folder: false },
            (true, folder) => Self { file: format!("{folder}/index.html"), may_be_folder: false },
            (false, file) => Self { file: file.to_owned(), may_be_folder: true },
        })
    }

    /// The path with which a browser asks for a file of the site.
    pub(super) fn of_file(file: &str) -> String {
        let mut address = String::from("/");
        for byte in file.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
                address.push(char::from(byte));
            } else {
                address.push_str(&format!("%{byte:02X}"));
            }
        }
        address
    }
}

/// The value of a parameter in the part of an address behind the question mark.
pub(super) fn parameter(query: Option<&str>, name: &str) -> Option<String> {
    let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    percent_decoded(pairs.into_iter().find(|(key, _)| *key == name)?.1)
}

/// Reads `%20` and its kin, once; `None` if a percent sign stands alone or what comes out is no UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit =
                |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            decoded.push(digit(bytes.next())? * 16 + digit(bytes.next())?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_once() {
        let file = |path: &str| Address::parse(path).map(|address| address.file);
        assert_eq!(file("/").as_deref(), Some("index.html"));
        assert_eq!(file("/decisions/").as_deref(), Some("decisions/index.html"));
        assert_eq!(file("/decisions/a/index.html").as_deref(), Some("decisions/a/index.html"));
        assert_eq!(file("/pilots/a/gr%C3%B6%C3%9Fe.png").as_deref(), Some("pilots/a/größe.png"));
        // Read a second time, this would be something else.
        assert_eq!(file("/%252e%252e/a").as_deref(), Some("%2e%2e/a"));
        for path in [
            "",
            "a",
            "//",
            "//a",
            "/a//b",
            "/..",
            "/../a",
            "/a/..",
            "/a/./b",
            "/%2e%2e/a",
            "/%2e/a",
            "/a%2f..%2fb",
            "/a\\b",
            "/a%5cb",
            "/a%00",
            "/a%0a",
            "/c:/a",
            "/%",
            "/%4",
            "/%zz",
            "/%ff",
            "/%c0%ae%c0%ae/a",
        ] {
            assert_eq!(file(path), None, "{path}");
        }
        assert_eq!(file(&format!("/{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn every_file_has_an_address_that_leads_to_it() {
        for file in ["index.html", "a/größe x.png", "a/100%.csv", "a/?#&.txt"] {
            assert_eq!(Address::parse(&Address::of_file(file)).unwrap().file, file);
        }
    }

    #[test]
    fn parameters_are_read_by_their_names() {
        assert_eq!(parameter(Some("page=a%2Fb&hash=1"), "page").as_deref(), Some("a/b"));
        assert_eq!(parameter(Some("page=a"), "hash"), None);
        assert_eq!(parameter(Some("page=%zz"), "page"), None);
        assert_eq!(parameter(None, "page"), None);
    }
}
