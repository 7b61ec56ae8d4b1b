//! The texts that new entries begin with: one file a kind, in `templates/`.
//!
//! In their front matter a prompt is a comment, `# …`, and an optional field stands behind a bare `#`, so that
//! taking that one character away makes it count.

use crate::model::Kind;
use crate::text::Date;

/// What an entry of that kind begins with.
pub(super) fn of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Scope => include_str!("templates/scope.md"),
        Kind::Decision => include_str!("templates/decision.md"),
        Kind::Pilot => include_str!("templates/pilot.md"),
        Kind::Proposal => include_str!("templates/proposal.md"),
        Kind::Agreement => include_str!("templates/agreement.md"),
        Kind::CheckIn => include_str!("templates/check-in.md"),
        Kind::Feedback => include_str!("templates/feedback.md"),
        Kind::Constraint => include_str!("templates/constraint.md"),
        Kind::Page => include_str!("templates/page.md"),
        Kind::Program => include_str!("templates/program.yaml"),
    }
}

/// A template with its days and its title filled in.
pub(super) fn filled(template: &str, title: &str, today: Date) -> String {
    let days = [("$today", 0), ("$in_two_weeks", 14), ("$in_four_weeks", 28), ("$in_three_months", 91)];
    let dated = days.iter().fold(template.to_owned(), |text, (name, days)| {
        text.replace(name, &today.plus_days(*days).to_string())
    });
    // Last, so that a title with `$today` in it stays as it is.
    dated.replacen("$title", &yaml_text(title), 1)
}

/// A text of one line as YAML: plain where that cannot be misread, else in double quotes.
fn yaml_text(text: &str) -> String {
    let is_word =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | ',' | '.' | '\'' | '(' | ')' | '/');
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(is_word)
        && !["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word));
    if is_plain {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::model::schema;
    use crate::report::Severity;
    use crate::source::SourceMap;
    use crate::text::Scalar;

    // At rest, so that a single entry is not told what else a portfolio should have.
    const CONFIG: &str = "title: T\nowner: {name: N}\nreaders: {manager: {}}\npause: {since: 2026-01-01}\n";

    fn today() -> Date {
        Date::parse("2026-03-02").unwrap()
    }

    fn path(kind: Kind) -> String {
        match kind {
            Kind::Program => "program.yaml".to_owned(),
            kind => format!("{}/2026-03-02-an-entry.md", kind.folder()),
        }
    }

    /// The codes of what is wrong with an entry of that text, but for mere notes.
    fn findings(kind: Kind, text: &str) -> BTreeSet<&'static str> {
        let path = path(kind);
        let sources: SourceMap = [("portfolio.yaml", CONFIG), (path.as_str(), text)].into_iter().collect();
        let (_, report) = crate::read(&sources, today());
        let faults = report.diagnostics().iter().filter(|found| found.severity != Severity::Note);
        faults.map(|found| found.rule.code).collect()
    }

    #[test]
    fn every_template_is_an_entry_without_fault() {
        for kind in Kind::ALL {
            let text = filled(of_kind(*kind), "An entry", today());
            assert!(!text.replace("$schema", "").contains('$'), "{text}");
            assert_eq!(findings(*kind, &text), BTreeSet::new(), "{}", kind.word());
        }
    }

    /// Every optional field taken in: what is left are examples of ids and files that are not there, and of a
    /// decision at both ends of a succession.
    #[test]
    fn every_example_is_written_as_the_format_has_it() {
        for kind in Kind::ALL {
            let text = filled(of_kind(*kind), "An entry", today());
            let uncommented: String = text.split_inclusive('\n').map(taken_in).collect();
            let examples = [
                "dangling-reference",
                "missing-asset",
                "missing-observations",
                "supersession-contradiction",
                "verdict-differs",
            ];
            let found: Vec<_> =
                findings(*kind, &uncommented).into_iter().filter(|code| !examples.contains(code)).collect();
            assert_eq!(found, Vec::<&str>::new(), "{uncommented}");
        }
    }

    fn taken_in(line: &str) -> &str {
        let is_prompt = |rest: &str| rest.starts_with(' ') && !rest.starts_with("  ");
        line.strip_prefix('#').filter(|rest| !is_prompt(rest) && !rest.starts_with('#')).unwrap_or(line)
    }

    #[test]
    fn every_field_of_every_kind_is_mentioned() {
        for kind in Kind::ALL {
            let mut fields = BTreeSet::new();
            collect_fields(schema::of_kind(*kind), &mut fields);
            // Markdown has its text below the front matter.
            fields.remove("body");
            let template = of_kind(*kind);
            let missing: Vec<_> =
                fields.iter().filter(|field| !template.contains(&format!("{field}:"))).collect();
            assert_eq!(missing, Vec::<&String>::new(), "{}", kind.word());
        }
    }

    fn collect_fields(schema: &Value, fields: &mut BTreeSet<String>) {
        match schema {
            Value::Object(map) => {
                let own = map.get("properties").and_then(Value::as_object);
                fields.extend(own.into_iter().flat_map(|own| own.keys().cloned()));
                map.values().for_each(|inner| collect_fields(inner, fields));
            }
            Value::Array(items) => items.iter().for_each(|inner| collect_fields(inner, fields)),
            _ => {}
        }
    }

    #[test]
    fn any_title_is_read_back_as_it_was_given() {
        let titles = [
            "Plain words",
            "a: b",
            "#1 thing",
            "Say \"no\"",
            "back\\slash",
            "yes",
            "1.10",
            "- x",
            "🎉 done",
            "決定",
            "don't",
            "@x",
            "%x",
            "[a]",
            "{a}",
            "a #b",
            "$today",
            "---",
            "~",
            "&a",
            "*a",
            "!a",
            "?",
            "|",
            ">",
        ];
        for title in titles {
            check_title(title);
        }
        proptest::proptest!(|(title in "[^\\p{C}\\p{Z}][^\\p{C}\u{2028}\u{2029}]{0,40}")| check_title(&title));
    }

    fn check_title(title: &str) {
        let text = filled(of_kind(Kind::Page), title, today());
        let path = path(Kind::Page);
        let sources: SourceMap =
            [("portfolio.yaml", CONFIG), (path.as_str(), text.as_str())].into_iter().collect();
        let (portfolio, report) = crate::read(&sources, today());
        assert!(!report.has_errors(), "{title:?}: {report:?}");
        let portfolio = portfolio.expect("the configuration is sound");
        assert_eq!(portfolio.pages[0].header.title(), title.trim());
    }
}
