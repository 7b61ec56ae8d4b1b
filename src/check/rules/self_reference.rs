//! Entries that point at themselves.

use crate::model::Portfolio;
use crate::model::references::{Referent, references};
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "self-reference",
    severity: Severity::Error,
    finds: "an entry that is related to itself, supersedes itself, or is its own evidence",
    why: "a claim that rests on itself rests on nothing",
    instead: "name another entry, or take the field out",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for reference in references(portfolio) {
        if let Referent::Entry(id, _) = reference.to
            && *id == reference.from.id
        {
            let field = reference.field.split('[').next().unwrap_or_default();
            report.add(
                &RULE,
                reference.from.at(reference.field.as_str()),
                format!("`{id}` names itself under `{field}`"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn nothing_points_at_itself() {
        let text = "---\ntitle: A\nrelated: [b, a]\nevidence: a\nsupersedes: a\n---\n";
        let files = [("decisions/a.md", text), ("decisions/b.md", "# B\n")];
        let expected = [
            "decisions/a.md:3:14: `a` names itself under `related`",
            "decisions/a.md:4:11: `a` names itself under `evidence`",
            "decisions/a.md:5:13: `a` names itself under `supersedes`",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
