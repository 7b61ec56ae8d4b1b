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
    instead: "put a font that has it, as `.ttf` or `.otf`, into `themes/NAME/fonts/`, with `theme: NAME` in `portfolio.yaml`",
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
    found.label(format!("in “{within}”")).why(format!("“{within}” would be printed with an empty box in it"));
}
