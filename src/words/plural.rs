//! Which form of a message goes with a number, by the rules of the language.
//!
//! The rules are those of Unicode's CLDR for whole numbers, for the languages that differ from `one` and
//! `other`. Things are counted here, never measured, so fractions need no form.

/// A form that languages have for some numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// `zero`
    Zero,
    /// `one`
    One,
    /// `two`
    Two,
    /// `few`
    Few,
    /// `many`
    Many,
    /// `other`
    Other,
}

impl Category {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// The word for it in a file of words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    /// The form of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.word() == word)
    }
}

/// The form for a number in a language, named as `de` or `zh-Hans`.
pub(super) fn category(language: &str, count: u64) -> Category {
    use Category::{Few, Many, One, Other, Two, Zero};
    let (tens, units) = (count % 100, count % 10);
    match language.split('-').next().unwrap_or(language) {
        "bo" | "id" | "ja" | "jv" | "km" | "ko" | "lo" | "ms" | "my" | "th" | "to" | "vi" | "yo" | "zh" => {
            Other
        }
        "am" | "as" | "bn" | "fa" | "fr" | "gu" | "hi" | "hy" | "kn" | "pt" | "zu" => {
            if count <= 1 {
                One
            } else {
                Other
            }
        }
        "be" | "ru" | "uk" => match (units, tens) {
            (1, tens) if tens != 11 => One,
            (2..=4, tens) if !(12..=14).contains(&tens) => Few,
            _ => Many,
        },
        "bs" | "hr" | "sr" => match (units, tens) {
            (1, tens) if tens != 11 => One,
            (2..=4, tens) if !(12..=14).contains(&tens) => Few,
            _ => Other,
        },
        "pl" => match (units, tens) {
            _ if count == 1 => One,
            (2..=4, tens) if !(12..=14).contains(&tens) => Few,
            _ => Many,
        },
        "cs" | "sk" => match count {
            1 => One,
            2..=4 => Few,
            _ => Other,
        },
        "sl" => match tens {
            1 => One,
            2 => Two,
            3 | 4 => Few,
            _ => Other,
        },
        "lt" => match (units, tens) {
            (_, 11..=19) | (0, _) => Other,
            (1, _) => One,
            _ => Few,
        },
        "lv" => match (units, tens) {
            (0, _) | (_, 11..=19) => Zero,
            (1, _) => One,
            _ => Other,
        },
        "ro" => match (count, tens) {
            (1, _) => One,
            (0, _) | (_, 1..=19) => Few,
            _ => Other,
        },
        "ar" => match (count, tens) {
            (0, _) => Zero,
            (1, _) => One,
            (2, _) => Two,
            (_, 3..=10) => Few,
            (_, 11..) => Many,
            _ => Other,
        },
        "he" => match count {
            1 => One,
            2 => Two,
            _ => Other,
        },
        "ga" => match count {
            1 => One,
            2 => Two,
            3..=6 => Few,
            7..=10 => Many,
            _ => Other,
        },
        "cy" => match count {
            0 => Zero,
            1 => One,
            2 => Two,
            3 => Few,
            6 => Many,
            _ => Other,
        },
        "is" => {
            if units == 1 && tens != 11 {
                One
            } else {
                Other
            }
        }
        _ => {
            if count == 1 {
                One
            } else {
                Other
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_form_of_their_language() {
        let forms = |language: &str, counts: &[u64]| {
            counts.iter().map(|count| category(language, *count).word()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(forms("en", &[0, 1, 2, 21]), "other one other other");
        assert_eq!(forms("de", &[0, 1, 2]), "other one other");
        assert_eq!(forms("zh-Hans", &[0, 1, 2]), "other other other");
        assert_eq!(forms("fr", &[0, 1, 2]), "one one other");
        assert_eq!(forms("ru", &[1, 2, 5, 11, 12, 21, 22, 111]), "one few many many many one few many");
        assert_eq!(forms("pl", &[1, 2, 5, 21, 22, 112]), "one few many many few many");
        assert_eq!(forms("ar", &[0, 1, 2, 3, 11, 100, 103]), "zero one two few many other few");
        assert_eq!(forms("sl", &[1, 2, 3, 5, 101]), "one two few other one");
    }
}
