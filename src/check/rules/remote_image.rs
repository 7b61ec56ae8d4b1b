//! Images that a page would fetch from elsewhere.

use crate::model::Portfolio;
use crate::model::links::{Destination, destination, links};
use crate::report::{Place, Report, Rule, Severity};
use crate::text::Date;
use crate::text::prose::LinkKind;

pub(super) static RULE: Rule = Rule {
    code: "remote-image",
    severity: Severity::Error,
    finds: "an image that stands on another server",
    why: "the site asks for nothing from elsewhere: whoever serves the image would learn who reads, and when",
    instead: "put a copy of the image beside the entry, or link to it",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for (header, link) in links(portfolio).filter(|(_, link)| link.kind == LinkKind::Image) {
        if let Destination::Outside(address) = destination(portfolio, header, link) {
            let place = Place::body(&header.file, link.range.clone());
            report.add(&RULE, place, format!("the image `{address}` stands elsewhere"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn images_come_from_the_content_folder() {
        let body = "# A\n\n![x](https://example.org/i.png) [x](https://example.org/i.png) ![x](i.png)\n";
        let expected = ["pages/a.md:3:1: the image `https://example.org/i.png` stands elsewhere"];
        assert_eq!(findings(check, &[("pages/a.md", body), ("pages/i.png", "")]), expected);
    }
}
