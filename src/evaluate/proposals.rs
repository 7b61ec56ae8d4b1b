//! What a proposal leaves out, taken from its scope and its pilot, so that nothing is typed twice.

use crate::model::common::{Evidence, Metric, Shift};
use crate::model::pilot::{Pilot, Primary};
use crate::model::record::{Either, List};
use crate::model::{Portfolio, Proposal};
use crate::text::{Date, Id};

/// A proposal with everything that it leaves out and that its scope or its pilot say.
///
/// - the scope: that of the pilot, else the one whose decisions are asked for
/// - what is asked for: what the pilot tries out, each from the level that the scope names
/// - measures: the pilot's primary figure
/// - safeguards, escalations and reviews: the pilot's
/// - boundaries: the scope's
pub fn completed(portfolio: &Portfolio, proposal: &Proposal) -> Proposal {
    let mut whole = proposal.clone();
    let pilot = whole.pilot.as_ref().and_then(|id| portfolio.pilot(id));
    if let Some(pilot) = pilot {
        complete_from_pilot(&mut whole, pilot);
    }
    whole.scope = whole.scope.or_else(|| scope_asked_for(&whole.wants));
    for want in &mut whole.wants {
        want.from = want.from.or_else(|| {
            let now = portfolio.right(&want.right)?.1.delegation;
            // The scope may tell of the answer already: from a level to itself would be no question.
            (now != want.to).then_some(now)
        });
    }
    if let Some(scope) = whole.scope.as_ref().and_then(|id| portfolio.scope(id)) {
        or_from(&mut whole.boundaries, &scope.boundaries);
    }
    whole
}

/// The day of evidence that came after the answer to its proposal, which therefore cannot rest on it.
///
/// Of an entry it is the day that it is about, of a pilot its first. `None` while there is no answer, and for what has
/// no day.
pub fn day_after_answer(
    portfolio: &Portfolio,
    proposal: &Proposal,
    evidence: &Either<Id, Evidence>,
) -> Option<Date> {
    let answer = proposal.answer.as_ref()?;
    let day = match evidence {
        Either::Long(evidence) => evidence.date,
        Either::Short(id) => match portfolio.pilot(id) {
            Some(pilot) => Some(pilot.starts),
            None => portfolio.header(id.as_str())?.date(),
        },
    };
    day.filter(|day| *day > answer.date)
}

fn complete_from_pilot(whole: &mut Proposal, pilot: &Pilot) {
    let tested = pilot.tests.as_ref();
    let scope = || pilot.scope.clone().or_else(|| tested.map(|tests| tests.right.scope.clone()));
    whole.scope = whole.scope.take().or_else(scope);
    if whole.wants.is_empty() {
        whole.wants = tested.cloned().into_iter().collect::<Vec<_>>().into();
    }
    if whole.success_metrics.is_empty() {
        whole.success_metrics = vec![metric(&pilot.primary)].into();
    }
    or_from(&mut whole.safeguards, &pilot.safeguards);
    or_from(&mut whole.escalations, &pilot.escalations);
    or_from(&mut whole.reviews, &pilot.reviews);
}

/// The figure that decides a pilot, as the measure of a proposal.
fn metric(primary: &Primary) -> Metric {
    Metric {
        name: primary.name.clone(),
        unit: primary.unit.clone(),
        direction: Some(primary.direction),
        baseline: primary.baseline,
        target: Some(primary.target),
        judge: primary.judge,
        minimum_observations: primary.minimum_observations,
        source: primary.source.clone(),
        observations: primary.observations.clone(),
    }
}

/// The one scope whose decisions are asked for.
fn scope_asked_for(wants: &List<Shift>) -> Option<Id> {
    let scope = &wants.first()?.right.scope;
    wants.iter().all(|want| want.right.scope == *scope).then(|| scope.clone())
}

fn or_from<T: Clone>(own: &mut List<T>, other: &List<T>) {
    if own.is_empty() {
        own.clone_from(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::portfolio;
    use crate::model::common::Delegation;

    const SCOPE: (&str, &str) = (
        "scopes/s.yaml",
        "boundaries: [B]\ndecision_rights: [{area: A, delegation: consult}, {area: C, delegation: inquire}]\n",
    );
    const PILOT: (&str, &str) = (
        "pilots/p.yaml",
        "starts: 2026-03-02\ntests: {right: s/a, to: inquire}\nreviews: [2026-03-16]\n\
         primary: {name: N, unit: days, direction: decrease, baseline: 3, target: 2, judge: median}\n\
         safeguards: [{risk: R, mitigation: M}]\nescalations: [{trigger: T, to: K}]\n",
    );

    fn whole(proposal: &str) -> Proposal {
        let portfolio = portfolio(&[SCOPE, PILOT, ("proposals/q.yaml", proposal)]);
        completed(&portfolio, &portfolio.proposals[0])
    }

    #[test]
    fn what_is_left_out_comes_from_pilot_and_scope() {
        let whole = whole("ask: A\npilot: p\n");
        assert_eq!(whole.scope.as_ref().map(Id::as_str), Some("s"));
        assert_eq!(whole.boundaries.iter().map(crate::text::Text::as_str).collect::<Vec<_>>(), ["B"]);
        let want = &whole.wants[0];
        assert_eq!((want.from, want.to), (Some(Delegation::Consult), Delegation::Inquire));
        let metric = &whole.success_metrics[0];
        assert_eq!((metric.name.as_str(), metric.baseline.map(|it| it.to_string())), ("N", Some("3".into())));
        assert_eq!((whole.safeguards.len(), whole.escalations.len(), whole.reviews.len()), (1, 1, 1));
    }

    #[test]
    fn what_it_says_itself_stands() {
        let own = "ask: A\npilot: p\nscope: s\nwants: [{right: s/c, from: tell, to: inquire}]\n\
                   success_metrics: [{name: Own}]\nsafeguards: [{risk: Own, mitigation: M}]\n\
                   escalations: [{trigger: Own, to: K}]\nreviews: [2026-04-01, 2026-05-01]\nboundaries: [Own]\n";
        let portfolio = portfolio(&[SCOPE, PILOT, ("proposals/q.yaml", own)]);
        assert_eq!(completed(&portfolio, &portfolio.proposals[0]), *portfolio.proposals[0].fields);
    }

    #[test]
    fn a_level_already_granted_is_no_question() {
        let whole = whole("ask: A\nwants: [{right: s/c, to: inquire}]\n");
        assert_eq!(whole.wants[0].from, None);
        assert_eq!(whole.scope.as_ref().map(Id::as_str), Some("s"));
    }
}
