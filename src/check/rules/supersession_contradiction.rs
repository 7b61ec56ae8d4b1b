//! The two ends of "supersedes" that say different things.
//!
//! Either end suffices: `supersedes` in the newer entry, or `superseded_by` in the older one. Where both ends say
//! something, each list is complete, and they must agree.

use std::collections::BTreeSet;

use crate::model::decision::DecisionStatus;
use crate::model::references::{Referent, references};
use crate::model::{Decision, Entry, Header, Portfolio};
use crate::report::{Report, Rule, Severity};
use crate::text::{Date, Id, one_of};

pub(super) static RULE: Rule = Rule {
    code: "supersession-contradiction",
    severity: Severity::Error,
    finds: "a decision or an agreement that is superseded by one account, and not by another",
    why: "it must be plain which of them is in force",
    instead: "say the same at both ends, or at one end only",
};

/// One statement that an entry takes the place of another.
#[derive(Debug)]
pub(super) struct Edge<'a> {
    /// The entry that takes the place.
    pub(super) newer: &'a Id,
    /// The entry whose place it takes.
    pub(super) older: &'a Id,
    /// The one of the two that says so.
    pub(super) from: &'a Header,
    /// The field in which it does.
    pub(super) field: String,
}

/// All statements of that sort, in the order of kinds, ids and fields.
pub(super) fn edges(portfolio: &Portfolio) -> Vec<Edge<'_>> {
    let mut edges = Vec::new();
    for reference in references(portfolio) {
        let Referent::Entry(id, _) = reference.to else { continue };
        let (newer, older) = if reference.field.starts_with("supersedes[") {
            (&reference.from.id, id)
        } else if reference.field.starts_with("superseded_by[") {
            (id, &reference.from.id)
        } else {
            continue;
        };
        edges.push(Edge { newer, older, from: reference.from, field: reference.field });
    }
    edges
}

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    let edges = edges(portfolio);
    let mut pairs: BTreeSet<(&Id, Option<&Id>)> = BTreeSet::new();
    for edge in edges.iter().filter(|edge| edge.newer != edge.older) {
        check_ends(portfolio, edge, report);
        if pairs.insert((edge.older, Some(edge.newer))) {
            check_age(portfolio, edge, report);
        }
    }
    for decision in &portfolio.decisions {
        // The pairs are in the order of the older ids, so that those of one decision stand side by side.
        let newer: Vec<&Id> = pairs
            .range((decision.id(), None)..)
            .take_while(|(older, _)| *older == decision.id())
            .filter_map(|(_, newer)| *newer)
            .collect();
        check_status(portfolio, decision, &newer, report);
    }
}

/// Both ends say something, and not the same.
fn check_ends(portfolio: &Portfolio, edge: &Edge, report: &mut Report) {
    let Edge { newer, older, .. } = edge;
    let (Some(new), Some(old)) = (portfolio.decision(newer), portfolio.decision(older)) else { return };
    let place = || edge.from.at(edge.field.as_str());
    let names = |ids: &[Id]| one_of(ids.iter().map(Id::as_str)).replace(" or ", " and ");
    if edge.from.id == **newer && !old.superseded_by.is_empty() && !old.superseded_by.contains(newer) {
        let message = format!("`{older}` says that {} took its place, and not `{newer}`", names(&old.superseded_by));
        report.add(&RULE, place(), message).fix(format!("add `{newer}` to `superseded_by` in `{}`", old.header.file));
    }
    if edge.from.id == **older && !new.supersedes.is_empty() && !new.supersedes.contains(older) {
        let message = format!("`{newer}` says that it takes the place of {}, and not of `{older}`", names(&new.supersedes));
        report.add(&RULE, place(), message).fix(format!("add `{older}` to `supersedes` in `{}`", new.header.file));
    }
}

fn check_age(portfolio: &Portfolio, edge: &Edge, report: &mut Report) {
    let date = |id: &Id| portfolio.header(id.as_str()).and_then(Header::date);
    if let (Some(new), Some(old)) = (date(edge.newer), date(edge.older))
        && new < old
    {
        let message = format!("`{}` of {new} is older than `{}` of {old}, whose place it takes", edge.newer, edge.older);
        report
            .add(&RULE, edge.from.at(edge.field.as_str()), message)
            .severity(Severity::Warning)
            .why("only a later decision can take the place of an earlier one")
            .fix("correct one of the two dates, or turn the two round");
    }
}

/// `newer` are all that take its place, whichever end says so.
fn check_status(portfolio: &Portfolio, decision: &Entry<Decision>, newer: &[&Id], report: &mut Report) {
    let status = decision.status.unwrap_or(DecisionStatus::Proposed);
    let id = decision.id();
    let names = || one_of(newer.iter().map(|id| id.as_str())).replace(" or ", " and ");
    if status == DecisionStatus::Superseded {
        if newer.is_empty() {
            report
                .add(&RULE, decision.at("status"), format!("`{id}` is superseded, and nothing says by what"))
                .fix("add `superseded_by:`, or `supersedes:` in the decision that took its place; `deprecated` needs neither");
        } else if !newer.iter().any(|id| portfolio.decision(id).is_none_or(was_taken)) {
            report
                .add(&RULE, decision.at("status"), format!("`{id}` is superseded by {}, which was not taken", names()))
                .severity(Severity::Warning)
                .fix("wait with `superseded` until the other is `accepted`");
        }
    } else if !decision.superseded_by.is_empty() {
        let field = if decision.status.is_some() { "status" } else { "superseded_by" };
        let message = format!("`{id}` names what took its place, and is `{}`", status.word());
        report.add(&RULE, decision.at(field), message).fix("write `status: superseded`, or take `superseded_by` out");
    } else if matches!(status, DecisionStatus::Proposed | DecisionStatus::Accepted)
        && newer.iter().any(|id| portfolio.decision(id).is_some_and(was_taken))
    {
        let message = format!("`{id}` is still `{}`, though {} took its place", status.word(), names());
        report
            .add(&RULE, decision.at("status"), message)
            .severity(Severity::Warning)
            .why("two decisions on one matter would both seem to be in force")
            .fix("write `status: superseded`");
    }
}

/// Whether a decision was in force at some time.
fn was_taken(decision: &Entry<Decision>) -> bool {
    use DecisionStatus::{Accepted, Deprecated, Superseded};
    matches!(decision.status, Some(Accepted | Deprecated | Superseded))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    fn of(decisions: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<(String, String)> = decisions
            .iter()
            .map(|(id, fields)| (format!("decisions/{id}.yaml"), format!("title: T\n{fields}\n")))
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        findings(check, &files)
    }

    #[test]
    fn either_end_suffices() {
        assert_eq!(of(&[("a", "status: superseded\nsuperseded_by: b"), ("b", "status: accepted")]), [""; 0]);
        assert_eq!(of(&[("a", "status: superseded"), ("b", "status: accepted\nsupersedes: a")]), [""; 0]);
        let both = [("a", "status: superseded\nsuperseded_by: b"), ("b", "status: accepted\nsupersedes: [a, c]"), ("c", "status: superseded")];
        assert_eq!(of(&both), [""; 0]);
    }

    #[test]
    fn both_ends_must_agree() {
        let two = [
            ("a", "status: superseded\nsuperseded_by: b"),
            ("b", "status: accepted\nsupersedes: c"),
            ("c", "status: superseded\nsuperseded_by: d"),
            ("d", "status: accepted"),
        ];
        let expected = [
            "decisions/a.yaml:3:16: `b` says that it takes the place of `c`, and not of `a`",
            "decisions/b.yaml:3:13: `c` says that `d` took its place, and not `b`",
        ];
        assert_eq!(of(&two), expected);
    }

    #[test]
    fn the_status_must_fit() {
        let decisions = [
            ("a", "status: superseded"),
            ("b", "status: accepted\nsuperseded_by: z"),
            ("c", "superseded_by: z"),
            ("d", "status: accepted"),
            ("e", "status: superseded\nsuperseded_by: y"),
            ("f", "status: rejected"),
            ("y", "status: proposed\nsupersedes: [e, g]"),
            ("g", "status: accepted"),
            ("z", "status: accepted\nsupersedes: [b, c, d, f]"),
        ];
        let expected = [
            "decisions/a.yaml:2:9: `a` is superseded, and nothing says by what",
            "decisions/b.yaml:2:9: `b` names what took its place, and is `accepted`",
            "decisions/c.yaml:2:16: `c` names what took its place, and is `proposed`",
            "decisions/d.yaml:2:9: warning `d` is still `accepted`, though `z` took its place",
            "decisions/e.yaml:2:9: warning `e` is superseded by `y`, which was not taken",
        ];
        assert_eq!(of(&decisions), expected);
    }

    #[test]
    fn the_later_takes_the_place_of_the_earlier() {
        let decisions = [("2026-03-01-a", "status: superseded"), ("2026-02-01-b", "status: accepted\nsupersedes: 2026-03-01-a")];
        let message = "`2026-02-01-b` of 2026-02-01 is older than `2026-03-01-a` of 2026-03-01, whose place it takes";
        assert_eq!(of(&decisions), [format!("decisions/2026-02-01-b.yaml:3:13: warning {message}")]);
    }
}
