//! A proposal as its reader meets it, on its page and on paper: with all that it takes from its scope and its
//! pilot, and with the record that it rests on.

use serde::Serialize;

use super::card::{Card, text};
use super::site::{Site, paper_address};
use super::words::Level;
use crate::evaluate::delegation::Names;
use crate::evaluate::proposals::completed;
use crate::evaluate::scope_record::Ending;
use crate::evaluate::verdict::State;
use crate::model::common::{Control, Direction, Evidence, EvidenceKind, Judge, Metric, Shift};
use crate::model::config::Person;
use crate::model::decision::OutcomeVerdict;
use crate::model::links::is_safe;
use crate::model::pilot::{Guardrail, Pilot, Verdict};
use crate::model::proposal::{AnswerDecision, ProposalStatus};
use crate::model::record::Either;
use crate::model::{Entry, Kind, Proposal};
use crate::text::{Date, Duration, Id, Number, Text};

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
    /// Where it is as PDF, seen from the root of the site; `None` in a build that makes none.
    pub pdf: Option<String>,
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

/// Something that the proposal rests on.
#[derive(Serialize)]
pub struct EvidenceLine<'a> {
    /// What it is called.
    pub title: &'a str,
    /// The kind of entry, if it is one.
    pub kind: Option<Kind>,
    /// The kind of evidence, if it is none.
    pub evidence: Option<EvidenceKind>,
    /// Where an entry stands, in a word of the format.
    pub status: Option<&'static str>,
    /// The day it is from.
    pub date: Option<Date>,
    /// What it shows.
    pub note: Option<&'a str>,
    /// Where it is on the site, seen from its root.
    pub href: Option<String>,
    /// Where it is elsewhere.
    pub link: Option<&'a str>,
    /// Whether it went wrong.
    pub is_setback: bool,
}

/// What became of earlier decisions and pilots in one area.
#[derive(Serialize)]
pub struct RecordLine<'a> {
    /// Decisions that turned out as expected.
    pub as_expected: usize,
    /// Decisions with mixed results.
    pub mixed: usize,
    /// Decisions that turned out as setbacks.
    pub setbacks: usize,
    /// Pilots that were adopted.
    pub adopted: usize,
    /// Pilots that were extended, or from which nothing could be concluded.
    pub undecided: usize,
    /// Pilots that were taken back.
    pub reverted: usize,
    /// The latest of what went wrong, unless the evidence names it already.
    pub latest_setback: Option<Card<'a>>,
}

/// A measure, with what it must reach and what must not happen.
#[derive(Serialize)]
pub struct MetricLine {
    /// What is measured.
    pub name: Text,
    /// What it is counted in.
    pub unit: Option<Text>,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// Where it stands.
    pub baseline: Option<Number>,
    /// Where it should be.
    pub target: Option<Number>,
    /// How observations become one value.
    pub judge: Judge,
    /// From how many observations on something is concluded.
    pub minimum_observations: u32,
    /// Where the figures come from.
    pub source: Option<Text>,
    /// The value at which the trial stops.
    pub limit: Option<Number>,
    /// How often that may happen all the same.
    pub allowed_breaches: u32,
    /// What has been seen so far, in digits.
    pub seen: Option<String>,
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

/// A day on a line of time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayMark {
    /// What happens then.
    pub kind: DayKind,
    /// The day.
    pub date: Date,
    /// How far along it is, from 0.0 for the first day to 1.0 for the last.
    pub at: f64,
    /// The day on which a review was held.
    pub held: Option<Date>,
    /// What came of it.
    pub note: Option<Text>,
}

/// What happens on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DayKind {
    /// The trial starts.
    Starts,
    /// It is looked at together.
    Review,
    /// The trial ends.
    Ends,
}

/// What could go wrong, and what is done about it.
#[derive(Serialize)]
pub struct SafeguardLine {
    /// What could go wrong.
    pub risk: Text,
    /// What is done about it.
    pub mitigation: Option<Text>,
    /// When it works.
    pub control: Option<Control>,
}

/// Who is told when.
#[derive(Serialize)]
pub struct EscalationLine {
    /// What sets it off.
    pub trigger: Text,
    /// Who is told.
    pub to: Text,
    /// How soon.
    pub within: Option<Duration>,
    /// What happens then.
    pub action: Option<Text>,
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
    /// A proposal with everything that it stands on; `None` if the reader sees no such proposal.
    pub fn proposal_page(&self, id: &Id) -> Option<ProposalPage<'a>> {
        let proposal = self.portfolio().proposal(id)?;
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
        let evidence = self.evidence(proposal);
        Some(ProposalPage {
            card: self.card(&proposal.header),
            status,
            from: person(&self.portfolio().config.owner),
            to: proposal.to.iter().map(|name| self.asked(name)).collect(),
            decision_needed_by: proposal.decision_needed_by,
            scope: scope.map(|scope| self.card(&scope.header)),
            ask: &proposal.ask,
            wants: whole.wants.iter().filter_map(|want| self.want(want)).collect(),
            benefits: &proposal.benefits,
            record: whole.scope.as_ref().and_then(|scope| self.record_in(scope, proposal)),
            evidence,
            metrics: self.metrics(&whole, pilot),
            trial: pilot.map(|pilot| TrialLine {
                card: self.card(&pilot.header),
                hypothesis: text(pilot.hypothesis.as_ref()),
                fallback: text(pilot.fallback.as_ref()),
            }),
            days: days(&whole, pilot),
            safeguards: safeguards(proposal, &whole),
            escalations: escalations(&whole),
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
            pdf: paper_address(id),
        })
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

    fn evidence(&self, proposal: &'a Entry<Proposal>) -> Vec<EvidenceLine<'a>> {
        let lines = proposal.header.common.evidence.iter().filter_map(|evidence| match evidence {
            Either::Short(id) => self.card_of(id).map(|card| self.entry_evidence(id, card)),
            Either::Long(evidence) => Some(own_evidence(evidence)),
        });
        lines.collect()
    }

    fn entry_evidence(&self, id: &Id, card: Card<'a>) -> EvidenceLine<'a> {
        let result = self.portfolio().decision(id).and_then(|decision| decision.result.as_ref());
        let result = result.filter(|result| result.date <= self.today()).map(|result| result.verdict);
        let status = match card.kind {
            Kind::Decision => result.map(OutcomeVerdict::word),
            Kind::Pilot => card.status,
            _ => None,
        };
        let is_reverted = card.kind == Kind::Pilot && card.status == Some(Verdict::Revert.word());
        EvidenceLine {
            title: card.title,
            kind: Some(card.kind),
            evidence: None,
            status,
            date: card.date,
            note: None,
            href: Some(card.href),
            link: None,
            is_setback: result == Some(OutcomeVerdict::Setback) || is_reverted,
        }
    }

    /// What became of the decisions and pilots in an area; not of the proposal's own pilot, which is to come.
    fn record_in(&self, scope: &Id, proposal: &Entry<Proposal>) -> Option<RecordLine<'a>> {
        let mut record = RecordLine {
            as_expected: 0,
            mixed: 0,
            setbacks: 0,
            adopted: 0,
            undecided: 0,
            reverted: 0,
            latest_setback: None,
        };
        let all = self.scope_records().of(scope).iter();
        let mut latest = None;
        let mut count = 0;
        for concluded in all.filter(|it| proposal.pilot.as_ref() != Some(it.entry)) {
            *match concluded.how {
                Ending::Decision(OutcomeVerdict::AsExpected) => &mut record.as_expected,
                Ending::Decision(OutcomeVerdict::Mixed) => &mut record.mixed,
                Ending::Decision(OutcomeVerdict::Setback) => &mut record.setbacks,
                Ending::Pilot(Verdict::Adopt) => &mut record.adopted,
                Ending::Pilot(Verdict::Extend | Verdict::Inconclusive) => &mut record.undecided,
                Ending::Pilot(Verdict::Revert) => &mut record.reverted,
            } += 1;
            count += 1;
            if concluded.how.is_setback() {
                latest = Some(concluded.entry);
            }
        }
        let evidence = &proposal.header.common.evidence;
        let is_named = |id: &Id| evidence.iter().any(|it| matches!(it, Either::Short(named) if named == id));
        record.latest_setback = latest.filter(|id| !is_named(id)).and_then(|id| self.card_of(id));
        (count > 0).then_some(record)
    }

    /// The measures of the proposal, and behind them what must not get worse in its pilot.
    fn metrics(&self, whole: &Proposal, pilot: Option<&Entry<Pilot>>) -> Vec<MetricLine> {
        let mut lines: Vec<MetricLine> = whole.success_metrics.iter().map(metric_line).collect();
        let Some(pilot) = pilot else { return lines };
        let assessment = self.assessment(pilot.id()).filter(|found| found.state != State::Planned);
        if let Some(reading) = assessment.and_then(|found| found.primary.as_ref())
            && let Some(line) = lines.iter_mut().find(|line| line.name == pilot.primary.name)
        {
            let beside: Vec<Number> =
                [pilot.primary.baseline, Some(pilot.primary.target)].into_iter().flatten().collect();
            line.seen = Some(reading.value.shown_beside(&beside));
        }
        for guardrail in &pilot.guardrails {
            match lines.iter_mut().find(|line| line.name == guardrail.name) {
                Some(line) => limit(line, guardrail),
                None => lines.push(guardrail_line(guardrail)),
            }
        }
        lines
    }
}

fn own_evidence(evidence: &Evidence) -> EvidenceLine<'_> {
    EvidenceLine {
        title: &evidence.title,
        kind: None,
        evidence: Some(evidence.kind),
        status: None,
        date: evidence.date,
        note: text(evidence.note.as_ref()),
        href: None,
        link: text(evidence.link.as_ref()).filter(|link| is_safe(link)),
        is_setback: false,
    }
}

fn metric_line(metric: &Metric) -> MetricLine {
    MetricLine {
        name: metric.name.clone(),
        unit: metric.unit.clone(),
        direction: metric.direction,
        baseline: metric.baseline,
        target: metric.target,
        judge: metric.judge.unwrap_or(Judge::Last),
        minimum_observations: metric.minimum_observations.map_or(1, crate::text::Count::get),
        source: metric.source.clone(),
        limit: None,
        allowed_breaches: 0,
        seen: None,
    }
}

fn guardrail_line(guardrail: &Guardrail) -> MetricLine {
    let mut line = MetricLine {
        name: guardrail.name.clone(),
        unit: guardrail.unit.clone(),
        direction: Some(guardrail.direction),
        baseline: None,
        target: None,
        judge: Judge::Last,
        minimum_observations: 1,
        source: guardrail.source.clone(),
        limit: None,
        allowed_breaches: 0,
        seen: None,
    };
    limit(&mut line, guardrail);
    line
}

fn limit(line: &mut MetricLine, guardrail: &Guardrail) {
    line.limit = Some(guardrail.limit);
    line.allowed_breaches = guardrail.allowed_breaches.map_or(0, crate::text::Count::get);
    line.direction = line.direction.or(Some(guardrail.direction));
}

/// The days of the trial and the reviews, in their order, with how far along each is.
fn days(whole: &Proposal, pilot: Option<&Entry<Pilot>>) -> Vec<DayMark> {
    let mark = |kind, date| DayMark { kind, date, at: 0.0, held: None, note: None };
    let starts = pilot.map(|pilot| mark(DayKind::Starts, pilot.starts));
    let ends = pilot.and_then(|pilot| pilot.ends).map(|date| mark(DayKind::Ends, date));
    let reviews = whole.reviews.iter().map(|review| DayMark {
        held: review.held(),
        note: review.note().cloned(),
        ..mark(DayKind::Review, review.date())
    });
    let mut days: Vec<DayMark> = starts.into_iter().chain(reviews).chain(ends).collect();
    days.sort_by_key(|day| (day.date, day.kind));
    let (Some(first), Some(last)) = (days.first().map(|day| day.date), days.last().map(|day| day.date))
    else {
        return days;
    };
    let length = f64::from(first.days_until(last)).max(1.0);
    for day in &mut days {
        day.at = f64::from(first.days_until(day.date)) / length;
    }
    days
}

/// The safeguards, and behind them the risks with what is done about them. Where the safeguards are the pilot's,
/// what the proposal says of the same risk stands in their place.
fn safeguards(proposal: &Proposal, whole: &Proposal) -> Vec<SafeguardLine> {
    let is_taken_over = proposal.safeguards.is_empty();
    let is_said = |risk: &Text| is_taken_over && proposal.risks.iter().any(|own| own.risk == *risk);
    let safeguards = whole.safeguards.iter().filter(|it| !is_said(&it.risk)).map(|it| SafeguardLine {
        risk: it.risk.clone(),
        mitigation: Some(it.mitigation.clone()),
        control: it.control,
    });
    let risks = proposal.risks.iter().map(|it| SafeguardLine {
        risk: it.risk.clone(),
        mitigation: it.mitigation.clone(),
        control: None,
    });
    safeguards.chain(risks).collect()
}

fn escalations(whole: &Proposal) -> Vec<EscalationLine> {
    let lines = whole.escalations.iter().map(|it| EscalationLine {
        trigger: it.trigger.clone(),
        to: it.to.clone(),
        within: it.within,
        action: it.action.clone(),
    });
    lines.collect()
}
