//! Decision rights that nothing can refer to.

use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "right-without-id",
    severity: Severity::Error,
    finds: "a decision right whose area gives no id, because it has no Latin letters or only a reserved word",
    why: "nothing could refer to it",
    instead: "give it an `id:` of lowercase words joined by hyphens",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for scope in &portfolio.scopes {
        for (index, right) in scope.decision_rights.iter().enumerate().filter(|(_, right)| right.id().is_none()) {
            report.add(
                &RULE,
                scope.at(format!("decision_rights[{index}].area")),
                format!("the area `{}` gives no id", right.area),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn an_area_without_latin_letters_needs_an_id() {
        let rights = "title: A\ndecision_rights:\n  - {area: 決定, delegation: tell}\n  \
                      - {area: 決定, id: kettei, delegation: tell}\n  - {area: Search, delegation: tell}\n";
        let expected = [
            "scopes/a.yaml:3:12: the area `決定` gives no id",
            "scopes/a.yaml:5:12: the area `Search` gives no id",
        ];
        assert_eq!(findings(check, &[("scopes/a.yaml", rights)]), expected);
    }
}
