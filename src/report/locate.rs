//! From the name of a field to line and column: done only when something is printed.

use std::collections::HashMap;
use std::ops::Range;

use super::{Place, Spot};
use crate::source::yaml::{self, Node, Value};
use crate::source::{SourceMap, SourcePath, front_matter};

/// Lines and columns, from 1; columns count characters. The end stands behind the last character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// Column behind the last character.
    pub end_column: usize,
    /// The same as bytes of the file.
    pub bytes: Range<usize>,
}

impl Place {
    /// The path of the field that this is about; empty if it is about none.
    pub fn path(&self) -> &str {
        match &self.spot {
            Spot::Field(path) | Spot::Bytes { path, .. } => path,
            Spot::Body(_) => "body",
            Spot::File | Spot::Character { .. } => "",
        }
    }
}

/// Finds places, reading each file's YAML at most once.
pub(super) struct Locator<'a> {
    sources: &'a SourceMap,
    trees: HashMap<SourcePath, Option<Tree>>,
}

/// The fields of one file, and where their text begins in it.
struct Tree {
    root: Node,
    start: usize,
}

impl<'a> Locator<'a> {
    pub(super) fn new(sources: &'a SourceMap) -> Self {
        Self { sources, trees: HashMap::new() }
    }

    pub(super) fn location(&mut self, place: &Place) -> Location {
        if let Spot::Character { line, column } = place.spot {
            return Location { line, column, end_line: line, end_column: column + 1, bytes: 0..0 };
        }
        let Some(text) = self.sources.text(&place.file) else {
            return Location { line: 1, column: 1, end_line: 1, end_column: 1, bytes: 0..0 };
        };
        let bytes = match &place.spot {
            Spot::File | Spot::Character { .. } => 0..0,
            Spot::Bytes { range, .. } => range.clone(),
            Spot::Body(range) => self.body(&place.file, text, range),
            Spot::Field(path) => self.field(&place.file, text, path),
        };
        lines(text, bytes)
    }

    fn tree(&mut self, file: &SourcePath, text: &str) -> Option<&Tree> {
        self.trees
            .entry(file.clone())
            .or_insert_with(|| {
                let yaml = match front_matter::split(file, text) {
                    Ok(parts) => parts.yaml,
                    Err(_) => return None,
                };
                let root = yaml::tree(&text[yaml.clone()]).ok()?;
                Some(Tree { root, start: yaml.start })
            })
            .as_ref()
    }

    fn field(&mut self, file: &SourcePath, text: &str, path: &str) -> Range<usize> {
        let Some(tree) = self.tree(file, text) else { return 0..0 };
        let found = find(&tree.root, path);
        tree.start + found.start..tree.start + found.end
    }

    /// The body of a Markdown file stands behind its front matter, that of a YAML file in its field `body`.
    fn body(&mut self, file: &SourcePath, text: &str, range: &Range<usize>) -> Range<usize> {
        if let Ok(parts) = front_matter::split(file, text)
            && let Some(body) = parts.body
        {
            return body.start + range.start..body.start + range.end;
        }
        let Some(tree) = self.tree(file, text) else { return 0..0 };
        let Some(Node { value: Value::Scalar { text: body, .. }, range: scalar }) = tree.root.get("body")
        else {
            return 0..0;
        };
        let start = tree.start + scalar.start;
        // Places are those of the text without white space at its ends.
        let blank = body.len() - body.trim_start().len();
        let range = range.start + blank..range.end + blank;
        in_block(text, start, body, &range).unwrap_or(start..start)
    }
}

/// Where a part of a block scalar stands in the file: its lines are there too, only indented.
fn in_block(text: &str, start: usize, body: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let before = body.get(..range.start)?;
    let line = before.matches('\n').count();
    let column = range.start - before.rfind('\n').map_or(0, |at| at + 1);
    let first = body.lines().find(|line| !line.trim().is_empty())?;
    let block = start + text[start..].find(first)?;
    let block = text[..block].rfind('\n').map_or(0, |at| at + 1);
    let skipped = body.lines().take_while(|line| line.trim().is_empty()).count();
    let wanted = line.checked_sub(skipped)?;
    let mut at = block;
    for row in text[block..].split_inclusive('\n').take(wanted) {
        at += row.len();
    }
    let body_line = body.lines().nth(line)?;
    let indent = text[at..].find(body_line)?;
    let length = (range.end - range.start).min(body_line.len().checked_sub(column)?);
    let from = at + indent + column;
    Some(from..from + length)
}

/// The value at a path, or the nearest thing above it that is there.
fn find(root: &Node, path: &str) -> Range<usize> {
    let mut node = root;
    let mut best = if path.is_empty() { 0..0 } else { root.range.start..root.range.start };
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        match (&node.value, step.strip_suffix(']').map(str::parse::<usize>)) {
            (Value::List(items), Some(Ok(index))) => match items.get(index) {
                Some(item) => node = item,
                None => return best,
            },
            // One item may stand where a list is meant.
            (_, Some(Ok(0))) => {}
            (Value::Map(fields), _) => match fields.iter().find(|(key, _)| key.name == step) {
                Some((key, value)) => {
                    // An empty value has no letters: the key stands for it.
                    best = if value.range.is_empty() { key.range.clone() } else { value.range.clone() };
                    node = value;
                    continue;
                }
                None => return best,
            },
            _ => return best,
        }
        best = node.range.clone();
    }
    best
}

fn lines(text: &str, bytes: Range<usize>) -> Location {
    let start = bytes.start.min(text.len());
    let end = bytes.end.clamp(start, text.len());
    let (line, column) = line_and_column(text, start);
    let (end_line, end_column) = line_and_column(text, end);
    Location { line, column, end_line, end_column, bytes: start..end }
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, text[line_start..at].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(file: &str, text: &str, spot: Spot) -> (usize, usize, String) {
        let sources: SourceMap = [(file, text)].into_iter().collect();
        let place = Place { file: SourcePath::new(file), spot };
        let location = Locator::new(&sources).location(&place);
        (location.line, location.column, text[location.bytes].to_owned())
    }

    #[test]
    fn fields_are_found_by_their_path() {
        let text = "---\ntitle: A\nprimary: {name: B, target: 2}\nreviews:\n  - 2026-01-01\n  - date: 2026-01-02\ntags: x\n---\nBody\n";
        let field = |path: &str| at("pilots/a.md", text, Spot::Field(path.into()));
        assert_eq!(field("primary.target"), (3, 28, "2".into()));
        assert_eq!(field("reviews[1].date"), (6, 11, "2026-01-02".into()));
        assert_eq!(field("tags[0]"), (7, 7, "x".into()));
        assert_eq!(field("primary.unit").0, 3);
        assert_eq!(field("nothing").0, 2);
        assert_eq!(at("pilots/a.md", text, Spot::Body(0..4)), (9, 1, "Body".into()));
    }

    #[test]
    fn the_body_of_a_yaml_file_is_found_in_its_block() {
        let text = "title: A\nbody: |\n  First line.\n\n  See [[gone]].\n";
        let start = "First line.\n\nSee ".len();
        assert_eq!(at("pages/a.yaml", text, Spot::Body(start..start + 8)), (5, 7, "[[gone]]".into()));
    }
}
