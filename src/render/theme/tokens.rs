//! Design tokens: the custom properties of a theme's style sheets, and the values that `theme.yaml` gives them.
//!
//! Which tokens there are, and what each takes, follows from the style sheets themselves: a token takes what its
//! first value is. A value is passed on only if it is one colour, one length, one number or a list of fonts, so
//! that nothing else can come into the style sheet.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use cssparser::{Parser, Token as Css, color, serialize_string};

use super::Layer;
use super::settings::{FILE, Setting};
use crate::check::theme::{BAD_TOKEN, UNKNOWN_TOKEN};
use crate::report::{Place, Report};
use crate::source::yaml::{Node, Value};
use crate::text::nearest;

/// What a token takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Colour,
    Length,
    Number,
    Fonts,
}

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Self::Colour => "a colour",
            Self::Length => "a length",
            Self::Number => "a number",
            Self::Fonts => "a list of fonts",
        }
    }
}

/// The units that a length may have.
const UNITS: [&str; 16] =
    ["px", "rem", "em", "ch", "ex", "cm", "mm", "in", "pt", "pc", "vw", "vh", "vmin", "vmax", "lh", "rlh"];

const COLOUR_FUNCTIONS: [&str; 10] =
    ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "light-dark"];

const LENGTH_FUNCTIONS: [&str; 4] = ["calc", "clamp", "min", "max"];

/// Families that are keywords and stand without quotes.
const GENERIC: [&str; 9] = [
    "serif",
    "sans-serif",
    "monospace",
    "cursive",
    "fantasy",
    "system-ui",
    "ui-serif",
    "ui-sans-serif",
    "ui-monospace",
];

/// The tokens that these style sheets define at their root, with what each takes.
pub(super) fn defined<'s>(sheets: impl IntoIterator<Item = &'s str>) -> BTreeMap<String, Kind> {
    let mut kinds = BTreeMap::new();
    for sheet in sheets {
        let sheet = without_comments(sheet);
        for block in sheet.split(":root").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('{')) {
            for declaration in block.split('}').next().unwrap_or_default().split(';') {
                let Some((name, value)) = declaration.split_once(':') else { continue };
                let Some(name) = name.trim().strip_prefix("--") else { continue };
                if let Some(kind) = kind_of(value.trim()) {
                    kinds.entry(name.to_owned()).or_insert(kind);
                }
            }
        }
    }
    kinds
}

/// What a theme sets, as a style sheet; what cannot be set goes into the report.
pub(super) fn sheet(
    layer: &Layer,
    settings: &[Setting],
    known: &BTreeMap<String, Kind>,
    report: &mut Report,
) -> String {
    let file = layer.path(FILE);
    let place =
        |range: &Range<usize>, name: &str| Place::bytes(&file, range.clone(), format!("tokens.{name}"));
    let mut lines = String::new();
    for Setting { name, value } in settings {
        let Some(kind) = known.get(&name.name) else {
            let found = report.add(
                &UNKNOWN_TOKEN,
                place(&name.range, &name.name),
                format!("there is no token `{}`", name.name),
            );
            found.did_you_mean(nearest(&name.name, known.keys().map(String::as_str)));
            continue;
        };
        match css(*kind, value) {
            Some(value) => writeln!(lines, "  --{}: {value};", name.name).expect("writing to a string"),
            None => {
                let message = format!("`{}` takes {}", name.name, kind.words());
                report.add(&BAD_TOKEN, place(&value.range, &name.name), message);
            }
        }
    }
    if lines.is_empty() { lines } else { format!("\n:root {{\n{lines}}}\n") }
}

/// The value of a setting as it stands in a style sheet; `None` if it is not of the kind.
fn css(kind: Kind, node: &Node) -> Option<String> {
    match (kind, &node.value) {
        (Kind::Fonts, Value::List(items)) => {
            let fonts: Option<Vec<String>> = items.iter().map(|item| font(scalar(item)?)).collect();
            fonts.filter(|fonts| !fonts.is_empty()).map(|fonts| fonts.join(", "))
        }
        (Kind::Fonts, Value::Scalar { text, .. }) => {
            let fonts: Option<Vec<String>> = text.split(',').map(|name| font(unquoted(name))).collect();
            fonts.map(|fonts| fonts.join(", "))
        }
        (Kind::Colour, Value::Map(_)) => {
            let Value::Map(fields) = &node.value else { return None };
            let of = |name: &str| scalar(node.get(name)?).filter(|text| is_colour(text));
            let (light, dark) = (of("light")?, of("dark")?);
            (fields.len() == 2).then(|| format!("light-dark({light}, {dark})"))
        }
        (Kind::Colour, Value::Scalar { text, .. }) => is_colour(text).then(|| text.clone()),
        (Kind::Length, Value::Scalar { text, .. }) => is_length(text).then(|| text.clone()),
        (Kind::Number, Value::Scalar { text, .. }) => is_number(text).then(|| text.clone()),
        _ => None,
    }
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// What a value is.
fn kind_of(value: &str) -> Option<Kind> {
    if is_number(value) {
        Some(Kind::Number)
    } else if is_length(value) {
        Some(Kind::Length)
    } else if is_colour(value) {
        Some(Kind::Colour)
    } else if value.split(',').all(|name| font(unquoted(name)).is_some()) {
        Some(Kind::Fonts)
    } else {
        None
    }
}

fn is_colour(text: &str) -> bool {
    is_one(text, &|parser, css| match css {
        Css::Hash(hash) | Css::IDHash(hash) => color::parse_hash_color(hash.as_bytes()).is_ok(),
        Css::Ident(name) => is_colour_name(name),
        Css::Function(name) if is_any(name, &COLOUR_FUNCTIONS) => all(parser, &|css| match css {
            Css::Number { .. } | Css::Percentage { .. } | Css::Comma | Css::Delim('/') => true,
            Css::Dimension { unit, .. } => is_any(unit, &["deg", "rad", "grad", "turn"]),
            Css::Hash(hash) | Css::IDHash(hash) => color::parse_hash_color(hash.as_bytes()).is_ok(),
            Css::Ident(name) => is_colour_name(name) || name.eq_ignore_ascii_case("none"),
            _ => false,
        }),
        _ => false,
    })
}

fn is_colour_name(name: &str) -> bool {
    color::parse_named_color(name).is_ok() || is_any(name, &["transparent", "currentcolor"])
}

fn is_length(text: &str) -> bool {
    let is_length = |css: &Css| match css {
        Css::Dimension { unit, .. } => is_any(unit, &UNITS),
        Css::Number { value, .. } => *value == 0.0,
        Css::Percentage { .. } => true,
        _ => false,
    };
    is_one(text, &|parser, css| match css {
        Css::Function(name) if is_any(name, &LENGTH_FUNCTIONS) => all(parser, &|css| {
            let is_sign = matches!(css, Css::Comma | Css::Delim('+' | '-' | '*' | '/') | Css::Number { .. });
            is_sign || is_length(css)
        }),
        css => is_length(css),
    })
}

fn is_number(text: &str) -> bool {
    is_one(text, &|_, css| matches!(css, Css::Number { .. }))
}

/// The name of a font as it stands in a style sheet.
fn font(name: &str) -> Option<String> {
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
    if name.is_empty()
        || !name.chars().all(is_letter)
        || !name.starts_with(|c: char| c.is_alphabetic() || c == '-')
    {
        return None;
    }
    if is_any(name, &GENERIC) || name == "-apple-system" {
        return Some(name.to_owned());
    }
    let mut quoted = String::new();
    serialize_string(name, &mut quoted).ok()?;
    Some(quoted)
}

fn unquoted(name: &str) -> &str {
    let name = name.trim();
    let inner = |quote: char| name.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(name)
}

/// Whether a text is one component value that passes; comments are none.
fn is_one(text: &str, passes: &dyn Fn(&mut Parser, &Css) -> bool) -> bool {
    if text.contains("/*") || text.contains('\\') {
        return false;
    }
    let mut parser = Parser::new(text);
    let Ok(first) = parser.next().cloned() else { return false };
    passes(&mut parser, &first) && parser.is_exhausted() && balanced(text)
}

/// Whether every value in a function passes.
fn all(parser: &mut Parser, passes: &dyn Fn(&Css) -> bool) -> bool {
    let inner = parser.parse_nested_block(|parser| {
        let mut sound = true;
        while let Ok(css) = parser.next() {
            sound &= passes(css);
        }
        Ok::<bool, cssparser::ParseError<()>>(sound)
    });
    inner.unwrap_or(false)
}

/// A browser closes what is left open at the end of a file; here more follows.
fn balanced(text: &str) -> bool {
    text.matches('(').count() == text.matches(')').count()
}

fn is_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("*/").map_or("", |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_of_a_token_says_what_it_takes() {
        let sheet = "/* --no: 1; */ :root { --a: #fff; --b: light-dark(#fff, #000); --c: 1.5rem; --d: 1.6;\n\
                     --e: \"IBM Plex\", serif; --f: clamp(1rem, 2vw + 1px, 3rem); --g: url(x); }\n\
                     @media (prefers-color-scheme: dark) { :root { --a: #000; } } p { --z: 1; }";
        let found: Vec<(String, Kind)> = defined([sheet]).into_iter().collect();
        let expected = [
            ("a", Kind::Colour),
            ("b", Kind::Colour),
            ("c", Kind::Length),
            ("d", Kind::Number),
            ("e", Kind::Fonts),
            ("f", Kind::Length),
        ];
        assert_eq!(found, expected.map(|(name, kind)| (name.to_owned(), kind)));
    }

    #[test]
    fn only_plain_values_pass() {
        for sound in [
            "#fff",
            "#11223344",
            "rebeccapurple",
            "rgb(1 2 3 / 50%)",
            "oklch(0.7 0.1 200deg)",
            "light-dark(red, #000)",
        ] {
            assert!(is_colour(sound), "{sound}");
        }
        for sound in ["1rem", "0", "12.5px", "clamp(1rem, 2vw + 1rem, 3rem)", "50%"] {
            assert!(is_length(sound), "{sound}");
        }
        for hostile in [
            "red; } body { display: none",
            "#fff}",
            "url(https://example.org/x)",
            "expression(alert(1))",
            "var(--x)",
            "red/**/",
            "rgb(url(x))",
            "#ggg",
            "red green",
            "rgb(1 2 3",
            "\\72 ed",
            "",
            "1rem; x: y",
            "calc(1rem",
            "image(red)",
            "light-dark(red, url(x))",
        ] {
            assert!(!is_colour(hostile) && !is_length(hostile) && !is_number(hostile), "{hostile}");
        }
        for hostile in ["a\"b", "a;b", "</style>", "url(x)", "a}b", "", "\\22", "1; x"] {
            assert_eq!(font(hostile), None, "{hostile}");
        }
        assert_eq!(font("Iowan Old Style").as_deref(), Some("\"Iowan Old Style\""));
        assert_eq!(font("serif").as_deref(), Some("serif"));
    }
}
