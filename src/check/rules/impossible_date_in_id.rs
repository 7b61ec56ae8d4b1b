//! Ids that begin with something like a date.

use crate::model::Portfolio;
use crate::report::{Place, Report, Rule, Severity};
use crate::text::{Date, Scalar};

pub(super) static RULE: Rule = Rule {
    code: "impossible-date-in-id",
    severity: Severity::Error,
    finds: "an id that begins with a date which the calendar does not have",
    why: "an entry without `date:` takes the date that its id begins with, and would be left with none",
    instead: "rename the file",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for header in portfolio.headers() {
        let Some(prefix) = date_like(header.id.as_str()) else { continue };
        if let Err(why) = Date::parse(prefix) {
            report.add(&RULE, Place::file(&header.file), format!("{why}, with which `{}` begins", header.id));
        }
    }
}

/// The first ten characters, if they have the form of a date and the id's words end there.
pub(super) fn date_like(id: &str) -> Option<&str> {
    let (prefix, rest) = id.split_at_checked(10)?;
    let has_form = prefix.bytes().enumerate().all(|(at, b)| match at {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    (has_form && (rest.is_empty() || rest.starts_with('-'))).then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn a_date_in_an_id_is_one_of_the_calendar() {
        let files = [
            ("pages/2026-02-30-a.md", "# A\n"),
            ("pages/2026-02-28-a.md", "# A\n"),
            ("pages/2026-13-01.md", "# A\n"),
            ("pages/2026-02-300.md", "# A\n"),
        ];
        let expected = [
            "pages/2026-02-30-a.md: there is no day `2026-02-30` in the calendar, with which `2026-02-30-a` begins",
            "pages/2026-13-01.md: there is no day `2026-13-01` in the calendar, with which `2026-13-01` begins",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
