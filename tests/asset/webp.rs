//! WebP.

use bailiwick::asset::{Kind, dimensions};

use crate::{check, check_refused, exif, fixture, join, profiles};

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let padding: &[u8] = if data.len() % 2 == 1 { b"S" } else { b"" };
    join(&[name, &u32::try_from(data.len()).unwrap().to_le_bytes(), data, padding])
}

fn file(chunks: &[&[u8]]) -> Vec<u8> {
    let contents = join(chunks);
    join(&[b"RIFF", &u32::try_from(contents.len() + 4).unwrap().to_le_bytes(), b"WEBP", &contents])
}

/// The chunk that announces the others, with all flags set, behind the first twelve bytes.
fn announced(flags: u8, reserved: &[u8; 3]) -> Vec<u8> {
    chunk(b"VP8X", &join(&[&[flags], reserved, &[23, 0, 0, 15, 0, 0]]))
}

const CHUNKS: usize = 12;
const FIRST: usize = CHUNKS + 18;

pub fn planted() -> Vec<u8> {
    let (profile, _) = profiles();
    let mut picture = file(&[
        &announced(0x3C, b"SEN"),
        &chunk(b"ICCP", &profile),
        &chunk(b"SENT", b"SENTINEL-unknown"),
        &fixture!("alpha.webp")[FIRST..],
        &chunk(b"VP8 ", b"SENTINEL-second-picture"),
        &chunk(b"EXIF", &join(&[b"Exif\0\0", &exif(5)])),
        &chunk(b"XMP ", b"<x:xmpmeta>SENTINEL-xmp</x:xmpmeta>"),
    ]);
    picture.extend(b"SENTINEL-after-end");
    picture
}

fn expected() -> Vec<u8> {
    file(&[&announced(0x30, &[0; 3]), &chunk(b"ICCP", &profiles().1), &fixture!("alpha.webp")[FIRST..]])
}

#[test]
fn keeps_pixels_and_colours_alone() {
    check(Kind::Webp, &planted(), &expected());
}

#[test]
fn leaves_out_what_stands_within_frames() {
    let picture = fixture!("animated.webp");
    let place = picture.windows(4).position(|bytes| bytes == b"ANMF").unwrap();
    let length = u32::from_le_bytes(picture[place + 4..place + 8].try_into().unwrap());
    let end = place + 8 + usize::try_from(length).unwrap();
    let frame = join(&[&picture[place + 8..end], &chunk(b"SENT", b"SENTINEL-in-frame")]);
    let planted = file(&[&picture[CHUNKS..place], &chunk(b"ANMF", &frame), &picture[end..]]);
    check(Kind::Webp, &planted, picture);
}

#[test]
fn the_simple_forms_hold_one_chunk() {
    for picture in [fixture!("lossy.webp"), fixture!("lossless.webp")] {
        let planted = file(&[&picture[CHUNKS..], &chunk(b"EXIF", &exif(6)), &chunk(b"XMP ", b"SENTINEL")]);
        let mut expected = picture.to_vec();
        // The byte that fills up an odd chunk.
        if picture.len() % 2 == 1 {
            expected.push(0);
        }
        check(Kind::Webp, &planted, &expected);
    }
}

#[test]
fn dimensions_are_those_that_browsers_show() {
    for picture in
        [fixture!("lossy.webp"), fixture!("lossless.webp"), fixture!("alpha.webp"), fixture!("animated.webp")]
    {
        assert_eq!(dimensions(picture), Some((24, 16)));
        assert_eq!(dimensions(&picture[..30]), Some((24, 16)));
        assert_eq!(dimensions(&picture[..20]), None);
    }
    // By its EXIF it would have to be turned; no browser does.
    assert_eq!(dimensions(&planted()), Some((24, 16)));
}

#[test]
fn refuses_broken_pictures() {
    let picture = fixture!("alpha.webp");
    check_refused(Kind::Webp, &picture[..picture.len() - 4], "the picture ends too early");
    check_refused(Kind::Webp, &file(&[]), "the picture ends too early");
    check_refused(Kind::Webp, &file(&[&announced(0, &[0; 3])]), "the picture has no pixels");
    check_refused(Kind::Webp, &file(&[&chunk(b"ALPH", b"")]), "the picture is damaged");
}
