//! The lines of a proposal on paper.

use serde::Serialize;

use crate::chart;
use crate::model::common::Direction;
use crate::text::{Duration, Number};
use crate::view::{
    AnswerLine, Card, DayKind, DayMark, EscalationLine, EvidenceLine, Level as LevelShown, MetricLine,
    MetricPicture, PersonLine, Picture, ProposalPage, RecordLine, SafeguardLine, TrialLine, WantLine,
};
use crate::words::{Phrase, Words, phrase};

/// How wide pictures are drawn: one stands beside the table, several in two columns below it.
const BESIDE: f64 = 250.0;
const BELOW: f64 = 310.0;

#[derive(Clone, Serialize)]
pub(super) struct Person<'a> {
    pub(super) name: &'a str,
    pub(super) role: Option<&'a str>,
    pub(super) team: Option<&'a str>,
    pub(super) note: Option<&'a str>,
}

#[derive(Clone, Serialize)]
pub(super) struct Want<'a> {
    pub(super) area: &'a str,
    pub(super) limits: Option<&'a str>,
    pub(super) from: Option<Level<'a>>,
    pub(super) to: Level<'a>,
}

#[derive(Clone, Serialize)]
pub(super) struct Level<'a> {
    /// From 1 to 7.
    pub(super) step: u8,
    /// Its name.
    pub(super) word: String,
    /// Who decides, as it is said to the manager.
    pub(super) said: &'a str,
}

#[derive(Clone, Serialize)]
pub(super) struct Evidence<'a> {
    pub(super) title: &'a str,
    /// What it is, how it turned out, and when.
    pub(super) about: Vec<String>,
    pub(super) note: Option<&'a str>,
    pub(super) link: Option<String>,
    pub(super) is_setback: bool,
}

#[derive(Clone, Serialize)]
pub(super) struct Measure<'a> {
    pub(super) name: &'a str,
    pub(super) unit: Option<&'a str>,
    pub(super) baseline: Option<String>,
    pub(super) target: Option<String>,
    pub(super) limit: Option<String>,
    pub(super) seen: Option<&'a str>,
}

#[derive(Clone, Serialize)]
pub(super) struct Trial<'a> {
    pub(super) title: &'a str,
    pub(super) link: Option<String>,
    pub(super) hypothesis: Option<&'a str>,
    pub(super) fallback: Option<&'a str>,
}

#[derive(Clone, Serialize)]
pub(super) struct Day<'a> {
    pub(super) is_review: bool,
    pub(super) name: &'a str,
    pub(super) date: String,
    pub(super) at: f64,
}

#[derive(Clone, Serialize)]
pub(super) struct Safeguard<'a> {
    pub(super) risk: &'a str,
    pub(super) mitigation: Option<&'a str>,
}

#[derive(Clone, Serialize)]
pub(super) struct Escalation<'a> {
    pub(super) trigger: &'a str,
    pub(super) to: &'a str,
    pub(super) within: Option<String>,
    pub(super) action: Option<&'a str>,
}

#[derive(Clone, Serialize)]
pub(super) struct Answer<'a> {
    pub(super) decision: String,
    pub(super) date: String,
    pub(super) note: Option<&'a str>,
}

pub(super) fn person<'a>(person: &PersonLine<'a>) -> Person<'a> {
    Person { name: person.name, role: person.role, team: person.team, note: person.note }
}

pub(super) fn wanted<'a>(want: &'a WantLine, words: &Words) -> Want<'a> {
    let level = |level: &'a LevelShown| Level {
        step: level.step,
        word: words.of("delegation", level.word.word()).to_owned(),
        said: &level.phrasing.manager,
    };
    Want { area: want.area, limits: want.limits, from: want.from.as_ref().map(level), to: level(&want.to) }
}

pub(super) fn evidence<'a>(line: &EvidenceLine<'a>, base: Option<&str>, words: &Words) -> Evidence<'a> {
    let kind = line.kind.map(|kind| words.of("kind", kind.word()).to_owned());
    let own = line.evidence.map(|kind| words.of("evidence", kind.word()).to_owned());
    let status = line.status.map(|status| words.of("status", status).to_owned());
    let date = line.date.map(|date| words.date(date));
    Evidence {
        title: line.title,
        about: [kind, own, status, date].into_iter().flatten().collect(),
        note: line.note,
        link: line.href.as_ref().and_then(|href| address(base, href)).or(line.link.map(str::to_owned)),
        is_setback: line.is_setback,
    }
}

/// The latest setback, which the evidence does not name.
pub(super) fn setback<'a>(card: &Card<'a>, base: Option<&str>, words: &Words) -> Evidence<'a> {
    Evidence {
        title: card.title,
        about: card.date.map(|date| words.date(date)).into_iter().collect(),
        note: card.summary,
        link: address(base, &card.href),
        is_setback: true,
    }
}

pub(super) fn measure<'a>(line: &'a MetricLine, words: &Words) -> Measure<'a> {
    let number = |number: Number| words.number(&number.to_string());
    let limit = line.limit.map(|limit| {
        let within = match line.direction {
            Some(Direction::Increase) => phrase!("pilot.at_least", limit = limit),
            _ => phrase!("pilot.at_most", limit = limit),
        };
        match line.allowed_breaches {
            0 => words.say(&within),
            times => words.say(&phrase!("paper.limit_but", limit = within, count = times)),
        }
    });
    Measure {
        name: &line.name,
        unit: line.unit.as_deref(),
        baseline: line.baseline.map(number),
        target: line.target.map(number),
        limit,
        seen: line.seen.as_deref(),
    }
}

pub(super) fn trial<'a>(line: &TrialLine<'a>, base: Option<&str>) -> Trial<'a> {
    Trial {
        title: line.card.title,
        link: address(base, &line.card.href),
        hypothesis: line.hypothesis,
        fallback: line.fallback,
    }
}

pub(super) fn day<'a>(mark: &DayMark, words: &'a Words) -> Day<'a> {
    let name = match mark.kind {
        DayKind::Starts => "paper.starts",
        DayKind::Review => "paper.review",
        DayKind::Ends => "paper.ends",
    };
    Day {
        is_review: mark.kind == DayKind::Review,
        name: words.text(name),
        date: words.date(mark.date),
        at: mark.at,
    }
}

pub(super) fn safeguard(line: &SafeguardLine) -> Safeguard<'_> {
    Safeguard { risk: &line.risk, mitigation: line.mitigation.as_deref() }
}

pub(super) fn escalation<'a>(line: &'a EscalationLine, words: &Words) -> Escalation<'a> {
    let within = |time| match time {
        Duration::Days(count) => phrase!("paper.within_days", count = u32::from(count)),
        Duration::Weeks(count) => phrase!("paper.within_weeks", count = u32::from(count)),
        Duration::Months(count) => phrase!("paper.within_months", count = u32::from(count)),
    };
    Escalation {
        trigger: &line.trigger,
        to: &line.to,
        within: line.within.map(|time| words.say(&within(time))),
        action: line.action.as_deref(),
    }
}

pub(super) fn answer<'a>(line: &AnswerLine<'a>, words: &Words) -> Answer<'a> {
    Answer {
        decision: words.of("status", line.decision.word()).to_owned(),
        date: words.date(line.date),
        note: line.note,
    }
}

pub(super) fn counted(record: &RecordLine, words: &Words) -> String {
    let parts = [
        (record.as_expected, phrase!("paper.as_expected", count = record.as_expected)),
        (record.mixed, phrase!("paper.mixed", count = record.mixed)),
        (record.setbacks, phrase!("paper.setbacks", count = record.setbacks)),
        (record.adopted, phrase!("paper.adopted", count = record.adopted)),
        (record.undecided, phrase!("paper.undecided", count = record.undecided)),
        (record.reverted, phrase!("paper.reverted", count = record.reverted)),
    ];
    let said: Vec<Phrase> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
    words.say(&phrase!("paper.so_far", list = said))
}

/// The address of a page of the site, if it is known where the site is published.
fn address(base: Option<&str>, href: &str) -> Option<String> {
    Some(format!("{}/{}", base?.trim_end_matches('/'), href.trim_end_matches("index.html")))
}

/// The measures over time.
pub(super) fn pictures(page: &ProposalPage, words: &Words) -> Vec<Picture> {
    let width = if page.pictures.len() == 1 { BESIDE } else { BELOW };
    let drawn = |(place, picture): (usize, &MetricPicture)| {
        let picture = picture.clone().small();
        let id = format!("measure-{place}");
        let svg = picture.svg(&chart::Sheet { width, ..chart::Sheet::narrow(&id, words) })?;
        Some(Picture { title: picture.title(), words: picture.description(), svg, narrow: None })
    };
    (1..).zip(&page.pictures).filter_map(drawn).collect()
}
