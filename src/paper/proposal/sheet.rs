//! All that the Typst file of a proposal is given: everything as it is to be read.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Setting;
use super::lines::{
    Answer, Day, Escalation, Evidence, Measure, Person, Safeguard, Trial, Want, answer, counted, day,
    escalation, evidence, measure, person, pictures, safeguard, setback, trial, wanted,
};
use crate::model::Config;
use crate::model::config::Paper;
use crate::model::proposal::ProposalStatus;
use crate::text::{Date, Text};
use crate::view::{Picture, ProposalPage};

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
    ("comma", "paper.comma"),
    ("colon", "paper.colon"),
    ("open", "paper.open"),
    ("close", "paper.close"),
];

/// What `data.json` holds: everything as it is to be read.
#[derive(Clone, Serialize)]
pub(super) struct Sheet<'a> {
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
    pictures: Vec<Picture>,
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

#[derive(Clone, Serialize)]
struct Language<'a> {
    /// As `en`.
    code: &'a str,
    /// As `AT`.
    region: Option<&'a str>,
}

impl<'a> Language<'a> {
    fn of(config: &'a Config) -> Self {
        let language = config.language.as_deref().unwrap_or("en");
        let (code, rest) = language.split_once('-').unwrap_or((language, ""));
        // What stands behind may also be a script: `zh-Hans`.
        let is_region = rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_alphabetic());
        Self { code, region: is_region.then_some(rest) }
    }
}

impl<'a> Sheet<'a> {
    /// Says a proposal in the words of the portfolio's language.
    pub(super) fn new(page: &'a ProposalPage<'a>, setting: &Setting<'a>) -> Self {
        let config = setting.config;
        let words = setting.words;
        let date = |date: Option<Date>| date.map(|date| words.date(date));
        let base = config.base_url.as_deref();
        let record = page.record.as_ref();
        let latest_setback = record.and_then(|record| record.latest_setback.as_ref());
        Self {
            paper: setting.paper.or(config.paper).unwrap_or(Paper::A4),
            language: Language::of(config),
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
            latest_setback: latest_setback.map(|card| setback(card, base, words)),
            evidence: page.evidence.iter().map(|line| evidence(line, base, words)).collect(),
            metrics: page.metrics.iter().map(|line| measure(line, words)).collect(),
            pictures: pictures(page, words),
            trial: page.trial.as_ref().map(|it| trial(it, base)),
            days: page.days.iter().map(|it| day(it, words)).collect(),
            safeguards: page.safeguards.iter().map(safeguard).collect(),
            escalations: page.escalations.iter().map(|it| escalation(it, words)).collect(),
            boundaries: page.boundaries.iter().map(Text::as_str).collect(),
            alternatives: page.alternatives,
            allies: page.allies.iter().map(person).collect(),
            answer: page.answer.as_ref().map(|it| answer(it, words)),
            signatures: signatures(page),
        }
    }

    /// Whether it shows figures as pictures.
    pub(super) fn has_pictures(&self) -> bool {
        !self.pictures.is_empty()
    }

    /// How many pages it may fill at the loosest density, told from the amount of its text: about right for the
    /// default theme, within a tenth of a page.
    pub(super) fn likely_length(&self) -> f64 {
        const EMPTY: f64 = 0.16;
        const CHARACTER: f64 = 0.000_224;
        const PICTURE: f64 = 0.13;
        let text = serde_json::to_string(&self.without_pictures()).expect("views always serialise");
        EMPTY + CHARACTER * count(text.chars()) + PICTURE * count(self.pictures.iter())
    }

    /// The same without the pictures.
    pub(super) fn without_pictures(&self) -> Self {
        Self { pictures: Vec::new(), ..self.clone() }
    }
}

fn count(items: impl Iterator) -> f64 {
    items.map(|_| 1.0).sum()
}

/// Both names: who asks, and whoever is asked; none where the answer is in and there is nothing to sign.
fn signatures<'a>(page: &ProposalPage<'a>) -> Vec<&'a str> {
    let is_over = matches!(page.status, ProposalStatus::Declined | ProposalStatus::Withdrawn);
    if is_over {
        return Vec::new();
    }
    std::iter::once(&page.from).chain(&page.to).map(|person| person.name).collect()
}
