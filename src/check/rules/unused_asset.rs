//! Files that nothing points at.

use crate::model::Portfolio;
use crate::model::assets::used_assets;
use crate::report::{Place, Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "unused-asset",
    severity: Severity::Note,
    finds: "a file in the content folder that no entry shows, links to or takes figures from",
    why: "only files that an entry points at are published, so this one is not",
    instead: "link to it, or take it out; an entry ends in `.md` or `.yaml`",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    // An entry that could not be read may well point at what seems unused.
    if !portfolio.broken.is_empty() {
        return;
    }
    let used = used_assets(portfolio);
    for path in portfolio.assets.keys().filter(|path| !used.contains(*path)) {
        report.add(&RULE, Place::file(path), format!("nothing points at `{path}`"));
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn files_that_nothing_points_at_are_named() {
        let files = [
            ("pages/a.md", "---\nevidence: {kind: artefact, title: T, file: e.pdf}\n---\n# A\n\n![x](i.png)\n"),
            ("pages/i.png", ""),
            ("pages/e.pdf", ""),
            ("pages/unused.png", ""),
            ("pages/note.markdown", ""),
            ("scopes/b/index.yaml", "title: B\noutcomes: {name: N, observations: o.csv}\n"),
            ("scopes/b/o.csv", "date,value\n"),
        ];
        let expected = [
            "pages/note.markdown: nothing points at `pages/note.markdown`",
            "pages/unused.png: nothing points at `pages/unused.png`",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
