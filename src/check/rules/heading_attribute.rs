//! Attributes of headings that limit nothing, or not what was meant.
//!
//! Whoever writes `{readers…}` wants to keep something from somebody. Wherever that would not work, it is an
//! error, so that nothing is shown that was meant to be hidden.

use crate::model::{Header, Portfolio};
use crate::report::{Place, Report, Rule, Severity};
use crate::text::Date;
use crate::text::prose::Heading;

pub(super) static RULE: Rule = Rule {
    code: "heading-attribute",
    severity: Severity::Error,
    finds: "an attribute of a heading that is not known, or `{readers=…}` where it limits nothing",
    why: "a section that was meant for some readers would be shown to all who may read the entry",
    instead: "end a heading with `{readers=mentor}`, or with `{readers=mentor,manager}`; other attributes are `#id` and `.class`",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for header in portfolio.headers() {
        let title = header.body.title_heading().filter(|_| header.common.title.is_none());
        for heading in &header.body.headings {
            let place = |part: &str| Place::body(&header.file, header.body.attribute(heading, part));
            if let Some(unknown) = heading.unknown_attributes.first() {
                check_unknown(heading, place(unknown), report);
            }
            match &heading.readers {
                None => {}
                Some(names) if names.is_empty() => {
                    report
                        .add(&RULE, place("readers"), "`readers` names nobody")
                        .fix("write `{readers=me}` for a section that nobody else may read");
                }
                Some(_) if !heading.top_level => {
                    let message = "a heading inside a quote, a list or a footnote limits nothing";
                    report.add(&RULE, place("readers"), message).fix("move the heading out of it");
                }
                Some(_) if title.is_some_and(|title| title == heading) => {
                    report
                        .add(&RULE, place("readers"), "the title cannot be limited to some readers")
                        .fix("limit the whole entry: put `readers:` into the front matter");
                }
                Some(_) => {}
            }
        }
        check_stray(header, report);
    }
}

fn check_unknown(heading: &Heading, place: Place, report: &mut Report) {
    let all = heading.unknown_attributes.join(" ");
    if heading.readers.is_some() || all.to_ascii_lowercase().contains("reader") {
        let named = heading.readers.iter().flatten().map(String::as_str);
        let words =
            heading.unknown_attributes.iter().flat_map(|text| text.split([':', '=', ',', '"', '\'', '.', '#']));
        let is_name = |word: &&str| !word.is_empty() && !word.to_ascii_lowercase().starts_with("reader");
        let names: Vec<&str> = named.chain(words.filter(is_name)).collect();
        let names = if names.is_empty() { "mentor".to_owned() } else { names.join(",") };
        report
            .add(&RULE, place, format!("`{all}` is not how a heading names its readers"))
            .fix(format!("write `{{readers={names}}}`, without spaces"));
    } else {
        report
            .add(&RULE, place, format!("unknown attribute `{all}`"))
            .why("it would have no effect")
            .fix("remove it; the attributes of a heading are `#id`, `.class` and `readers=`");
    }
}

fn check_stray(header: &Header, report: &mut Report) {
    for range in &header.body.stray_readers {
        let place = Place::body(&header.file, range.clone());
        report
            .add(&RULE, place, "this names readers, and limits nothing")
            .fix("put it in braces at the very end of a heading; in backticks if you only write about it");
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    fn of(body: &str) -> Vec<String> {
        findings(check, &[("pages/a.md", &format!("---\ntitle: A\n---\n{body}"))])
    }

    #[test]
    fn sound_attributes_are_left_alone() {
        let body = "# Top {readers=mentor}\n\n## B {#b .c readers=mentor,me}\n\n`{readers=x}`\n\n    {readers=x}\n\n## Readers: `readers=`\n";
        assert_eq!(of(body), [""; 0]);
    }

    #[test]
    fn whatever_looks_like_a_limit_must_be_one() {
        let cases = [
            ("## B {readers: mentor}\n", "4:7: `readers: mentor` is not how a heading names its readers"),
            ("## B {readers = mentor}\n", "4:7: `readers mentor` is not how a heading names its readers"),
            ("## B {readers=mentor, manager}\n", "4:23: `manager` is not how a heading names its readers"),
            ("## B {readers}\n", "4:7: `readers` is not how a heading names its readers"),
            ("## B {readers=}\n", "4:7: `readers` names nobody"),
            ("## B {onclick=x}\n", "4:7: unknown attribute `onclick=x`"),
            ("> ## B {readers=mentor}\n", "4:9: a heading inside a quote, a list or a footnote limits nothing"),
            ("- ## B {readers=mentor}\n", "4:9: a heading inside a quote, a list or a footnote limits nothing"),
            ("## B {readers=mentor} and more\n", "4:6: this names readers, and limits nothing"),
            ("## B {readers=mentor}.\n", "4:6: this names readers, and limits nothing"),
            ("## B {readers=mentor\n", "4:6: this names readers, and limits nothing"),
            ("## B { Readers: mentor\n", "4:6: this names readers, and limits nothing"),
            ("## B [readers=mentor]\n", "4:7: this names readers, and limits nothing"),
            ("##B {readers=mentor}\n", "4:5: this names readers, and limits nothing"),
            ("**B** {readers=mentor}\n", "4:7: this names readers, and limits nothing"),
        ];
        for (body, expected) in cases {
            assert_eq!(of(body), [format!("pages/a.md:{expected}")], "{body}");
        }
    }

    #[test]
    fn a_title_is_limited_with_its_entry() {
        let found = findings(check, &[("pages/a.md", "# A {readers=mentor}\n")]);
        assert_eq!(found, ["pages/a.md:1:6: the title cannot be limited to some readers"]);
    }
}
