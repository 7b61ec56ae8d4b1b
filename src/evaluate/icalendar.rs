//! The agenda as a calendar that other programs read (RFC 5545): whole-day events under stable names.
//!
//! Nothing in it comes from a clock, so that the same agenda gives the same bytes.

use super::agenda::Item;
use crate::model::Config;
use crate::text::{Date, slug};
use crate::words::Words;

/// Which program has made a calendar.
const PRODID: &str = "-//Bailiwick//Agenda//EN";

/// The longest line of a calendar, in bytes, its line end left out.
const LONGEST_LINE: usize = 75;

/// A calendar to be.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What sets the names of its events apart from those of other people's calendars: a host name, say. It
    /// must stay the same for ever, or every event comes twice.
    pub namespace: &'a str,
    /// The day it is made for.
    pub today: Date,
    /// The words it is written in.
    pub words: &'a Words,
}

/// The namespace of the calendars of a portfolio, for whichever reader: by whose it is. Where the site is
/// published may change, and every event would come twice.
pub fn namespace(config: &Config) -> String {
    match slug(&config.owner.name).as_str() {
        "" => "bailiwick".to_owned(),
        owner => format!("{owner}.bailiwick"),
    }
}

/// Whether this is a calendar of ours, made from an agenda. Its line ends may have been changed.
pub fn is_ours(text: &[u8]) -> bool {
    let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let head: Vec<&[u8]> = lines.take_while(|line| *line != b"BEGIN:VEVENT").collect();
    let prodid = format!("PRODID:{PRODID}");
    head.first() == Some(&b"BEGIN:VCALENDAR".as_slice()) && head.contains(&prodid.as_bytes())
}

impl Calendar<'_> {
    /// The text of the calendar with these events.
    ///
    /// With none it is a calendar all the same: who has subscribed to it must see old events vanish, and a
    /// file that is no longer there would leave them standing.
    pub fn text(&self, items: &[Item]) -> String {
        let mut lines = Lines::default();
        lines.add("BEGIN", "VCALENDAR");
        lines.add("VERSION", "2.0");
        lines.add("PRODID", PRODID);
        lines.add("CALSCALE", "GREGORIAN");
        lines.add("NAME", &escaped(self.name));
        lines.add("X-WR-CALNAME", &escaped(self.name));
        for item in items {
            self.event(item, &mut lines);
        }
        if items.is_empty() {
            nothing(&mut lines);
        }
        lines.add("END", "VCALENDAR");
        lines.text
    }

    fn event(&self, item: &Item, lines: &mut Lines) {
        lines.add("BEGIN", "VEVENT");
        lines.add("UID", &escaped(&format!("{}@{}", item.key, self.namespace)));
        lines.add("DTSTAMP", &format!("{}T000000Z", digits(self.today)));
        lines.add("DTSTART;VALUE=DATE", &digits(item.due));
        // The day after: the end of an event does not belong to it.
        lines.add("DTEND;VALUE=DATE", &digits(item.due.plus_days(1)));
        lines.add("SUMMARY", &escaped(&self.words.say(&item.text)));
        lines.add("CATEGORIES", &escaped(self.words.of("due_kind", item.what.word())));
        lines.add("TRANSP", "TRANSPARENT");
        lines.add("END", "VEVENT");
    }
}

/// A calendar needs at least one component; a time zone is one that no program shows.
fn nothing(lines: &mut Lines) {
    for (name, value) in [
        ("BEGIN", "VTIMEZONE"),
        ("TZID", "UTC"),
        ("BEGIN", "STANDARD"),
        ("DTSTART", "19700101T000000"),
        ("TZOFFSETFROM", "+0000"),
        ("TZOFFSETTO", "+0000"),
        ("END", "STANDARD"),
        ("END", "VTIMEZONE"),
    ] {
        lines.add(name, value);
    }
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// Adds one line, folded where it is too long: at a character, never within one.
    fn add(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if length + c.len_utf8() > LONGEST_LINE {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(c);
            length += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// Text as a value: what has a meaning of its own is escaped, other control characters are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

fn digits(date: Date) -> String {
    date.to_string().replace('-', "")
}

#[cfg(test)]
mod tests {
    use icalendar::parser::{Component, read_calendar, unfold};
    use proptest::prelude::*;

    use super::*;
    use crate::evaluate::agenda::{Due, agenda};
    use crate::evaluate::testing::{day, portfolio};
    use crate::words::phrase;

    fn item(key: &str, what: &str) -> Item<'static> {
        Item {
            due: day("2026-12-31"),
            overdue: false,
            what: Due::Commitment,
            entry: None,
            key: key.to_owned(),
            text: phrase!("agenda.promised", what = what),
        }
    }

    fn text(items: &[Item]) -> String {
        let words = Words::plain();
        Calendar { name: "Robin, Kim; both", namespace: "example.org", today: day("2026-10-12"), words }
            .text(items)
    }

    /// What another program reads of the events: one property of each.
    fn read_back(text: &str, property: &str) -> Vec<String> {
        let unfolded = unfold(text);
        let calendar = read_calendar(&unfolded).expect("another program reads the calendar");
        let events: Vec<&Component> = calendar.components.iter().filter(|it| it.name == "VEVENT").collect();
        let value = |event: &&Component| {
            let value = &event.find_prop(property).expect("every event has all properties").val;
            value.clone().unescape_text().as_str().to_owned()
        };
        events.iter().map(value).collect()
    }

    #[test]
    fn an_event_lasts_one_whole_day_and_blocks_no_time() {
        let expected = "BEGIN:VEVENT\r\nUID:s/commitments/guides@example.org\r\nDTSTAMP:20261012T000000Z\r\n\
                        DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:Promised: a\\, b\\; c\r\n\
                        CATEGORIES:commitment\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
        let text = text(&[item("s/commitments/guides", "a, b; c")]);
        assert!(text.contains(expected), "{text}");
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
    }

    #[test]
    fn an_empty_calendar_is_a_calendar() {
        let text = text(&[]);
        assert_eq!(read_back(&text, "UID"), [""; 0]);
        assert!(read_calendar(&unfold(&text)).unwrap().components.len() == 1);
    }

    #[test]
    fn our_own_calendars_are_known() {
        for items in [vec![], vec![item("s/x", "Text")]] {
            let text = text(&items);
            assert!(is_ours(text.as_bytes()));
            assert!(is_ours(text.replace("\r\n", "\n").as_bytes()));
            assert!(!is_ours(text.replace("Bailiwick", "Other").as_bytes()));
            assert!(!is_ours(format!("# A\n{text}").as_bytes()));
        }
        // Words of ours in somebody else's event.
        let theirs = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nPRODID:-//Bailiwick//Agenda//EN\r\n";
        assert!(!is_ours(theirs.as_bytes()) && !is_ours(b""));
    }

    #[test]
    fn a_namespace_is_whose_the_portfolio_is() {
        let of = |name: &str| {
            let config = format!("title: T\nowner: {{name: {name}}}\n");
            namespace(&portfolio(&[("portfolio.yaml", &config)]).config)
        };
        assert_eq!(of("Robin Vale"), "robin-vale.bailiwick");
        assert_eq!(of("約束"), "bailiwick");
    }

    #[test]
    fn an_agenda_is_read_back() {
        let portfolio = portfolio(&[
            ("scopes/s.yaml", "commitments: [{what: 'Guides, all five; by \\ hand', due: 2026-10-20}]\n"),
            ("decisions/d.yaml", "status: accepted\nrevisit_by: 2026-10-01\ntitle: Größe 約束\n"),
        ]);
        let agenda = agenda(&portfolio, day("2026-10-12"), None);
        let text = text(&agenda.items);
        assert_eq!(read_back(&text, "DTSTART"), ["20260126", "20261001", "20261020"]);
        assert_eq!(
            read_back(&text, "SUMMARY"),
            [
                "Check-in with Kim Osei",
                "Look again at “Größe 約束”",
                "Promised: Guides, all five; by \\ hand"
            ]
        );
    }

    proptest! {
        // Without a backslash: the crate reads an escaped one before an `n` as a line feed.
        #[test]
        fn any_text_survives_folding_and_escaping(
            summary in "[^\\\\\\p{Cc}\\p{Z}]([^\\\\\\p{Cc}]{0,200}[^\\\\\\p{Cc}\\p{Z}])?"
        ) {
            let text = text(&[item("s/x", &summary)]);
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= LONGEST_LINE, "{line}");
            }
            prop_assert_eq!(read_back(&text, "SUMMARY"), [format!("Promised: {summary}")]);
        }
    }
}
