//! Which scopes an entry belongs to: the one it names, else the one whose decision right or pilot it is about.

use std::collections::HashMap;

use crate::model::{Header, Portfolio};
use crate::text::Id;

/// The scopes of every entry.
#[derive(Clone, Debug, Default)]
pub struct Belonging<'a> {
    scopes: HashMap<&'a Id, Vec<&'a Id>>,
}

impl<'a> Belonging<'a> {
    /// Looks through the portfolio once.
    pub fn new(portfolio: &'a Portfolio) -> Self {
        let mut all = Self::default();
        for scope in &portfolio.scopes {
            all.add(&scope.header, [scope.id()]);
        }
        for decision in &portfolio.decisions {
            let right = decision.right.as_ref().map(|right| &right.scope);
            all.add(&decision.header, decision.scope.as_ref().or(right));
        }
        for pilot in &portfolio.pilots {
            let tested = pilot.tests.as_ref().map(|tests| &tests.right.scope);
            all.add(&pilot.header, pilot.scope.as_ref().or(tested));
        }
        for proposal in &portfolio.proposals {
            match &proposal.scope {
                Some(scope) => all.add(&proposal.header, [scope]),
                None => all.add(&proposal.header, proposal.wants.iter().map(|shift| &shift.right.scope)),
            }
        }
        for agreement in &portfolio.agreements {
            all.add(&agreement.header, agreement.grants.iter().map(|shift| &shift.right.scope));
        }
        for check_in in &portfolio.check_ins {
            let piloted = check_in.pilot.iter().flat_map(|pilot| all.of(pilot).to_vec());
            let scopes: Vec<&Id> = check_in.scope.iter().chain(piloted).collect();
            all.add(&check_in.header, scopes);
        }
        for constraint in &portfolio.constraints {
            all.add(&constraint.header, constraint.scope.as_ref());
        }
        // Last, because it may be about any of the others.
        for feedback in &portfolio.feedback {
            let scopes: Vec<&Id> = feedback.about.iter().flat_map(|about| all.of(about).to_vec()).collect();
            all.add(&feedback.header, scopes);
        }
        all
    }

    /// The scopes that an entry belongs to, each once.
    pub fn of(&self, entry: &Id) -> &[&'a Id] {
        self.scopes.get(entry).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, header: &'a Header, scopes: impl IntoIterator<Item = &'a Id>) {
        let known = self.scopes.entry(&header.id).or_default();
        for scope in scopes {
            if !known.contains(&scope) {
                known.push(scope);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::portfolio;

    #[test]
    fn entries_belong_by_name_by_right_and_by_what_they_are_about() {
        let portfolio = portfolio(&[
            ("scopes/s.yaml", "decision_rights: [{area: Doors, delegation: agree}]\n"),
            ("scopes/t.yaml", ""),
            ("decisions/d.yaml", "right: s/doors\n"),
            ("decisions/e.yaml", "right: s/doors\nscope: t\n"),
            (
                "pilots/p.yaml",
                "starts: 2026-03-02\ntests: {right: s/doors, to: advise}\nprimary: {name: N, direction: decrease, target: 1}\n",
            ),
            ("check-ins/c.yaml", "pilot: p\nscope: t\n"),
            ("feedback/f.yaml", "about: [d, e, p]\n"),
            ("pages/q.yaml", ""),
        ]);
        let belonging = Belonging::new(&portfolio);
        for (entry, expected) in
            [("s", "s"), ("d", "s"), ("e", "t"), ("p", "s"), ("c", "t s"), ("f", "s t"), ("q", "")]
        {
            let scopes = belonging.of(&portfolio.header(entry).unwrap().id);
            assert_eq!(
                scopes.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" "),
                expected,
                "{entry}"
            );
        }
    }
}
