//! Style sheets in drawings: no comments, and no address but those within the drawing.

use cssparser::{BasicParseErrorKind, ParseError, Parser, Token, serialize_string};

/// Returns `css` with its meaning, but without what is written in comments, and with every `url(…)` that
/// leads out of the drawing made to lead nowhere. `None` if browsers may read it otherwise than we do.
///
/// Works token by token with the tokens of a browser, so that no spelling of `url` slips through.
pub(super) fn cleaned(css: &str) -> Option<String> {
    // At the very end this would swallow the bracket that we may have to close there.
    if css.ends_with('\\') {
        return None;
    }
    let mut out = String::with_capacity(css.len());
    copy(&mut Parser::new(css), &mut out).ok()?;
    Some(out)
}

/// Functions that take addresses as plain strings, or by way of a variable.
const IMAGES: [&str; 5] = ["image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"];

const STATEMENTS: [&str; 4] = ["media", "supports", "keyframes", "-webkit-keyframes"];

fn copy(parser: &mut Parser, out: &mut String) -> Result<(), ParseError<()>> {
    loop {
        let start = parser.position();
        let Ok(token) = parser.next_including_whitespace_and_comments() else { return Ok(()) };
        let token = token.clone();
        let closing = match &token {
            token if token.is_parse_error() => {
                return Err(ParseError::from_basic_kind(BasicParseErrorKind::UnexpectedToken));
            }
            // It also keeps two tokens apart, so it cannot go wholly.
            Token::Comment(_) => {
                out.push_str("/**/");
                continue;
            }
            Token::UnquotedUrl(address) => {
                put_address(out, address);
                continue;
            }
            Token::Function(name) if is_any(name, &["url", "src"]) => {
                let address = parser.parse_nested_block(|parser| {
                    let address = parser.expect_string_cloned().ok();
                    skip_rest(parser)?;
                    Ok(address)
                })?;
                put_address(out, address.as_deref().unwrap_or_default());
                continue;
            }
            Token::Function(name) if is_any(name, &IMAGES) => {
                parser.parse_nested_block(skip_rest)?;
                put_address(out, "");
                continue;
            }
            Token::QuotedString(text) => {
                put_string(out, text);
                continue;
            }
            Token::AtKeyword(name) if !is_any(name, &STATEMENTS) => {
                skip_statement(parser)?;
                continue;
            }
            Token::Function(_) | Token::ParenthesisBlock => Some(')'),
            Token::SquareBracketBlock => Some(']'),
            Token::CurlyBracketBlock => Some('}'),
            _ => None,
        };
        out.push_str(parser.slice_from(start));
        if let Some(closing) = closing {
            parser.parse_nested_block(|parser| copy(parser, out))?;
            out.push(closing);
        }
    }
}

fn is_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

fn put_address(out: &mut String, address: &str) {
    match address.strip_prefix('#') {
        Some(id) if id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte)) => {
            out.extend(["url(", address, ")"]);
        }
        Some(_) => {
            out.push_str("url(");
            put_string(out, address);
            out.push(')');
        }
        None => out.push_str("url(#)"),
    }
}

fn put_string(out: &mut String, text: &str) {
    serialize_string(text, out).expect("a string takes all that is written to it");
}

/// Leaves out `@import`, `@font-face` and the like, up to and with their block or semicolon.
fn skip_statement(parser: &mut Parser) -> Result<(), ParseError<()>> {
    while let Ok(token) = parser.next() {
        match token {
            Token::Semicolon => break,
            Token::CurlyBracketBlock => return parser.parse_nested_block(skip_rest),
            _ => {}
        }
    }
    Ok(())
}

fn skip_rest(parser: &mut Parser) -> Result<(), ParseError<()>> {
    while parser.next().is_ok() {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(css: &str, expected: &str) {
        let once = cleaned(css).unwrap();
        assert_eq!(once, expected);
        assert_eq!(cleaned(&once).as_deref(), Some(expected), "cleaned twice");
    }

    #[test]
    fn keeps_what_stays_within_the_drawing() {
        check("a > .b{fill:url(#g);width:1e-3px}", "a > .b{fill:url(#g);width:1e-3px}");
        check("@media print{a{color:red}}", "@media print{a{color:red}}");
        check(".cls-1,.cls-2{font-family:'Open Sans'}", ".cls-1,.cls-2{font-family:\"Open Sans\"}");
        check("translate(10,-.5) rotate(3", "translate(10,-.5) rotate(3)");
    }

    #[test]
    fn makes_addresses_elsewhere_lead_nowhere() {
        for address in [
            "url(//evil)",
            "URL( 'http://evil' )",
            "\\75rl(\"//evil\" x)",
            "u\\72l(//evil)",
            "src(\"//evil\")",
        ] {
            check(&format!("fill:{address};x:y"), "fill:url(#);x:y");
        }
        check("--a:\"//evil\";a:image-set(var(--a) 1x)", "--a:\"//evil\";a:url(#)");
        check("a:url(data:image/png;base64,x)", "a:url(#)");
    }

    #[test]
    fn leaves_out_comments_and_imports() {
        check("a/*secret*/.b", "a/**/.b");
        check("a /* secret", "a /**/");
        check("@im\\70ort '//evil';b{}", "b{}");
        check("@font-face{src:url(x)}b{}", "b{}");
    }

    #[test]
    fn refuses_what_may_be_read_in_two_ways() {
        for css in ["a{b:url(x\"y)}", "a}b", "content:'\n'", "a{b:c\\", &"(".repeat(10_000)] {
            assert_eq!(cleaned(css), None, "{css}");
        }
    }
}
