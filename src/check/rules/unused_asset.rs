//! Files that nothing points at.

use std::collections::BTreeSet;

use crate::model::common::Observations;
use crate::model::links::{Destination, destination};
use crate::model::record::Either;
use crate::model::{Header, Portfolio};
use crate::report::{Place, Report, Rule, Severity};
use crate::source::SourcePath;
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
    let used = used(portfolio);
    for path in portfolio.assets.keys().filter(|path| !used.contains(&***path) && !in_html(portfolio, path)) {
        report.add(&RULE, Place::file(path), format!("nothing points at `{path}`"));
    }
}

fn used(portfolio: &Portfolio) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for header in portfolio.headers() {
        for link in &header.body.links {
            if let Destination::Asset(path) = destination(portfolio, header, link) {
                used.insert(path.to_string());
            }
        }
        for evidence in &header.common.evidence {
            if let Either::Long(evidence) = evidence
                && let Some(file) = &evidence.file
            {
                used.extend(header.file.resolve(file));
            }
        }
    }
    let mut take = |header: &Header, series: Option<&Observations>| {
        used.extend(series.and_then(|series| series.file.as_ref()).and_then(|file| header.file.resolve(file)));
    };
    for pilot in &portfolio.pilots {
        take(&pilot.header, pilot.primary.observations.as_ref());
        for guardrail in &pilot.guardrails {
            take(&pilot.header, guardrail.observations.as_ref());
        }
    }
    for scope in &portfolio.scopes {
        for metric in &scope.outcomes {
            take(&scope.header, metric.observations.as_ref());
        }
    }
    for proposal in &portfolio.proposals {
        for metric in &proposal.success_metrics {
            take(&proposal.header, metric.observations.as_ref());
        }
    }
    used
}

/// Whether raw HTML in some text may show the file: it is not read here, only searched for the name.
fn in_html(portfolio: &Portfolio, path: &SourcePath) -> bool {
    portfolio.headers().any(|header| header.body.has_raw_html && header.body.text.contains(path.name()))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn files_that_nothing_points_at_are_named() {
        let files = [
            ("pages/a.md", "---\nevidence: {kind: artefact, title: T, file: e.pdf}\n---\n# A\n\n![x](i.png)\n\n<img src=\"h.png\">\n"),
            ("pages/i.png", ""),
            ("pages/h.png", ""),
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
