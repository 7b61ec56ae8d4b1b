//! What is out of this program's reach. What it says there stands in the words, under `safety`.

use super::rhythm;
use crate::model::config::Pause;
use crate::model::{Constraint, Entry, Portfolio};
use crate::text::Date;

/// What the program says for the safety of who writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Safety<'a> {
    /// Constraints that are out of reason, in the order of ids. Each is answered with the proper
    /// channels, never with a pilot; readers other than me have none.
    pub unreasonable: Vec<&'a Entry<Constraint>>,
    /// The rest that the portfolio takes: no reminders, and the site says so.
    pub pause: Option<&'a Pause>,
}

/// What there is to be said on a day.
pub fn safety(portfolio: &Portfolio, today: Date) -> Safety<'_> {
    let is_out_of_reason = |constraint: &&Entry<Constraint>| constraint.reasonable == Some(false);
    Safety {
        unreasonable: portfolio.constraints.iter().filter(is_out_of_reason).collect(),
        pause: rhythm::pause(&portfolio.config, today),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};

    #[test]
    fn only_what_is_said_to_be_out_of_reason_is() {
        let portfolio = portfolio(&[
            ("constraints/a.yaml", "type: blocker\nreasonable: false\n"),
            ("constraints/b.yaml", "type: blocker\nreasonable: true\n"),
            ("constraints/c.yaml", "type: blocker\n"),
        ]);
        let safety = safety(&portfolio, day("2026-03-01"));
        assert_eq!(safety.unreasonable.iter().map(|it| it.id().as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(safety.pause, None);
    }
}
