//! What is found when an entry is put on paper: not by `check`, which lays out nothing, but by `propose` and
//! `build`.

use crate::model::Header;
use crate::report::{Place, Report, Rule, Severity};

/// A text that is longer than its page.
pub static PAGE_OVERFLOW: Rule = Rule {
    code: "page-overflow",
    severity: Severity::Error,
    finds: "a proposal that does not fit on one page, not even at the tightest setting (found by `propose` and `build`)",
    why: "one page is read, and the second one is not; what to leave out is for you to choose",
    instead: "cut the longest sections, or let it be longer with `--allow-overflow`",
};

/// A character that would be printed as a box.
pub static NO_FONT: Rule = Rule {
    code: "character-without-font",
    severity: Severity::Error,
    finds: "a character on paper that no font of the theme has (found by `propose` and `build`)",
    why: "it would be printed as an empty box",
    instead: "put the file of a font that has it, as `.ttf`, `.otf` or `.ttc`, into `themes/default/fonts/` beside `content/`; nothing else has to be set",
};

/// Pictures that would not fit.
pub static PICTURES_LEFT_OUT: Rule = Rule {
    code: "pictures-left-out",
    severity: Severity::Note,
    finds: "a proposal whose PDF has no room for the pictures of its figures (found by `propose` and `build`)",
    why: "words never go, and the figures stand in the table as well; but a picture is seen before a table is read",
    instead: "shorten the longest sections, or leave it so: the page of the proposal shows the pictures",
};

/// All rules of paper.
pub(super) static ALL: [&Rule; 3] = [&PAGE_OVERFLOW, &NO_FONT, &PICTURES_LEFT_OUT];

/// Reports a proposal whose pictures were left out.
pub fn pictures_left_out(proposal: &Header, report: &mut Report) {
    let message = format!("the PDF of `{}` has no room for the pictures of its figures", proposal.id);
    report.add(&PICTURES_LEFT_OUT, Place::file(&proposal.file), message);
}

/// Reports a proposal that is too long, by how much and where: `1.2 pages: about 11 lines too many`.
pub fn overflow(proposal: &Header, how_much: &str, report: &mut Report) {
    let message = format!("proposal `{}` does not fit on one page: {how_much}", proposal.id);
    report.add(&PAGE_OVERFLOW, Place::file(&proposal.file), message);
}

/// Reports a character that no font has, and the words that it stands in.
pub fn no_font(entry: &Header, character: char, within: &str, report: &mut Report) {
    let code = u32::from(character);
    let message =
        format!("no font has the character `{character}` (U+{code:04X}) that stands in `{}`", entry.id);
    let found = report.add(&NO_FONT, Place::file(&entry.file), message);
    found
        .label(format!("in “{within}”"))
        .why(format!("“{within}” would be printed with an empty box in it"))
        .fix(font_for(character));
}

/// What to do about a character that no font has.
pub fn font_for(character: char) -> String {
    let Some(font) = known_font(character) else { return NO_FONT.instead.to_owned() };
    NO_FONT.instead.replacen("a font that has it", font, 1)
}

/// A font that has a character of a large script, as a writer may look for it.
fn known_font(character: char) -> Option<&'static str> {
    match character {
        // Kana before the ideographs, which all three languages share.
        '\u{3040}'..='\u{30ff}' => Some("a Japanese font such as Noto Sans JP"),
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}' => {
            Some("a Korean font such as Noto Sans KR")
        }
        '\u{2e80}'..='\u{303f}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{323af}' => Some("a Chinese font such as Noto Sans SC or WenQuanYi Micro Hei"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_do_names_a_font_for_large_scripts() {
        assert!(font_for('张').starts_with("put the file of a Chinese font such as Noto Sans SC or"));
        assert!(font_for('ひ').starts_with("put the file of a Japanese font"));
        assert!(font_for('한').starts_with("put the file of a Korean font"));
        assert_eq!(font_for('ส'), NO_FONT.instead);
        for character in "张ひ한ส".chars() {
            assert!(font_for(character).contains("`themes/default/fonts/`"));
        }
    }
}
