//! A proposal on paper: its view, said in the words of the portfolio's language, and fitted on one page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Fault, Fitted, Job, Typesetter, one_page};
use crate::model::Config;
use crate::model::common::Direction;
use crate::model::config::Paper;
use crate::model::proposal::ProposalStatus;
use crate::text::{Date, Duration, Number, Text};
use crate::view::{DayKind, EvidenceLine, MetricLine, PersonLine, ProposalPage, RecordLine};
use crate::words::{Phrase, Words, phrase};

/// The Typst file that shows it.
const FILE: &str = "paper/proposal.typ";

/// How a proposal is put on paper.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The portfolio, as far as the reader may see it.
    pub config: &'a Config,
    /// The words of the interface.
    pub words: &'a Words,
    /// Whether the reader is the writer, who sees all.
    pub is_for_me: bool,
    /// The size of the page; else the portfolio's.
    pub paper: Option<Paper>,
    /// Whether it may be longer than one page.
    pub may_overflow: bool,
}

/// Puts a proposal on one page.
///
/// # Errors
/// [`Fault::Overflow`] when it is too long and may not be; else what is wrong with the theme, or the character that
/// no font has.
pub fn proposal(typesetter: &Typesetter, page: &ProposalPage, setting: &Setting) -> Result<Fitted, Fault> {
    let sheet = Sheet::new(page, setting);
    let fitted = one_page(typesetter, &Job { file: FILE, page: &sheet, date: None }, setting.may_overflow);
    fitted.map_err(|fault| match fault {
        // The view knows the whole sentence, where the layout knows a few letters of one script.
        Fault::Character { .. } => lacking(typesetter, page).unwrap_or(fault),
        fault => fault,
    })
}

/// What keeps a view from being put on paper: a character that no font has.
pub fn lacking<T: Serialize + ?Sized>(typesetter: &Typesetter, page: &T) -> Option<Fault> {
    fn texts<'v>(value: &'v serde_json::Value, found: &mut Vec<&'v str>) {
        match value {
            serde_json::Value::String(text) => found.push(text),
            serde_json::Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
            serde_json::Value::Object(fields) => fields.values().for_each(|item| texts(item, found)),
            _ => {}
        }
    }
    let value = serde_json::to_value(page).expect("views always serialise");
    let mut all = Vec::new();
    texts(&value, &mut all);
    all.into_iter().find_map(|text| {
        let character = typesetter.lacks(text)?;
        Some(Fault::Character { character, within: super::fault::excerpt(text, text.find(character)?) })
    })
}

/// The words that the Typst file uses, by the names that it has for them.
const WORDS: &[(&str, &str)] = &[
    ("proposal", "paper.proposal"),
    ("from", "label.from"),
    ("to", "label.to"),
    ("answer_needed_by", "label.answer_needed_by"),
    ("ask", "paper.ask"),
    ("decisions", "part.decisions_i_ask_for"),
    ("decision", "column.decision"),
    ("level", "column.level"),
    ("said_to_you", "paper.said_to_you"),
    ("benefits", "paper.why"),
    ("record", "page.track-record"),
    ("latest_setback", "paper.latest_setback"),
    ("metrics", "part.how_we_will_see_whether_it_works"),
    ("metric", "paper.measure"),
    ("baseline", "paper.today"),
    ("target", "label.target"),
    ("stop", "paper.stop_limit"),
    ("seen", "paper.seen"),
    ("trial", "paper.trial"),
    ("reviews", "part.reviews"),
    ("fallback", "paper.if_it_fails"),
    ("safeguards", "paper.safeguards"),
    ("escalations", "part.who_is_told_when"),
    ("boundaries", "part.what_i_will_not_decide_without_you"),
    ("alternatives", "part.the_smaller_step_i_would_also_accept"),
    ("allies", "part.in_favour"),
    ("answer", "part.answer"),
    ("yes", "paper.yes"),
    ("no", "paper.no"),
    ("otherwise", "paper.otherwise"),
    ("date", "column.date"),
];

/// What `data.json` holds: everything as it is to be read.
#[derive(Serialize)]
struct Sheet<'a> {
    paper: Paper,
    language: Language<'a>,
    words: BTreeMap<&'static str, &'a str>,
    title: &'a str,
    status: String,
    date: Option<String>,
    scope: Option<&'a str>,
    from: Person<'a>,
    to: Vec<Person<'a>>,
    decision_needed_by: Option<String>,
    ask: &'a str,
    wants: Vec<Want<'a>>,
    benefits: Vec<&'a str>,
    record: Option<String>,
    record_note: Option<&'a str>,
    latest_setback: Option<Evidence<'a>>,
    evidence: Vec<Evidence<'a>>,
    metrics: Vec<Measure<'a>>,
    trial: Option<Trial<'a>>,
    days: Vec<Day<'a>>,
    safeguards: Vec<Safeguard<'a>>,
    escalations: Vec<Escalation<'a>>,
    boundaries: Vec<&'a str>,
    alternatives: Option<&'a str>,
    allies: Vec<Person<'a>>,
    answer: Option<Answer<'a>>,
    signatures: Vec<&'a str>,
}

#[derive(Serialize)]
struct Language<'a> {
    /// As `en`.
    code: &'a str,
    /// As `AT`.
    region: Option<&'a str>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    role: Option<&'a str>,
    team: Option<&'a str>,
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Want<'a> {
    area: &'a str,
    limits: Option<&'a str>,
    from: Option<Level<'a>>,
    to: Level<'a>,
}

#[derive(Serialize)]
struct Level<'a> {
    /// From 1 to 7.
    step: u8,
    /// Its name.
    word: String,
    /// Who decides, as it is said to the manager.
    said: &'a str,
}

#[derive(Serialize)]
struct Evidence<'a> {
    title: &'a str,
    /// What it is, how it turned out, and when.
    about: Vec<String>,
    note: Option<&'a str>,
    link: Option<String>,
    is_setback: bool,
}

#[derive(Serialize)]
struct Measure<'a> {
    name: &'a str,
    unit: Option<&'a str>,
    baseline: Option<String>,
    target: Option<String>,
    limit: Option<String>,
    seen: Option<String>,
}

#[derive(Serialize)]
struct Trial<'a> {
    title: &'a str,
    link: Option<String>,
    hypothesis: Option<&'a str>,
    fallback: Option<&'a str>,
}

#[derive(Serialize)]
struct Day<'a> {
    is_review: bool,
    name: &'a str,
    date: String,
    at: f64,
}

#[derive(Serialize)]
struct Safeguard<'a> {
    risk: &'a str,
    mitigation: Option<&'a str>,
}

#[derive(Serialize)]
struct Escalation<'a> {
    trigger: &'a str,
    to: &'a str,
    within: Option<String>,
    action: Option<&'a str>,
}

#[derive(Serialize)]
struct Answer<'a> {
    decision: String,
    date: String,
    note: Option<&'a str>,
}

impl<'a> Sheet<'a> {
    fn new(page: &'a ProposalPage<'a>, setting: &Setting<'a>) -> Self {
        let config = setting.config;
        let words = setting.words;
        let date = |date: Option<Date>| date.map(|date| words.date(date));
        let base = config.base_url.as_deref();
        let language = config.language.as_deref().unwrap_or("en");
        let (code, rest) = language.split_once('-').unwrap_or((language, ""));
        let is_region = rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_alphabetic());
        let record = page.record.as_ref();
        let latest_setback = record.and_then(|record| record.latest_setback.as_ref());
        Self {
            paper: setting.paper.or(config.paper).unwrap_or(Paper::A4),
            language: Language { code, region: is_region.then_some(rest) },
            words: WORDS.iter().map(|(name, key)| (*name, words.text(key))).collect(),
            title: page.card.title,
            status: words.of("status", page.status.word()).to_owned(),
            date: date(page.card.date),
            scope: page.scope.as_ref().map(|scope| scope.title),
            from: person(&page.from),
            to: page.to.iter().map(person).collect(),
            decision_needed_by: date(page.decision_needed_by).filter(|_| page.is_open),
            ask: page.ask,
            wants: page.wants.iter().map(|want| wanted(want, words)).collect(),
            benefits: page.benefits.iter().map(Text::as_str).collect(),
            record: record.map(|record| counted(record, words)),
            record_note: (record.is_some() && !setting.is_for_me).then(|| words.text("paper.this_copy")),
            latest_setback: latest_setback.map(|card| Evidence {
                title: card.title,
                about: date(card.date).into_iter().collect(),
                note: card.summary,
                link: address(base, &card.href),
                is_setback: true,
            }),
            evidence: page.evidence.iter().map(|line| evidence(line, base, words)).collect(),
            metrics: page.metrics.iter().map(|line| measure(line, words)).collect(),
            trial: page.trial.as_ref().map(|trial| Trial {
                title: trial.card.title,
                link: address(base, &trial.card.href),
                hypothesis: trial.hypothesis,
                fallback: trial.fallback,
            }),
            days: page
                .days
                .iter()
                .map(|day| Day {
                    is_review: day.kind == DayKind::Review,
                    name: words.text(match day.kind {
                        DayKind::Starts => "paper.starts",
                        DayKind::Review => "paper.review",
                        DayKind::Ends => "paper.ends",
                    }),
                    date: words.date(day.date),
                    at: day.at,
                })
                .collect(),
            safeguards: page
                .safeguards
                .iter()
                .map(|it| Safeguard { risk: &it.risk, mitigation: it.mitigation.as_deref() })
                .collect(),
            escalations: page
                .escalations
                .iter()
                .map(|it| Escalation {
                    trigger: &it.trigger,
                    to: &it.to,
                    within: it.within.map(|time| words.say(&within(time))),
                    action: it.action.as_deref(),
                })
                .collect(),
            boundaries: page.boundaries.iter().map(Text::as_str).collect(),
            alternatives: page.alternatives,
            allies: page.allies.iter().map(person).collect(),
            answer: page.answer.as_ref().map(|answer| Answer {
                decision: words.of("status", answer.decision.word()).to_owned(),
                date: words.date(answer.date),
                note: answer.note,
            }),
            signatures: signatures(page),
        }
    }
}

/// Both names: who asks, and whoever is asked; none where the answer is in and there is nothing to sign.
fn signatures<'a>(page: &ProposalPage<'a>) -> Vec<&'a str> {
    let is_over = matches!(page.status, ProposalStatus::Declined | ProposalStatus::Withdrawn);
    if is_over {
        return Vec::new();
    }
    std::iter::once(&page.from).chain(&page.to).map(|person| person.name).collect()
}

fn person<'a>(person: &PersonLine<'a>) -> Person<'a> {
    Person { name: person.name, role: person.role, team: person.team, note: person.note }
}

fn wanted<'a>(want: &'a crate::view::WantLine, words: &Words) -> Want<'a> {
    let level = |level: &'a crate::view::Level| Level {
        step: level.step,
        word: words.of("delegation", level.word.word()).to_owned(),
        said: &level.phrasing.manager,
    };
    Want { area: want.area, limits: want.limits, from: want.from.as_ref().map(level), to: level(&want.to) }
}

fn evidence<'a>(line: &EvidenceLine<'a>, base: Option<&str>, words: &Words) -> Evidence<'a> {
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

fn measure<'a>(line: &'a MetricLine, words: &Words) -> Measure<'a> {
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
        seen: line.seen.as_deref().map(|digits| words.number(digits)),
    }
}

fn within(time: Duration) -> Phrase {
    match time {
        Duration::Days(count) => phrase!("paper.within_days", count = u32::from(count)),
        Duration::Weeks(count) => phrase!("paper.within_weeks", count = u32::from(count)),
        Duration::Months(count) => phrase!("paper.within_months", count = u32::from(count)),
    }
}

fn counted(record: &RecordLine, words: &Words) -> String {
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
