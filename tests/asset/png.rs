//! PNG.

use bailiwick::asset::{Kind, cleaned, dimensions};
use miniz_oxide::{deflate::compress_to_vec_zlib, inflate::decompress_to_vec_zlib};

use crate::{SENTINEL, check, check_refused, contains, exif, fixture, join, profiles, turned};

const SIGNATURE: usize = 8;
/// The signature and the first chunk.
const START: usize = SIGNATURE + 25;
/// The last chunk.
const END: usize = 12;

pub fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = join(&[name, data]);
    let sum = named.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 },
        )
    });
    join(&[&u32::try_from(data.len()).unwrap().to_be_bytes(), &named, &(!sum).to_be_bytes()])
}

fn compressed(text: &[u8]) -> Vec<u8> {
    compress_to_vec_zlib(text, 6)
}

pub fn planted() -> Vec<u8> {
    let picture = fixture!("still.png");
    let (start, rest) = picture.split_at(START);
    let (pixels, end) = rest.split_at(rest.len() - END);
    join(&[
        start,
        &chunk(b"iCCP", &join(&[b"SENTINEL-profile\0\0", &compressed(&profiles().0)])),
        &chunk(b"gAMA", &45455_u32.to_be_bytes()),
        &chunk(b"sRGB", b"\0SENTINEL-too-long"),
        &chunk(b"pHYs", b"\0\0\x0B\x13\0\0\x0B\x13\x01"),
        &chunk(b"tEXt", b"Author\0SENTINEL-text"),
        &chunk(b"zTXt", &join(&[b"SENTINEL-compressed\0\0", &compressed(b"SENTINEL")])),
        &chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SENTINEL-xmp"),
        &chunk(b"tIME", b"\x07\xEA\x03\x02\x0A\x1E\0"),
        &chunk(b"sPLT", b"SENTINEL-palette\0\x08"),
        &chunk(b"vpAg", b"SENTINEL-private"),
        &chunk(b"caBX", b"SENTINEL-content-credentials"),
        pixels,
        &chunk(b"eXIf", &exif(8)),
        &chunk(b"tEXt", b"Software\0SENTINEL-behind-pixels"),
        end,
        b"SENTINEL-after-end",
        &chunk(b"IDAT", b"SENTINEL of a picture that was cut off"),
    ])
}

fn expected() -> Vec<u8> {
    let picture = fixture!("still.png");
    join(&[
        &picture[..START],
        &chunk(b"eXIf", &turned(8)),
        &chunk(b"iCCP", &join(&[b"ICC\0\0", &compress_to_vec_zlib(&profiles().1, 9)])),
        &chunk(b"gAMA", &45455_u32.to_be_bytes()),
        &chunk(b"pHYs", b"\0\0\x0B\x13\0\0\x0B\x13\x01"),
        &picture[START..],
    ])
}

#[test]
fn keeps_pixels_orientation_and_colours_alone() {
    check(Kind::Png, &planted(), &expected());
}

#[test]
fn no_words_are_left_within_the_compressed_profile() {
    let profile = chunk_named(&cleaned(Kind::Png, planted()).unwrap(), b"iCCP");
    let profile = decompress_to_vec_zlib(&profile[5..]).unwrap();
    assert!(contains(&profile, "mntrRGB XYZ") && !contains(&profile, SENTINEL));
}

fn chunk_named(picture: &[u8], name: &[u8; 4]) -> Vec<u8> {
    let place = picture.windows(4).position(|bytes| bytes == name).unwrap();
    let length = u32::from_be_bytes(picture[place - 4..place].try_into().unwrap());
    picture[place + 4..][..usize::try_from(length).unwrap()].to_vec()
}

#[test]
fn keeps_the_frames_of_an_animation() {
    let picture = fixture!("animated.png");
    let (before, end) = picture.split_at(picture.len() - END);
    check(Kind::Png, &join(&[before, &chunk(b"tEXt", b"Comment\0SENTINEL"), end]), picture);
}

#[test]
fn a_profile_that_unfolds_without_end_goes() {
    let picture = fixture!("still.png");
    let bomb = chunk(b"iCCP", &join(&[b"SENTINEL\0\0", &compressed(&vec![0; 64 << 20])]));
    check(Kind::Png, &join(&[&picture[..START], &bomb, &picture[START..]]), picture);
}

#[test]
fn dimensions_are_those_of_the_picture_as_shown() {
    assert_eq!(dimensions(fixture!("still.png")), Some((24, 16)));
    assert_eq!(dimensions(&fixture!("still.png")[..START]), Some((24, 16)));
    assert_eq!(dimensions(&planted()), Some((16, 24)));
    // Once cleaned, its beginning is enough.
    assert_eq!(dimensions(&expected()[..START + 38]), Some((16, 24)));
    assert_eq!(dimensions(&expected()[..20]), None);
}

#[test]
fn refuses_broken_pictures() {
    let picture = fixture!("still.png");
    check_refused(Kind::Png, &picture[..picture.len() - END], "the picture ends too early");
    check_refused(Kind::Png, &picture[..START + 3], "the picture ends too early");
    let mut damaged = picture.to_vec();
    damaged[START + 10] ^= 1;
    check_refused(Kind::Png, &damaged, "the picture is damaged");
    let empty = join(&[&picture[..START], &chunk(b"IEND", b"")]);
    check_refused(Kind::Png, &empty, "the picture has no pixels");
}
