//! The fields of every kind and record as they leave the program, by their names in the file.
//!
//! Model types do not serialise; a [`View`] of one does, and only this module's neighbours make views, from
//! what [`redact`](crate::redact) has left.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::site::Site;
use super::verdict::ComputedPilot;
use super::words::{ComputedRight, Phrasing};
use crate::evaluate::delegation::Names;
use crate::evaluate::proposals::completed;
use crate::model::agreement::{Agreement, AgreementStatus};
use crate::model::check_in::{CheckIn, Confidence};
use crate::model::common::{
    Control, Delegation, Direction, Escalation, Evidence, EvidenceKind, Fired, Judge, Metric, Observation,
    Observations, Reversibility, Review, ReviewDay, Safeguard, Shift,
};
use crate::model::config::{Config, Paper, Pause, Person, Reader, Rhythm};
use crate::model::constraint::{Constraint, ConstraintStatus, ConstraintType, Driver, Sign, Trigger};
use crate::model::decision::{Decision, DecisionStatus, Outcome, OutcomeVerdict, WeighedOption};
use crate::model::feedback::{Feedback, FeedbackRole};
use crate::model::links::is_safe;
use crate::model::pilot::{Amendment, DeclaredVerdict, Guardrail, Pilot, Primary, Risk, Verdict};
use crate::model::program::{Page, Program};
use crate::model::proposal::{Ally, Answer, AnswerDecision, NamedRisk, Proposal, ProposalStatus};
use crate::model::record::{Either, List, Named};
use crate::model::scope::{
    Autonomy, Commitment, DecisionRight, Degree, Freedom, ReportDuty, Scope, ScopeStatus, Stakeholder, Stance,
};
use crate::model::{Entry, Header, Kind};
use crate::text::{Count, Date, Duration, Id, Number, RightRef, Tag, Text};
use crate::words::Words;

/// Something of the model, on its way out.
pub struct View<'a, T: ?Sized>(pub(super) &'a T);

/// The fields of one record or kind, added to a mapping.
pub(super) trait Shown {
    fn show<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// Says which fields are shown; `name = expression` where something is filled in.
macro_rules! shown {
    ($($type:ty as $it:ident { $($field:ident $(= $value:expr)?),* $(,)? })+) => {
        $(
            impl Shown for $type {
                #[allow(unused_variables, reason = "a kind may have no fields of its own")]
                fn show<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                    let $it = self;
                    $(map.serialize_entry(name(stringify!($field)), &View(shown!(@value $it, $field $(, $value)?)))?;)*
                    Ok(())
                }
            }

            impl Serialize for View<'_, $type> {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut map = serializer.serialize_map(None)?;
                    self.0.show(&mut map)?;
                    map.end()
                }
            }
        )+
    };
    (@value $it:ident, $field:ident) => { &$it.$field };
    (@value $it:ident, $field:ident, $value:expr) => { &$value };
}

/// A field's name without the mark that makes it a Rust identifier.
fn name(field: &'static str) -> &'static str {
    field.strip_prefix("r#").unwrap_or(field)
}

shown! {
    Person as person { name, role, team }
    Reader as reader { title }
    Rhythm as rhythm { every, with }
    Pause as pause { since, reason }
    Config as config {
        title, owner, manager, started, readers, check_ins, base_url, pause,
        language = config.language.as_deref().unwrap_or("en").to_owned(),
        paper = config.paper.unwrap_or(Paper::A4),
    }

    Evidence as evidence {
        kind, title,
        // `check` refuses any other address; no template has to know that.
        link = evidence.link.clone().filter(|link| is_safe(link)),
        file, date, note,
    }
    Observation as observation { date, value, note }
    Shift as shift { right, from, to }
    Safeguard as safeguard { risk, mitigation, control }
    Fired as fired { date, escalated, result }
    Escalation as escalation { trigger, to, within, action, fired }
    ReviewDay as review { date, held, note }

    Freedom as freedom { methods, timing, priorities, outcomes, resources }
    Stakeholder as stakeholder { name, role, interest, stance, concern }
    Commitment as commitment { what, due, kept, missed }
    DecisionRight as right {
        id = right.id(),
        area, delegation, wanted, reversibility, report, limits,
    }
    Scope as scope {
        status = scope.status.unwrap_or(ScopeStatus::Active),
        since, autonomy, freedom, standards, outcomes, boundaries, stakeholders, commitments,
    }

    WeighedOption as option { title, pros, cons }
    Outcome as outcome { date, verdict, changed, failed, escalated, learned, next }
    Decision as decision {
        status = decision.status.unwrap_or(DecisionStatus::Proposed),
        scope, right, decision_makers, consulted, informed, drivers, options, outcome, reversibility, reported,
        confidence, expected, revisit_by, revisit_if, supersedes, superseded_by, result,
    }

    Guardrail as guardrail {
        name, unit, direction, limit,
        allowed_breaches = guardrail.allowed_breaches.map_or(0, Count::get),
        on_breach, source, observations,
    }
    Amendment as amendment { date, change, why }
    DeclaredVerdict as verdict { date, decision, by, note }
    Pilot as pilot {
        scope, tests, hypothesis, starts, ends, reviews, risk, primary, guardrails, safeguards, escalations,
        fallback, amendments, verdict,
    }

    NamedRisk as risk { risk, mitigation }
    Ally as ally { name, role, note }
    Answer as answer { date, decision, note }
    Proposal as proposal {
        status = proposal.status.unwrap_or(ProposalStatus::Draft),
        to, scope, ask, wants, benefits, pilot, success_metrics, safeguards, escalations, boundaries, risks,
        reviews, allies, alternatives, decision_needed_by, answer,
    }

    Agreement as agreement {
        status = agreement.status.unwrap_or(AgreementStatus::Draft),
        parties, proposal, grants, boundaries, conditions, revisit_by, expires, supersedes,
    }
    CheckIn as check_in { with, scope, pilot, confidence, changed, failed, escalated, next }
    Feedback as feedback {
        from, role, about, situation, behaviour, impact, quote,
        quote_permission = feedback.quote_permission.unwrap_or(false),
    }
    Constraint as constraint {
        r#type,
        status = constraint.status.unwrap_or(ConstraintStatus::Open),
        since, scope, sign, driver, trigger, cost, reasonable, requested_change, asked_on, answer, answered_on,
    }
    Program as program { starts, challenge, scope }
    Page as page {}
}

/// Figures that are held against a target show the same, whether or not all of it had to be said.
macro_rules! held_against_target {
    ($($type:ty),+) => {
        shown! {
            $($type as metric {
                name, unit, direction, baseline, target,
                judge = metric.judge.unwrap_or(Judge::Last),
                minimum_observations = metric.minimum_observations.map_or(1, Count::get),
                source, observations,
            })+
        }
    };
}

held_against_target!(Metric, Primary);

impl Shown for Header {
    fn show<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("kind", &self.kind)?;
        map.serialize_entry("url", &super::address(self.kind, &self.id))?;
        map.serialize_entry("title", self.title())?;
        map.serialize_entry("summary", &self.common.summary)?;
        map.serialize_entry("date", &self.date())?;
        map.serialize_entry("tags", &*self.common.tags)?;
        // Only the writer is told who else reads; for others `redact` has taken it out.
        if let Some(readers) = &self.common.readers {
            map.serialize_entry("readers", &View(readers))?;
        }
        map.serialize_entry("aliases", &*self.common.aliases)?;
        map.serialize_entry("related", &*self.common.related)?;
        map.serialize_entry("evidence", &View(&self.common.evidence))?;
        map.serialize_entry("body", &self.body.text)
    }
}

impl<T: Shown> Serialize for View<'_, Entry<T>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.0.header.show(&mut map)?;
        self.0.fields.show(&mut map)?;
        map.end()
    }
}

/// The fields of an entry of any kind, and what was worked out from them.
pub struct AnyView<'s, 'a> {
    site: &'s Site<'a>,
    header: &'s Header,
    /// What was worked out is said in these.
    words: &'s Words,
}

impl<'s, 'a> AnyView<'s, 'a> {
    pub(super) fn new(site: &'s Site<'a>, header: &'s Header, words: &'s Words) -> Self {
        Self { site, header, words }
    }

    fn scope<S: Serializer>(&self, scope: &Entry<Scope>, serializer: S) -> Result<S::Ok, S::Error> {
        let names = Names::of(&self.site.portfolio().config);
        let mut map = serializer.serialize_map(None)?;
        scope.header.show(&mut map)?;
        scope.fields.show(&mut map)?;
        let rights: Vec<_> = scope
            .decision_rights
            .iter()
            .map(|right| RightFields { right, names, words: self.words })
            .collect();
        map.serialize_entry("decision_rights", &rights)?;
        map.end()
    }

    fn pilot<S: Serializer>(&self, pilot: &Entry<Pilot>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        pilot.header.show(&mut map)?;
        pilot.fields.show(&mut map)?;
        map.serialize_entry(
            "computed",
            &self.site.assessment(pilot.id()).map(|it| ComputedPilot::new(it, self.words)),
        )?;
        map.end()
    }
}

impl AnyView<'_, '_> {
    /// With what it takes from its scope and its pilot.
    fn proposal<S: Serializer>(&self, proposal: &Entry<Proposal>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        proposal.header.show(&mut map)?;
        completed(self.site.portfolio(), proposal).show(&mut map)?;
        map.end()
    }
}

/// A decision right with its level in words.
struct RightFields<'a> {
    right: &'a DecisionRight,
    names: Names<'a>,
    words: &'a Words,
}

impl Serialize for RightFields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { right, names, words } = self;
        let mut map = serializer.serialize_map(None)?;
        right.show(&mut map)?;
        map.serialize_entry(
            "computed",
            &ComputedRight { phrasing: Phrasing::new(*names, right.delegation, words) },
        )?;
        map.end()
    }
}

impl Serialize for AnyView<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (portfolio, id) = (self.site.portfolio(), &self.header.id);
        match self.header.kind {
            Kind::Scope => match portfolio.scope(id) {
                Some(scope) => self.scope(scope, serializer),
                None => serializer.serialize_none(),
            },
            Kind::Pilot => match portfolio.pilot(id) {
                Some(pilot) => self.pilot(pilot, serializer),
                None => serializer.serialize_none(),
            },
            Kind::Decision => portfolio.decision(id).map(View).serialize(serializer),
            Kind::Proposal => match portfolio.proposal(id) {
                Some(proposal) => self.proposal(proposal, serializer),
                None => serializer.serialize_none(),
            },
            Kind::Agreement => portfolio.agreement(id).map(View).serialize(serializer),
            Kind::CheckIn => portfolio.check_in(id).map(View).serialize(serializer),
            Kind::Feedback => portfolio.feedback_entry(id).map(View).serialize(serializer),
            Kind::Constraint => portfolio.constraint(id).map(View).serialize(serializer),
            Kind::Page => portfolio.page(id).map(View).serialize(serializer),
            Kind::Program => portfolio.program.as_ref().map(View).serialize(serializer),
        }
    }
}

impl Serialize for View<'_, Observations> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_hidden {
            // No list: an empty one would say that nothing was ever seen.
            return serializer.serialize_none();
        }
        serializer.collect_seq(self.0.items.iter().map(View))
    }
}

impl Serialize for View<'_, Review> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("date", &self.0.date())?;
        map.serialize_entry("held", &self.0.held())?;
        map.serialize_entry("note", &self.0.note())?;
        map.end()
    }
}

impl Serialize for View<'_, Either<Text, WeighedOption>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let long;
        let option = match self.0 {
            Either::Long(option) => option,
            Either::Short(title) => {
                let (title, none) = (title.clone(), List::default());
                long = WeighedOption { title, pros: none.clone(), cons: none };
                &long
            }
        };
        View(option).serialize(serializer)
    }
}

impl Serialize for View<'_, Either<Id, Evidence>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Either::Short(id) => id.serialize(serializer),
            Either::Long(evidence) => View(evidence).serialize(serializer),
        }
    }
}

impl<T> Serialize for View<'_, Option<T>>
where
    for<'b> View<'b, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_ref().map(View).serialize(serializer)
    }
}

impl<T> Serialize for View<'_, List<T>>
where
    for<'b> View<'b, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(View))
    }
}

impl<T> Serialize for View<'_, Named<T>>
where
    for<'b> View<'b, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name.as_str(), View(value))))
    }
}

/// Values that have one way to be written.
macro_rules! values {
    ($($type:ty),+ $(,)?) => {
        $(impl Serialize for View<'_, $type> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        })+
    };
}

values! {
    Text, Date, Duration, Id, RightRef, Tag, Number, Count, Kind, bool, u32, String,
    AgreementStatus, AnswerDecision, Autonomy, Confidence, ConstraintStatus, ConstraintType, Control,
    DecisionStatus, Degree, Delegation, Direction, Driver, EvidenceKind, FeedbackRole, Judge, OutcomeVerdict,
    Paper, ProposalStatus, ReportDuty, Reversibility, Risk, ScopeStatus, Sign, Stance, Trigger, Verdict,
}
