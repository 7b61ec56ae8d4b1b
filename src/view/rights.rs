//! The map of decision rights: who decides what now, who should, and how it came to be.

use serde::Serialize;

use super::card::{Card, text};
use super::figure::Figure;
use super::site::Site;
use super::words::Level;
use crate::changes::{Path, PathStep, key};
use crate::evaluate::agreements::Agreements;
use crate::evaluate::delegation::Names;
use crate::evaluate::rights::{Event, Happening, RightStatus, rights};
use crate::model::common::{Delegation, Reversibility};
use crate::model::pilot::Verdict;
use crate::model::scope::{DecisionRight, ReportDuty};
use crate::model::tree::ToTree;
use crate::model::{Entry, Scope};
use crate::text::{Date, Id};

/// The map.
///
/// Whether an agreement still holds depends on there being no later one, and what others see may lack it. A
/// mark on an agreement whose successor is hidden would tell that there is one. So others are shown what was
/// agreed and when, which stays true whatever came later, and not what would follow from nothing later being
/// there: their pages speak of the newest agreement *in this copy*, and name no drift.
#[derive(Serialize)]
pub struct RightsPage<'a> {
    /// The seven levels.
    pub levels: Vec<Level>,
    /// All areas as a picture, if they are not too many for one.
    pub figure: Option<Figure>,
    /// The areas of every scope that has any.
    pub scopes: Vec<ScopeRights<'a>>,
    /// How many rights are not at the level last agreed; always none for others than me.
    pub drifting: usize,
    /// Agreements whose last day has passed, with none to be seen in their place.
    pub expired: Vec<ExpiredAgreement<'a>>,
}

/// The areas of a scope.
#[derive(Serialize)]
pub struct ScopeRights<'a> {
    /// The scope.
    pub scope: Card<'a>,
    /// Its areas in the order of the file.
    pub rights: Vec<RightLine<'a>>,
}

/// One area in which decisions fall.
#[derive(Serialize)]
pub struct RightLine<'a> {
    /// Where on the page it is.
    pub anchor: String,
    /// What is decided.
    pub area: &'a str,
    /// Who decides now.
    pub now: Level,
    /// Who should decide.
    pub wanted: Option<Level>,
    /// Whether such a decision can be taken back.
    pub reversibility: Option<Reversibility>,
    /// When the manager is told.
    pub report: Option<ReportDuty>,
    /// How far the right goes.
    pub limits: Option<&'a str>,
    /// The newest agreement that grants it and is not known to have ended.
    pub granted: Option<GrantLine<'a>>,
    /// The level that was agreed, where the scope names another; only for me.
    pub drift: Option<Delegation>,
    /// Since when the scope says so, as far as the history tells.
    pub drift_since: Option<DriftSince>,
    /// What agreements and pilots did to it, the oldest first.
    pub history: Vec<HistoryLine<'a>>,
    /// The decisions that used it.
    pub decisions: Vec<Card<'a>>,
}

/// Since when a scope says something else than was agreed.
#[derive(Serialize)]
pub struct DriftSince {
    /// The day; `None` if it is not committed yet.
    pub date: Option<Date>,
    /// The first digits of the commit.
    pub commit: Option<String>,
}

/// An agreement that grants a right.
#[derive(Serialize)]
pub struct GrantLine<'a> {
    /// The agreement.
    pub agreement: Card<'a>,
    /// The level it grants.
    pub to: Delegation,
}

/// Something that happened to a right.
#[derive(Serialize)]
pub struct HistoryLine<'a> {
    /// The day, if it is written down.
    pub date: Option<Date>,
    /// What happened, in words.
    pub what: &'a str,
    /// The verdict, if a pilot was concluded.
    pub verdict: Option<Verdict>,
    /// The level before, if it is written down.
    pub from: Option<Delegation>,
    /// The level afterwards or the level that was tried; `None` where something ended.
    pub to: Option<Delegation>,
    /// The agreement or pilot that tells it.
    pub entry: Option<Card<'a>>,
}

/// An agreement that ran out.
#[derive(Serialize)]
pub struct ExpiredAgreement<'a> {
    /// The agreement.
    pub agreement: Card<'a>,
    /// Its last day, if it is written down.
    pub on: Option<Date>,
}

impl<'a> Site<'a> {
    /// What the map of decision rights shows.
    pub fn rights_page(&self) -> RightsPage<'a> {
        let portfolio = self.portfolio();
        let names = Names::of(&portfolio.config);
        let mut scopes: Vec<(&Entry<Scope>, Vec<RightLine>)> = Vec::new();
        for right in rights(portfolio, self.today()) {
            let line = self.right_line(&right, names);
            match scopes.last_mut().filter(|(scope, _)| scope.id() == right.scope.id()) {
                Some((_, lines)) => lines.push(line),
                None => scopes.push((right.scope, vec![line])),
            }
        }
        // What rests or was given up stands below.
        scopes.sort_by_key(|(scope, _)| scope.status);
        let drifting = scopes.iter().flat_map(|(_, lines)| lines).filter(|line| line.drift.is_some()).count();
        let expired = Agreements::new(portfolio, self.today());
        let drawn: Vec<&Entry<Scope>> = scopes.iter().map(|(scope, _)| *scope).collect();
        RightsPage {
            figure: self.rights_figure(&drawn),
            levels: Delegation::ALL.iter().map(|level| Level::new(names, *level, self.words())).collect(),
            scopes: scopes
                .into_iter()
                .map(|(scope, rights)| ScopeRights { scope: self.card(&scope.header), rights })
                .collect(),
            drifting,
            expired: expired
                .expired()
                .map(|(agreement, on)| ExpiredAgreement { agreement: self.card(&agreement.header), on })
                .collect(),
        }
    }

    fn right_line(&self, status: &RightStatus<'a>, names: Names) -> RightLine<'a> {
        let RightStatus { scope, right, .. } = status;
        let drift = status.drift().filter(|_| self.redacted().is_for_me());
        RightLine {
            // Ids hold no dots, so that no two areas share an anchor.
            anchor: match &status.reference {
                Some(reference) => format!("{}.{}", scope.id(), reference.right),
                None => format!("{}..{}", scope.id(), status.index + 1),
            },
            area: &right.area,
            now: Level::new(names, right.delegation, self.words()),
            wanted: right.wanted.map(|wanted| Level::new(names, wanted, self.words())),
            reversibility: right.reversibility,
            report: right.report,
            limits: text(right.limits.as_ref()),
            granted: status
                .granted
                .map(|grant| GrantLine { agreement: self.card(&grant.agreement.header), to: grant.shift.to }),
            drift: drift.map(|drift| drift.agreed),
            drift_since: drift.and_then(|_| self.level_since(scope.id(), right)),
            history: status.history.iter().map(|event| self.history_line(event)).collect(),
            decisions: self.cards_of(status.decisions.iter().copied()),
        }
    }

    /// Since when a scope has named the level of a right; `None` where the history does not tell.
    fn level_since(&self, scope: &Id, right: &DecisionRight) -> Option<DriftSince> {
        let path = Path::field("decision_rights").then(PathStep::Item(key(&right.tree())));
        let path = path.then(PathStep::Field("delegation".into()));
        let log = self.log().entries.get(scope)?;
        let moment = log.since(&path)?;
        // Before the beginning of a shallow clone it may have been the same.
        let is_told = !(log.is_cut_off && log.begin() == Some(moment));
        is_told.then(|| DriftSince {
            date: moment.date,
            commit: moment.commit.as_ref().map(|facts| facts.id.short()),
        })
    }

    fn history_line(&self, event: &Event<'a>) -> HistoryLine<'a> {
        let (what, verdict, moves) = match event.what {
            Happening::Tried => ("history.tried_out", None, true),
            Happening::Concluded(verdict) => ("history.trial_concluded", Some(verdict), false),
            Happening::Agreed => ("history.agreed", None, true),
            // The day is written in the agreement itself; that nothing followed would be a claim.
            Happening::Expired if event.date.is_some() => ("history.last_day_of_the_agreement", None, false),
            Happening::Expired => ("history.agreement_ran_out", None, false),
            Happening::Withdrawn => ("history.agreement_taken_back", None, false),
            Happening::Superseded => ("history.replaced_by_a_later_agreement", None, false),
        };
        HistoryLine {
            date: event.date,
            what: self.words().text(what),
            verdict,
            from: event.from.filter(|_| moves),
            to: moves.then_some(event.to),
            entry: self.card_of(event.entry),
        }
    }
}
