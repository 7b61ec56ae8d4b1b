//! The fields of an entry, kind by kind.

use std::fmt::Write;

use bailiwick::model::Kind;
use bailiwick::model::common::Delegation;
use bailiwick::model::constraint::{Driver, Sign, Trigger};
use bailiwick::text::{Date, slug};

use super::plan::{Plan, Planned, Right};
use super::random::Random;
use super::words::{CLAUSES, ITEMS, PEOPLE, SENTENCES, TAGS, any, filled};

/// What an entry's file begins with, and the figures in the CSV file beside it.
pub struct Made {
    pub yaml: String,
    pub csv: Option<String>,
}

/// Writes the fields of an entry; a pilot's figures go to a CSV file if it may have one.
pub fn of(plan: &Plan, entry: &Planned, may_have_csv: bool, random: &mut Random) -> Made {
    let mut fields = Fields { yaml: String::new(), csv: None, plan, entry, random };
    fields.common();
    match entry.kind {
        Kind::Scope => fields.scope(),
        Kind::Decision => fields.decision(),
        Kind::Pilot => fields.pilot(may_have_csv),
        Kind::Proposal => fields.proposal(),
        Kind::Agreement => fields.agreement(),
        Kind::CheckIn => fields.check_in(),
        Kind::Feedback => fields.feedback(),
        Kind::Constraint => fields.constraint(),
        Kind::Page | Kind::Program => {}
    }
    Made { yaml: fields.yaml, csv: fields.csv }
}

struct Fields<'a> {
    yaml: String,
    csv: Option<String>,
    plan: &'a Plan,
    entry: &'a Planned,
    random: &'a mut Random,
}

/// How a pilot comes out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Adopt,
    Extend,
    Revert,
    Inconclusive,
}

impl<'a> Fields<'a> {
    fn put(&mut self, key: &str, value: impl std::fmt::Display) {
        writeln!(self.yaml, "{key}: {value}").expect("a string takes every text");
    }

    fn clause(&mut self) -> String {
        text(&any(&CLAUSES, self.random))
    }

    fn item(&mut self) -> String {
        text(&any(&ITEMS, self.random))
    }

    fn clauses(&mut self, keys: &[&str]) {
        for key in keys {
            let clause = self.clause();
            self.put(key, clause);
        }
    }

    fn items(&mut self, key: &str, count: usize) {
        let items = self.random.some(count, &ITEMS);
        let _ = writeln!(self.yaml, "{key}:");
        for item in items {
            let _ = writeln!(self.yaml, "  - {}", text(&filled(item, self.random)));
        }
    }

    /// The day so many days after the entry's own, if it has come.
    fn later(&mut self, low: usize, high: usize) -> Option<Date> {
        let date = self.entry.date.plus_days(days(self.random.between(low, high)));
        (date <= self.plan.last_day).then_some(date)
    }

    fn scope_id(&self) -> &'a str {
        &self.plan.entries[self.entry.scope].id
    }

    /// One right of the entry's scope, with its name.
    fn right(&mut self) -> (String, &'a Right) {
        self.right_where(|_| true)
    }

    /// One right that should go further than it does.
    fn right_to_ask_for(&mut self) -> (String, &'a Right) {
        self.right_where(|right| right.wanted > right.now)
    }

    fn right_where(&mut self, is_meant: fn(&Right) -> bool) -> (String, &'a Right) {
        let scope = &self.plan.entries[self.entry.scope];
        let rights: Vec<&Right> = scope.rights.iter().filter(|right| is_meant(right)).collect();
        let right = rights[self.random.below(rights.len())];
        (format!("{}/{}", scope.id, slug(right.area)), right)
    }

    fn common(&mut self) {
        if !self.entry.is_titled_by_heading {
            self.put("title", text(&self.entry.title));
        }
        if self.random.chance(80) {
            let summary = text(&any(&SENTENCES, self.random));
            self.put("summary", summary);
        }
        self.put("date", self.entry.date);
        let count = self.random.between(1, 4);
        let tags = self.random.some(count, &TAGS);
        self.put("tags", format!("[{}]", tags.join(", ")));
        let is_mine_unless_said = matches!(self.entry.kind, Kind::Feedback | Kind::Constraint | Kind::Page);
        match self.random.below(100) {
            // The drafts and doubts of every portfolio.
            0..8 => self.put("readers", "[me]"),
            8..28 => self.put("readers", "[manager, mentor]"),
            28..60 if is_mine_unless_said => self.put("readers", "manager"),
            _ => {}
        }
        if self.random.chance(3) {
            self.put("aliases", format!("[earlier-{}]", self.entry.number));
        }
        if self.random.chance(15) {
            let other = &self.plan.entries[self.random.below(self.plan.entries.len())];
            if other.number != self.entry.number {
                self.put("related", format!("[{}]", other.id));
            }
        }
        if self.random.chance(10) {
            let title = self.clause();
            let date = self.entry.date;
            let _ = writeln!(
                self.yaml,
                "evidence:\n  - {{kind: artefact, title: {title}, link: \"https://example.org/notes/{}\", date: {date}}}",
                self.entry.number
            );
        }
    }

    fn scope(&mut self) {
        self.put("status", "active");
        self.put("since", self.entry.date);
        let autonomy = self.random.pick(&["procedural", "decision", "strategic"]);
        self.put("autonomy", autonomy);
        self.put(
            "freedom",
            "{methods: full, timing: full, priorities: partial, outcomes: none, resources: partial}",
        );
        self.items("standards", 3);
        self.metrics();
        self.items("boundaries", 2);
        self.yaml.push_str("stakeholders:\n");
        for name in self.random.some(2, &PEOPLE) {
            let interest = self.clause();
            let _ = writeln!(self.yaml, "  - {{name: {name}, interest: {interest}, stance: supports}}");
        }
        self.yaml.push_str("commitments:\n");
        for _ in 0..3 {
            let what = self.item();
            let due = self.entry.date.plus_days(days(self.random.between(30, 300)));
            let end = match (due < self.plan.last_day, self.random.chance(75)) {
                (true, true) => format!(", kept: {due}"),
                (true, false) => ", missed: The load of that month came first".to_owned(),
                (false, _) => String::new(),
            };
            let _ = writeln!(self.yaml, "  - {{what: {what}, due: {due}{end}}}");
        }
        self.yaml.push_str("decision_rights:\n");
        for Right { area, now, wanted } in &self.entry.rights {
            let limits = self.item();
            let _ = writeln!(
                self.yaml,
                "  - area: {area}\n    delegation: {}\n    wanted: {}\n    reversibility: two-way-door\n    \
                 report: after\n    limits: {limits}",
                now.word(),
                wanted.word()
            );
        }
    }

    fn metrics(&mut self) {
        let (name, unit) = *self.random.pick(&METRICS);
        let _ = write!(
            self.yaml,
            "outcomes:\n  - name: {name}\n    unit: {unit}\n    direction: decrease\n    baseline: 16\n    target: 6\n    \
             judge: last\n    observations:\n"
        );
        for month in 1..=5 {
            let date = self.entry.date.plus_days(30 * month);
            if date <= self.plan.last_day {
                let value = self.random.between(4, 16);
                let _ = writeln!(self.yaml, "      - {{date: {date}, value: {value}}}");
            }
        }
        if self.yaml.ends_with("observations:\n") {
            self.yaml.truncate(self.yaml.len() - "    observations:\n".len());
        }
    }

    fn decision(&mut self) {
        let (right, _) = self.right();
        let superseded = self.entry.superseded_by.is_some();
        let status = match self.random.below(100) {
            _ if superseded => "superseded",
            0..6 => "rejected",
            6..11 => "deprecated",
            11..16 => "proposed",
            _ => "accepted",
        };
        self.put("status", status);
        let scope = self.scope_id();
        self.put("scope", scope);
        self.put("right", right);
        self.put("decision_makers", "Robin Vale");
        let people = self.random.some(3, &PEOPLE);
        self.put("consulted", format!("[{}, {}]", people[0], people[1]));
        self.put("informed", people[2]);
        self.items("drivers", 2);
        self.yaml.push_str("options:\n");
        for item in self.random.some(3, &ITEMS) {
            let title = text(&filled(item, self.random));
            let (pros, cons) = (self.clause(), self.clause());
            let _ = writeln!(self.yaml, "  - {{title: {title}, pros: {pros}, cons: {cons}}}");
        }
        self.clauses(&["outcome"]);
        let reversibility = if self.random.chance(85) { "two-way-door" } else { "one-way-door" };
        self.put("reversibility", reversibility);
        if let Some(date) = self.later(0, 3) {
            self.put("reported", date);
        }
        let confidence = self.random.between(10, 19) * 5;
        self.put("confidence", format!("0.{confidence}").trim_end_matches('0'));
        self.clauses(&["expected"]);
        let revisit_after = days(self.random.between(30, 120));
        self.put("revisit_by", self.entry.date.plus_days(revisit_after));
        if let Some(earlier) = self.entry.supersedes {
            self.put("supersedes", &self.plan.entries[earlier].id);
        }
        // Either end will do.
        if let Some(later) = self.entry.superseded_by.filter(|later| later % 2 == 0) {
            self.put("superseded_by", &self.plan.entries[later].id);
        }
        if matches!(status, "accepted" | "superseded" | "deprecated")
            && self.random.chance(72)
            && let Some(date) = self.later(14, 90)
        {
            let verdict = match self.random.below(10) {
                0..6 => "as-expected",
                6..9 => "mixed",
                _ => "setback",
            };
            let _ = write!(self.yaml, "result:\n  date: {date}\n  verdict: {verdict}\n");
            self.clauses(&["  changed", "  failed", "  learned", "  next"]);
        }
    }

    fn pilot(&mut self, may_have_csv: bool) {
        let (name, right) = self.right_to_ask_for();
        let starts = self.entry.date;
        let ends = starts.plus_days(27);
        let over = ends.plus_days(1) <= self.plan.last_day;
        let scope = self.scope_id();
        self.put("scope", scope);
        self.put("tests", shift(&name, right.now, right.wanted));
        self.clauses(&["hypothesis"]);
        self.put("starts", starts);
        self.put("ends", ends);
        let half_way = starts.plus_days(14);
        let held =
            |date: Date| if date <= self.plan.last_day { format!(", held: {date}") } else { String::new() };
        let review = format!("{{date: {half_way}{}}}", held(half_way));
        self.put("reviews", format!("[{review}, {}]", ends.plus_days(1)));
        let risk = self.random.pick(&["low", "low", "medium", "high"]);
        self.put("risk", risk);
        let outcome = match self.random.below(10) {
            0..5 => Outcome::Adopt,
            5..7 => Outcome::Extend,
            7..9 => Outcome::Revert,
            _ => Outcome::Inconclusive,
        };
        self.figures(outcome, may_have_csv);
        let (mitigation, trigger, action) = (self.clause(), self.clause(), self.clause());
        let _ = writeln!(
            self.yaml,
            "safeguards: [{{risk: A wrong figure is sent, mitigation: {mitigation}, control: preventive}}]"
        );
        let _ = writeln!(
            self.yaml,
            "escalations:\n  - {{trigger: {trigger}, to: Kim Osei, within: 1d, action: {action}}}"
        );
        self.clauses(&["fallback"]);
        if over {
            let decision = match outcome {
                Outcome::Adopt => "adopt",
                Outcome::Extend => "extend",
                Outcome::Revert => "revert",
                Outcome::Inconclusive => "inconclusive",
            };
            let note = self.clause();
            let date = ends.plus_days(1);
            let _ = writeln!(
                self.yaml,
                "verdict: {{date: {date}, decision: {decision}, by: Kim Osei, note: {note}}}"
            );
        }
    }

    /// The figures of a pilot, such that they come out as they should.
    fn figures(&mut self, outcome: Outcome, may_have_csv: bool) {
        let (name, unit) = *self.random.pick(&METRICS);
        let judge = self.random.pick(&["last", "mean", "median", "worst"]);
        let weeks = if outcome == Outcome::Inconclusive { 2 } else { 4 };
        let dates: Vec<Date> = (0..weeks)
            .map(|week| self.entry.date.plus_days(4 + 7 * week))
            .filter(|date| *date <= self.plan.last_day)
            .collect();
        let (low, high) = if outcome == Outcome::Extend { (5, 9) } else { (1, 4) };
        let values: Vec<(Date, usize)> =
            dates.iter().map(|date| (*date, self.random.between(low, high))).collect();
        let _ = write!(
            self.yaml,
            "primary:\n  name: {name}\n  unit: {unit}\n  direction: decrease\n  baseline: 10\n  target: 4\n  \
             judge: {judge}\n  minimum_observations: 3\n  source: Ticket log\n"
        );
        if may_have_csv {
            self.yaml.push_str("  observations: observations.csv\n");
            let rows = values.iter().map(|(date, value)| format!("{date},{value},\n")).collect::<String>();
            self.csv = Some(format!("date,value,note\n{rows}"));
        } else if !values.is_empty() {
            self.yaml.push_str("  observations:\n");
            for (date, value) in &values {
                let _ = writeln!(self.yaml, "    - {{date: {date}, value: {value}}}");
            }
        }
        let breach = if outcome == Outcome::Revert { 5 } else { 0 };
        let figures: Vec<String> = dates
            .iter()
            .map(|date| format!("{{date: {date}, value: {}}}", breach + self.random.below(2)))
            .collect();
        let _ = writeln!(
            self.yaml,
            "guardrails:\n  - {{name: Errors found by clients, unit: errors, direction: decrease, limit: 2, \
             allowed_breaches: 0, on_breach: revert, observations: [{}]}}",
            figures.join(", ")
        );
    }

    fn proposal(&mut self) {
        let (name, right) = self.right_to_ask_for();
        let answered = self.later(7, 21);
        let status = match (answered, self.random.below(10)) {
            (None, 0..5) => "draft",
            (None, _) => "sent",
            (Some(_), 0..6) => "accepted",
            (Some(_), 6..8) => "declined",
            (Some(_), _) => "countered",
        };
        self.put("status", status);
        self.put("to", "Kim Osei");
        let scope = self.scope_id();
        self.put("scope", scope);
        self.clauses(&["ask"]);
        let _ = writeln!(self.yaml, "wants:\n  - {}", shift(&name, right.now, right.wanted));
        self.items("benefits", 3);
        if let Some(pilot) = self.plan.any(Kind::Pilot, self.random) {
            self.put("pilot", &pilot.id);
        }
        self.yaml.push_str("risks:\n");
        for _ in 0..2 {
            let (risk, mitigation) = (self.clause(), self.clause());
            let _ = writeln!(self.yaml, "  - {{risk: {risk}, mitigation: {mitigation}}}");
        }
        let (ally, note) = (self.random.pick(&PEOPLE), self.clause());
        self.put("allies", format!("[{{name: {ally}, note: {note}}}]"));
        self.clauses(&["alternatives"]);
        self.put("decision_needed_by", self.entry.date.plus_days(21));
        if let Some(date) = answered {
            let note = self.clause();
            self.put("answer", format!("{{date: {date}, decision: {status}, note: {note}}}"));
        }
    }

    fn agreement(&mut self) {
        let (name, right) = self.right();
        self.put("parties", "[Robin Vale, Kim Osei]");
        if let Some(proposal) = self.plan.any(Kind::Proposal, self.random) {
            self.put("proposal", &proposal.id);
        }
        // What the scope says now, so that nothing has drifted.
        let before = Delegation::ALL[usize::from(right.now.level()) - 2];
        let _ = writeln!(self.yaml, "grants:\n  - {}", shift(&name, before, right.now));
        self.items("boundaries", 2);
        self.items("conditions", 2);
        let expires = self.entry.date.plus_days(365);
        self.put("revisit_by", self.entry.date.plus_days(182));
        self.put("expires", expires);
        self.put("status", if expires < self.plan.last_day { "expired" } else { "agreed" });
    }

    fn check_in(&mut self) {
        self.put("with", "manager");
        match self.plan.any(Kind::Pilot, self.random).filter(|_| self.entry.number.is_multiple_of(4)) {
            Some(pilot) => self.put("pilot", &pilot.id),
            None => {
                let scope = self.scope_id();
                self.put("scope", scope);
            }
        }
        let confidence = self.random.pick(&["on-track", "on-track", "on-track", "at-risk", "off-track"]);
        self.put("confidence", confidence);
        self.clauses(&["changed", "failed", "escalated", "next"]);
    }

    fn feedback(&mut self) {
        let from = self.entry.title.split(" on ").next().unwrap_or("Kim Osei");
        self.put("from", from);
        let role = self.random.pick(&["peer", "peer", "manager", "stakeholder"]);
        self.put("role", role);
        let about = self.plan.any(Kind::Decision, self.random).unwrap_or(&self.plan.entries[0]);
        self.put("about", format!("[{}]", about.id));
        self.clauses(&["situation", "behaviour", "impact"]);
        let quote = text(&any(&["{quote}"], self.random));
        self.put("quote", quote);
        let may_be_shown = self.random.chance(70);
        self.put("quote_permission", may_be_shown);
    }

    fn constraint(&mut self) {
        let kind = self.random.pick(&["blocker", "constraint", "constraint", "noise"]);
        self.put("type", kind);
        let asked = self.later(3, 30).filter(|_| !self.entry.number.is_multiple_of(5));
        let answered = asked.map(|date| date.plus_days(14)).filter(|date| *date <= self.plan.last_day);
        let status = match (asked, answered) {
            (None, _) => "open",
            (Some(_), None) => "asked",
            (Some(_), Some(_)) => self.random.pick(&["lifted", "declined", "accepted"]),
        };
        self.put("status", status);
        self.put("since", self.entry.date);
        let scope = self.scope_id();
        self.put("scope", scope);
        let sign = Sign::ALL[self.random.below(Sign::ALL.len())];
        self.put("sign", sign.word());
        let driver = Driver::ALL[self.random.below(Driver::ALL.len())];
        self.put("driver", driver.word());
        let trigger = Trigger::ALL[self.random.below(Trigger::ALL.len())];
        self.put("trigger", trigger.word());
        self.clauses(&["cost"]);
        self.put("reasonable", "true");
        self.clauses(&["requested_change"]);
        if let Some(date) = asked {
            self.put("asked_on", date);
        }
        if let Some(date) = answered {
            self.clauses(&["answer"]);
            self.put("answered_on", date);
        }
    }
}

/// What is measured, and in what.
const METRICS: [&(&str, &str); 5] = [
    &("Days from data to report", "days"),
    &("Hours of reloading by hand", "hours in the month"),
    &("Longest wait of the week", "working days"),
    &("Corrections after sending", "corrections in the week"),
    &("Questions asked twice", "questions in the week"),
];

fn shift(right: &str, from: Delegation, to: Delegation) -> String {
    format!("{{right: {right}, from: {}, to: {}}}", from.word(), to.word())
}

fn days(count: usize) -> i32 {
    i32::try_from(count).expect("a few months are few days")
}

/// A text as it may stand in any place of a YAML file.
fn text(words: &str) -> String {
    if words.contains([',', ':', '#', '"', '[', ']', '{', '}']) {
        format!("\"{}\"", words.replace('"', "\\\""))
    } else {
        words.to_owned()
    }
}
