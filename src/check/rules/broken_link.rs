//! Links that lead nowhere, or where nobody should go.

use super::missing_asset;
use crate::model::links::{Broken, Destination, destination, is_safe, links};
use crate::model::{Header, Portfolio};
use crate::report::{Place, Report, Rule, Severity};
use crate::source::SourcePath;
use crate::text::prose::Link;
use crate::text::{Date, nearest, slug};

pub(super) static RULE: Rule = Rule {
    code: "broken-link",
    severity: Severity::Error,
    finds: "a link to an entry, a heading or a file that is not there, or with an address that is not safe to follow",
    why: "whoever follows it finds nothing, or something that was not meant",
    instead: "link to an entry with `[[id]]` or by its file, to a heading with `#`, and elsewhere with `https:`, `mailto:` or `tel:`",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for (header, link) in links(portfolio) {
        check_link(portfolio, header, link, report);
    }
    for header in portfolio.headers() {
        for (index, evidence) in header.written_evidence() {
            if let Some(link) = evidence.link.as_ref().filter(|link| !is_safe(link)) {
                report
                    .add(&RULE, header.at(format!("evidence[{index}].link")), not_safe(link))
                    .fix("write a full address: `https://…`; a file in the content folder goes under `file:`");
            }
        }
    }
    let is_web = |address: &str| is_safe(address) && address.to_ascii_lowercase().starts_with("http");
    if let Some(base_url) = portfolio.config.base_url.as_ref().filter(|address| !is_web(address)) {
        let place = Place::field(&SourcePath::new("portfolio.yaml"), "base_url");
        report.add(&RULE, place, not_safe(base_url)).fix("write a full address: `https://…`");
    }
}

fn not_safe(address: &str) -> String {
    format!("`{}` is no address that may be followed", shown(address))
}

/// An address without the characters that no terminal shows.
fn shown(address: &str) -> String {
    address.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

fn check_link(portfolio: &Portfolio, from: &Header, link: &Link, report: &mut Report) {
    let Destination::Nothing(broken) = destination(portfolio, from, link) else { return };
    if missing_asset::is_meant(link, &broken) {
        return;
    }
    let place = Place::body(&from.file, link.range.clone());
    match broken {
        Broken::Unread => {}
        Broken::Entry(id) => {
            let meant = meant_entry(portfolio, &id).map(|header| header.id.as_str());
            report
                .add(&RULE, place, format!("there is no entry `{id}`"))
                .label("not found")
                .did_you_mean(meant);
        }
        Broken::Anchor(anchor) => {
            let (whose, to) = match link.target.split('#').next().filter(|path| !path.is_empty()) {
                Some(path) => (format!("`{path}`"), meant_entry(portfolio, stem(path))),
                None => ("this text".to_owned(), Some(from)),
            };
            let anchors = to.into_iter().flat_map(|to| to.body.headings.iter().map(|heading| heading.anchor.as_str()));
            report
                .add(&RULE, place, format!("{whose} has no heading `#{anchor}`"))
                .label("not found")
                .did_you_mean(nearest(&anchor, anchors).map(|anchor| format!("#{anchor}")).as_deref());
        }
        Broken::File(target) => {
            let meant = meant_entry(portfolio, stem(&target)).map(|header| from.file.address_of(&header.file));
            report
                .add(&RULE, place, format!("there is no file `{target}`"))
                .label("not found")
                .did_you_mean(meant.as_deref());
        }
        Broken::Scheme => {
            report
                .add(&RULE, place, not_safe(&link.target))
                .why("such an address can run a program or send what is on the page elsewhere")
                .fix("link with `https:`, `mailto:` or `tel:`, or to a file in the content folder");
        }
        Broken::Escapes => {
            report
                .add(&RULE, place, format!("`{}` leads out of the content folder", link.target))
                .why("what is outside the content folder is not part of the site")
                .fix("write the address as seen from this file, without `/` in front");
        }
    }
}

/// The entry that was probably meant by a name: by an id near to it, by its title, or by an id it had before.
fn meant_entry<'a>(portfolio: &'a Portfolio, name: &str) -> Option<&'a Header> {
    let by_title = || {
        let wanted = slug(name);
        portfolio.headers().find(|header| !wanted.is_empty() && slug(header.title()) == wanted)
    };
    // An id is often remembered without the date in front of it.
    let by_end = || portfolio.headers().find(|header| header.id.date_prefix().is_some() && header.id.as_str().get(11..) == Some(name));
    let by_id = || nearest(name, portfolio.headers().map(|header| header.id.as_str())).and_then(|id| portfolio.header(id));
    portfolio.header_or_alias(name).or_else(by_title).or_else(by_end).or_else(by_id)
}

/// The id that the address of a file gives: `../pilots/weekly/index.md` is about `weekly`.
fn stem(address: &str) -> &str {
    let path = address.split(['#', '?']).next().unwrap_or(address).trim_end_matches('/');
    let path = path.strip_suffix(".md").or_else(|| path.strip_suffix(".yaml")).unwrap_or(path);
    let path = path.strip_suffix("/index").unwrap_or(path);
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn every_link_leads_somewhere() {
        let body = "# A\n\n## Why so\n\n[[b]] [[c]] [x](#why) [x](b.md#how) [x](d.md) [x](javascript:alert(1)) [x](../../x) [x](b.md)\n";
        let files = [("pages/a.md", body), ("pages/b.md", "# B\n")];
        let expected = [
            "pages/a.md:5:7: there is no entry `c`",
            "pages/a.md:5:13: this text has no heading `#why`",
            "pages/a.md:5:23: `b.md` has no heading `#how`",
            "pages/a.md:5:37: there is no file `d.md`",
            "pages/a.md:5:47: `javascript:alert(1)` is no address that may be followed",
            "pages/a.md:5:72: `../../x` leads out of the content folder",
        ];
        assert_eq!(findings(check, &files), expected);
    }

    #[test]
    fn addresses_in_fields_are_safe_too() {
        let files = [
            ("portfolio.yaml", "title: T\nowner: {name: N}\nbase_url: mailto:a@b.org\n"),
            ("pages/a.yaml", "title: A\nevidence:\n  - {kind: metric, title: T, link: \"data:text/html,x\"}\n  - {kind: metric, title: T, link: \"https://e.org\"}\n"),
        ];
        let expected = [
            "pages/a.yaml:3:36: `data:text/html,x` is no address that may be followed",
            "portfolio.yaml:3:11: `mailto:a@b.org` is no address that may be followed",
        ];
        assert_eq!(findings(check, &files), expected);
    }

    #[test]
    fn what_was_meant_is_found_by_id_title_and_file_name() {
        let entries = [
            ("pages/b.md", "---\naliases: older\n---\n# The weekly talk\n"),
            ("pilots/2026-03-02-trial/index.yaml", "title: T\nstarts: 2026-03-02\nprimary: {name: P, direction: increase, target: 1}\n"),
        ];
        for (link, meant) in [
            ("[[The weekly talk]]", "b"),
            ("[[2026-03-02-trail]]", "2026-03-02-trial"),
            ("[[trial]]", "2026-03-02-trial"),
            ("[x](trial.md)", "../pilots/2026-03-02-trial/index.yaml"),
            ("[x](../pilots/2026-03-02-trial/)", "../pilots/2026-03-02-trial/index.yaml"),
            ("[x](../b.md)", "b.md"),
            ("[x](older.md)", "b.md"),
        ] {
            let body = format!("# A\n\n{link}\n");
            let sources = entries.into_iter().chain([("portfolio.yaml", "title: T\nowner: {name: N}\n"), ("pages/a.md", body.as_str())]).collect();
            let (portfolio, _) = crate::model::read::read(&sources);
            let mut report = crate::report::Report::default();
            check(&portfolio.unwrap(), crate::text::Date::new(2026, 6, 1).unwrap(), &mut report);
            let fix = report.diagnostics()[0].fix.as_deref();
            assert_eq!(fix, Some(format!("did you mean `{meant}`?").as_str()), "{link}");
        }
    }

    #[test]
    fn an_entry_that_cannot_be_read_is_reported_once() {
        let files = [("portfolio.yaml", "title: T\nowner: {name: N}\n"), ("pages/a.md", "# A\n\n[[b]] [x](b.md) [[b#x]]\n"), ("pages/b.md", "---\nfoo: 1\n---\n")];
        let (portfolio, _) = crate::model::read::read(&files.into_iter().collect());
        let mut report = crate::report::Report::default();
        check(&portfolio.unwrap(), crate::text::Date::new(2026, 6, 1).unwrap(), &mut report);
        assert!(report.diagnostics().is_empty(), "{report:?}");
    }
}
