//! PNG, still or animated: keeps the chunks that a decoder needs.

use miniz_oxide::{deflate::compress_to_vec_zlib, inflate::decompress_to_vec_zlib_with_limit};

use super::{
    Fault,
    bytes::{Bytes, length},
    exif::Orientation,
    icc,
};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// No colour profile that anybody uses comes near; a small file could hold a huge one.
const LONGEST_PROFILE: usize = 8 << 20;

/// Keeps pixels, palette, transparency, frames and all that decides about colours.
///
/// A colour profile is rebuilt without its words, EXIF down to the orientation. Text, time, suggested
/// palettes (which have names) and chunks that nobody knows go, and so does all that follows the end.
pub(super) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = SIGNATURE.to_vec();
    out.reserve(bytes.len());
    let mut chunks = Chunks(Bytes(&bytes[SIGNATURE.len()..]));
    let first = chunks.next().ok_or_else(Fault::ends_early)?;
    if &first.name != b"IHDR" || first.data.len() != 13 || !first.is_intact() {
        return Err(Fault::broken("the picture does not say how large it is"));
    }
    put(&mut out, &first);
    // Wherever it stood: before the pixels it is found by who reads only the beginning.
    if let Some(tiff) = orientation(bytes).and_then(Orientation::written) {
        put(&mut out, &Chunk::new(b"eXIf", &tiff));
    }

    let mut has_pixels = false;
    loop {
        let chunk = chunks.next().ok_or_else(Fault::ends_early)?;
        match &chunk.name {
            b"IEND" => break,
            b"IDAT" | b"PLTE" => {
                if !chunk.is_intact() {
                    return Err(Fault::broken("the picture is damaged"));
                }
                has_pixels |= &chunk.name == b"IDAT";
                put(&mut out, &chunk);
            }
            b"iCCP" if chunk.is_intact() => {
                if let Some(data) = profile(chunk.data) {
                    put(&mut out, &Chunk::new(b"iCCP", &data));
                }
            }
            name if name[0].is_ascii_uppercase() => {
                return Err(Fault::broken("the picture has a part that browsers cannot show"));
            }
            name if is_needed(name, chunk.data.len()) && chunk.is_intact() => put(&mut out, &chunk),
            _ => {}
        }
    }
    if !has_pixels {
        return Err(Fault::broken("the picture has no pixels"));
    }
    put(&mut out, &Chunk::new(b"IEND", &[]));
    Ok(out)
}

pub(super) fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut chunks = Bytes(bytes.get(SIGNATURE.len()..)?);
    if chunks.take(8)? != b"\0\0\0\x0DIHDR" {
        return None;
    }
    let size = (chunks.u32_be()?, chunks.u32_be()?);
    Some(orientation(bytes).map_or(size, |orientation| orientation.turned(size)))
}

/// Finds how the picture is turned, jumping over all other chunks that are there.
fn orientation(bytes: &[u8]) -> Option<Orientation> {
    let mut chunks = Chunks(Bytes(bytes.get(SIGNATURE.len()..)?));
    while let Some(chunk) = chunks.next().filter(|chunk| &chunk.name != b"IEND") {
        if &chunk.name == b"eXIf" && chunk.is_intact() {
            return Orientation::read(chunk.data);
        }
    }
    None
}

/// Chunks that change what is seen. Their lengths are fixed, or bounded, so they cannot carry much else.
fn is_needed(name: &[u8; 4], length: usize) -> bool {
    match name {
        b"sRGB" => length == 1,
        b"gAMA" | b"cICP" => length == 4,
        b"acTL" | b"cLLI" | b"cLLi" => length == 8,
        b"pHYs" => length == 9,
        b"mDCV" | b"mDCv" => length == 24,
        b"fcTL" => length == 26,
        b"cHRM" => length == 32,
        b"sBIT" => length <= 4,
        b"bKGD" => length <= 6,
        b"tRNS" => length <= 256,
        b"fdAT" => true,
        _ => false,
    }
}

/// Returns a colour profile under a name that says nothing.
fn profile(chunk: &[u8]) -> Option<Vec<u8>> {
    let name = chunk.iter().take(80).position(|byte| *byte == 0)?;
    let [0, compressed @ ..] = &chunk[name + 1..] else { return None };
    let original = decompress_to_vec_zlib_with_limit(compressed, LONGEST_PROFILE).ok()?;
    let mut data = b"ICC\0\0".to_vec();
    data.extend(compress_to_vec_zlib(&icc::cleaned(&original)?, 9));
    Some(data)
}

fn put(out: &mut Vec<u8>, chunk: &Chunk) {
    let length = u32::try_from(chunk.data.len()).expect("no longer than what a chunk held, or short");
    out.extend(length.to_be_bytes());
    out.extend(chunk.name);
    out.extend_from_slice(chunk.data);
    out.extend(chunk.checksum.to_be_bytes());
}

struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
    checksum: u32,
}

impl<'a> Chunk<'a> {
    fn new(name: &[u8; 4], data: &'a [u8]) -> Self {
        Self { name: *name, data, checksum: checksum(name, data) }
    }

    fn is_intact(&self) -> bool {
        self.checksum == checksum(&self.name, self.data)
    }
}

/// Takes a file apart behind its signature. `None` once it is at, or beyond, its end.
struct Chunks<'a>(Bytes<'a>);

impl<'a> Chunks<'a> {
    fn next(&mut self) -> Option<Chunk<'a>> {
        let size = length(self.0.u32_be()?);
        Some(Chunk { name: self.0.array()?, data: self.0.take(size)?, checksum: self.0.u32_be()? })
    }
}

/// CRC-32 as PNG, zip and Ethernet have it.
fn checksum(name: &[u8; 4], data: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            let mut rest = byte;
            let mut bit = 0;
            while bit < 8 {
                rest = if rest & 1 == 0 { rest >> 1 } else { rest >> 1 ^ 0xEDB8_8320 };
                bit += 1;
            }
            table[byte as usize] = rest;
            byte += 1;
        }
        table
    };
    let sum = name.iter().chain(data).fold(u32::MAX, |sum, byte| {
        let [low, ..] = sum.to_le_bytes();
        TABLE[usize::from(low ^ byte)] ^ sum >> 8
    });
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_is_the_one_of_every_png() {
        assert_eq!(checksum(b"IEND", b""), 0xAE42_6082);
    }
}
