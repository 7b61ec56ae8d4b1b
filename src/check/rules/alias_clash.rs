//! Old ids that lead to more than one place.

use std::collections::BTreeMap;

use crate::model::{Header, Portfolio};
use crate::report::{Report, Rule, Severity};
use crate::text::{Date, Id};

pub(super) static RULE: Rule = Rule {
    code: "alias-clash",
    severity: Severity::Error,
    finds: "an old id under `aliases:` that is also an id in use, or an alias of another entry",
    why: "an old address can lead to one place only",
    instead: "take the alias out of one of the two entries",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    let mut claimed: BTreeMap<&Id, &Header> = BTreeMap::new();
    for header in portfolio.headers() {
        for (index, alias) in header.common.aliases.iter().enumerate() {
            let place = header.at(format!("aliases[{index}]"));
            let earlier = claimed.get(alias).copied();
            claimed.entry(alias).or_insert(header);
            if *alias == header.id {
                report.add(&RULE, place, format!("`{alias}` is the id of this very entry"));
            } else if let Some(other) = portfolio.header(alias.as_str()) {
                report.add(&RULE, place, format!("`{alias}` is the id of `{}`", other.file));
            } else if portfolio.broken.contains(alias) {
                report.add(&RULE, place, format!("`{alias}` is the id of another entry"));
            } else if let Some(other) = earlier {
                let whose = if other.id == header.id {
                    "already named here".into()
                } else {
                    format!("also an alias of `{}`", other.id)
                };
                report.add(&RULE, place, format!("`{alias}` is {whose}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn an_old_id_leads_to_one_place() {
        let files = [
            ("pages/a.md", "---\naliases: [a, b, old, fine]\n---\n# A\n"),
            ("pages/b.md", "---\naliases: [old, new, new]\n---\n# B\n"),
        ];
        let expected = [
            "pages/a.md:2:11: `a` is the id of this very entry",
            "pages/a.md:2:14: `b` is the id of `pages/b.md`",
            "pages/b.md:2:11: `old` is also an alias of `a`",
            "pages/b.md:2:21: `new` is already named here",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
