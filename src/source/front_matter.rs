//! Splits a Markdown file into its YAML front matter and its body.

use std::ops::Range;

use super::SourcePath;

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
}
