//! The packet of a review as Markdown, to be pasted wherever people write.
//!
//! Speaks the dialect that most places understand: CommonMark with the tables of GitHub. Whatever somebody wrote
//! comes out as text: signs that mean something in Markdown are escaped. Pictures are left out, for their
//! figures stand in the text.

use crate::view::{Block, Cell, Line, Part, ReviewPacket, Span};

/// The packet as Markdown.
pub fn markdown(packet: &ReviewPacket) -> String {
    let mut text = format!("# {}\n\n", escaped(&packet.title));
    let head: Vec<String> = packet.head.iter().map(|line| at_line_start(escaped(line))).collect();
    push_paragraph(&mut text, &head.join("  \n"));
    for tally in &packet.tallies {
        text += &format!("- {}: **{}**\n", escaped(&tally.label), tally.number);
    }
    if !packet.tallies.is_empty() {
        text.push('\n');
    }
    for part in &packet.parts {
        push_part(&mut text, part);
    }
    if !packet.notes.is_empty() {
        text += "---\n\n";
        let notes: Vec<String> = packet.notes.iter().map(|note| at_line_start(escaped(note))).collect();
        push_paragraph(&mut text, &notes.join(" "));
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn push_part(text: &mut String, part: &Part) {
    *text += &format!("## {}\n\n", escaped(&part.title));
    for block in &part.blocks {
        match block {
            Block::Heading { line } => *text += &format!("### {}\n\n", inline(line)),
            Block::Paragraph { line } => push_paragraph(text, &at_line_start(inline(line))),
            Block::Facts { items } => {
                for fact in items {
                    *text += &format!("- **{}:** {}\n", escaped(&fact.label), inline(&fact.line));
                }
                text.push('\n');
            }
            Block::List { items } => {
                for item in items {
                    let lines: Vec<String> = item.iter().map(|line| at_line_start(inline(line))).collect();
                    *text += &format!("- {}\n", lines.join("  \n  "));
                }
                text.push('\n');
            }
            Block::Table { columns, rows } => push_table(text, columns, rows),
            Block::Quote { text: quote, by } => {
                let lines = quote.lines().map(|line| at_line_start(escaped(line.trim())));
                let quoted: Vec<String> =
                    lines.map(|line| format!("> {line}").trim_end().to_owned()).collect();
                push_paragraph(text, &format!("{}\n>\n> — {}", quoted.join("\n"), inline(by)));
            }
            Block::Pictures { .. } => {}
        }
    }
}

fn push_paragraph(text: &mut String, paragraph: &str) {
    *text += paragraph;
    *text += "\n\n";
}

fn push_table(text: &mut String, columns: &[String], rows: &[Vec<Cell>]) {
    let cells: Vec<String> = columns.iter().map(|column| escaped(column)).collect();
    *text += &format!("| {} |\n|{}\n", cells.join(" | "), " --- |".repeat(columns.len()));
    for row in rows {
        let cells: Vec<String> = row.iter().map(table_cell).collect();
        *text += &format!("| {} |\n", cells.join(" | "));
    }
    text.push('\n');
}

fn table_cell(cell: &Cell) -> String {
    let lines: Vec<String> = cell.iter().map(inline).filter(|line| !line.is_empty()).collect();
    lines.join("<br>")
}

fn inline(line: &Line) -> String {
    line.iter().map(span).collect::<String>().trim().to_owned()
}

fn span(span: &Span) -> String {
    let words = escaped(&span.text);
    // Stars count only where they stand close to what they mark.
    let (before, inner, after) = around(&words);
    let marked = match (&span.href, span.is_strong || span.status.is_some()) {
        _ if inner.is_empty() => String::new(),
        (Some(href), _) => format!("[{inner}](<{}>)", address(href)),
        (None, true) => format!("**{inner}**"),
        (None, false) => inner.to_owned(),
    };
    format!("{before}{marked}{after}")
}

/// The blank space before a text, the text, and the blank space behind it.
fn around(text: &str) -> (&str, &str, &str) {
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len().max(start);
    (&text[..start], &text[start..end], &text[end..])
}

/// A text in which no sign means anything.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let means_something = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '&' => true,
            // Within a word it means nothing, and names of files read better without.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            _ => false,
        };
        if means_something {
            out.push('\\');
        }
        // A character that no reader sees has no business in a text to be pasted.
        out.push(if c.is_control() { ' ' } else { c });
        before = c;
    }
    out
}

/// The text of a line that begins nothing but itself: no list, no heading, no rule.
fn at_line_start(line: String) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    if line.starts_with(['#', '+', '-', '=', ':']) { format!("\\{line}") } else { line }
}

/// An address between angle brackets.
fn address(href: &str) -> String {
    href.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// What a reader of Markdown sees of a text, and whether anything in it was taken for markup.
    fn read(markdown: &str) -> (String, bool) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_MATH
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_WIKILINKS;
        let (mut text, mut is_marked) = (String::new(), false);
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(words) => text += &words,
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                _ => is_marked = true,
            }
        }
        (text, is_marked)
    }

    fn is_kept(text: &str) -> Result<(), TestCaseError> {
        let span = Span { text: text.split_whitespace().collect::<Vec<_>>().join(" "), ..Span::default() };
        let written = at_line_start(inline(&vec![span.clone()]));
        let (read, is_marked) = read(&written);
        prop_assert_eq!(&read, &span.text, "{:?}", written);
        prop_assert!(!is_marked, "{:?}", written);
        Ok(())
    }

    #[test]
    fn text_stays_text() {
        for text in [
            "*a* _b_ __c__ `d` ~~e~~ [f](g) ![h](i) <j> [[k]] [^l] $m$ $$n$$",
            "# a",
            "- a",
            "+ a",
            "1. a",
            "12) a",
            "=== a",
            "--- a",
            "***",
            "___",
            "---",
            "===",
            ": a",
            "> a",
            "| a | b |",
            "a_b_c snake_case.md",
            "&amp; &lt; &#35; & co",
            "<script>alert(1)</script>",
            "https://e.org/?a=1&b=2",
            "\\* \\\\ \\",
            "~~~",
            "```rust",
            "[ ] a",
            "[x] a",
            "[a]: b",
            "\u{202e}abc",
            "約束 — “x”",
        ] {
            is_kept(text).unwrap();
        }
    }

    proptest! {
        #[test]
        fn any_text_stays_text(text in r"[a-c0-9 \\`*_{}\[\]()<>#+\-.!|~$&:;=/@'^%\n]{0,40}") {
            is_kept(&text)?;
        }

        #[test]
        fn any_cell_stays_one_cell(text in r"[a-c0-9 \\`*_\[\]()<>#|~$&:=\n]{0,30}") {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let span = Span { text: text.clone(), ..Span::default() };
            let mut table = String::new();
            let row = vec![vec![vec![span]], vec![vec![Span { text: "end".into(), ..Span::default() }]]];
            push_table(&mut table, &["a".to_owned(), "b".to_owned()], &[row]);
            let cells = Parser::new_ext(&table, Options::ENABLE_TABLES)
                .filter(|event| matches!(event, Event::Start(Tag::TableCell)))
                .count();
            prop_assert_eq!(cells, 4, "{:?}", table);
            let shown: String = Parser::new_ext(&table, Options::ENABLE_TABLES)
                .filter_map(|event| match event { Event::Text(words) => Some(words.to_string()), _ => None })
                .collect();
            prop_assert_eq!(shown, format!("ab{text}end"));
        }
    }

    #[test]
    fn marks_stand_close_to_what_they_mark() {
        let strong = |text: &str| Span { text: text.into(), is_strong: true, ..Span::default() };
        assert_eq!(span(&strong("Failed: ")), "**Failed:** ");
        assert_eq!(span(&strong(" ")), " ");
        let link = Span { text: "a [b]".into(), href: Some("https://e.org/(x)".into()), ..Span::default() };
        assert_eq!(span(&link), "[a \\[b\\]](<https://e.org/(x)>)");
    }
}
