//! JPEG: keeps the segments that a decoder needs, byte for byte.

use super::{Fault, bytes::Bytes, exif::Orientation, icc};

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;
const APP14: u8 = 0xEE;

const EXIF: &[u8] = b"Exif\0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
/// The most that one segment holds, less what stands before the profile in it.
const ICC_PART: usize = 65533 - ICC.len() - 2;

/// Keeps tables, frames and scans, and rewrites what little else matters.
///
/// Of the segments for applications three are written anew: JFIF (density, never its thumbnail), EXIF
/// (orientation alone) and Adobe's (which colours the channels are). What follows the end of the picture goes:
/// second pictures, depth and gain maps, and what a careless editor forgot to cut off.
pub(super) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut metadata = Metadata::default();
    let mut body = Vec::with_capacity(bytes.len());
    let (mut has_frame, mut has_scan) = (false, false);
    let mut pieces = Pieces(Bytes(&bytes[2..]));
    loop {
        match pieces.next().ok_or_else(Fault::ends_early)? {
            Piece::End => break,
            Piece::SecondStart => return Err(Fault::broken("the picture begins a second time")),
            // Decoders look for it before the first scan only.
            Piece::Segment { marker: marker @ APP0..=0xEF, contents } if !has_scan => {
                metadata.note(marker, contents);
            }
            Piece::Segment { marker, contents } if is_needed(marker) => {
                has_frame |= is_frame(marker);
                put(&mut body, marker, contents);
            }
            Piece::Segment { .. } => {}
            Piece::Scan { header, pixels } => {
                has_scan = true;
                put(&mut body, SOS, header);
                body.extend_from_slice(pixels);
            }
        }
    }
    if !has_frame || !has_scan {
        return Err(Fault::broken("the picture has no pixels"));
    }

    let mut out = vec![0xFF, SOI];
    metadata.write(&mut out);
    out.extend(body);
    out.extend([0xFF, EOI]);
    Ok(out)
}

pub(super) fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut metadata = Metadata::default();
    let mut size = None;
    let mut pieces = Pieces(Bytes(bytes.get(2..)?));
    while let Some(Piece::Segment { marker, contents }) = pieces.next() {
        metadata.note(marker, contents);
        if is_frame(marker) && size.is_none() {
            let mut frame = Bytes(contents.get(1..)?);
            let (height, width) = (frame.u16_be()?, frame.u16_be()?);
            size = Some((width.into(), height.into()));
        }
    }
    size.map(|size| metadata.orientation.map_or(size, |orientation| orientation.turned(size)))
}

/// Tables, frames, restart intervals and the number of lines.
fn is_needed(marker: u8) -> bool {
    is_frame(marker) || matches!(marker, 0xC4 | 0xCC | 0xDB | 0xDC | 0xDD)
}

fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF)
}

fn put(out: &mut Vec<u8>, marker: u8, contents: &[u8]) {
    let length = u16::try_from(contents.len() + 2).expect("contents come from a segment or fit into one");
    out.extend([0xFF, marker]);
    out.extend(length.to_be_bytes());
    out.extend_from_slice(contents);
}

/// What is known of the picture beside its pixels.
#[derive(Default)]
struct Metadata<'a> {
    jfif: Option<[u8; 14]>,
    adobe: Option<&'a [u8]>,
    orientation: Option<Orientation>,
    /// Number, count and contents of each part of the profile.
    profile: Vec<(u8, u8, &'a [u8])>,
}

impl<'a> Metadata<'a> {
    fn note(&mut self, marker: u8, contents: &'a [u8]) {
        match (marker, contents) {
            (APP0, [b'J', b'F', b'I', b'F', 0, ..]) if self.jfif.is_none() => {
                self.jfif = contents.first_chunk().map(|jfif: &[u8; 14]| {
                    let mut jfif = *jfif;
                    // No thumbnail.
                    jfif[12..].fill(0);
                    jfif
                });
            }
            (APP1, _) if contents.starts_with(EXIF) => {
                self.orientation = self.orientation.or_else(|| Orientation::read(contents));
            }
            (APP2, _) => {
                if let Some([number, count, part @ ..]) = contents.strip_prefix(ICC) {
                    self.profile.push((*number, *count, part));
                }
            }
            (APP14, [b'A', b'd', b'o', b'b', b'e', ..]) => self.adobe = self.adobe.or(contents.get(..12)),
            _ => {}
        }
    }

    fn write(mut self, out: &mut Vec<u8>) {
        if let Some(jfif) = self.jfif {
            put(out, APP0, &jfif);
        }
        if let Some(tiff) = self.orientation.and_then(Orientation::written) {
            put(out, APP1, &[EXIF, &tiff].concat());
        }
        if let Some(profile) = self.joined_profile().and_then(|profile| icc::cleaned(&profile)) {
            let parts = profile.chunks(ICC_PART);
            // One that was as large as can be may have grown by the two texts; colours matter less than words.
            if let Ok(count) = u8::try_from(parts.len()) {
                for (number, part) in (1..=count).zip(parts) {
                    put(out, APP2, &[ICC, &[number, count], part].concat());
                }
            }
        }
        if let Some(adobe) = self.adobe {
            put(out, APP14, adobe);
        }
    }

    /// Returns the profile if all its parts are there, each once.
    fn joined_profile(&mut self) -> Option<Vec<u8>> {
        self.profile.sort_by_key(|(number, ..)| *number);
        let count = self.profile.len();
        let whole = self
            .profile
            .iter()
            .zip(1..)
            .all(|((n, of, _), i)| usize::from(*n) == i && usize::from(*of) == count);
        whole.then(|| self.profile.iter().flat_map(|(.., part)| *part).copied().collect())
    }
}

enum Piece<'a> {
    Segment { marker: u8, contents: &'a [u8] },
    Scan { header: &'a [u8], pixels: &'a [u8] },
    SecondStart,
    End,
}

/// Takes a file apart behind its first marker. `None` once it ends before its end marker.
struct Pieces<'a>(Bytes<'a>);

impl<'a> Pieces<'a> {
    fn next(&mut self) -> Option<Piece<'a>> {
        let marker = self.marker()?;
        match marker {
            EOI => return Some(Piece::End),
            SOI => return Some(Piece::SecondStart),
            _ => {}
        }
        let length = usize::from(self.0.u16_be()?).checked_sub(2)?;
        let contents = self.0.take(length)?;
        if marker != SOS {
            return Some(Piece::Segment { marker, contents });
        }
        let pixels = self.0.take(scan_length(self.0.0)?)?;
        Some(Piece::Scan { header: contents, pixels })
    }

    /// Skips to the next marker that has contents or ends the picture, as decoders do.
    fn marker(&mut self) -> Option<u8> {
        loop {
            while self.0.u8()? != 0xFF {}
            let mut marker = self.0.u8()?;
            while marker == 0xFF {
                marker = self.0.u8()?;
            }
            if !matches!(marker, 0x00 | 0x01 | 0xD0..=0xD7) {
                return Some(marker);
            }
        }
    }
}

/// Returns how far the pixels reach: to the first marker that is neither a restart nor a stuffed byte.
fn scan_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let fill = at + bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        let marker = fill + bytes[fill..].iter().position(|byte| *byte != 0xFF)?;
        if !matches!(bytes[marker], 0x00 | 0xD0..=0xD7) {
            return Some(fill);
        }
        at = marker + 1;
    }
}
