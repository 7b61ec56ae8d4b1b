//! From bytes to text, or to the reason why they are none.

use super::{Asset, SourceFile, Unusable};

/// The largest Markdown, YAML or CSV file that is read, in bytes.
pub const LARGEST_TEXT: u64 = 2 * 1024 * 1024;

/// Whether a file of that name is read as text rather than kept as an asset.
pub fn is_text(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["md", "yaml", "yml", "csv"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The file that `bytes` make under that name.
pub fn source_file(name: &str, bytes: Vec<u8>) -> SourceFile {
    if !is_text(name) {
        return SourceFile::Asset(Asset { length: bytes.len() as u64, dimensions: None });
    }
    match text(bytes) {
        Ok(text) => SourceFile::Text(text.into()),
        Err(fault) => SourceFile::Unusable(fault),
    }
}

/// The text in UTF-8, with line feeds as line ends and without a byte order mark.
///
/// # Errors
/// Bytes that are no UTF-8 and characters that no editor shows.
pub fn text(bytes: Vec<u8>) -> Result<String, Unusable> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Unusable::new("the file is UTF-16, not UTF-8", "save it as UTF-8"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..offset]);
        let reason = format!("the byte at offset {offset} is not UTF-8");
        Unusable { at: Some(behind(&before)), ..Unusable::new(reason, "save the file as UTF-8") }
    })?;
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if let Some((offset, c)) = first_forbidden(&text) {
        let at = behind(&text[..offset]);
        let reason = format!("line {} holds the control character U+{:04X}", at.0, u32::from(c));
        return Err(Unusable { at: Some(at), ..Unusable::new(reason, "remove that character") });
    }
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// Line and column behind a text, from 1.
fn behind(text: &str) -> (usize, usize) {
    let line = text.rsplit(['\n', '\r']).next().unwrap_or_default();
    // However lines end, there are as many of them.
    let breaks = text.matches(['\n', '\r']).count() - text.matches("\r\n").count();
    (breaks + 1, line.trim_start_matches('\u{FEFF}').chars().count() + 1)
}

fn first_forbidden(text: &str) -> Option<(usize, char)> {
    // Nearly every line is plain, which a glance at its bytes tells.
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let is_plain = line.bytes().fold(true, |plain, byte| plain & (matches!(byte, b' '..=b'~' | b'\n')));
        if !is_plain && let Some((at, c)) = line.char_indices().find(|(_, c)| is_forbidden(*c)) {
            return Some((start + at, c));
        }
        start += line.len();
    }
    None
}

/// Why a text file of so many bytes is not read.
pub fn too_long(length: u64) -> Unusable {
    let fix = "split it, or keep the bulk in a file that the entry links to";
    Unusable::new(format!("{length} bytes long; entries have at most {LARGEST_TEXT}"), fix)
}

fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        // Line and paragraph separators end a line for some programs and not for others.
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_byte_order_mark_make_no_difference() {
        for bytes in [&b"a\nb\n"[..], b"a\r\nb\r\n", b"a\rb\r", b"\xEF\xBB\xBFa\nb\n"] {
            assert_eq!(text(bytes.to_vec()).unwrap(), "a\nb\n");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_place() {
        type Case<'a> = (&'a [u8], &'a str, Option<(usize, usize)>);
        let cases: [Case; 7] = [
            (b"ab\xFFc", "the byte at offset 2 is not UTF-8", Some((1, 3))),
            (b"a\r\n\xC3\xA4\xFFc", "the byte at offset 5 is not UTF-8", Some((2, 2))),
            (b"\xFF\xFEa\0", "the file is UTF-16, not UTF-8", None),
            (b"a\nb\0c", "line 2 holds the control character U+0000", Some((2, 2))),
            (b"a\rb\r\n\x07", "line 3 holds the control character U+0007", Some((3, 1))),
            ("\u{FEFF}a\u{2028}b".as_bytes(), "line 1 holds the control character U+2028", Some((1, 2))),
            (b"a\x1b[31m", "line 1 holds the control character U+001B", Some((1, 2))),
        ];
        for (bytes, reason, at) in cases {
            let fault = text(bytes.to_vec()).unwrap_err();
            assert_eq!((fault.reason.as_str(), fault.at), (reason, at));
        }
    }
}
