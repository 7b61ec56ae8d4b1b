//! Raw HTML in a text: what of it is let through.

use std::sync::OnceLock;

use ammonia::Builder;

use super::ID_PREFIX;
use crate::model::links::is_safe;

/// The same HTML without what could do harm; `None` if it is nested too deep to be looked through.
pub(super) fn cleaned(html: &str) -> Option<String> {
    (depth(html) <= DEEPEST).then(|| with_sorted_attributes(&cleaner().clean(html).to_string()))
}

/// Lets through what [`super::html`] writes itself, and of raw HTML what is harmless.
fn cleaner() -> &'static Builder<'static> {
    static CLEANER: OnceLock<Builder<'static>> = OnceLock::new();
    CLEANER.get_or_init(|| {
        let mut cleaner = Builder::default();
        cleaner
            .add_tags(["input", "section"])
            .add_generic_attributes(["id", "class", "aria-label", "tabindex"])
            // The only input is the box of a task, which nobody can tick.
            .add_tag_attributes("input", ["checked"])
            .set_tag_attribute_value("input", "type", "checkbox")
            .set_tag_attribute_value("input", "disabled", "")
            .add_tag_attributes("img", ["loading", "decoding"])
            .add_tag_attributes("a", ["rel"])
            .link_rel(None)
            .url_schemes(["http", "https", "mailto", "tel"].into())
            .attribute_filter(|_, attribute, value| match attribute {
                // A page asks for nothing from elsewhere, and leads elsewhere only by a full address.
                "src" => is_relative(value).then(|| value.into()),
                "href" => (is_relative(value) || is_safe(value)).then(|| value.into()),
                "cite" | "headers" | "longdesc" => None,
                "id" => is_our_id(value).then(|| value.into()),
                "class" => is_our_class(value).then(|| value.into()),
                "tabindex" => (value == "0").then(|| value.into()),
                _ => Some(value.into()),
            });
        cleaner
    })
}

fn is_relative(address: &str) -> bool {
    !address.contains([':', '\\']) && !address.starts_with('/') && !address.chars().any(char::is_control)
}

fn is_our_id(id: &str) -> bool {
    [ID_PREFIX, "fn-", "fnref-"].iter().any(|prefix| id.starts_with(prefix))
}

fn is_our_class(class: &str) -> bool {
    matches!(class, "table" | "align-left" | "align-center" | "align-right" | "footnote" | "footnotes")
        || class.strip_prefix("language-").is_some_and(|language| !language.contains(char::is_whitespace))
}

/// Puts the attributes of every element in the order of their names: the cleaner writes them in an order that
/// differs from run to run. Takes what the cleaner writes: `<` begins nothing but tags, values are in quotes.
fn with_sorted_attributes(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let name = rest[start + 1..].find([' ', '>']).map_or(rest.len(), |length| start + 1 + length);
        out.push_str(&rest[..name]);
        rest = &rest[name..];
        let mut attributes = Vec::new();
        while let Some((attribute, after)) = first_attribute(rest) {
            attributes.push(attribute);
            rest = after;
        }
        attributes.sort_unstable();
        out.extend(attributes);
    }
    out + rest
}

/// The attribute that a text begins with, and what follows it: ` name="value"`.
fn first_attribute(text: &str) -> Option<(&str, &str)> {
    let equals = text.strip_prefix(' ')?.find("=\"")? + 1;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
    if !text[1..equals].chars().all(is_name) {
        return None;
    }
    let value = equals + 2;
    let end = value + text[value..].find('"')? + 1;
    Some(text.split_at(end))
}

/// How deep elements may be nested for raw HTML to be cleaned: for every element, the parser looks through all
/// that are open. Below that, raw HTML is shown as the text that it is.
const DEEPEST: usize = 500;

/// How deep elements are nested in a piece of HTML, roughly: those that end by themselves do not count.
fn depth(html: &str) -> usize {
    const END_BY_THEMSELVES: [&str; 14] =
        ["p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "br", "hr", "img", "input", "wbr"];
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let (ends, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let name = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if name == 0 || END_BY_THEMSELVES.iter().any(|known| known.eq_ignore_ascii_case(&rest[..name])) {
            continue;
        }
        depth = if ends { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::with_sorted_attributes;

    #[test]
    fn attributes_come_in_the_order_of_their_names() {
        let html = r#"<p>a &lt; b</p><input type="checkbox" disabled="" aria-label="x > y"><img src="a b" alt=""> c="d"<br>"#;
        let sorted = r#"<p>a &lt; b</p><input aria-label="x > y" disabled="" type="checkbox"><img alt="" src="a b"> c="d"<br>"#;
        assert_eq!(with_sorted_attributes(html), sorted);
        assert_eq!(with_sorted_attributes("no tag"), "no tag");
    }
}
