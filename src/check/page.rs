//! The page of the docs that lists every finding, made from the same words that `check --explain` prints.

use std::fmt::Write;

use super::catalogue;
use crate::report::{Rule, Severity};

const HEAD: &str = "\
# Findings

<!-- Made from the rules themselves: do not edit. `UPDATE=1 cargo test --test diagnostics page` renews it. -->

`bailiwick check` reads everything and tells of every fault in one run: what is wrong, where, why it matters and how
to mend it. `bailiwick check --explain CODE` prints what stands here.
";

/// The page, in Markdown.
pub fn page() -> String {
    let rules = catalogue();
    let mut page = HEAD.to_owned();
    for (severity, heading, meaning) in [
        (
            Severity::Error,
            "Errors",
            "Nothing is built from content that has one, and the last good site stays.",
        ),
        (
            Severity::Warning,
            "Warnings",
            "Something that its writer would want to know. With `--deny warnings` they count as errors.",
        ),
        (Severity::Note, "Notes", "Something to be aware of; never makes `check` fail."),
    ] {
        let rules: Vec<&Rule> = rules.iter().copied().filter(|rule| rule.severity == severity).collect();
        let codes: Vec<String> =
            rules.iter().map(|rule| format!("[`{code}`](#{code})", code = rule.code)).collect();
        write!(page, "\n## {heading}\n\n{meaning}\n\n{}\n", codes.join(" · ")).expect(INFALLIBLE);
        for Rule { code, finds, why, instead, .. } in rules {
            write!(page, "\n### {code}\n\nFinds {finds}.\n\n- **Why:** {why}.\n- **Instead:** {instead}.\n")
                .expect(INFALLIBLE);
        }
    }
    page
}

const INFALLIBLE: &str = "writing to a string cannot fail";
