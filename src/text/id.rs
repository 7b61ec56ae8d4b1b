//! Names of entries and of decision rights.

use std::borrow::Borrow;
use std::fmt;

use super::Scalar;
use super::scalar::{scalar_serde, scalar_shown};

/// Names one entry: lowercase words joined by hyphens, unique in the portfolio, stable for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Box<str>);

/// Names that the site needs for itself.
const RESERVED: [&str; 6] = ["index", "search", "assets", "404", "me", "everyone"];

/// Names that some file system keeps for its devices.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether no file or folder can have that name, in lower case, on some file system.
pub(super) fn is_device(name: &str) -> bool {
    DEVICES.contains(&name)
}

/// The longest id, in bytes: with `.yaml` behind it, still a file name everywhere.
const LONGEST: usize = 100;

impl Id {
    /// The id as it stands in file names and addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The date that the id begins with, as in `2026-03-02-client-report`.
    pub fn date_prefix(&self) -> Option<super::Date> {
        let prefix = self.0.get(..10)?;
        matches!(self.0.as_bytes().get(10), None | Some(b'-'))
            .then(|| super::Date::parse(prefix).ok())
            .flatten()
    }
}

impl Scalar for Id {
    const FORMAT: &'static str = "id";
    const EXPECTED: &'static str = "an id: lowercase words joined by hyphens";

    fn parse(text: &str) -> Result<Self, String> {
        if RESERVED.contains(&text) || is_device(text) {
            return Err(format!("`{text}` is a reserved name"));
        }
        if text.len() > LONGEST {
            return Err(format!("an id has at most {LONGEST} characters, this one {}", text.len()));
        }
        let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if text.split('-').all(word) {
            Ok(Self(text.into()))
        } else {
            Err(format!("`{text}` is not lowercase words joined by hyphens"))
        }
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

scalar_serde!(Id, "string");
scalar_shown!(Id);

/// Names one decision right: `scope-id/right-id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RightRef {
    /// The scope that grants it.
    pub scope: Id,
    /// Its name within the scope.
    pub right: Id,
}

impl Scalar for RightRef {
    const FORMAT: &'static str = "right";
    const EXPECTED: &'static str = "a decision right as `scope-id/right-id`";

    fn parse(text: &str) -> Result<Self, String> {
        let fault = || format!("`{text}` is not a decision right as `scope-id/right-id`");
        let (scope, right) = text.split_once('/').ok_or_else(fault)?;
        Ok(Self {
            scope: Id::parse(scope).map_err(|_| fault())?,
            right: Id::parse(right).map_err(|_| fault())?,
        })
    }
}

impl fmt::Display for RightRef {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}/{}", self.scope, self.right)
    }
}

scalar_serde!(RightRef, "string");
scalar_shown!(RightRef);

/// The id that a title suggests: its letters and digits in lower case, accents taken off, words joined by
/// hyphens. Empty when the title has none of the Latin script, and then the writer must choose one.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        let plain = plain_letters(c);
        if plain.is_empty() {
            // An apostrophe joins: `don't` becomes `dont`.
            if !matches!(c, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.push_str(&plain);
    }
    let cut = slug.len().min(60);
    // Cut long titles at a word.
    let end = if slug.len() > cut { slug[..cut].rfind('-').unwrap_or(cut) } else { cut };
    slug[..end].trim_matches('-').to_owned()
}

/// The letters `a` to `z` and digits that a character of the Latin script comes down to; else empty.
fn plain_letters(c: char) -> String {
    let folded = match c {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' | 'Œ' => "oe",
        'ü' | 'Ü' => "ue",
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'å' | 'Å' => "aa",
        'à' | 'á' | 'â' | 'ã' | 'À' | 'Á' | 'Â' | 'Ã' | 'ą' | 'Ą' | 'ă' | 'Ă' => "a",
        'ç' | 'Ç' | 'ć' | 'Ć' | 'č' | 'Č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' | 'ę' | 'Ę' | 'ě' | 'Ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' | 'ı' | 'İ' => "i",
        'ñ' | 'Ñ' | 'ń' | 'Ń' | 'ň' | 'Ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'ő' | 'Ő' => "o",
        'ù' | 'ú' | 'û' | 'Ù' | 'Ú' | 'Û' | 'ű' | 'Ű' | 'ů' | 'Ů' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ł' | 'Ł' => "l",
        'ř' | 'Ř' => "r",
        'ś' | 'Ś' | 'š' | 'Š' | 'ş' | 'Ş' => "s",
        'ź' | 'Ź' | 'ż' | 'Ż' | 'ž' | 'Ž' => "z",
        'ğ' | 'Ğ' => "g",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        _ if c.is_ascii_alphanumeric() => return c.to_ascii_lowercase().to_string(),
        _ => "",
    };
    folded.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_portable_file_names() {
        for text in [
            "",
            "-a",
            "a-",
            "a--b",
            "A",
            "a_b",
            "a b",
            "con",
            "aux",
            "index",
            "404",
            "ä",
            "a.",
            "a/b",
            "a\u{200b}",
        ] {
            assert!(Id::parse(text).is_err(), "{text:?}");
        }
        assert!(Id::parse(&"a".repeat(101)).is_err());
        assert_eq!(Id::parse("2026-03-02-x").unwrap().date_prefix().unwrap().to_string(), "2026-03-02");
        assert!(Id::parse("2026-02-30-x").unwrap().date_prefix().is_none());
    }

    #[test]
    fn slugs_are_ids_or_empty() {
        assert_eq!(slug("Sending the weekly report"), "sending-the-weekly-report");
        assert_eq!(slug("Größe & Maß: don't panic!"), "groesse-mass-dont-panic");
        assert_eq!(slug("決定"), "");
        assert_eq!(slug(&"word ".repeat(30)).len(), 59);
        proptest::proptest!(|(title in ".*")| {
            let slug = slug(&title);
            proptest::prop_assert!(slug.is_empty() || Id::parse(&slug).is_ok() || RESERVED.contains(&slug.as_str()) || is_device(&slug));
        });
    }
}
