//! Where the items of the agenda come from, kind by kind.

use super::{Due, Item};
use crate::evaluate::agreements::{Agreements, Force};
use crate::evaluate::rhythm::next_check_in;
use crate::model::common::Review;
use crate::model::constraint::ConstraintStatus;
use crate::model::decision::DecisionStatus;
use crate::model::proposal::ProposalStatus;
use crate::model::{Header, Portfolio};
use crate::text::{Date, Duration, slug};
use crate::words::{Phrase, phrase};

/// How long an answer may take that nobody has named a day for, where no rhythm of check-ins was promised.
const FOR_AN_ANSWER: Duration = Duration::Weeks(2);

/// Everything that has a day, in no order.
pub(super) fn all(portfolio: &Portfolio, today: Date) -> Vec<Item<'_>> {
    let mut list = List { today, items: Vec::new() };
    list.pilots(portfolio);
    list.decisions(portfolio);
    list.check_in(portfolio);
    list.commitments(portfolio);
    list.proposals(portfolio);
    list.constraints(portfolio);
    list.agreements(portfolio);
    list.items
}

struct List<'a> {
    today: Date,
    items: Vec<Item<'a>>,
}

impl<'a> List<'a> {
    fn add(&mut self, due: Date, what: Due, entry: &'a Header, field: &str, text: Phrase) {
        let key = format!("{}/{field}", entry.id);
        self.items.push(Item { due, overdue: due < self.today, what, entry: Some(&entry.id), key, text });
    }

    /// Reviews that were not held. Their day names them: where they stand in the list may change.
    fn reviews(&mut self, entry: &'a Header, reviews: &[Review]) {
        let today = self.today;
        for review in reviews.iter().filter(|review| review.held().is_none_or(|held| held > today)) {
            let field = format!("reviews/{}", review.date());
            let text = phrase!("agenda.review", title = entry.title());
            self.add(review.date(), Due::Review, entry, &field, text);
        }
    }

    fn pilots(&mut self, portfolio: &'a Portfolio) {
        for pilot in &portfolio.pilots {
            // With the verdict all has been said: a review that was left out is history, not a task.
            if pilot.verdict.as_ref().is_some_and(|verdict| verdict.date <= self.today) {
                continue;
            }
            self.reviews(&pilot.header, &pilot.reviews);
            if let Some(ends) = pilot.ends {
                let title = pilot.header.title();
                let text = phrase!("agenda.pilot_ends", title = title);
                self.add(ends, Due::PilotEnd, &pilot.header, "ends", text);
            }
        }
    }

    fn decisions(&mut self, portfolio: &'a Portfolio) {
        let is_over = |status| {
            matches!(
                status,
                Some(DecisionStatus::Rejected | DecisionStatus::Deprecated | DecisionStatus::Superseded)
            )
        };
        for decision in portfolio.decisions.iter().filter(|decision| !is_over(decision.status)) {
            let Some(due) = decision.revisit_by else { continue };
            let is_answered = decision.result.is_some() && due < self.today;
            if !is_answered {
                let text = phrase!("agenda.revisit", title = decision.header.title());
                self.add(due, Due::DecisionRevisit, &decision.header, "revisit_by", text);
            }
        }
    }

    fn check_in(&mut self, portfolio: &'a Portfolio) {
        let Some(next) = next_check_in(portfolio, self.today) else { return };
        let config = &portfolio.config;
        let with = config.check_ins.as_ref().and_then(|rhythm| rhythm.with.as_deref());
        let manager = config.manager.as_ref().map(|manager| manager.name.as_str());
        let text = match (with, manager) {
            (None, _) => phrase!("agenda.check_in"),
            (Some("manager"), Some(name)) => phrase!("agenda.check_in_with", name = name),
            (Some(reader), _) => phrase!("agenda.check_in_with", name = reader),
        };
        let key = match next.after {
            Some(latest) => format!("{latest}/next-check-in"),
            None => "portfolio/check_ins".to_owned(),
        };
        let (due, overdue) = (next.due, next.due < self.today);
        self.items.push(Item { due, overdue, what: Due::CheckIn, entry: next.after, key, text });
    }

    /// A promise is known by its words rather than its place, which changes when one above it is taken out;
    /// and by its day where the words are used twice or hold no Latin letter.
    fn commitments(&mut self, portfolio: &'a Portfolio) {
        for scope in &portfolio.scopes {
            let names: Vec<String> = scope.commitments.iter().map(|promise| slug(&promise.what)).collect();
            for (promise, name) in scope.commitments.iter().zip(&names) {
                if promise.missed.is_some() || promise.kept.is_some_and(|kept| kept <= self.today) {
                    continue;
                }
                let is_unique = names.iter().filter(|other| *other == name).count() == 1;
                let field = match name.as_str() {
                    "" => format!("commitments/{}", promise.due),
                    name if is_unique => format!("commitments/{name}"),
                    name => format!("commitments/{name}/{}", promise.due),
                };
                let text = phrase!("agenda.promised", what = &*promise.what);
                self.add(promise.due, Due::Commitment, &scope.header, &field, text);
            }
        }
    }

    fn proposals(&mut self, portfolio: &'a Portfolio) {
        for proposal in &portfolio.proposals {
            let title = proposal.header.title();
            match (proposal.status, proposal.decision_needed_by) {
                (Some(ProposalStatus::Sent), Some(due)) if proposal.answer.is_none() => {
                    let text = phrase!("agenda.answer_needed", title = title);
                    self.add(due, Due::Answer, &proposal.header, "decision_needed_by", text);
                }
                // A pilot has its own reviews.
                (Some(ProposalStatus::Accepted), _) if proposal.pilot.is_none() => {
                    self.reviews(&proposal.header, &proposal.reviews);
                }
                _ => {}
            }
        }
    }

    /// Nobody names a day for answering about a constraint: one rhythm after it was asked, it is time to ask
    /// again. What is out of reason is left out: it is not a matter of waiting for an answer.
    fn constraints(&mut self, portfolio: &'a Portfolio) {
        let within = portfolio.config.check_ins.as_ref().map_or(FOR_AN_ANSWER, |rhythm| rhythm.every);
        for constraint in &portfolio.constraints {
            let waits =
                constraint.status == Some(ConstraintStatus::Asked) && constraint.answered_on.is_none();
            let Some(asked) = constraint.asked_on.filter(|_| waits && constraint.reasonable != Some(false))
            else {
                continue;
            };
            let title = constraint.header.title();
            let text = phrase!("agenda.answer_awaited", title = title, date = asked);
            self.add(within.after(asked), Due::Answer, &constraint.header, "asked_on", text);
        }
    }

    fn agreements(&mut self, portfolio: &'a Portfolio) {
        let agreements = Agreements::new(portfolio, self.today);
        for agreement in &portfolio.agreements {
            let title = agreement.header.title();
            let holds = match agreements.force(agreement) {
                Force::InForce => true,
                // Nobody has said yet what follows.
                Force::Expired { .. } if agreements.is_forgotten(agreement) => false,
                _ => continue,
            };
            if let Some(due) = agreement.revisit_by.filter(|_| holds) {
                let text = phrase!("agenda.agreement_revisit", title = title);
                self.add(due, Due::AgreementRevisit, &agreement.header, "revisit_by", text);
            }
            if let Some(due) = agreement.expires {
                let text = phrase!("agenda.agreement_expires", title = title);
                self.add(due, Due::AgreementExpiry, &agreement.header, "expires", text);
            }
        }
    }
}
