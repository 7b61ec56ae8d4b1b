//! What in a theme's own templates would let text of the content become script, or what browsers would refuse.

use std::ops::Range;

use super::Layer;
use crate::check::theme::UNSAFE;
use crate::report::{Place, Report};

/// What `safe` may be put on: the text of an entry and pictures are HTML that was made safe already.
const SAFE: [&str; 3] = ["content", "of.picture", "of.narrow"];

/// A page that stands alone, and so holds its style.
const ALONE: &str = "templates/review.html";

/// Looks through the templates of these layers.
pub(super) fn lint(layers: &[Layer], report: &mut Report) {
    for layer in layers {
        let templates = layer
            .files
            .iter()
            .filter(|(name, _)| name.starts_with("templates/") && name.ends_with(".html") && *name != ALONE);
        for (name, bytes) in templates {
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            for Found { range, message, fix } in found(text) {
                report.add(&UNSAFE, Place::bytes(&layer.path(name), range, ""), message).fix(fix);
            }
        }
    }
}

struct Found {
    range: Range<usize>,
    message: String,
    fix: &'static str,
}

/// Goes through a template letter by letter, as a browser would through what it makes.
fn found(text: &str) -> Vec<Found> {
    let mut scan = Scan { text, at: 0, found: Vec::new() };
    while scan.at < text.len() {
        if !scan.template() {
            match scan.rest().as_bytes() {
                [b'<', b'!', ..] => scan.skip_past(">"),
                [b'<', letter, ..] if letter.is_ascii_alphabetic() => scan.tag(),
                _ => scan.step(),
            }
        }
    }
    scan.found
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    found: Vec<Found>,
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn step(&mut self) {
        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
    }

    fn skip_past(&mut self, mark: &str) {
        self.at = self.rest().find(mark).map_or(self.text.len(), |end| self.at + end + mark.len());
    }

    fn add(&mut self, range: Range<usize>, message: impl Into<String>, fix: &'static str) {
        self.found.push(Found { range, message: message.into(), fix });
    }

    /// Passes over a part that belongs to the template engine, if one begins here.
    fn template(&mut self) -> bool {
        let end = match self.rest().as_bytes() {
            [b'{', b'{', ..] => "}}",
            [b'{', b'%', ..] => "%}",
            [b'{', b'#', ..] => "#}",
            _ => return false,
        };
        let start = self.at;
        self.skip_past(end);
        if end != "#}" {
            self.expression(start);
        }
        true
    }

    /// Looks for `safe` in the part that has just been passed over.
    fn expression(&mut self, start: usize) {
        let part = &self.text[start..self.at];
        for (at, _) in part.match_indices('|') {
            let after = part[at + 1..].trim_start();
            let is_safe = after
                .strip_prefix("safe")
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
            let subject =
                part[..at].trim_end().rsplit(|c: char| !(c.is_alphanumeric() || "_.[]\"".contains(c))).next();
            if is_safe && !subject.is_some_and(|subject| SAFE.contains(&subject)) {
                let from = start + at + 1 + (part[at + 1..].len() - after.len());
                self.add(
                    from..from + 4,
                    "`safe` lets text of the content become HTML",
                    "leave `safe` out: only `content` is HTML already",
                );
            }
        }
    }

    /// Passes over a tag, from its `<`.
    fn tag(&mut self) {
        let start = self.at;
        self.at += 1;
        let name = self.word();
        let mut has_source = false;
        while self.at < self.text.len() {
            if self.template() {
                continue;
            }
            match self.rest().as_bytes()[0] {
                b'>' => {
                    self.at += 1;
                    break;
                }
                letter if letter.is_ascii_alphabetic() => {
                    let from = self.at;
                    let attribute = self.word();
                    has_source |= attribute == "src";
                    self.attribute(&attribute, from);
                }
                _ => self.step(),
            }
        }
        if name == "script" {
            if !has_source {
                self.add(
                    start..start + 7,
                    "browsers refuse scripts within a page",
                    "put the script into `static/` and name it by `src`",
                );
            }
            self.skip_past("</script");
        } else if name == "style" {
            self.add(
                start..start + 6,
                "browsers refuse styles within a page",
                "put the style into a sheet in `static/`",
            );
            self.skip_past("</style");
        }
    }

    /// Passes over the value of an attribute whose name has just been read.
    fn attribute(&mut self, name: &str, from: usize) {
        let end = self.at;
        if name.starts_with("on") {
            self.add(
                from..end,
                format!("browsers refuse the handler `{name}`"),
                "put the script into `static/` and listen from there",
            );
        } else if name == "style" {
            self.add(
                from..end,
                "browsers refuse the attribute `style`",
                "give the element a class, and the class a rule in `static/`",
            );
        }
        let Some(value) = self.rest().strip_prefix('=') else { return };
        self.at += 1;
        match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                while self.at < self.text.len() && self.text.as_bytes()[self.at] != *quote {
                    if !self.template() {
                        self.step();
                    }
                }
                self.at = (self.at + 1).min(self.text.len());
            }
            _ => {
                let start = self.at;
                let mut is_made = false;
                while self.at < self.text.len()
                    && !self.rest().starts_with(|c: char| c.is_whitespace() || c == '>')
                {
                    if self.template() { is_made = true } else { self.step() }
                }
                if is_made {
                    let message = format!("the value of `{name}` stands without quotes");
                    self.add(
                        start..self.at,
                        message,
                        "put the value in double quotes: a space in it would begin another attribute",
                    );
                }
            }
        }
    }

    /// The name that stands here, in lowercase.
    fn word(&mut self) -> String {
        let is_end = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'));
        let length = self.rest().find(is_end).unwrap_or(self.rest().len());
        let word = self.rest()[..length].to_ascii_lowercase();
        self.at += length;
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::DEFAULT_FILES;

    fn messages(text: &str) -> Vec<String> {
        found(text).into_iter().map(|found| format!("{}: {}", &text[found.range], found.message)).collect()
    }

    #[test]
    fn what_could_become_script_is_found_where_it_stands() {
        let one = |text: &str| {
            let found = messages(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            found[0].split(':').next().unwrap().to_owned()
        };
        assert_eq!(one("<a href={{ x }}>y</a>"), "{{ x }}");
        assert_eq!(one("<p>{{ page.title | safe }}</p>"), "safe");
        assert_eq!(one("{% set a = entry.title|safe %}"), "safe");
        assert_eq!(one("<script>if (a < b) { c() }</script>"), "<script");
        assert_eq!(one("<b ONCLICK='x()'>"), "ONCLICK");
        assert_eq!(one("<p style=\"color: red\">"), "style");
        for sound in [
            "{{ content | safe }}",
            "<a href=\"{{ root }}{{ x }}\">",
            "<a href='{{ \"a>b\" }}'>",
            "<script src=\"{{ root }}assets/x.js\" defer></script>",
            "{# <script> #}",
            "a < b | safe",
            "<input disabled value=3>",
            "{% if a %}<p{% if b %} class=\"x\"{% endif %}>{% endif %}",
        ] {
            assert_eq!(messages(sound), [""; 0], "{sound}");
        }
    }

    #[test]
    fn the_default_theme_keeps_to_it() {
        for (name, bytes) in
            DEFAULT_FILES.iter().filter(|(name, _)| name.ends_with(".html") && *name != ALONE)
        {
            assert_eq!(messages(std::str::from_utf8(bytes).unwrap()), [""; 0], "{name}");
        }
    }
}
