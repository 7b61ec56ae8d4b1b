//! Of all that EXIF can hold we want one number: how the picture is turned.

use super::bytes::{Bytes, length};

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

/// How a picture has to be turned or mirrored to stand upright; 1 is "not at all".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Orientation(u8);

impl Orientation {
    /// Reads EXIF as it stands in a file, with or without the prefix that JPEG puts before it.
    pub(super) fn read(exif: &[u8]) -> Option<Self> {
        let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
        let little = match tiff.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        let u16 = |bytes: &mut Bytes| if little { bytes.u16_le() } else { bytes.u16_be() };
        let u32 = |bytes: &mut Bytes| if little { bytes.u32_le() } else { bytes.u32_be() };

        let directory = u32(&mut Bytes(&tiff[4..]))?;
        let mut entries = Bytes(tiff.get(length(directory)..)?);
        for _ in 0..u16(&mut entries)? {
            let mut entry = Bytes(entries.take(12)?);
            if u16(&mut entry)? == ORIENTATION && u16(&mut entry)? == SHORT && u32(&mut entry)? == 1 {
                let turn = u8::try_from(u16(&mut entry)?).ok()?;
                return (1..=8).contains(&turn).then_some(Self(turn));
            }
        }
        None
    }

    /// Returns the smallest EXIF that says the same, or nothing where nothing needs to be said.
    pub(super) fn written(self) -> Option<[u8; 26]> {
        let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
        tiff[19] = self.0;
        (self.0 != 1).then_some(tiff)
    }

    /// Turns width and height as the picture will be turned.
    pub(super) fn turned(self, (width, height): (u32, u32)) -> (u32, u32) {
        if self.0 >= 5 { (height, width) } else { (width, height) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orientation_survives_being_written() {
        for turn in 2..=8 {
            let written = Orientation(turn).written().unwrap();
            assert_eq!(Orientation::read(&written), Some(Orientation(turn)));
            assert_eq!(Orientation::read(&[&b"Exif\0\0"[..], &written].concat()), Some(Orientation(turn)));
        }
        assert_eq!(Orientation(1).written(), None);
    }

    #[test]
    fn reads_both_byte_orders_behind_other_entries() {
        let little =
            b"II*\0\x08\0\0\0\x02\0\x0F\x01\x02\0\x01\0\0\0A\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        assert_eq!(Orientation::read(little), Some(Orientation(6)));
        assert_eq!(Orientation::read(&little[..little.len() - 3]), None);
        assert_eq!(Orientation::read(b"II*\0\xFF\xFF\xFF\xFF"), None);
        assert_eq!(Orientation(6).turned((3, 2)), (2, 3));
    }
}
