//! The agenda: everything that is due, so that nobody has to remember it.

mod sources;

use std::collections::HashMap;

use super::rhythm;
use crate::model::Portfolio;
use crate::model::config::Pause;
use crate::text::{Date, Id};
use crate::words::Phrase;

/// What is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Agenda<'a> {
    /// The rest that the portfolio takes. While it lasts nothing is due.
    pub pause: Option<&'a Pause>,
    /// What is overdue first, then by date.
    pub items: Vec<Item<'a>>,
}

/// One thing that is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'a> {
    /// The day.
    pub due: Date,
    /// Whether that day has passed.
    pub overdue: bool,
    /// What kind of thing it is.
    pub what: Due,
    /// The entry it comes from; for a check-in, the one that it follows. `None` for the first check-in of
    /// all.
    pub entry: Option<&'a Id>,
    /// A name that stays the same for as long as the thing does, and that no other item has: what a calendar
    /// knows it by.
    pub key: String,
    /// What to do.
    pub text: Phrase,
}

/// A kind of thing that can be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// A pilot or an accepted proposal is looked at together.
    Review,
    /// A pilot ends and needs a verdict.
    PilotEnd,
    /// A decision is looked at again.
    DecisionRevisit,
    /// A check-in by the promised rhythm.
    CheckIn,
    /// A promise of mine.
    Commitment,
    /// An answer that I wait for.
    Answer,
    /// An agreement is looked at again.
    AgreementRevisit,
    /// An agreement holds for the last day.
    AgreementExpiry,
}

impl Due {
    /// The word for it, as it stands in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::PilotEnd => "pilot-end",
            Self::DecisionRevisit => "decision-revisit",
            Self::CheckIn => "check-in",
            Self::Commitment => "commitment",
            Self::Answer => "answer",
            Self::AgreementRevisit => "agreement-revisit",
            Self::AgreementExpiry => "agreement-expiry",
        }
    }
}

/// All that is due up to a day, and whatever is overdue; everything that has a date if no day is named.
pub fn agenda(portfolio: &Portfolio, today: Date, until: Option<Date>) -> Agenda<'_> {
    let pause = rhythm::pause(&portfolio.config, today);
    if pause.is_some() {
        return Agenda { pause, items: Vec::new() };
    }
    let mut items = sources::all(portfolio, today);
    items.retain(|item| item.overdue || until.is_none_or(|until| item.due <= until));
    items.sort_by(|a, b| {
        (!a.overdue, a.due, a.what, &a.key, &a.text).cmp(&(!b.overdue, b.due, b.what, &b.key, &b.text))
    });
    tell_apart(&mut items);
    Agenda { pause, items }
}

/// Two promises in the same words for the same day would otherwise be one event of a calendar.
fn tell_apart(items: &mut [Item]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for item in items {
        let count = seen.entry(item.key.clone()).or_default();
        *count += 1;
        if *count > 1 {
            item.key = format!("{}~{count}", item.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};

    const PILOT: &str = "starts: 2026-03-02\nends: 2026-03-29\nprimary: {name: N, direction: decrease, target: 1}\n\
                         reviews: [2026-03-16, {date: 2026-03-09, held: 2026-03-09}, 2026-04-06]\n";

    fn shown(files: &[(&str, &str)], today: &str, until: &str) -> Vec<String> {
        let portfolio = portfolio(files);
        agenda(&portfolio, day(today), Some(day(until)))
            .items
            .iter()
            .filter(|item| item.what != Due::CheckIn)
            .map(|item| {
                let flag = if item.overdue { "!" } else { "" };
                format!("{}{flag} {} {}", item.due, item.what.word(), item.key)
            })
            .collect()
    }

    #[test]
    fn a_pilot_is_due_for_its_reviews_and_its_verdict() {
        let expected = [
            "2026-03-16! review p/reviews/2026-03-16",
            "2026-03-29 pilot-end p/ends",
            "2026-04-06 review p/reviews/2026-04-06",
        ];
        assert_eq!(shown(&[("pilots/p.yaml", PILOT)], "2026-03-29", "2026-04-06"), expected);
        assert_eq!(shown(&[("pilots/p.yaml", PILOT)], "2026-03-16", "2026-03-28").len(), 1);
        let concluded = format!("{PILOT}verdict: {{date: 2026-03-31, decision: adopt}}\n");
        assert_eq!(shown(&[("pilots/p.yaml", &concluded)], "2026-03-31", "2026-12-31"), [""; 0]);
    }

    #[test]
    fn decisions_promises_and_answers() {
        let files = [
            ("decisions/a.yaml", "status: accepted\nrevisit_by: 2026-04-01\n"),
            ("decisions/b.yaml", "status: superseded\nrevisit_by: 2026-04-01\n"),
            // A result answers the question; the day stays on the agenda until it has passed.
            (
                "decisions/c.yaml",
                "status: accepted\nrevisit_by: 2026-04-01\nresult: {date: 2026-03-30, verdict: mixed}\n",
            ),
            (
                "scopes/s.yaml",
                "commitments:\n  - {what: 'Guides, all five', due: 2026-04-03}\n  \
                 - {what: Guides all five, due: 2026-04-04}\n  \
                 - {what: Guides (all five), due: 2026-04-04}\n  - {what: 約束, due: 2026-04-05}\n  \
                 - {what: Done, due: 2026-04-01, kept: 2026-04-01}\n",
            ),
            ("proposals/q.yaml", "ask: A\nstatus: sent\ndecision_needed_by: 2026-04-02\n"),
            ("proposals/r.yaml", "ask: A\nstatus: draft\ndecision_needed_by: 2026-04-02\n"),
            ("proposals/t.yaml", "ask: A\nstatus: accepted\nreviews: [2026-04-08, 2026-04-09]\n"),
            ("constraints/x.yaml", "type: noise\nstatus: asked\nasked_on: 2026-03-25\n"),
            ("constraints/y.yaml", "type: noise\nstatus: asked\nasked_on: 2026-03-25\nreasonable: false\n"),
        ];
        let expected = [
            "2026-04-01! decision-revisit a/revisit_by",
            "2026-04-02 answer q/decision_needed_by",
            "2026-04-03 commitment s/commitments/guides-all-five/2026-04-03",
            "2026-04-04 commitment s/commitments/guides-all-five/2026-04-04",
            "2026-04-04 commitment s/commitments/guides-all-five/2026-04-04~2",
            "2026-04-05 commitment s/commitments/2026-04-05",
            "2026-04-08 review t/reviews/2026-04-08",
            "2026-04-08 answer x/asked_on",
        ];
        assert_eq!(shown(&files, "2026-04-02", "2026-04-08"), expected);
        assert!(shown(&files, "2026-04-01", "2026-04-01").iter().any(|item| item.contains("c/revisit_by")));
    }

    #[test]
    fn agreements_are_due_while_they_hold_and_when_they_ran_out_unsaid() {
        let files = [
            (
                "agreements/a.yaml",
                "date: 2026-03-01\nstatus: agreed\nrevisit_by: 2026-04-01\nexpires: 2026-05-01\n",
            ),
            ("agreements/b.yaml", "date: 2026-03-01\nexpires: 2026-05-01\n"),
            ("agreements/c.yaml", "date: 2026-03-01\nstatus: expired\nexpires: 2026-03-02\n"),
        ];
        let before = ["2026-04-01! agreement-revisit a/revisit_by", "2026-05-01 agreement-expiry a/expires"];
        assert_eq!(shown(&files, "2026-04-02", "2026-05-01"), before);
        assert_eq!(shown(&files, "2026-05-02", "2026-05-02"), ["2026-05-01! agreement-expiry a/expires"]);
    }

    #[test]
    fn check_ins_follow_the_rhythm() {
        let portfolio = portfolio(&[("check-ins/c.yaml", "date: 2026-03-02\nwith: manager\n")]);
        let next = |today: &str| agenda(&portfolio, day(today), None).items.remove(0);
        let first = next("2026-03-16");
        assert_eq!(
            (first.due, first.overdue, &*first.text.to_string()),
            (day("2026-03-16"), false, "Check-in with Kim Osei")
        );
        assert_eq!((first.key.as_str(), first.entry.unwrap().as_str()), ("c/next-check-in", "c"));
        assert!(next("2026-03-17").overdue);
        assert_eq!(next("2026-02-01").key, "portfolio/check_ins");
    }

    #[test]
    fn nothing_is_due_during_a_rest() {
        let config = "title: T\nowner: {name: N}\npause: {since: 2026-03-10}\n";
        let portfolio = portfolio(&[("portfolio.yaml", config), ("pilots/p.yaml", PILOT)]);
        assert_eq!(agenda(&portfolio, day("2026-03-09"), None).items.len(), 3);
        let resting = agenda(&portfolio, day("2026-03-10"), None);
        assert!(resting.items.is_empty() && resting.pause.is_some());
    }
}
