//! Escalations that were set off, and whether somebody was told in time.

use crate::model::common::{Escalation, Fired};
use crate::model::{Header, Portfolio};
use crate::text::Date;

/// One time that an escalation was set off.
#[derive(Clone, Debug, PartialEq)]
pub struct Firing<'a> {
    /// The pilot or proposal that promised it.
    pub entry: &'a Header,
    /// The path of it in the entry, as `escalations[0].fired[1]`.
    pub field: String,
    /// What was promised.
    pub escalation: &'a Escalation,
    /// What happened.
    pub fired: &'a Fired,
    /// Whether somebody was told.
    pub telling: Telling,
}

/// Whether somebody was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// Within the promised time, or without a promise how soon.
    InTime,
    /// So many days after the promised time.
    Late(i32),
    /// Not yet, and there is still time until this day.
    Pending(Date),
    /// Not, although it was promised.
    Never,
}

/// All escalations that were set off up to today, by day.
pub fn escalations(portfolio: &Portfolio, today: Date) -> Vec<Firing<'_>> {
    let pilots = portfolio.pilots.iter().map(|pilot| (&pilot.header, &pilot.escalations));
    let proposals = portfolio.proposals.iter().map(|proposal| (&proposal.header, &proposal.escalations));
    let mut firings: Vec<Firing> = Vec::new();
    for (entry, escalations) in pilots.chain(proposals) {
        for (at, escalation) in escalations.iter().enumerate() {
            for (index, fired) in escalation.fired.iter().enumerate().filter(|(_, it)| it.date <= today) {
                let field = format!("escalations[{at}].fired[{index}]");
                let telling = telling(escalation, fired, today);
                firings.push(Firing { entry, field, escalation, fired, telling });
            }
        }
    }
    firings.sort_by(|a, b| (a.fired.date, &a.entry.id, &a.field).cmp(&(b.fired.date, &b.entry.id, &b.field)));
    firings
}

/// Days are all that the record knows: `within: 1d` is kept on the day after.
fn telling(escalation: &Escalation, fired: &Fired, today: Date) -> Telling {
    let latest = escalation.within.map(|within| within.after(fired.date));
    match (fired.escalated.filter(|told| *told <= today), latest) {
        (Some(told), Some(latest)) if latest < told => Telling::Late(latest.days_until(told)),
        (Some(_), _) => Telling::InTime,
        (None, Some(latest)) if today <= latest => Telling::Pending(latest),
        (None, _) => Telling::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};

    #[test]
    fn telling_is_held_against_the_promise() {
        let portfolio = portfolio(&[(
            "pilots/p.yaml",
            "starts: 2026-03-02\nprimary: {name: N, direction: decrease, target: 1}\nescalations:\n  \
             - {trigger: T, to: K, within: 1d, fired: [{date: 2026-03-03, escalated: 2026-03-04}, \
               {date: 2026-03-05, escalated: 2026-03-08}, {date: 2026-03-07}, {date: 2026-03-19}, \
               {date: 2026-04-19}]}\n  \
             - {trigger: U, to: K, fired: [{date: 2026-03-04, escalated: 2026-03-19}, {date: 2026-03-20}]}\n",
        )]);
        let shown: Vec<_> = escalations(&portfolio, day("2026-03-20"))
            .iter()
            .map(|firing| (firing.field.clone(), firing.telling))
            .collect();
        let expected = [
            ("escalations[0].fired[0]", Telling::InTime),
            ("escalations[1].fired[0]", Telling::InTime),
            ("escalations[0].fired[1]", Telling::Late(2)),
            ("escalations[0].fired[2]", Telling::Never),
            ("escalations[0].fired[3]", Telling::Pending(day("2026-03-20"))),
            ("escalations[1].fired[1]", Telling::Never),
        ];
        assert_eq!(shown, expected.map(|(field, telling)| (field.to_owned(), telling)));
    }
}
