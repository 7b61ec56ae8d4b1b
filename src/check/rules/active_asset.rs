//! Files that would run what is in them when they are opened by themselves.

use crate::model::Portfolio;
use crate::model::links::{Destination, destination, links};
use crate::report::{Place, Report, Rule, Severity};
use crate::source::SourcePath;
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "active-asset",
    severity: Severity::Error,
    finds: "a published file of a kind in which scripts can stand, such as HTML or XML",
    why: "files are published as they are, so whoever opens it runs its scripts, in the place and with the rights of the site",
    instead: "publish it as a PDF, a picture or a text, or pack it into a `.zip`",
};

/// The kinds of files that browsers open as documents with scripts in them. SVG is not among them: it is
/// published cleaned, and can only be cleaned while it is not packed.
const ACTIVE: [&str; 17] = [
    "atom", "hta", "htm", "html", "mht", "mhtml", "rdf", "rss", "shtml", "svgz", "wsdl", "xht", "xhtm", "xhtml",
    "xml", "xsl", "xslt",
];

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for (header, link) in links(portfolio) {
        if let Destination::Asset(path) = destination(portfolio, header, link) {
            check_file(&path, Place::body(&header.file, link.range.clone()), report);
        }
    }
    for header in portfolio.headers() {
        for (index, evidence) in header.written_evidence() {
            if let Some(path) = evidence.file.as_ref().and_then(|file| header.file.resolve(file)) {
                check_file(&SourcePath::new(path), header.at(format!("evidence[{index}].file")), report);
            }
        }
    }
}

fn check_file(path: &SourcePath, place: Place, report: &mut Report) {
    if !is_active(path) {
        return;
    }
    let found = report.add(&RULE, place, format!("`{}` can run scripts when it is opened", path.name()));
    if path.extension().eq_ignore_ascii_case("svgz") {
        found.fix("unpack it: an `.svg` is published without what could run");
    }
}

fn is_active(path: &SourcePath) -> bool {
    ACTIVE.iter().any(|extension| path.extension().eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn what_can_run_is_not_published() {
        let evidence = "evidence: [{kind: artefact, title: T, file: e.XHTML}, {kind: artefact, title: T, file: f.pdf}]";
        let text = format!("---\n{evidence}\n---\n# A\n\n[x](a.html) ![x](i.svgz) [x](s.svg) [x](t.txt)\n");
        let files = [
            ("pages/a.md", text.as_str()),
            ("pages/a.html", ""),
            ("pages/e.XHTML", ""),
            ("pages/f.pdf", ""),
            ("pages/i.svgz", ""),
            ("pages/s.svg", ""),
            ("pages/t.txt", ""),
            ("pages/unused.html", ""),
        ];
        let expected = [
            "pages/a.md:2:45: `e.XHTML` can run scripts when it is opened",
            "pages/a.md:6:1: `a.html` can run scripts when it is opened",
            "pages/a.md:6:13: `i.svgz` can run scripts when it is opened",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
