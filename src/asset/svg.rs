//! Drawings: writes anew what is known to be drawing, and nothing else.
//!
//! A page shows a drawing by `<img>`, where neither scripts nor addresses work; but the file can also be
//! opened by itself, and then it is a page of the site with all the rights of one.

use base64::{Engine, alphabet, engine::DecodePaddingMode, engine::GeneralPurposeConfig};
use xml::{
    attribute::OwnedAttribute,
    common::Position,
    escape::{escape_str_attribute, escape_str_pcdata},
    name::OwnedName,
    reader::{EventReader, ParserConfig, XmlEvent},
};

use super::{Fault, Format, Kind, css, svg_names as names};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

const FIX: &str = "save it again as plain SVG";

/// More than any drawing program makes; each level costs the reader more than the one above.
const DEEPEST: usize = 256;

/// Keeps shapes, text, titles, descriptions, styles, animations and the pictures within, cleaned as well.
///
/// What goes: scripts, handlers, foreign objects, links, every address but `#id`, animations of anything that
/// could become an address, entities and the document type, comments, metadata, what editors keep for
/// themselves, `data-` attributes, and text that stands where none is shown.
pub(super) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let most = bytes.len().saturating_mul(16).saturating_add(1 << 16);
    let mut reader = reader(bytes, most);
    let mut drawing = Drawing::default();
    let (mut read, mut namespaces) = (0, 0);
    loop {
        match next(&mut reader)? {
            XmlEvent::StartElement { name, attributes, namespace } => {
                if drawing.depth() >= DEEPEST {
                    return Err(fault("the drawing is nested too deeply"));
                }
                // The reader copies all of them for each element.
                namespaces += namespace.0.len();
                if namespaces > bytes.len() + 100_000 {
                    return Err(fault("the drawing has too many namespaces"));
                }
                read += attributes.iter().map(|attribute| attribute.value.len()).sum::<usize>();
                drawing.start(&name, &attributes)?;
            }
            XmlEvent::EndElement { .. } => drawing.end(),
            XmlEvent::Characters(text) | XmlEvent::CData(text) | XmlEvent::Whitespace(text) => {
                read += text.len();
                drawing.text(&text);
            }
            XmlEvent::EndDocument => return Ok(drawing.out.into_bytes()),
            _ => {}
        }
        // Entities that multiply.
        if read > most {
            return Err(fault("the drawing unfolds to much more than it seems"));
        }
    }
}

/// Returns the size that the drawing asks for, else that of its view box.
pub(super) fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut reader = reader(bytes, 1 << 20);
    let (name, attributes) = loop {
        match reader.next().ok()? {
            XmlEvent::StartElement { name, attributes, .. } => break (name, attributes),
            XmlEvent::EndDocument => return None,
            _ => {}
        }
    };
    if !is_svg(&name) || name.local_name != "svg" {
        return None;
    }
    let value = |wanted: &str| {
        let is_wanted = |attribute: &&OwnedAttribute| {
            attribute.name.namespace.is_none() && attribute.name.local_name == wanted
        };
        attributes.iter().find(is_wanted).map(|attribute| attribute.value.trim())
    };
    let side = |name: &str| pixels(value(name)?.trim_end_matches("px"));
    side("width").zip(side("height")).or_else(|| {
        let mut numbers =
            value("viewBox")?.split([' ', ',', '\t', '\n', '\r']).filter(|part| !part.is_empty());
        pixels(numbers.nth(2)?).zip(pixels(numbers.next()?))
    })
}

fn pixels(text: &str) -> Option<u32> {
    let number: f64 = text.trim().parse().ok()?;
    // The cast cannot lose anything: the number is whole and within range.
    (0.5..1e9).contains(&number).then(|| number.round() as u32)
}

fn reader(bytes: &[u8], most: usize) -> EventReader<&[u8]> {
    ParserConfig::new()
        .ignore_comments(true)
        .allow_multiple_root_elements(false)
        .max_entity_expansion_depth(3)
        .max_entity_expansion_length(1000)
        .max_name_length(1000)
        .max_attributes(200)
        .max_attribute_length(most)
        .max_data_length(most)
        .create_reader(bytes)
}

fn next(reader: &mut EventReader<&[u8]>) -> Result<XmlEvent, Fault> {
    reader.next().map_err(|error| {
        let line = error.position().row + 1;
        Fault { message: format!("line {line} of the drawing is not XML: {}", error.msg()).into(), fix: FIX }
    })
}

fn fault(message: &'static str) -> Fault {
    Fault { message: message.into(), fix: FIX }
}

fn is_svg(name: &OwnedName) -> bool {
    name.namespace.as_deref() == Some(SVG)
}

/// The drawing that is being written.
#[derive(Default)]
struct Drawing {
    out: String,
    /// The elements that are open in `out`.
    open: Vec<Element>,
    /// How many elements are open that are left out, all of them within the last of `open`.
    left_out: usize,
    /// Whether the last start tag in `out` still lacks its end, since it may turn out to be empty.
    is_tag_open: bool,
}

struct Element {
    name: &'static str,
    contents: Contents,
}

enum Contents {
    /// Elements alone.
    Shapes,
    /// Text and elements.
    Text,
    /// Text alone.
    Words,
    /// A style sheet, collected.
    Style(String),
}

impl Drawing {
    fn depth(&self) -> usize {
        self.open.len() + self.left_out
    }

    fn start(&mut self, name: &OwnedName, attributes: &[OwnedAttribute]) -> Result<(), Fault> {
        let known = is_svg(name).then(|| names::element(&name.local_name)).flatten();
        let element = match (known, self.open.last()) {
            (Some("svg"), None) if self.out.is_empty() => "svg",
            (_, None) => {
                return Err(fault(
                    "the drawing does not begin with `<svg xmlns=\"http://www.w3.org/2000/svg\">`",
                ));
            }
            (Some(element), Some(parent))
                if self.left_out == 0
                    && parent.contents.may_hold_elements()
                    && is_kept(element, attributes) =>
            {
                element
            }
            _ => {
                self.left_out += 1;
                return Ok(());
            }
        };
        let is_in_text = self.open.last().is_some_and(|parent| matches!(parent.contents, Contents::Text));
        let contents = match element {
            "style" => Contents::Style(String::new()),
            "title" | "desc" => Contents::Words,
            "text" | "tspan" | "textPath" => Contents::Text,
            "a" | "switch" if is_in_text => Contents::Text,
            _ => Contents::Shapes,
        };
        self.end_tag();
        self.out.extend(["<", element]);
        if self.open.is_empty() {
            self.put_attribute("xmlns", SVG);
        }
        self.put_attributes(element, attributes);
        self.is_tag_open = true;
        self.open.push(Element { name: element, contents });
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let Some(element) = self.open.last_mut().filter(|_| self.left_out == 0) else { return };
        match &mut element.contents {
            Contents::Shapes => {}
            Contents::Text | Contents::Words => self.put_text(text),
            Contents::Style(style) => style.push_str(text),
        }
    }

    fn end(&mut self) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        let Some(element) = self.open.pop() else { return };
        if let Contents::Style(style) = &element.contents {
            self.put_text(&css::cleaned(&plain(style)).unwrap_or_default());
        }
        if std::mem::take(&mut self.is_tag_open) {
            self.out.push_str("/>");
        } else {
            self.out.extend(["</", element.name, ">"]);
        }
    }

    fn put_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.end_tag();
            self.out.push_str(&escape_str_pcdata(&plain(text)));
        }
    }

    fn end_tag(&mut self) {
        if std::mem::take(&mut self.is_tag_open) {
            self.out.push('>');
        }
    }

    fn put_attributes(&mut self, element: &str, attributes: &[OwnedAttribute]) {
        // Of two links, one with the old prefix, browsers follow the one without.
        let has_href = attributes.iter().any(|a| a.name.namespace.is_none() && a.name.local_name == "href");
        for OwnedAttribute { name, value } in attributes {
            let value = plain(value).replace(['\t', '\n'], " ");
            let local = name.local_name.as_str();
            match name.namespace.as_deref() {
                Some(XLINK) if local == "href" && has_href => {}
                None | Some(XLINK) if local == "href" => {
                    if let Some(value) = link(element, value.trim()) {
                        self.put_attribute("href", &value);
                    }
                }
                Some(XML) if local == "space" => self.put_attribute("xml:space", &value),
                Some(XML) if local == "lang" => self.put_attribute("xml:lang", &value),
                None if names::is_plain(local) => self.put_attribute(local, &value),
                None if names::is_style(local) => {
                    if let Some(value) = styled(value) {
                        self.put_attribute(local, &value);
                    }
                }
                _ => {}
            }
        }
    }

    fn put_attribute(&mut self, name: &str, value: &str) {
        self.out.extend([" ", name, "=\"", &escape_str_attribute(value), "\""]);
    }
}

impl Contents {
    fn may_hold_elements(&self) -> bool {
        matches!(self, Self::Shapes | Self::Text)
    }
}

/// Tells whether an element that is known is also harmless as it stands here.
fn is_kept(element: &str, attributes: &[OwnedAttribute]) -> bool {
    let value = |name: &str| {
        let attribute =
            attributes.iter().find(|a| a.name.namespace.is_none() && a.name.local_name == name)?;
        Some(attribute.value.trim())
    };
    // No browser has the extensions that drawing programs ask for, so it would not be shown.
    if value("requiredExtensions").is_some_and(|extensions| !extensions.is_empty()) {
        return false;
    }
    match element {
        // They could turn a harmless attribute into a handler or an address.
        "animate" | "animateTransform" | "set" => {
            value("attributeName").is_some_and(|name| names::is_style(name) || names::is_geometry(name))
        }
        _ => true,
    }
}

/// Returns an address within the drawing, or a picture that is part of it, cleaned.
fn link(element: &str, address: &str) -> Option<String> {
    if address.starts_with('#') {
        return Some(address.to_owned());
    }
    if !matches!(element, "image" | "feImage") {
        return None;
    }
    let (head, data) = address.split_once(',')?;
    let head = head.to_ascii_lowercase();
    if !head.starts_with("data:image/") || !head.ends_with(";base64") {
        return None;
    }
    let engine = base64::engine::GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let bytes = engine.decode(data.replace(' ', "")).ok()?;
    let media_type = match Format::of(&bytes)? {
        Format::Jpeg => "jpeg",
        Format::Png => "png",
        Format::Gif => "gif",
        Format::Webp => "webp",
        Format::Foreign(_) => return None,
    };
    let bytes = super::cleaned(Kind::Other, bytes).ok()?;
    Some(format!("data:image/{media_type};base64,{}", engine.encode(bytes)))
}

/// Returns the value of an attribute that is read as CSS.
fn styled(value: String) -> Option<String> {
    let is_simple = !value.contains(['(', '\\', '@']) && !value.contains("/*");
    if is_simple { Some(value) } else { css::cleaned(&value) }
}

/// Leaves out the characters that XML cannot hold, and gives lines one kind of end.
fn plain(text: &str) -> String {
    let is_held =
        |c: char| !matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| is_held(*c)).collect()
}
