//! Addresses in raw HTML, which nothing can follow or check.

use crate::model::Portfolio;
use crate::report::{Place, Report, Rule, Severity};
use crate::text::Date;

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
            if let Some(name) = address_attribute(&header.body.text[html.clone()]) {
                let place = Place::body(&header.file, html.clone());
                report.add(&RULE, place, format!("raw HTML with the attribute `{name}`"));
            }
        }
    }
}

/// The first attribute with an address. Reads more as one than a browser would, never less.
fn address_attribute(html: &str) -> Option<&'static str> {
    let lower = html.to_ascii_lowercase();
    let mut rest = lower.as_str();
    while let Some(at) = rest.find('=') {
        let before = rest[..at].trim_end();
        let is_named = |name: &&&str| {
            before.strip_suffix(**name).is_some_and(|left| !left.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
        };
        if let Some(name) = ATTRIBUTES.iter().find(is_named) {
            return Some(name);
        }
        rest = &rest[at + 1..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{address_attribute, check};
    use crate::check::probe::findings;

    #[test]
    fn addresses_in_raw_html_are_errors() {
        let body = "# A\n\n<details><summary>x</summary>\n\ny <b class=x>z</b> <a\nHREF = '../b/'>w</a>\n\n</details>\n";
        assert_eq!(findings(check, &[("pages/a.md", body)]), ["pages/a.md:5:20: raw HTML with the attribute `href`"]);
    }

    #[test]
    fn no_spelling_of_an_attribute_gets_by() {
        for html in ["<img/src=x>", "<img src=x>", "<a\thref\n=x>", "<img x=1 srcset=a>", "<q cite=\"u\">"] {
            assert!(address_attribute(html).is_some(), "{html}");
        }
        for html in ["<details open>", "<td data-x=1>", "<span class=\"a=b\">", "<!-- plain -->", "<mark>"] {
            assert!(address_attribute(html).is_none(), "{html}");
        }
    }
}
