//! Decision rights of one scope that share a name.

use crate::model::Portfolio;
use crate::model::scope::DecisionRight;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "duplicate-right",
    severity: Severity::Error,
    finds: "two decision rights of one scope with the same id",
    why: "pilots, proposals and agreements name a right by its id, and could mean either",
    instead: "name their areas apart, or give one of them an `id:` of its own",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for scope in &portfolio.scopes {
        let ids: Vec<_> = scope.decision_rights.iter().map(DecisionRight::id).collect();
        for (index, right) in scope.decision_rights.iter().enumerate() {
            let Some(id) = &ids[index] else { continue };
            let Some(first) = ids[..index].iter().position(|other| other.as_ref() == Some(id)) else { continue };
            let field = if right.id.is_some() { "id" } else { "area" };
            let area = &scope.decision_rights[first].area;
            report
                .add(
                    &RULE,
                    scope.at(format!("decision_rights[{index}].{field}")),
                    format!("the id `{id}` is also that of the right `{area}`"),
                )
                .label(format!("is `{}/{id}` too", scope.id()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn rights_of_one_scope_have_ids_of_their_own() {
        let rights = "title: A\ndecision_rights:\n  - {area: Big words, delegation: tell}\n  \
                      - {area: Big Words!, delegation: sell}\n  - {id: big-words, area: C, delegation: sell}\n  \
                      - {id: other, area: Big words, delegation: sell}\n";
        let files = [("scopes/a.yaml", rights), ("scopes/b.yaml", "title: B\ndecision_rights: {area: Big words, delegation: tell}\n")];
        let expected = [
            "scopes/a.yaml:4:12: the id `big-words` is also that of the right `Big words`",
            "scopes/a.yaml:5:10: the id `big-words` is also that of the right `Big words`",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
