//! Addresses in raw HTML, which nothing can follow or check.

use crate::model::Portfolio;
use crate::report::{Place, Report, Rule, Severity};
use crate::text::Date;
use crate::text::prose::without_comments;

pub(super) static RULE: Rule = Rule {
    code: "html-address",
    severity: Severity::Error,
    finds: "raw HTML that links to something or shows a file",
    why: "whether it leads anywhere, and whether its reader may see that, is known of Markdown links alone",
    instead: "write it in Markdown: `[text](address)` or `![description](file)`",
};

/// Attributes that hold an address in some element.
const ATTRIBUTES: [&str; 10] =
    ["href", "src", "srcset", "cite", "action", "formaction", "background", "poster", "data", "longdesc"];

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for header in portfolio.headers() {
        for html in &header.body.html {
            for (at, name) in address_attributes(&header.body.text[html.clone()]) {
                let start = html.start + at;
                let place = Place::body(&header.file, start..start + name.len());
                report.add(&RULE, place, format!("raw HTML with the attribute `{name}`"));
            }
        }
    }
}

/// The attributes with an address, each with where it begins. Reads more as one than a browser would, never less;
/// comments are published nowhere.
fn address_attributes(html: &str) -> Vec<(usize, &'static str)> {
    let lower = without_comments(html).to_ascii_lowercase();
    let named = |(at, _): (usize, &str)| {
        let before = lower[..at].trim_end();
        let is_named = |name: &&&str| {
            before
                .strip_suffix(**name)
                .is_some_and(|left| !left.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
        };
        let name = ATTRIBUTES.iter().find(is_named)?;
        Some((before.len() - name.len(), *name))
    };
    lower.match_indices('=').filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::{address_attributes, check};
    use crate::check::probe::findings;

    #[test]
    fn addresses_in_raw_html_are_errors() {
        let body = "# A\n\n<details><summary>x</summary>\n\ny <b class=x>z</b> <a\nHREF = '../b/'>w</a>\n\n</details>\n";
        assert_eq!(findings(check, &[("pages/a.md", body)]), ["pages/a.md:6:1: raw HTML with the attribute `href`"]);
    }

    #[test]
    fn no_spelling_of_an_attribute_gets_by() {
        for html in ["<img/src=x>", "<img src=x>", "<a\thref\n=x>", "<img x=1 srcset=a>", "<q cite=\"u\">"] {
            assert_eq!(address_attributes(html).len(), 1, "{html}");
        }
        for html in ["<details open>", "<td data-x=1>", "<span class=\"a=b\">", "<!-- <img src=x> -->", "<mark>"] {
            assert_eq!(address_attributes(html), [], "{html}");
        }
        let several = "<div>\n<a href=x>\n<!-- <a href=y> -->\n<img alt=b src=z>\n</div>";
        assert_eq!(address_attributes(several), [(9, "href"), (48, "src")]);
    }
}
