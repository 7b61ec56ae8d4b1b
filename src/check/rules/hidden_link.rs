//! Links from what a reader may see to what the same reader may not.

use crate::model::links::{Destination, destination};
use crate::model::readers::{Reader, entry_readers, may_read, may_read_section};
use crate::model::{Header, Portfolio};
use crate::report::{Place, Report, Rule, Severity};
use crate::text::prose::{Link, LinkKind};
use crate::text::{Date, one_of};

pub(super) static RULE: Rule = Rule {
    code: "hidden-link",
    severity: Severity::Note,
    finds: "a link in a text that a reader sees, to something which that reader may not see",
    why: "for that reader it becomes plain text: your own words stay, a title that was filled in does not",
    instead: "open the other entry to that reader, or let the sentence work without the link",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for from in portfolio.headers().filter(|from| !from.body.links.is_empty()) {
        let readers = readers(portfolio, from);
        for link in from.body.links.iter().filter(|_| !readers.is_empty()) {
            check_link(portfolio, from, link, &readers, report);
        }
    }
}

/// All but me who may read an entry. `everyone` counts only where it makes a difference to those declared.
fn readers(portfolio: &Portfolio, from: &Header) -> Vec<Reader> {
    let is_open = entry_readers(&portfolio.config, from).iter().any(|name| name.as_str() == "everyone");
    let everyone = is_open.then_some(Reader::Everyone);
    let declared = Reader::all(&portfolio.config).into_iter().filter(|reader| *reader != Reader::Me);
    declared.chain(everyone).filter(|reader| may_read(portfolio, from, reader)).collect()
}

fn check_link(portfolio: &Portfolio, from: &Header, link: &Link, readers: &[Reader], report: &mut Report) {
    let (to, anchor) = match destination(portfolio, from, link) {
        Destination::Entry { header, anchor } => (header, anchor),
        Destination::Anchor(anchor) => (from, Some(anchor)),
        Destination::Asset(_) | Destination::Outside(_) | Destination::Nothing(_) => return,
    };
    let sees_link = |reader: &&Reader| may_read_at(from, link.range.start, reader);
    let sees = |reader: &Reader| may_read(portfolio, to, reader);
    let readers: Vec<&Reader> = readers.iter().filter(sees_link).collect();

    let kept_out: Vec<&str> = readers.iter().filter(|reader| !sees(reader)).map(|reader| reader.name()).collect();
    if !kept_out.is_empty() {
        let message = format!("{} may not read `{}`, to which this leads", names(&kept_out), to.id);
        let found = report.add(&RULE, Place::body(&from.file, link.range.clone()), message);
        if link.kind == LinkKind::Titled {
            found
                .severity(Severity::Warning)
                .why("the title of a hidden entry is hidden too, so that reader would find a hole in the sentence")
                .fix(format!("give the link words of its own: `[[{}|…]]`", link.target));
        }
    }

    let Some(anchor) = anchor else { return };
    let Some(heading) = to.body.headings.iter().find(|heading| heading.anchor == anchor) else { return };
    let kept_out: Vec<&str> = readers
        .iter()
        .filter(|reader| sees(reader) && !may_read_at(to, heading.range.start, reader))
        .map(|reader| reader.name())
        .collect();
    if !kept_out.is_empty() {
        let message = format!("{} may not read the section `{}`, to which this leads", names(&kept_out), heading.text);
        report.add(&RULE, Place::body(&from.file, link.range.clone()), message);
    }
}

/// Whether what stands at a byte of an entry's text is in no section that is kept from the reader.
fn may_read_at(header: &Header, at: usize, reader: &Reader) -> bool {
    header.body.limits_at(at).all(|names| may_read_section(names, reader))
}

fn names(readers: &[&str]) -> String {
    one_of(readers.iter().copied()).replace(" or ", " and ")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn a_link_to_something_hidden_names_who_misses_it() {
        let body = "---\nreaders: [manager, mentor]\n---\n# A\n\n[[b]] [[c]] [[c|words]] [words](c.md)\n\n\
                    ## Limited {readers=manager}\n\n[[c]] [[d]]\n";
        let files = [
            ("pages/a.md", body),
            ("pages/b.md", "---\nreaders: [manager, mentor]\n---\n# B\n"),
            ("pages/c.md", "---\nreaders: [manager]\n---\n# C\n"),
            ("pages/d.md", "# For me alone\n\n[[c]]\n"),
        ];
        let expected = [
            "pages/a.md:6:7: warning `mentor` may not read `c`, to which this leads",
            "pages/a.md:6:13: `mentor` may not read `c`, to which this leads",
            "pages/a.md:6:25: `mentor` may not read `c`, to which this leads",
            "pages/a.md:10:7: warning `manager` may not read `d`, to which this leads",
        ];
        assert_eq!(findings(check, &files), expected);
    }

    #[test]
    fn a_section_can_be_what_is_hidden() {
        let body = "---\nreaders: everyone\n---\n# A\n\n[x](#doubts)\n\n## Doubts {readers=mentor}\n\n[x](#doubts)\n";
        let expected = ["pages/a.md:6:1: `manager` and `everyone` may not read the section `Doubts`, to which this leads"];
        assert_eq!(findings(check, &[("pages/a.md", body)]), expected);
    }
}
