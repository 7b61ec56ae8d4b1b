//! A Markdown text without its marks: what the search reads.

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::prose::{Prose, options};

/// Adds the words of a text to `out`, separated by single blanks, without the heading that is the title and
/// without raw HTML, and nothing more once `out` is longer than `enough` bytes. `title` gives what a link of the form
/// `[[target]]` is called.
pub fn push_plain(prose: &Prose, title: &dyn Fn(&str) -> Option<String>, enough: usize, out: &mut String) {
    let skipped = prose.title_heading().map_or(0, |heading| heading.range.end);
    let mut titled = false;
    for (event, range) in Parser::new_ext(&prose.text, options()).into_offset_iter() {
        if out.len() > enough {
            break;
        }
        if range.start < skipped {
            continue;
        }
        match event {
            Event::Start(Tag::Link {
                link_type: LinkType::WikiLink { has_pothole: false },
                dest_url,
                ..
            }) => {
                titled = true;
                push_words(title(&dest_url).as_deref().unwrap_or(&dest_url), out);
            }
            Event::End(TagEnd::Link) => titled = false,
            Event::Text(words) | Event::Code(words) if !titled => push_words(&words, out),
            Event::SoftBreak | Event::HardBreak => push_blank(out),
            // Words of different blocks and cells do not run together.
            Event::Start(tag) if !is_within_words(&tag) => push_blank(out),
            _ => {}
        }
    }
}

/// Adds words, with single blanks for whatever stands between them.
pub fn push_words(words: &str, out: &mut String) {
    let mut parts = words.split(|letter: char| letter.is_whitespace() || letter.is_control());
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        push_blank(out);
        out.push_str(part);
    }
}

/// Adds a blank where there is none yet.
pub fn push_blank(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

fn is_within_words(tag: &Tag) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str) -> String {
        let mut out = String::new();
        let title = |target: &str| (target == "known").then(|| "What it is called".to_owned());
        push_plain(&Prose::new(markdown), &title, usize::MAX, &mut out);
        out.trim_end().to_owned()
    }

    #[test]
    fn marks_go_and_words_stay() {
        assert_eq!(
            plain(
                "# Title\n\nOne *two*three\nfour `five`.\n\n- six\n- seven\n\n| a | b |\n|---|---|\n| c | d |"
            ),
            "One twothree four five. six seven a b c d"
        );
    }

    #[test]
    fn links_are_their_words() {
        assert_eq!(
            plain("[text](a.md) [[known]] [[known|said]] [[other]]"),
            "text What it is called said other"
        );
    }

    #[test]
    fn raw_html_is_no_text() {
        assert_eq!(
            plain("before\n\n<div title=\"x\">\n\nwithin <b>bold</b>\n\n</div>"),
            "before within bold"
        );
    }
}
