//! What a proposal that waits for its answer should say, and does not. What it leaves to its scope and its pilot
//! counts as said.

use super::{Finding, unless_resting};
use crate::evaluate::proposals::completed;
use crate::model::proposal::ProposalStatus;
use crate::model::{Entry, Portfolio, Proposal};
use crate::text::Date;

/// Finds proposals, drafted or sent, that promise a figure and do not say where it stands now. At
/// `success_metrics[n]`, or at `pilot` where the figure is the pilot's.
pub fn promise_without_baseline(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        open(portfolio).flat_map(|(proposal, whole)| {
            let is_own = !proposal.success_metrics.is_empty();
            let bare = whole.success_metrics.iter().enumerate().filter(|(_, it)| it.baseline.is_none());
            let found = bare.map(|(index, metric)| {
                let (id, name) = (proposal.id(), &metric.name);
                let field = if is_own { format!("success_metrics[{index}]") } else { "pilot".to_owned() };
                let message = format!("proposal `{id}` does not say where `{name}` stands today");
                let finding = Finding::at(proposal, field, message);
                if is_own { finding } else { finding.resting_on(&proposal.pilot) }
            });
            found.collect::<Vec<_>>()
        })
    })
}

/// Finds proposals, drafted or sent, that offer no pilot and name no day to look at it. At `ask`.
pub fn proposal_without_review(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        open(portfolio)
            .filter(|(_, whole)| whole.pilot.is_none() && whole.reviews.is_empty())
            .map(|(proposal, _)| {
                let id = proposal.id();
                let message = format!("proposal `{id}` offers no pilot and no day on which to look at it");
                Finding::at(proposal, "ask", message)
            })
            .collect::<Vec<_>>()
    })
}

/// Finds proposals, drafted or sent, that say of nothing what would be done about it. At `ask`.
pub fn proposal_without_safeguard(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        open(portfolio)
            .filter(|(_, whole)| {
                whole.safeguards.is_empty() && whole.risks.iter().all(|risk| risk.mitigation.is_none())
            })
            .map(|(proposal, _)| {
                let message = format!("proposal `{}` names no safeguard", proposal.id());
                Finding::at(proposal, "ask", message)
            })
            .collect::<Vec<_>>()
    })
}

/// The proposals that wait for an answer, with what they say in whole.
fn open(portfolio: &Portfolio) -> impl Iterator<Item = (&Entry<Proposal>, Proposal)> {
    let is_open = |it: &&Entry<Proposal>| {
        matches!(it.status, None | Some(ProposalStatus::Draft | ProposalStatus::Sent))
    };
    let open = portfolio.proposals.iter().filter(is_open);
    open.map(move |proposal| (proposal, completed(portfolio, proposal)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::*;

    const PILOT: &str = "starts: 2026-03-02\nprimary: {name: N, direction: decrease, target: 2}\n";
    const SOUND: &str = "baseline: 3}\nreviews: [2026-03-16]\nsafeguards: [{risk: R, mitigation: M}]\n";

    #[test]
    fn a_promise_says_where_it_starts() {
        let check = |proposal: &str, pilot: &str| {
            let files = [("proposals/q.yaml", proposal), ("pilots/p.yaml", pilot)];
            found(promise_without_baseline, true, "2026-03-10", &files)
        };
        assert_eq!(check("ask: A\npilot: p\n", PILOT), ["q pilot"]);
        let measured = PILOT.replace("}\n", ", baseline: 3}\n");
        assert_eq!(check("ask: A\npilot: p\n", &measured), [""; 0]);
        let own = "ask: A\npilot: p\nsuccess_metrics: [{name: M, baseline: 1}, {name: O}]\n";
        assert_eq!(check(own, &measured), ["q success_metrics[1]"]);
        assert_eq!(check(&format!("{own}status: accepted\n"), &measured), [""; 0]);
    }

    #[test]
    fn somebody_looks_at_it() {
        let check = |proposal: &str| {
            let files = [("proposals/q.yaml", proposal), ("pilots/p.yaml", PILOT)];
            found(proposal_without_review, true, "2026-03-10", &files)
        };
        assert_eq!(check("ask: A\n"), ["q ask"]);
        assert_eq!(check("ask: A\npilot: p\n"), [""; 0]);
        assert_eq!(check("ask: A\nreviews: [2026-04-01]\n"), [""; 0]);
        assert_eq!(check("ask: A\nstatus: withdrawn\n"), [""; 0]);
    }

    #[test]
    fn something_is_done_about_what_could_go_wrong() {
        let sound = PILOT.replace("}\n", &format!(", {SOUND}"));
        let check = |proposal: &str, pilot: &str| {
            let files = [("proposals/q.yaml", proposal), ("pilots/p.yaml", pilot)];
            found(proposal_without_safeguard, true, "2026-03-10", &files)
        };
        assert_eq!(check("ask: A\npilot: p\n", PILOT), ["q ask"]);
        assert_eq!(check("ask: A\npilot: p\n", &sound), [""; 0]);
        assert_eq!(check("ask: A\nrisks: [{risk: R}]\n", PILOT), ["q ask"]);
        assert_eq!(check("ask: A\nrisks: [{risk: R, mitigation: M}]\n", PILOT), [""; 0]);
    }
}
