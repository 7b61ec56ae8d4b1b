//! Things that were left lying: what is overdue, what is missing, what no longer holds.

use super::failure_modes::{activity, is_active};
use super::{Finding, unless_resting};
use crate::evaluate::agreements::Agreements;
use crate::evaluate::track_record::{Keeping, commitments};
use crate::evaluate::verdict::{Assessment, State, assessment};
use crate::model::common::{EvidenceKind, Review};
use crate::model::decision::DecisionStatus;
use crate::model::pilot::Verdict;
use crate::model::proposal::ProposalStatus;
use crate::model::record::Either;
use crate::model::{Entry, Header, Kind, Pilot, Portfolio};
use crate::text::Date;

/// Finds active scopes that name no outcome. At `outcomes`. Those in which something has been going on for a
/// while are left to [`super::activity_without_outcome`], which says more.
pub fn scope_without_outcome(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        let activity = activity(portfolio, today);
        let bare = portfolio.scopes.iter().filter(|scope| is_active(scope) && scope.outcomes.is_empty());
        bare.filter(move |scope| !activity.contains_key(scope.id()))
            .map(|scope| Finding::at(scope, "outcomes", format!("scope `{}` names no outcome", scope.id())))
    })
}

/// Finds active scopes that name no boundary. At `boundaries`.
pub fn scope_without_boundary(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        let bare = portfolio.scopes.iter().filter(|scope| is_active(scope) && scope.boundaries.is_empty());
        bare.map(|scope| {
            Finding::at(scope, "boundaries", format!("scope `{}` names no boundary", scope.id()))
        })
    })
}

/// Finds decisions, proposed or in force, whose day to be looked at again has passed and whose result is not
/// known. At `revisit_by`.
pub fn decision_past_revisit(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        portfolio.decisions.iter().filter_map(move |decision| {
            let due = decision.revisit_by.filter(|due| *due < today && decision.result.is_none())?;
            let stands =
                matches!(decision.status, None | Some(DecisionStatus::Proposed | DecisionStatus::Accepted));
            let message = format!("decision `{}` was to be looked at again by {due}", decision.id());
            stands.then(|| Finding::at(decision, "revisit_by", message))
        })
    })
}

/// Finds pilots that are not concluded and have no guardrail. At `guardrails`.
pub fn pilot_without_guardrail(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        open_pilots(portfolio, today).filter(|(pilot, _)| pilot.guardrails.is_empty()).map(|(pilot, _)| {
            Finding::at(pilot, "guardrails", format!("pilot `{}` has no guardrail", pilot.id()))
        })
    })
}

/// Finds pilots that are not concluded and have no fallback. At `fallback`.
pub fn pilot_without_fallback(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        open_pilots(portfolio, today).filter(|(pilot, _)| pilot.fallback.is_none()).map(|(pilot, _)| {
            Finding::at(
                pilot,
                "fallback",
                format!("pilot `{}` does not say what happens if it fails", pilot.id()),
            )
        })
    })
}

/// Finds pilots whose last day has passed without a verdict. At `ends`; the reason is what the figures say.
pub fn pilot_past_end(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        open_pilots(portfolio, today).filter(|(_, assessment)| assessment.state == State::Ended).map(
            |(pilot, assessment)| {
                let finding =
                    Finding::at(pilot, "ends", format!("pilot `{}` ended without a verdict", pilot.id()));
                match (assessment.verdict, assessment.reasons.first()) {
                    (Some(verdict), Some(reason)) => {
                        finding.because(format!("its figures say {}: {reason}", verdict.word()))
                    }
                    _ => finding,
                }
            },
        )
    })
}

fn open_pilots(portfolio: &Portfolio, today: Date) -> impl Iterator<Item = (&Entry<Pilot>, Assessment<'_>)> {
    portfolio
        .pilots
        .iter()
        .map(move |pilot| (pilot, assessment(pilot, today)))
        .filter(|(_, assessment)| assessment.state != State::Concluded)
}

/// Finds reviews whose day has passed without being held, of pilots that are not concluded and of accepted
/// proposals without a pilot. At `reviews[n]`.
pub fn review_missed(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        let pilots = open_pilots(portfolio, today).map(|(pilot, _)| (&pilot.header, &pilot.fields.reviews));
        let proposals = portfolio
            .proposals
            .iter()
            .filter(|it| it.status == Some(ProposalStatus::Accepted) && it.pilot.is_none())
            .map(|proposal| (&proposal.header, &proposal.fields.reviews));
        pilots.chain(proposals).flat_map(move |(entry, reviews)| missed(entry, reviews, today))
    })
}

fn missed<'a>(entry: &'a Header, reviews: &'a [Review], today: Date) -> impl Iterator<Item = Finding<'a>> {
    let is_missed = move |review: &Review| review.date() < today && review.held().is_none();
    reviews.iter().enumerate().filter(move |(_, review)| is_missed(review)).map(|(index, review)| {
        let message = format!("the review of `{}` on {} was not held", entry.id, review.date());
        Finding::in_header(entry, format!("reviews[{index}]"), message)
    })
}

/// Finds promises whose day has passed and of which nothing is said. At `commitments[n].due`.
pub fn commitment_overdue(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        commitments(portfolio, today).into_iter().filter_map(|promise| {
            let Keeping::Overdue(days) = promise.keeping else { return None };
            let due = promise.commitment.due;
            let ago = if days == 1 { "a day ago".to_owned() } else { format!("{days} days ago") };
            let field = format!("commitments[{}].due", promise.index);
            let message = format!(
                "what `{}` promises for {due}, {ago}, is neither kept nor missed",
                promise.scope.id()
            );
            Some(Finding::at(promise.scope, field, message))
        })
    })
}

/// Finds entries whose evidence is nothing but what I say myself: self-reports, check-ins and pages. At
/// `evidence`.
pub fn self_report_alone(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    let is_mine = |id: &str| {
        portfolio.header(id).is_some_and(|header| matches!(header.kind, Kind::CheckIn | Kind::Page))
    };
    unless_resting(portfolio, today, || {
        portfolio.headers().filter_map(move |header| {
            let evidence = &header.common.evidence;
            let rests_on_me = evidence.iter().all(|evidence| match evidence {
                Either::Short(id) => is_mine(id.as_str()),
                Either::Long(evidence) => evidence.kind == EvidenceKind::SelfReport,
            });
            let message = format!("all evidence of `{}` is what its writer says", header.id);
            (!evidence.is_empty() && rests_on_me).then(|| Finding::in_header(header, "evidence", message))
        })
    })
}

/// Finds proposals, drafted or sent, that rest on a pilot which did not come to be adopted. At `pilot`; the
/// declared verdict counts, and the computed one where none was declared.
pub fn proposal_against_pilot(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        portfolio.proposals.iter().filter_map(move |proposal| {
            let is_open =
                matches!(proposal.status, None | Some(ProposalStatus::Draft | ProposalStatus::Sent));
            let pilot = portfolio.pilot(proposal.pilot.as_ref().filter(|_| is_open)?)?;
            let assessment = assessment(pilot, today);
            let declared = pilot.verdict.as_ref().filter(|verdict| verdict.date <= today);
            let verdict = declared.map(|verdict| verdict.decision).or(assessment.verdict)?;
            (verdict != Verdict::Adopt).then(|| {
                let (id, on, word) = (proposal.id(), pilot.id(), verdict.word());
                let message = format!("proposal `{id}` rests on the pilot `{on}`, whose verdict is {word}");
                Finding::at(proposal, "pilot", message).resting_on([pilot.id()])
            })
        })
    })
}

/// Finds agreements that have run out, while neither their status nor another agreement says so. At
/// `expires`.
pub fn agreement_expired(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        let agreements = Agreements::new(portfolio, today);
        portfolio.agreements.iter().filter_map(move |agreement| {
            let expires = agreement.expires.filter(|_| agreements.is_forgotten(agreement))?;
            let message =
                format!("agreement `{}` held until {expires} and still says `agreed`", agreement.id());
            Some(Finding::at(agreement, "expires", message))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::*;

    const PILOT: &str =
        "starts: 2026-03-02\nends: 2026-03-20\nprimary: {name: N, direction: decrease, target: 1}\n";

    #[test]
    fn scopes_name_outcomes_and_boundaries() {
        let files = [
            ("scopes/s.yaml", ""),
            ("scopes/t.yaml", "outcomes: [{name: N}]\nboundaries: B\n"),
            ("scopes/u.yaml", "status: retired\n"),
            ("scopes/v.yaml", ""),
            ("decisions/d.yaml", "scope: v\ndate: 2026-01-01\n"),
        ];
        assert_eq!(found(scope_without_outcome, true, "2026-03-01", &files), ["s outcomes"]);
        assert_eq!(
            found(scope_without_boundary, true, "2026-03-01", &files),
            ["s boundaries", "v boundaries"]
        );
    }

    #[test]
    fn decisions_are_looked_at_again() {
        let check = |fields: &str, today: &str| {
            found(decision_past_revisit, true, today, &[("decisions/d.yaml", fields)])
        };
        let due = "revisit_by: 2026-03-10\n";
        assert_eq!(check(due, "2026-03-10"), [""; 0]);
        assert_eq!(check(due, "2026-03-11"), ["d revisit_by"]);
        assert_eq!(check(&format!("{due}status: rejected\n"), "2026-03-11"), [""; 0]);
        let known = format!("{due}result: {{date: 2026-03-01, verdict: mixed}}\n");
        assert_eq!(check(&known, "2026-03-11"), [""; 0]);
    }

    #[test]
    fn pilots_are_guarded_reviewed_and_concluded() {
        let bare = [("pilots/p.yaml", PILOT)];
        assert_eq!(found(pilot_without_guardrail, true, "2026-03-10", &bare), ["p guardrails"]);
        assert_eq!(found(pilot_without_fallback, true, "2026-03-10", &bare), ["p fallback"]);
        assert_eq!(found(pilot_past_end, true, "2026-03-20", &bare), [""; 0]);
        assert_eq!(found(pilot_past_end, true, "2026-03-21", &bare), ["p ends"]);
        let reviewed = format!("{PILOT}reviews: [2026-03-10, {{date: 2026-03-11, held: 2026-03-12}}]\n");
        assert_eq!(found(review_missed, true, "2026-03-10", &[("pilots/p.yaml", &reviewed)]), [""; 0]);
        assert_eq!(
            found(review_missed, true, "2026-03-12", &[("pilots/p.yaml", &reviewed)]),
            ["p reviews[0]"]
        );
        let concluded = format!("{reviewed}verdict: {{date: 2026-03-21, decision: revert}}\n");
        for find in [pilot_without_guardrail, pilot_without_fallback, pilot_past_end, review_missed] {
            assert_eq!(found(find, true, "2026-04-01", &[("pilots/p.yaml", &concluded)]), [""; 0]);
        }
        let portfolio = crate::evaluate::testing::portfolio(&bare);
        let found = pilot_past_end(&portfolio, crate::evaluate::testing::day("2026-03-21"));
        let why = "its figures say inconclusive: no observation lies in the period, and 1 is needed";
        assert_eq!(found[0].why.as_deref(), Some(why));
    }

    #[test]
    fn promises_are_kept_or_given_up() {
        let files = [(
            "scopes/s.yaml",
            "commitments: [{what: a, due: 2026-03-01, kept: 2026-03-01}, {what: b, due: 2026-03-02}]\n",
        )];
        assert_eq!(found(commitment_overdue, true, "2026-03-02", &files), [""; 0]);
        assert_eq!(found(commitment_overdue, true, "2026-03-03", &files), ["s commitments[1].due"]);
    }

    #[test]
    fn evidence_is_more_than_my_word() {
        let said = "{kind: self-report, title: T}";
        let files = [
            ("scopes/s.yaml", &*format!("evidence: [{said}, c, q]\n")),
            ("scopes/t.yaml", &*format!("evidence: [{said}, f]\n")),
            ("scopes/u.yaml", ""),
            ("check-ins/c.yaml", "evidence: {kind: metric, title: T}\n"),
            ("pages/q.yaml", ""),
            ("feedback/f.yaml", ""),
        ];
        assert_eq!(found(self_report_alone, true, "2026-03-02", &files), ["s evidence"]);
    }

    #[test]
    fn a_proposal_does_not_rest_on_a_failed_pilot() {
        let check = |proposal: &str, verdict: &str, today: &str| {
            let files = [
                ("pilots/p.yaml", &*format!("{PILOT}{verdict}")),
                ("proposals/q.yaml", &*format!("ask: A\npilot: p\n{proposal}")),
            ];
            found(proposal_against_pilot, true, today, &files)
        };
        assert_eq!(check("status: sent\n", "", "2026-03-20"), [""; 0]);
        assert_eq!(check("status: sent\n", "", "2026-03-21"), ["q pilot"]);
        assert_eq!(check("", "verdict: {date: 2026-03-20, decision: extend}\n", "2026-03-21"), ["q pilot"]);
        assert_eq!(check("", "verdict: {date: 2026-03-20, decision: adopt}\n", "2026-03-21"), [""; 0]);
        assert_eq!(check("status: accepted\n", "", "2026-03-21"), [""; 0]);
    }

    #[test]
    fn an_agreement_that_ran_out_says_so() {
        let held = "date: 2026-01-01\nstatus: agreed\nexpires: 2026-03-01\n";
        let check = |files: &[(&str, &str)], today: &str| found(agreement_expired, true, today, files);
        assert_eq!(check(&[("agreements/a.yaml", held)], "2026-03-01"), [""; 0]);
        assert_eq!(check(&[("agreements/a.yaml", held)], "2026-03-02"), ["a expires"]);
        let replaced = [
            ("agreements/a.yaml", held),
            ("agreements/b.yaml", "date: 2026-02-20\nstatus: agreed\nexpires: 2026-02-25\nsupersedes: a\n"),
        ];
        assert_eq!(check(&replaced, "2026-03-02"), ["b expires"]);
    }
}
