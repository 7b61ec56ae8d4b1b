//! WebP: keeps the chunks that a decoder needs, in animations also within each frame.

use super::{
    Fault,
    bytes::{Bytes, length},
    icc,
};

const HAS_PROFILE: u8 = 0x20;
const HAS_ALPHA: u8 = 0x10;
const HAS_FRAMES: u8 = 0x02;

/// Keeps pixels, transparency, frames and looping, and the colour profile without its words.
///
/// EXIF goes wholly, for no browser turns a WebP by its orientation (Chromium does so for PNG). XMP, chunks
/// that nobody knows and all that follows the end go as well.
pub(super) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut chunks = chunks(bytes).ok_or_else(Fault::ends_early)?;
    let mut contents = Vec::with_capacity(bytes.len());
    let first = chunks.next().ok_or_else(Fault::ends_early)?;
    match (&first.name, first.data.first_chunk::<10>()) {
        (b"VP8X", Some(header)) => extended(*header, chunks, &mut contents)?,
        // The simple form holds one picture and nothing more.
        (b"VP8 " | b"VP8L", _) => put(&mut contents, &first.name, first.data),
        _ => return Err(Fault::broken("the picture is damaged")),
    }
    let length = u32::try_from(contents.len() + 4).map_err(|_| Fault::broken("the picture is too large"))?;
    Ok([b"RIFF", &length.to_le_bytes()[..], b"WEBP", &contents].concat())
}

pub(super) fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut start = Bytes(bytes.get(12..)?);
    let name = start.take(4)?;
    let size = length(start.u32_le()?).min(start.0.len());
    let mut start = Bytes(start.take(size)?);
    match name {
        b"VP8X" => {
            start.take(4)?;
            let mut u24 = || start.array().map(|[a, b, c]: [u8; 3]| u32::from_le_bytes([a, b, c, 0]) + 1);
            Some((u24()?, u24()?))
        }
        b"VP8 " => {
            let frame: [u8; 10] = start.array()?;
            let mut size = Bytes(frame.strip_prefix(&[frame[0], frame[1], frame[2], 0x9D, 0x01, 0x2A])?);
            Some((u32::from(size.u16_le()? & 0x3FFF), u32::from(size.u16_le()? & 0x3FFF)))
        }
        b"VP8L" => {
            let 0x2F = start.u8()? else { return None };
            let bits = start.u32_le()?;
            Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        }
        _ => None,
    }
}

/// Writes the form that announces by flags which chunks follow.
fn extended(mut header: [u8; 10], mut chunks: Chunks, out: &mut Vec<u8>) -> Result<(), Fault> {
    let mut body = Vec::new();
    let (mut profile, mut has_pixels) = (None, false);
    // Decoders look at frames or at the one picture, never at both.
    let has_frames = header[0] & HAS_FRAMES != 0;
    while !chunks.0.0.is_empty() {
        let chunk = chunks.next().ok_or_else(Fault::ends_early)?;
        match &chunk.name {
            b"ICCP" => profile = profile.or(Some(chunk.data)),
            b"ANMF" if has_frames => {
                has_pixels = true;
                put(&mut body, b"ANMF", &frame(chunk.data).ok_or_else(Fault::ends_early)?);
            }
            b"ANIM" if chunk.data.len() == 6 => put(&mut body, b"ANIM", chunk.data),
            name if is_picture(name) && !has_frames && !has_pixels => {
                has_pixels = name != b"ALPH";
                put(&mut body, name, chunk.data);
            }
            _ => {}
        }
    }
    if !has_pixels {
        return Err(Fault::broken("the picture has no pixels"));
    }

    let profile = profile.and_then(icc::cleaned);
    header[0] &= HAS_ALPHA | HAS_FRAMES;
    header[0] |= profile.as_ref().map_or(0, |_| HAS_PROFILE);
    header[1..4].fill(0);
    put(out, b"VP8X", &header);
    if let Some(profile) = profile {
        put(out, b"ICCP", &profile);
    }
    out.extend(body);
    Ok(())
}

/// Returns one frame of an animation: place and timing, then its chunks.
fn frame(data: &[u8]) -> Option<Vec<u8>> {
    let mut chunks = Chunks(Bytes(data));
    let mut out = chunks.0.take(16)?.to_vec();
    while !chunks.0.0.is_empty() {
        let chunk = chunks.next()?;
        if is_picture(&chunk.name) {
            put(&mut out, &chunk.name, chunk.data);
        }
    }
    Some(out)
}

fn is_picture(name: &[u8; 4]) -> bool {
    matches!(name, b"ALPH" | b"VP8 " | b"VP8L")
}

fn put(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).expect("no longer than what a chunk held");
    out.extend(name);
    out.extend(length.to_le_bytes());
    out.extend_from_slice(data);
    out.resize(out.len().next_multiple_of(2), 0);
}

/// Returns the chunks within the length that the file says it has. `None` if it is shorter.
fn chunks(bytes: &[u8]) -> Option<Chunks<'_>> {
    let mut bytes = Bytes(bytes.get(4..)?);
    let size = length(bytes.u32_le()?);
    let mut contents = Bytes(bytes.take(size)?);
    contents.take(4)?;
    Some(Chunks(contents))
}

struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
}

struct Chunks<'a>(Bytes<'a>);

impl<'a> Iterator for Chunks<'a> {
    type Item = Chunk<'a>;

    fn next(&mut self) -> Option<Chunk<'a>> {
        let name = self.0.array()?;
        let size = length(self.0.u32_le()?);
        let data = self.0.take(size)?;
        // The last byte of an odd chunk may be missing at the end.
        self.0.take((size % 2).min(self.0.0.len()));
        Some(Chunk { name, data })
    }
}
