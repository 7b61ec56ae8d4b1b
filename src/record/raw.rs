//! A file as it stands on the disk, beside the text that is read from it.

use std::ops::Range;

use crate::source::decode;

/// A file with its byte order mark and its own line ends, and the same without.
pub(super) struct Raw<'a> {
    raw: &'a str,
    text: String,
}

impl<'a> Raw<'a> {
    /// Reads a file; `Err` with the reason if it holds what no file may hold.
    pub(super) fn new(raw: &'a str) -> Result<Self, String> {
        let text = decode::text(raw.as_bytes().to_vec()).map_err(|fault| fault.reason)?;
        Ok(Self { raw, text })
    }

    /// The text with line feeds as line ends and without a byte order mark.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The file with `inserted` at the byte `at` of the text, in the line ends of its surroundings; and where
    /// that came to stand in the file.
    pub(super) fn with(&self, at: usize, inserted: &str) -> (String, Range<usize>) {
        let at = self.offset(at);
        let inserted = inserted.replace('\n', self.line_end(at));
        let (before, behind) = self.raw.split_at(at);
        (format!("{before}{inserted}{behind}"), at..at + inserted.len())
    }

    /// Whether `after` without `inserted` is this file again, byte for byte.
    pub(super) fn is_rest_of(&self, after: &str, inserted: Range<usize>) -> bool {
        self.raw == format!("{}{}", &after[..inserted.start], &after[inserted.end..])
    }

    /// The byte of the file at which that byte of the text stands.
    fn offset(&self, at: usize) -> usize {
        let bytes = self.raw.as_bytes();
        let mut offset = if self.raw.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        for _ in 0..at {
            // Of a pair of line ends the text has one only; every other byte it has as it is.
            offset += if bytes[offset..].starts_with(b"\r\n") { 2 } else { 1 };
        }
        offset
    }

    /// The last line end before that byte; else the first behind it; else a line feed.
    fn line_end(&self, at: usize) -> &'static str {
        let is_end = |c: char| matches!(c, '\r' | '\n');
        let before = self.raw[..at].trim_end_matches(|c| !is_end(c));
        let behind = self.raw[at..].trim_start_matches(|c| !is_end(c));
        if before.ends_with("\r\n") || (before.is_empty() && behind.starts_with("\r\n")) {
            "\r\n"
        } else if before.ends_with('\r') || (before.is_empty() && behind.starts_with('\r')) {
            "\r"
        } else {
            "\n"
        }
    }
}
