//! GIF: keeps pictures, their timing and the number of rounds.

use super::{Fault, bytes::Bytes};

const GRAPHIC_CONTROL: u8 = 0xF9;
const APPLICATION: u8 = 0xFF;

/// Keeps pictures with their palettes, timing and looping.
///
/// Comments, text overlays (which no browser shows) and what applications left go, XMP and colour profiles
/// among it, and so does all that follows the end.
pub(super) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut input = Bytes(bytes);
    let mut out = Vec::with_capacity(bytes.len());
    copied(&mut input, &mut out).ok_or_else(Fault::ends_early)??;
    Ok(out)
}

pub(super) fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut screen = Bytes(bytes.get(6..)?);
    Some((screen.u16_le()?.into(), screen.u16_le()?.into()))
}

/// `None` if the file ends early.
fn copied(input: &mut Bytes, out: &mut Vec<u8>) -> Option<Result<(), Fault>> {
    // Signature, size, flags, background and aspect; then the palette.
    let header: [u8; 13] = input.array()?;
    out.extend(header);
    out.extend_from_slice(palette(header[10], input)?);

    let mut has_pixels = false;
    // Belongs to the picture that follows, so it waits until one does.
    let mut control = None;
    loop {
        match input.u8()? {
            0x21 => match input.u8()? {
                GRAPHIC_CONTROL => {
                    let blocks = blocks(input)?;
                    // One block of four bytes and the end.
                    control = blocks.first_chunk::<6>().filter(|blocks| blocks[0] == 4 && blocks[5] == 0);
                }
                APPLICATION => out.extend(looping(blocks(input)?).unwrap_or_default()),
                label => {
                    blocks(input)?;
                    if label == 0x01 {
                        control = None;
                    }
                }
            },
            0x2C => {
                if let Some(control) = control.take() {
                    out.extend([0x21, GRAPHIC_CONTROL]);
                    out.extend(control);
                }
                let place: [u8; 9] = input.array()?;
                out.push(0x2C);
                out.extend(place);
                out.extend_from_slice(palette(place[8], input)?);
                out.push(input.u8()?);
                out.extend_from_slice(blocks(input)?);
                has_pixels = true;
            }
            0x3B => break,
            _ => return Some(Err(Fault::broken("the picture is damaged"))),
        }
    }
    if !has_pixels {
        return Some(Err(Fault::broken("the picture has no pixels")));
    }
    out.push(0x3B);
    Some(Ok(()))
}

fn palette<'a>(flags: u8, input: &mut Bytes<'a>) -> Option<&'a [u8]> {
    input.take(if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) })
}

/// Takes blocks, each behind its length, up to and with the empty one.
fn blocks<'a>(input: &mut Bytes<'a>) -> Option<&'a [u8]> {
    let all = input.0;
    loop {
        let length = input.u8()?;
        input.take(length.into())?;
        if length == 0 {
            return Some(&all[..all.len() - input.0.len()]);
        }
    }
}

/// Returns the extension that tells how many rounds an animation makes, written anew.
fn looping(blocks: &[u8]) -> Option<Vec<u8>> {
    let rounds = blocks
        .strip_prefix(b"\x0BNETSCAPE2.0\x03\x01")
        .or_else(|| blocks.strip_prefix(b"\x0BANIMEXTS1.0\x03\x01"))?
        .first_chunk::<2>()?;
    Some([&b"\x21\xFF\x0BNETSCAPE2.0\x03\x01"[..], rounds, &[0]].concat())
}
