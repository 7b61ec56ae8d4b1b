//! Links from what a reader may see to what the same reader may not.

use crate::model::assets::{owner_of, owners};
use crate::model::links::{Destination, destination};
use crate::model::readers::{Reader, entry_readers, may_read, may_read_section};
use crate::model::{Header, Portfolio};
use crate::report::{Place, Report, Rule, Severity};
use crate::source::SourcePath;
use crate::text::prose::{Link, LinkKind};
use crate::text::{Date, one_of};

pub(super) static RULE: Rule = Rule {
    code: "hidden-link",
    severity: Severity::Note,
    finds: "a link, or the name of a file, in something that a reader sees, to something which that reader may not see; a warning where bare letters would be left of it",
    why: "for that reader a link becomes plain text: your own words stay, a title that was filled in does not; a file is left out",
    instead: "open the other entry to that reader, or let the sentence work without the link",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    let owners = owners(portfolio);
    for from in portfolio.headers() {
        let files = files(portfolio, from);
        let has_limits = from.body.headings.iter().any(|heading| heading.readers.is_some());
        if from.body.links.is_empty() && files.is_empty() && !has_limits {
            continue;
        }
        let readers = readers(portfolio, from);
        if readers.is_empty() {
            continue;
        }
        for link in &from.body.links {
            let sees = |reader: &&Reader| may_read_at(from, link.range.start, reader);
            let readers: Vec<&Reader> = readers.iter().filter(sees).collect();
            match destination(portfolio, from, link) {
                Destination::Entry { header, anchor } => {
                    check_link(portfolio, (from, link), (header, anchor), &readers, report);
                }
                Destination::Anchor(anchor) => {
                    check_link(portfolio, (from, link), (from, Some(anchor)), &readers, report);
                }
                Destination::Asset(path) => {
                    let place = Place::body(&from.file, link.range.clone());
                    check_file(portfolio, from, owner_of(&owners, &path), place, &readers, report);
                }
                Destination::Outside(_) | Destination::Nothing(_) => {}
            }
        }
        check_definitions(from, &readers, report);
        for (field, path) in files {
            let readers: Vec<&Reader> = readers.iter().collect();
            check_file(portfolio, from, owner_of(&owners, &path), from.at(field), &readers, report);
        }
    }
}

/// The files that fields name, with these fields.
fn files(portfolio: &Portfolio, from: &Header) -> Vec<(String, SourcePath)> {
    let evidence = from.written_evidence().filter_map(|(index, evidence)| {
        Some((format!("evidence[{index}].file"), evidence.file.as_deref()?))
    });
    let series = portfolio.series_of(&from.id);
    let series = series.filter_map(|(field, series)| Some((field.to_string(), series.file.as_deref()?)));
    let named = evidence.chain(series);
    named.filter_map(|(field, name)| Some((field, SourcePath::new(from.file.resolve(name)?)))).collect()
}

/// A footnote and a link definition belong to the section in which they stand, whatever refers to them.
fn check_definitions(from: &Header, readers: &[Reader], report: &mut Report) {
    for (index, heading) in from.body.headings.iter().enumerate() {
        let Some(limits) = heading.readers.as_deref().filter(|_| heading.top_level) else { continue };
        for range in from.body.references_into(&from.body.section(index)) {
            let sees = |reader: &&Reader| may_read_at(from, range.start, reader);
            let whole = |reader: &Reader| may_read_section(limits, reader);
            let Some(kept_out) = kept_out(readers.iter().filter(sees), whole) else { continue };
            let message = format!("{kept_out} may not read the section `{}`, in which this is defined", heading.text);
            report
                .add(&RULE, Place::body(&from.file, range), message)
                .severity(Severity::Warning)
                .why("for that reader bare letters are left of it")
                .fix("write the footnote or the definition outside of that section");
        }
    }
}

/// A file is part of the entry in whose folder it lies.
fn check_file(
    portfolio: &Portfolio,
    from: &Header,
    owner: Option<&Header>,
    place: Place,
    readers: &[&Reader],
    report: &mut Report,
) {
    let Some(owner) = owner.filter(|owner| owner.id != from.id) else { return };
    if let Some(kept_out) = kept_out(readers.iter().copied(), |reader| may_read(portfolio, owner, reader)) {
        let message = format!("{kept_out} may not read `{}`, which this file is part of", owner.id);
        report.add(&RULE, place, message);
    }
}

/// All but me who may read an entry. `everyone` counts only where it makes a difference to those declared.
fn readers(portfolio: &Portfolio, from: &Header) -> Vec<Reader> {
    let is_open = entry_readers(&portfolio.config, from).iter().any(|name| name.as_str() == "everyone");
    let everyone = is_open.then_some(Reader::Everyone);
    let declared = Reader::all(&portfolio.config).into_iter().filter(|reader| *reader != Reader::Me);
    declared.chain(everyone).filter(|reader| may_read(portfolio, from, reader)).collect()
}

fn check_link(
    portfolio: &Portfolio,
    (from, link): (&Header, &Link),
    (to, anchor): (&Header, Option<String>),
    readers: &[&Reader],
    report: &mut Report,
) {
    let sees = |reader: &Reader| may_read(portfolio, to, reader);
    if let Some(kept_out) = kept_out(readers.iter().copied(), sees) {
        let message = format!("{kept_out} may not read `{}`, to which this leads", to.id);
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
    let readers = readers.iter().copied().filter(|reader| sees(reader));
    if let Some(kept_out) = kept_out(readers, |reader| may_read_at(to, heading.range.start, reader)) {
        let message = format!("{kept_out} may not read the section `{}`, to which this leads", heading.text);
        report.add(&RULE, Place::body(&from.file, link.range.clone()), message);
    }
}

/// Whether what stands at a byte of an entry's text is in no section that is kept from the reader.
fn may_read_at(header: &Header, at: usize, reader: &Reader) -> bool {
    header.body.limits_at(at).all(|names| may_read_section(names, reader))
}

/// The names of those readers who do not see something; `None` if all do.
fn kept_out<'r>(readers: impl Iterator<Item = &'r Reader>, sees: impl Fn(&Reader) -> bool) -> Option<String> {
    let names: Vec<&str> = readers.filter(|reader| !sees(reader)).map(Reader::name).collect();
    (!names.is_empty()).then(|| one_of(names).replace(" or ", " and "))
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
    fn a_note_is_hidden_with_the_section_in_which_it_stands() {
        let body = "---\nreaders: [manager, mentor]\n---\n# A\n\nOne[^1], [two][l] and[^2].\n\n\
                    ## Doubts {readers=mentor}\n\nMore[^1].\n\n[^1]: N\n\n[l]: https://example.org\n\n## Rest\n\n[^2]: N\n";
        let expected = [
            "pages/a.md:6:4: warning `manager` may not read the section `Doubts`, in which this is defined",
            "pages/a.md:6:10: warning `manager` may not read the section `Doubts`, in which this is defined",
        ];
        assert_eq!(findings(check, &[("pages/a.md", body)]), expected);
    }

    #[test]
    fn a_file_is_hidden_with_the_entry_that_it_is_part_of() {
        let fields = "title: A\nreaders: manager\nevidence: {kind: artefact, title: E, file: ../d/e.csv}\n";
        let pilot = "title: P\nreaders: manager\nstarts: 2026-03-02\nends: 2026-03-29\n\
                     primary: {name: Days, direction: decrease, baseline: 9, target: 2, observations: ../d/e.csv}\n";
        let body = format!("---\n{fields}---\n[figures](../d/e.csv) [mine](a/own.csv)\n\n## For nobody {{readers=mentor}}\n\n[figures](../d/e.csv)\n");
        let files = [
            ("pages/a/index.md", &*body.replace("(a/own", "(own")),
            ("pages/a/own.csv", "date,value\n"),
            ("pages/d/index.md", "# For me alone\n"),
            ("pages/d/e.csv", "date,value\n2026-03-06,5\n"),
            ("pilots/p.yaml", &*pilot.replace("../d", "../pages/d")),
        ];
        let expected = [
            "pages/a/index.md:4:44: `manager` may not read `d`, which this file is part of",
            "pages/a/index.md:6:1: `manager` may not read `d`, which this file is part of",
            "pilots/p.yaml:5:82: `manager` may not read `d`, which this file is part of",
        ];
        let mut found = findings(check, &files);
        found.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_section_can_be_what_is_hidden() {
        let body = "---\nreaders: everyone\n---\n# A\n\n[x](#doubts)\n\n## Doubts {readers=mentor}\n\n[x](#doubts)\n";
        let expected = ["pages/a.md:6:1: `manager` and `everyone` may not read the section `Doubts`, to which this leads"];
        assert_eq!(findings(check, &[("pages/a.md", body)]), expected);
    }
}
