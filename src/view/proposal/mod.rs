//! A proposal as its reader meets it, on its page and on paper: with all that it takes from its scope and its
//! pilot, and with the record that it rests on.

mod days;
mod measures;
mod record;
mod risks;

use serde::Serialize;

use super::card::{Card, text};
use super::metrics::MetricPicture;
use super::site::Site;
use super::words::Level;
use crate::evaluate::delegation::Names;
use crate::evaluate::proposals::completed;
use crate::model::common::Shift;
use crate::model::config::Person;
use crate::model::proposal::{AnswerDecision, ProposalStatus};
use crate::model::{Entry, Proposal};
use crate::text::{Date, Text};

pub use days::{DayKind, DayMark};
pub use measures::MetricLine;
pub use record::{EvidenceLine, RecordLine};
pub use risks::{EscalationLine, SafeguardLine};

/// A proposal with everything that it stands on.
#[derive(Serialize)]
pub struct ProposalPage<'a> {
    /// What a list shows of it.
    pub card: Card<'a>,
    /// Where it stands.
    pub status: ProposalStatus,
    /// Who asks.
    pub from: PersonLine<'a>,
    /// Who is asked.
    pub to: Vec<PersonLine<'a>>,
    /// The day by which an answer is needed.
    pub decision_needed_by: Option<Date>,
    /// The area that it is about.
    pub scope: Option<Card<'a>>,
    /// What is asked, in one sentence.
    pub ask: &'a str,
    /// The decisions that are asked for.
    pub wants: Vec<WantLine<'a>>,
    /// Why, in the words of the business.
    pub benefits: &'a [Text],
    /// What it rests on, in its order.
    pub evidence: Vec<EvidenceLine<'a>>,
    /// What became of earlier decisions and pilots in this area; `None` if there are none.
    pub record: Option<RecordLine<'a>>,
    /// How it is seen whether it works.
    pub metrics: Vec<MetricLine>,
    /// Whether any of them stops the trial at a value.
    pub has_limits: bool,
    /// Whether anything of them has been seen.
    pub has_seen: bool,
    /// The same over time, where something was observed; drawn by whoever shows them.
    #[serde(skip)]
    pub pictures: Vec<MetricPicture<'a>>,
    /// The trial that it offers.
    pub trial: Option<TrialLine<'a>>,
    /// The days that are agreed for it, in their order: of a trial its first and last day, and the reviews.
    pub days: Vec<DayMark>,
    /// What could go wrong, and what is done about it.
    pub safeguards: Vec<SafeguardLine>,
    /// Who is told when.
    pub escalations: Vec<EscalationLine>,
    /// What I will not decide without them.
    pub boundaries: Vec<Text>,
    /// The smaller step.
    pub alternatives: Option<&'a str>,
    /// Who is in favour.
    pub allies: Vec<PersonLine<'a>>,
    /// What was answered.
    pub answer: Option<AnswerLine<'a>>,
    /// Whether it waits for an answer.
    pub is_open: bool,
}

/// Somebody, with what they are and say.
#[derive(Clone, Debug, Serialize)]
pub struct PersonLine<'a> {
    /// Who.
    pub name: &'a str,
    /// What they are.
    pub role: Option<&'a str>,
    /// Where.
    pub team: Option<&'a str>,
    /// What they say.
    pub note: Option<&'a str>,
}

/// A decision that is asked for.
#[derive(Serialize)]
pub struct WantLine<'a> {
    /// What is decided.
    pub area: &'a str,
    /// How far the right goes.
    pub limits: Option<&'a str>,
    /// Where the right is shown, seen from the root of the site.
    pub href: String,
    /// Who decides now.
    pub from: Option<Level>,
    /// Who would.
    pub to: Level,
}

/// The trial that a proposal offers.
#[derive(Serialize)]
pub struct TrialLine<'a> {
    /// The pilot.
    pub card: Card<'a>,
    /// What is thought to happen.
    pub hypothesis: Option<&'a str>,
    /// What happens if it fails.
    pub fallback: Option<&'a str>,
}

/// What was answered.
#[derive(Serialize)]
pub struct AnswerLine<'a> {
    /// In a word.
    pub decision: AnswerDecision,
    /// The day.
    pub date: Date,
    /// In their words.
    pub note: Option<&'a str>,
}

impl<'a> Site<'a> {
    /// A proposal with everything that it stands on: on the day of its answer, once it has one, else today.
    pub(super) fn new_proposal_page(&self, proposal: &'a Entry<Proposal>) -> ProposalPage<'a> {
        let day = as_of(proposal, self.today());
        let whole = completed(self.portfolio(), proposal);
        let pilot = whole.pilot.as_ref().and_then(|id| self.portfolio().pilot(id));
        let scope = whole.scope.as_ref().and_then(|id| self.portfolio().scope(id));
        let status = proposal.status.unwrap_or(ProposalStatus::Draft);
        let person = |person: &'a Person| PersonLine {
            name: &person.name,
            role: text(person.role.as_ref()),
            team: text(person.team.as_ref()),
            note: None,
        };
        let metrics = self.metrics(proposal, &whole, pilot, day);
        ProposalPage {
            card: self.card(&proposal.header),
            status,
            from: person(&self.portfolio().config.owner),
            to: proposal.to.iter().map(|name| self.asked(name)).collect(),
            decision_needed_by: proposal.decision_needed_by,
            scope: scope.map(|scope| self.card(&scope.header)),
            ask: &proposal.ask,
            wants: whole.wants.iter().filter_map(|want| self.want(want)).collect(),
            benefits: &proposal.benefits,
            record: whole.scope.as_ref().and_then(|scope| self.record_in(scope, proposal, day)),
            evidence: self.evidence(proposal, day),
            has_limits: metrics.iter().any(|line| line.limit.is_some()),
            has_seen: metrics.iter().any(|line| line.seen.is_some()),
            metrics,
            pictures: self.measure_pictures(proposal, day).into_iter().flatten().collect(),
            trial: pilot.map(|pilot| TrialLine {
                card: self.card(&pilot.header),
                hypothesis: text(pilot.hypothesis.as_ref()),
                fallback: text(pilot.fallback.as_ref()),
            }),
            days: days::days(&whole, pilot),
            safeguards: risks::safeguards(proposal, &whole),
            escalations: risks::escalations(&whole),
            boundaries: whole.boundaries.to_vec(),
            alternatives: text(proposal.alternatives.as_ref()),
            allies: proposal
                .allies
                .iter()
                .map(|ally| PersonLine {
                    name: &ally.name,
                    role: text(ally.role.as_ref()),
                    team: None,
                    note: text(ally.note.as_ref()),
                })
                .collect(),
            answer: proposal.answer.as_ref().map(|answer| AnswerLine {
                decision: answer.decision,
                date: answer.date,
                note: text(answer.note.as_ref()),
            }),
            is_open: matches!(status, ProposalStatus::Draft | ProposalStatus::Sent),
        }
    }

    /// Somebody who is asked: the manager with what they are, others by name.
    fn asked(&self, name: &'a Text) -> PersonLine<'a> {
        let manager = self.portfolio().config.manager.as_ref().filter(|manager| manager.name == *name);
        PersonLine {
            name,
            role: manager.and_then(|manager| text(manager.role.as_ref())),
            team: manager.and_then(|manager| text(manager.team.as_ref())),
            note: None,
        }
    }

    fn want(&self, want: &Shift) -> Option<WantLine<'a>> {
        let names = Names::of(&self.portfolio().config);
        let (_, right) = self.portfolio().right(&want.right)?;
        Some(WantLine {
            area: &right.area,
            limits: text(right.limits.as_ref()),
            href: self.right(&want.right)?.href,
            from: want.from.map(|level| Level::new(names, level, self.words())),
            to: Level::new(names, want.to, self.words()),
        })
    }
}

/// The day as of which a proposal is shown: what came after its answer is not what it was answered by.
pub(super) fn as_of(proposal: &Proposal, today: Date) -> Date {
    proposal.answer.as_ref().map_or(today, |answer| answer.date.min(today))
}
