//! What changed over time, as pages tell it: by day and scope, and entry by entry.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::card::Card;
use super::parts;
use super::site::Site;
use super::version_text::version_text;
use crate::changes::{Change, CommitFacts, Moment, Nature, Path, Span, Step};
use crate::model::{Header, Kind};
use crate::text::{Date, Id};

/// How many changes the first page of changes shows, in whole days.
const ON_FIRST_PAGE: usize = 80;

/// How many changes of one version a list shows.
pub(super) const PER_STEP: usize = 8;

/// Changes, day by day.
#[derive(Serialize)]
pub struct ChangesPage<'a> {
    /// What the page is about: a month, in words; nothing of the first page.
    pub month: Option<&'a str>,
    /// The days, newest first.
    pub days: Vec<DayView<'a>>,
    /// All months in which something changed, newest first; none where one page holds all.
    pub months: Vec<MonthLink<'a>>,
    /// Whether the history is cut off somewhere.
    pub is_cut_off: bool,
}

/// What changed on one day.
#[derive(Serialize)]
pub struct DayView<'a> {
    /// The day; `None` of what is not committed yet.
    pub date: Option<Date>,
    /// The same by scope.
    pub groups: Vec<GroupView<'a>>,
}

/// What changed in one scope.
#[derive(Serialize)]
pub struct GroupView<'a> {
    /// The scope; `None` for what belongs to none.
    pub scope: Option<Card<'a>>,
    /// The entries.
    pub steps: Vec<StepView<'a>>,
}

/// What one commit did to one entry.
#[derive(Serialize)]
pub struct StepView<'a> {
    /// The entry, if it is still there.
    pub card: Option<Card<'a>>,
    /// What it was called.
    pub title: String,
    /// Its kind; `None` for the portfolio itself.
    pub kind: Option<Kind>,
    /// The day; `None` if it is not committed yet.
    pub date: Option<Date>,
    /// What changed.
    pub lines: Vec<LineView>,
    /// Whether the first of it says that the entry is new, and nothing that its title does not say.
    pub is_new: bool,
    /// How many more changes there are.
    pub more: usize,
    /// Where the text of that version stands, seen from the root of the site.
    pub text: Option<String>,
    /// What that place is called within its page.
    pub anchor: Option<String>,
    /// The text itself, on the page where it stands.
    pub whole: Option<String>,
    /// Whether it carries a signature, which nobody verified.
    pub is_signed: bool,
    /// Whether somebody gave the commit a name.
    pub is_tagged: bool,
    /// What is told of the commit to the writer alone.
    pub commit: Option<CommitView>,
}

/// What is told of a commit to the writer alone.
#[derive(Serialize)]
pub struct CommitView {
    /// The first digits of its hash.
    pub id: String,
    /// Who made it.
    pub author: String,
    /// What they said of it.
    pub subject: String,
}

/// One change in a sentence.
#[derive(Serialize)]
pub struct LineView {
    /// The sentence.
    pub text: String,
    /// `added`, `removed`, `renamed` or `changed`.
    pub change: &'static str,
    /// The field.
    pub path: String,
    /// Of a long text: what went and what came.
    pub words: Vec<SpanView>,
}

/// A piece of a compared text.
#[derive(Serialize)]
pub struct SpanView {
    /// `same`, `removed`, `added` or `gap`.
    pub kind: &'static str,
    /// The words; none of a gap.
    pub text: String,
}

/// A month in the list of all.
#[derive(Serialize)]
pub struct MonthLink<'a> {
    /// The month, as `2026-03`.
    pub month: &'a str,
    /// The same in words.
    pub label: &'a str,
    /// Its page, seen from the root of the site.
    pub href: &'a str,
    /// How many changes there were: on the first page alone, so that those of past months stay as they are.
    pub count: Option<usize>,
}

/// A month in which something changed.
pub(super) struct MonthLine<'a> {
    /// The month, as `2026-03`.
    pub(super) month: String,
    /// The same in words.
    pub(super) label: String,
    /// Its page, seen from the root of the site.
    pub(super) href: String,
    /// Its versions, newest first.
    pub(super) steps: Vec<&'a Step>,
}

/// What changed for a reader since they last looked at it together with the writer.
#[derive(Serialize)]
pub struct SinceReview<'a> {
    /// The check-in or the agreement.
    pub entry: Card<'a>,
    /// Its day.
    pub date: Date,
    /// What changed since, newest first.
    pub steps: Vec<StepView<'a>>,
    /// How many entries changed.
    pub entries: usize,
    /// How many of them are not among those that are shown.
    pub more: usize,
    /// Whether the history is cut off somewhere, so that what is called new may be older.
    pub is_cut_off: bool,
}

impl<'a> Site<'a> {
    /// The months in which something changed, newest first, with the number of changes.
    pub(super) fn months_of_changes(&self) -> &[MonthLine<'a>] {
        self.months_of_changes.get_or_init(|| {
            let mut months: BTreeMap<Date, Vec<&Step>> = BTreeMap::new();
            for step in by_day(self.log().steps()) {
                if let Some(first) = step.moment.date.and_then(first_of_month) {
                    months.entry(first).or_default().push(step);
                }
            }
            let line = |(first, steps): (Date, Vec<&'a Step>)| {
                let month = first.to_string()[..7].to_owned();
                let href = format!("changes/{month}/index.html");
                MonthLine { month, label: self.words().month(first), href, steps }
            };
            months.into_iter().rev().map(line).collect()
        })
    }

    /// The months that have a page of their own: none where the first page holds everything.
    pub(super) fn paged_months(&self) -> &[MonthLine<'a>] {
        let have_pages = self.months_have_pages.get_or_init(|| {
            let all = by_day(self.log().steps());
            whole_days(&all).len() < all.len()
        });
        if *have_pages { self.months_of_changes() } else { &[] }
    }

    /// What the first page of changes shows, or that of a month.
    pub fn changes_page<'s>(&'s self, month: Option<&str>) -> ChangesPage<'s> {
        let line = month.and_then(|month| self.months_of_changes().iter().find(|line| line.month == month));
        let shown: Vec<&Step> = match line {
            None => whole_days(&by_day(self.log().steps())).to_vec(),
            Some(line) => line.steps.clone(),
        };
        let mut days: Vec<DayView> = Vec::new();
        for of_day in shown.chunk_by(|a, b| a.moment.date == b.moment.date) {
            let mut groups: BTreeMap<Option<&Id>, Vec<StepView>> = BTreeMap::new();
            for step in of_day {
                let scope = self.entry_of(step).and_then(|entry| self.belonging().of(entry).first().copied());
                groups.entry(scope).or_default().push(self.step(step, PER_STEP, Detail::Lines));
            }
            let mut groups: Vec<GroupView> = groups
                .into_iter()
                .map(|(scope, steps)| GroupView { scope: scope.and_then(|id| self.card_of(id)), steps })
                .collect();
            // What belongs to no scope comes last.
            groups.sort_by_key(|group| group.scope.is_none());
            days.push(DayView { date: of_day[0].moment.date, groups });
        }
        let count = |line: &MonthLine| line.steps.iter().map(|step| step.changes.len()).sum();
        let link = |of: &'s MonthLine| MonthLink {
            month: &of.month,
            label: &of.label,
            href: &of.href,
            count: line.is_none().then(|| count(of)),
        };
        let months = self.paged_months().iter().map(link).collect();
        ChangesPage {
            month: line.map(|line| line.label.as_str()),
            days,
            months,
            is_cut_off: self.is_cut_off(),
        }
    }

    /// Whether the history is cut off somewhere.
    pub(super) fn is_cut_off(&self) -> bool {
        self.log().entries.values().any(|log| log.is_cut_off)
    }

    /// The entry that a version belongs to, by the id that it has today, if it is still there.
    pub(super) fn entry_of(&self, step: &'a Step) -> Option<&'a Id> {
        let moved = self.moved_on.get_or_init(|| {
            let logs = self.log().entries.iter();
            let steps = logs.flat_map(|(id, log)| log.steps.iter().map(move |step| (&**step, id)));
            let moved = steps.filter(|(step, id)| id_then(step).is_some_and(|then| then != *id));
            let moved = moved.map(|(step, id)| (address_of(step), Some(id)));
            // Of an entry that is gone, the id may be another's today.
            let gone = self.log().removed.iter().flat_map(|log| &log.steps);
            let is_taken = |step: &&Arc<Step>| {
                id_then(step).is_some_and(|id| self.portfolio().header(id.as_str()).is_some())
            };
            moved.chain(gone.filter(is_taken).map(|step| (address_of(step), None))).collect()
        });
        moved.get(&address_of(step)).copied().unwrap_or_else(|| id_then(step))
    }

    /// What one commit did to one entry, with so many of the changes.
    pub(super) fn step(&self, step: &'a Step, most: usize, detail: Detail) -> StepView<'a> {
        let first = step.changes.first();
        let entry = self.entry_of(step);
        let in_full = detail == Detail::All;
        let lines = step.changes.iter().take(most).map(|change| self.line(change, in_full)).collect();
        let moment = &step.moment;
        let card = entry.and_then(|id| self.card_of(id));
        let is_new = first.zip(card.as_ref()).is_some_and(|(change, card)| {
            change.nature == Nature::Added && change.path == Path::default() && change.title == card.title
        });
        StepView {
            card,
            is_new,
            title: first.map(|change| change.title.clone()).unwrap_or_default(),
            kind: first.and_then(|change| change.kind),
            date: moment.date,
            lines,
            more: step.changes.len().saturating_sub(most),
            text: entry.and_then(|id| self.version_path(id, step)),
            anchor: step.name.as_deref().map(parts::anchor),
            whole: if in_full { step.snapshot().map(version_text) } else { None },
            is_signed: moment.is_signed,
            is_tagged: moment.is_tagged,
            commit: commit(moment),
        }
    }

    pub(super) fn line(&self, change: &Change, with_words: bool) -> LineView {
        let words = if with_words { change.words().unwrap_or_default() } else { Vec::new() };
        LineView {
            text: self.words().say(&change.meaning.with_names(&|name| self.name_of(name))),
            change: change.nature.word(),
            path: change.path.to_string(),
            words: words.into_iter().map(span).collect(),
        }
    }

    /// What changed since the reader and the writer last looked at it together: since the last check-in with
    /// them, or the last agreement that they see. For the writer: since the last with anybody.
    pub(super) fn since_review(&self) -> Option<SinceReview<'_>> {
        let portfolio = self.portfolio();
        let reader = self.redacted().reader().name();
        let is_past = |header: &&Header| header.date().is_some_and(|date| date <= self.today());
        let check_ins = portfolio.check_ins.iter().filter(|check_in| {
            self.redacted().is_for_me() || check_in.with.iter().any(|with| with.as_str() == reader)
        });
        let agreements = portfolio.agreements.iter().filter(|agreement| {
            use crate::model::agreement::AgreementStatus::Draft;
            agreement.status.is_some_and(|status| status != Draft)
        });
        let headers = check_ins.map(|it| &*it.header).chain(agreements.map(|it| &*it.header));
        let last =
            headers.filter(is_past).max_by_key(|header| (header.date(), std::cmp::Reverse(&header.id)))?;
        let date = last.date()?;
        let steps = self.log().after(date);
        if steps.is_empty() {
            return None;
        }
        let (shown, rest) = steps.split_at(steps.len().min(ON_HOME));
        let entries =
            |steps: &[&'a Step]| -> BTreeSet<_> { steps.iter().map(|it| self.entry_of(it)).collect() };
        let (told, others) = (entries(shown), entries(rest));
        Some(SinceReview {
            entry: self.card(last),
            date,
            steps: shown.iter().map(|step| self.step(step, 3, Detail::Lines)).collect(),
            entries: told.union(&others).count(),
            more: others.difference(&told).count(),
            is_cut_off: self.is_cut_off(),
        })
    }
}

/// The id that the entry of a version had then.
fn id_then(step: &Step) -> Option<&Id> {
    step.changes.first()?.entry.as_ref()
}

/// Tells a version from all others.
fn address_of(step: &Step) -> usize {
    std::ptr::from_ref(step).addr()
}

/// Versions in the order of their days, newest first: a commit that was moved may stand on top of a younger one.
fn by_day(mut steps: Vec<&Step>) -> Vec<&Step> {
    steps.sort_by_key(|step| Reverse((step.moment.date.is_none(), step.moment.date)));
    steps
}

/// How many entries the start page tells of.
const ON_HOME: usize = 8;

/// How much a page tells of a version.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// What changed, a sentence for each.
    Lines,
    /// The words that went and came as well, and the whole text.
    All,
}

/// As many steps as the first page shows: whole days, at least one.
fn whole_days<'s, 'l>(steps: &'s [&'l Step]) -> &'s [&'l Step] {
    let mut changes = 0;
    let mut end = 0;
    for day in steps.chunk_by(|a, b| a.moment.date == b.moment.date) {
        if end > 0 && changes >= ON_FIRST_PAGE {
            break;
        }
        changes += day.iter().map(|step| step.changes.len().min(PER_STEP)).sum::<usize>();
        end += day.len();
    }
    &steps[..end]
}

fn first_of_month(date: Date) -> Option<Date> {
    let civil = date.civil();
    Date::new(civil.year(), civil.month(), 1)
}

fn commit(moment: &Moment) -> Option<CommitView> {
    let CommitFacts { id, author, subject } = moment.commit.as_ref()?;
    Some(CommitView { id: id.short(), author: author.to_string(), subject: subject.clone() })
}

fn span(span: Span) -> SpanView {
    match span {
        Span::Same(text) => SpanView { kind: "same", text },
        Span::Removed(text) => SpanView { kind: "removed", text },
        Span::Added(text) => SpanView { kind: "added", text },
        Span::Gap => SpanView { kind: "gap", text: String::new() },
    }
}
