//! References to entries and decision rights that do not exist.

use crate::model::references::{Referent, references};
use crate::model::{Header, Kind, Portfolio};
use crate::report::{Report, Rule, Severity};
use crate::text::{Date, Id, RightRef, nearest};

pub(super) static RULE: Rule = Rule {
    code: "dangling-reference",
    severity: Severity::Error,
    finds: "a field that names an entry or a decision right that does not exist",
    why: "what it rests on cannot be looked up",
    instead: "name an entry by its id, and a decision right as `scope-id/right-id`",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for reference in references(portfolio) {
        match reference.to {
            Referent::Entry(id, kind) => {
                check_entry(portfolio, reference.from, &reference.field, id, kind, report);
            }
            Referent::Right(right) => check_right(portfolio, reference.from, &reference.field, right, report),
        }
    }
}

fn check_entry(
    portfolio: &Portfolio,
    from: &Header,
    field: &str,
    id: &Id,
    wanted: Option<Kind>,
    report: &mut Report,
) {
    let noun = wanted.map_or("entry", Kind::word);
    let a_noun = with_article(noun);
    match portfolio.header(id.as_str()) {
        Some(found) if wanted.is_none_or(|kind| found.kind == kind) => {}
        Some(found) => {
            let message = format!("`{id}` is {}, and not {a_noun}", with_article(found.kind.word()));
            report.add(&RULE, from.at(field), message);
        }
        None if portfolio.broken.contains(id) => {}
        None => {
            let ids = portfolio.headers().filter(|header| wanted.is_none_or(|kind| header.kind == kind));
            let meant = match portfolio.aliases().get(id) {
                Some(renamed) => Some(renamed.as_str()),
                None => nearest(id.as_str(), ids.map(|header| header.id.as_str())),
            };
            report
                .add(&RULE, from.at(field), format!("there is no {noun} `{id}`"))
                .label("not found")
                .did_you_mean(meant);
        }
    }
}

fn with_article(noun: &str) -> String {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { format!("an {noun}") } else { format!("a {noun}") }
}

fn check_right(portfolio: &Portfolio, from: &Header, field: &str, right: &RightRef, report: &mut Report) {
    if portfolio.right(right).is_some() || portfolio.broken.contains(&right.scope) {
        return;
    }
    let known: Vec<String> = portfolio
        .scopes
        .iter()
        .flat_map(|scope| {
            scope.decision_rights.iter().filter_map(|right| Some(format!("{}/{}", scope.id(), right.id()?)))
        })
        .collect();
    report
        .add(&RULE, from.at(field), format!("no scope grants the decision right `{right}`"))
        .label("not granted anywhere")
        .did_you_mean(nearest(&right.to_string(), known.iter().map(String::as_str)));
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn references_lead_to_entries_of_the_right_kind() {
        let files = [
            ("scopes/a.yaml", "title: A\naliases: old\ndecision_rights: {area: Big words, delegation: tell}\n"),
            ("agreements/b.yaml", "title: B\nproposal: a\nrelated: [a, old, agree]\ngrants: {right: a/big-wrods, to: tell}\n"),
            ("proposals/c.yaml", "title: C\nask: D\nscope: b\nevidence: [b, {kind: metric, title: T}]\n"),
        ];
        let expected = [
            "agreements/b.yaml:2:11: `a` is a scope, and not a proposal",
            "agreements/b.yaml:3:14: there is no entry `old`",
            "agreements/b.yaml:3:19: there is no entry `agree`",
            "agreements/b.yaml:4:17: no scope grants the decision right `a/big-wrods`",
            "proposals/c.yaml:3:8: `b` is an agreement, and not a scope",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
