//! Takes out of an asset all that its reader was not meant to get: where and when a photograph was taken,
//! the uncropped thumbnail, the editor's paths, scripts.
//!
//! Functions over bytes, nothing else: no file is read here, and no picture is ever decoded, so pixels stay
//! as they are and a picture of any size costs no more than its bytes. What hides *within* the compressed
//! pixels is therefore not found.

mod bytes;
mod css;
mod exif;
mod gif;
mod icc;
mod jpeg;
mod png;
mod svg;
mod svg_names;
mod webp;

use std::{borrow::Cow, fmt};

/// Returns `bytes` without private data, or tells why that cannot be done.
///
/// Pictures keep their pixels, animation, colours and orientation; all else that they carry goes, and so does
/// whatever follows their end. A picture is known by its first bytes, not by its name, as a browser does it.
/// Kinds that are no pictures come back as they were: **what a PDF says of its author is not removed.**
///
/// The same bytes give the same result everywhere, and cleaning twice is the same as cleaning once.
pub fn cleaned(kind: Kind, bytes: Vec<u8>) -> Result<Vec<u8>, Fault> {
    match Format::of(&bytes) {
        Some(Format::Jpeg) => jpeg::cleaned(&bytes),
        Some(Format::Png) => png::cleaned(&bytes),
        Some(Format::Gif) => gif::cleaned(&bytes),
        Some(Format::Webp) => webp::cleaned(&bytes),
        Some(Format::Foreign(name)) => Err(Fault::foreign(name)),
        None => match kind {
            Kind::Svg => svg::cleaned(&bytes),
            Kind::Jpeg | Kind::Png | Kind::Gif | Kind::Webp | Kind::Avif => Err(Fault::not_a_picture()),
            Kind::Csv | Kind::Pdf | Kind::Other => Ok(bytes),
        },
    }
}

/// Returns the width and height, in pixels, at which browsers show a picture: turned as its orientation says.
///
/// Of what `cleaned` returns the first 64 kB are enough, or a little more behind a large colour profile; of
/// other pictures only all bytes are, as orientation may stand at their end. `None` if nothing sensible can be
/// read.
pub fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let (width, height) = match Format::of(bytes) {
        Some(Format::Jpeg) => jpeg::dimensions(bytes),
        Some(Format::Png) => png::dimensions(bytes),
        Some(Format::Gif) => gif::dimensions(bytes),
        Some(Format::Webp) => webp::dimensions(bytes),
        Some(Format::Foreign(_)) => None,
        None => svg::dimensions(bytes),
    }?;
    (width > 0 && height > 0).then_some((width, height))
}

/// Returns what the ending of a file name promises.
pub fn kind(name: &str) -> Kind {
    let Some((_, ending)) = name.rsplit_once('.') else { return Kind::Other };
    match ending.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "jpe" | "jfif" => Kind::Jpeg,
        "png" | "apng" => Kind::Png,
        "gif" => Kind::Gif,
        "webp" => Kind::Webp,
        "avif" => Kind::Avif,
        "svg" => Kind::Svg,
        "csv" => Kind::Csv,
        "pdf" => Kind::Pdf,
        _ => Kind::Other,
    }
}

/// What an asset is meant to be, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A photograph.
    Jpeg,
    /// A picture without loss, or an animated one.
    Png,
    /// A picture of at most 256 colours, often animated.
    Gif,
    /// Either of the above, smaller.
    Webp,
    /// A photograph, smaller still. Cannot be cleaned yet, so it is refused.
    Avif,
    /// A drawing.
    Svg,
    /// A table.
    Csv,
    /// A document.
    Pdf,
    /// Anything else.
    Other,
}

impl Kind {
    /// Tells whether a page shows it in place, rather than linking to it.
    pub fn is_picture(self) -> bool {
        !matches!(self, Self::Csv | Self::Pdf | Self::Other)
    }
}

/// Why an asset cannot be published. Displays as the message of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// One lowercase phrase about the asset, such as "the picture ends too early".
    pub message: Cow<'static, str>,
    /// What the writer can do about it.
    pub fix: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    const SAVE_AGAIN: &str = "open it in an image editor and save it again";

    /// The bytes contradict their own format.
    fn broken(message: &'static str) -> Self {
        Self { message: message.into(), fix: Self::SAVE_AGAIN }
    }

    fn ends_early() -> Self {
        Self::broken("the picture ends too early")
    }

    fn not_a_picture() -> Self {
        Self {
            message: "the file is not the picture that its name says".into(),
            fix: "give the file the ending of what it is, or save it again as PNG or JPEG",
        }
    }

    fn foreign(format: &str) -> Self {
        Self {
            message: format!("private data cannot be removed from {format} pictures").into(),
            fix: "save it as PNG, JPEG or WebP",
        }
    }
}

/// What the first bytes say.
enum Format {
    Jpeg,
    Png,
    Gif,
    Webp,
    /// A format of pictures, named, that often carries private data and cannot be cleaned here.
    Foreign(&'static str),
}

impl Format {
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4)? {
                b"avif" | b"avis" => Some(Self::Foreign("AVIF")),
                b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
                    Some(Self::Foreign("HEIC"))
                }
                _ => None,
            },
            [b'I', b'I', b'*' | b'+', 0, ..] | [b'M', b'M', 0, b'*' | b'+', ..] => {
                Some(Self::Foreign("TIFF"))
            }
            [0xFF, 0x0A, ..] | [0, 0, 0, 0x0C, b'J', b'X', b'L', b' ', ..] => Some(Self::Foreign("JPEG XL")),
            [0, 0, 0, 0x0C, b'j', b'P', b' ', b' ', ..] => Some(Self::Foreign("JPEG 2000")),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_go_by_the_last_ending_in_either_case() {
        assert_eq!(kind("photo.JPEG"), Kind::Jpeg);
        assert_eq!(kind("a.svg.png"), Kind::Png);
        assert_eq!(kind("folder.png/readme"), Kind::Other);
        assert_eq!(kind("png"), Kind::Other);
    }

    #[test]
    fn a_picture_under_a_strange_name_is_a_picture() {
        let gif = b"GIF89a broken".to_vec();
        assert!(cleaned(Kind::Csv, gif).is_err());
        assert_eq!(cleaned(Kind::Csv, b"a,b\n".to_vec()), Ok(b"a,b\n".to_vec()));
        assert_eq!(cleaned(Kind::Png, b"a,b\n".to_vec()), Err(Fault::not_a_picture()));
        assert_eq!(cleaned(Kind::Other, b"II*\0".to_vec()), Err(Fault::foreign("TIFF")));
    }
}
