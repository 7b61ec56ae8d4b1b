//! Splits a Markdown file into its YAML front matter and its body.

use std::ops::Range;

use super::SourcePath;
use crate::text::prose::code_blocks;

/// The parts of an entry's file, as bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The YAML; empty when a Markdown file has none.
    pub yaml: Range<usize>,
    /// The Markdown behind it; `None` for a YAML file, whose body is a field.
    pub body: Option<Range<usize>>,
}

/// Front matter that begins and never ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unterminated;

/// Finds the parts. The lines of `---` themselves belong to neither.
///
/// # Errors
/// When a Markdown file opens front matter and does not close it.
pub fn split(path: &SourcePath, text: &str) -> Result<Parts, Unterminated> {
    if path.extension() != "md" {
        return Ok(Parts { yaml: 0..text.len(), body: None });
    }
    let Some(opening) = text.split_inclusive('\n').next().filter(|line| line.trim_end() == "---") else {
        return Ok(Parts { yaml: 0..0, body: Some(0..text.len()) });
    };
    let start = opening.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Parts { yaml: start..at, body: Some(at + line.len()..text.len()) });
        }
        at += line.len();
    }
    Err(Unterminated)
}

/// Finds front matter in a Markdown text that does not begin with it: lines between two of `---` that are nothing but
/// YAML, of which one is a field. Returns the first `---`.
pub fn misplaced(text: &str, is_field: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line.trim_end())
    });
    let lines: Vec<(usize, &str)> = lines.collect();
    let rules = lines.iter().enumerate().filter(|(_, (_, line))| line.trim_start() == "---");
    let rules: Vec<usize> = rules.map(|(index, _)| index).collect();
    let is_yaml = |pair: &&[usize]| are_fields(&lines[pair[0] + 1..pair[1]], &is_field);
    let mut found = rules.windows(2).filter(is_yaml).map(|pair| {
        let (start, line) = lines[pair[0]];
        start + line.len() - "---".len()..start + line.len()
    });
    let first = found.next()?;
    // Reading the Markdown takes longer than all this, and hardly any text comes so far.
    let code = code_blocks(text);
    let is_shown_as_code = |rule: &Range<usize>| code.iter().any(|block| block.contains(&rule.start));
    std::iter::once(first).chain(found).find(|rule| !is_shown_as_code(rule))
}

/// Whether these lines are fields with what belongs to them, one of which is known, and no prose.
fn are_fields(lines: &[(usize, &str)], is_known: impl Fn(&str) -> bool) -> bool {
    let (mut has_field, mut has_known) = (false, false);
    for (_, line) in lines {
        let words = line.trim_start();
        if let Some(name) = field_name(words) {
            has_field = true;
            has_known |= is_known(name);
        } else if !words.is_empty() && !words.starts_with('#') {
            // Values go on in lines that are set in, and lists need not be.
            let belongs = words.len() < line.len() || words.starts_with(['-', ']', '}']);
            if !(has_field && belongs) {
                return false;
            }
        }
    }
    has_known
}

/// The name in `name: value`.
fn field_name(line: &str) -> Option<&str> {
    let (name, value) = line.split_once(':')?;
    let is_name =
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    (is_name && (value.is_empty() || value.starts_with([' ', '\t']))).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<(&str, &str), Unterminated> {
        let parts = split(&SourcePath::new("a.md"), text)?;
        Ok((&text[parts.yaml], &text[parts.body.unwrap()]))
    }

    #[test]
    fn only_the_first_two_rules_are_front_matter() {
        assert_eq!(parts("---\na: 1\n---\nb\n\n---\n\nc\n"), Ok(("a: 1\n", "b\n\n---\n\nc\n")));
        assert_eq!(parts("# A\n---\n"), Ok(("", "# A\n---\n")));
        assert_eq!(parts("---\n---\n"), Ok(("", "")));
        assert_eq!(parts("---\na: 1\n---"), Ok(("a: 1\n", "")));
        assert_eq!(parts("---\na: 1\n"), Err(Unterminated));
        assert_eq!(parts(""), Ok(("", "")));
    }

    #[test]
    fn front_matter_elsewhere_is_found_and_thematic_breaks_are_not() {
        let found = |text: &str| misplaced(text, |name| ["title", "readers", "tags"].contains(&name));
        for (text, at) in [
            ("# yaml-language-server: x\n---\ntitle: Raw notes\nreaders: me\n---\nb\n", 26),
            ("# Title\n\n---\nreaders: me\ntags: [x]\n---\n\nb\n", 9),
            ("\n---\nreaders: me\n---\n", 1),
            (" ---\nreaders: me\n ---", 1),
            ("a\n\n---\n\nb\n\n---\n# c\nsource: x\n\nreaders:\n- me\ntags: [\n  x,\n]\n---\n", 11),
            ("```\nc\n```\n---\ntitle: >\n  long words\n---\n", 10),
        ] {
            assert_eq!(found(text), Some(at..at + 3), "{text}");
        }
        for text in [
            "a\n\n---\n\nb\n\n---\n\nc\n",
            "a\n\n---\n\nsource: c\n\n---\n",
            "a\n\n---\ntitle: b\nwords\n---\n",
            "a\n\n---\nthe title: b\n---\n",
            "a\n\n---\n\n- title: b\n\n---\n",
            "a\n\n---\nreaders: me\n",
            "```yaml\n---\nreaders: me\n---\n```\n",
            "    ---\n    readers: me\n    ---\n",
            "- a\n\n  ~~~\n  ---\n  readers: me\n  ---\n  ~~~\n",
            "---\n---\n",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
