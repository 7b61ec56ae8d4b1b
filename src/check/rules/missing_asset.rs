//! Images and other files that are not there.

use crate::model::links::{Broken, Destination, destination, links};
use crate::model::read::{Role, role};
use crate::model::{Header, Portfolio};
use crate::report::{Place, Report, Rule, Severity};
use crate::source::SourcePath;
use crate::text::prose::{Link, LinkKind};
use crate::text::{Date, nearest};

pub(super) static RULE: Rule = Rule {
    code: "missing-asset",
    severity: Severity::Error,
    finds: "an image, a file of evidence or a linked file that is not in the content folder",
    why: "the reader would find a gap where the proof should be",
    instead: "put the file there, or correct its name as seen from the entry",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for (header, link) in links(portfolio) {
        check_link(portfolio, header, link, report);
    }
    for header in portfolio.headers() {
        for (index, evidence) in header.written_evidence() {
            if let Some(file) = &evidence.file {
                check_evidence(portfolio, header, file, header.at(format!("evidence[{index}].file")), report);
            }
        }
    }
}

/// Whether a link that leads nowhere was meant for a file rather than for an entry.
pub(super) fn is_meant(link: &Link, broken: &Broken) -> bool {
    match broken {
        Broken::File(_) | Broken::Escapes | Broken::Entry(_) | Broken::Anchor(_) if link.kind == LinkKind::Image => true,
        Broken::File(target) => {
            let path = SourcePath::new(target.split(['#', '?']).next().unwrap_or_default());
            !path.extension().is_empty() && !matches!(path.extension(), "md" | "yaml" | "yml")
        }
        _ => false,
    }
}

fn check_link(portfolio: &Portfolio, from: &Header, link: &Link, report: &mut Report) {
    let place = Place::body(&from.file, link.range.clone());
    let target = &link.target;
    match destination(portfolio, from, link) {
        Destination::Nothing(broken) if is_meant(link, &broken) => missing(portfolio, from, target, place, report),
        Destination::Entry { .. } | Destination::Anchor(_) if link.kind == LinkKind::Image => {
            report
                .add(&RULE, place, format!("`{target}` is an entry, and not an image"))
                .fix("take the `!` away to link to it");
        }
        _ => {}
    }
}

fn check_evidence(portfolio: &Portfolio, from: &Header, file: &str, place: Place, report: &mut Report) {
    let Some(path) = from.file.resolve(file).map(SourcePath::new) else {
        return missing(portfolio, from, file, place, report);
    };
    if portfolio.assets.contains_key(&path) {
        return;
    }
    match role(&path) {
        Role::Entry { id, .. } if portfolio.header(id).is_some_and(|header| header.file == path) => {
            report
                .add(&RULE, place, format!("`{file}` is an entry, and not a file of evidence"))
                .fix(format!("name the entry itself: `evidence: [{id}]`"));
        }
        _ => missing(portfolio, from, file, place, report),
    }
}

fn missing(portfolio: &Portfolio, from: &Header, target: &str, place: Place, report: &mut Report) {
    if from.file.resolve(target).is_none() {
        report
            .add(&RULE, place, format!("`{target}` leads out of the content folder"))
            .why("only files in the content folder can be published")
            .fix("put the file beside the entry, and name it as seen from there");
        return;
    }
    let meant = meant(portfolio, from, target);
    report
        .add(&RULE, place, format!("there is no file `{target}`"))
        .label("not found")
        .did_you_mean(meant.as_deref());
}

/// The file of the same name that stands elsewhere, or the one beside the entry whose name comes nearest.
fn meant(portfolio: &Portfolio, from: &Header, target: &str) -> Option<String> {
    let wanted = target.rsplit('/').next().unwrap_or(target);
    let same_name = portfolio.assets.keys().find(|path| path.name().eq_ignore_ascii_case(wanted));
    if let Some(path) = same_name {
        return Some(from.file.address_of(path));
    }
    let beside = portfolio.assets.keys().filter(|path| path.folder().starts_with(from.file.folder()));
    let addresses: Vec<String> = beside.map(|path| from.file.address_of(path)).collect();
    nearest(target, addresses.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn files_that_entries_point_at_are_there() {
        let body = "# A\n\n![x](i.png) ![x](j.png) [x](k.pdf) ![x](b.md) ![x](../../etc/passwd) ![x](#a) [x](b.md)\n";
        let files = [("pages/a.md", body), ("pages/b.md", "# B\n"), ("pages/i.png", "")];
        let expected = [
            "pages/a.md:3:13: there is no file `j.png`",
            "pages/a.md:3:25: there is no file `k.pdf`",
            "pages/a.md:3:36: `b.md` is an entry, and not an image",
            "pages/a.md:3:47: `../../etc/passwd` leads out of the content folder",
            "pages/a.md:3:70: `#a` is an entry, and not an image",
        ];
        assert_eq!(findings(check, &files), expected);
    }

    #[test]
    fn evidence_is_there_too() {
        let text = "title: A\nevidence:\n  - {kind: metric, title: T, file: e.csv}\n  - {kind: metric, title: T, file: f.csv}\n  \
                    - {kind: metric, title: T, file: ../../f.csv}\n  - {kind: metric, title: T, file: b.md}\n";
        let files = [("pages/a.yaml", text), ("pages/b.md", "# B\n"), ("pages/e.csv", "date,value\n")];
        let expected = [
            "pages/a.yaml:4:36: there is no file `f.csv`",
            "pages/a.yaml:5:36: `../../f.csv` leads out of the content folder",
            "pages/a.yaml:6:36: `b.md` is an entry, and not a file of evidence",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
