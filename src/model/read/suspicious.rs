//! Characters that no editor shows and that make a text read otherwise than it is.

use super::rules;
use crate::report::{Place, Report};
use crate::source::SourcePath;

/// Reports the first such character of every line.
pub(super) fn find(path: &SourcePath, text: &str, report: &mut Report) {
    if text.is_ascii() {
        return;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.is_ascii()
            && let Some((at, c, what)) = first(line)
        {
            let range = start + at..start + at + c.len_utf8();
            let message = format!("the character U+{:04X}, {what}, stands here unseen", u32::from(c));
            report.add(&rules::SUSPICIOUS_CHARACTER, Place::bytes(path, range, ""), message);
        }
        start += line.len();
    }
}

fn first(line: &str) -> Option<(usize, char, &'static str)> {
    let mut before = None;
    for (at, c) in line.char_indices() {
        if let Some(what) = hidden(c, before) {
            return Some((at, c, what));
        }
        before = Some(c);
    }
    None
}

/// What an unseen character does; `None` for all that are seen, or are needed where they stand.
fn hidden(c: char, before: Option<char>) -> Option<&'static str> {
    match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some("which turns the direction of the text"),
        // Joiners shape letters of Arabic and Indic scripts and bind emoji together; between others they hide.
        '\u{200C}' | '\u{200D}' => {
            before.is_none_or(|before| before.is_ascii()).then_some("which joins nothing")
        }
        '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{180E}' | '\u{206A}'..='\u{206F}' => {
            Some("which has no width")
        }
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => Some("which is an empty letter"),
        // Flags of regions are spelt with these, behind a black flag.
        '\u{E0000}'..='\u{E007F}' => before
            .is_none_or(|before| !matches!(before, '\u{1F3F4}' | '\u{E0000}'..='\u{E007F}'))
            .then_some("which spells words that nobody sees"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_where_it_stands_is_left_alone() {
        for text in ["plain", "naïve", "می‌خواهم", "👩‍💻", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "שלום", "क्‍ष", "soft\u{AD}hyphen"]
        {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn what_hides_is_found() {
        let hidden =
            ["a\u{202E}b", "a\u{200B}b", "a\u{200D}b", "\u{2066}x", "a\u{E0041}", "x\u{3164}", "\u{200C}x"];
        for text in hidden {
            assert!(first(text).is_some(), "{text:?}");
        }
    }
}
