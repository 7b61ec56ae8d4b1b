//! Constraints that no plan mends.

use crate::evaluate::safety::safety;
use crate::model::Portfolio;
use crate::model::constraint::ConstraintStatus;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;
use crate::words::Words;

pub(super) static RULE: Rule = Rule {
    code: "unreasonable-constraint",
    severity: Severity::Note,
    finds: "a constraint that says `reasonable: false` and is not lifted",
    why: "a plan does not mend what is out of reason: a clear boundary and the formal channels do",
    instead: "go early to the people whose task it is; nothing has to be earned by a trial first",
};

/// Said during a rest as well: it is advice, and no reminder.
pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    let words = Words::english();
    let all = safety(portfolio, today).unreasonable;
    for constraint in all.iter().filter(|it| it.status != Some(ConstraintStatus::Lifted)) {
        let message = format!("constraint `{}` is out of reason and for you alone", constraint.id());
        report
            .add(&RULE, constraint.at("reasonable"), message)
            .why(words.text("safety.no_plan_mends_it"))
            .fix(words.text("safety.proper_channels"));
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn what_is_out_of_reason_is_answered_with_advice() {
        let check = |fields: &str| {
            findings(check, &[("constraints/c.yaml", &format!("title: C\ntype: blocker\n{fields}"))])
        };
        let expected = ["constraints/c.yaml:3:13: constraint `c` is out of reason and for you alone"];
        assert_eq!(check("reasonable: false\n"), expected);
        assert_eq!(check("reasonable: false\nstatus: lifted\n"), [""; 0]);
        assert_eq!(check("reasonable: true\n"), [""; 0]);
        assert_eq!(check(""), [""; 0]);
    }
}
