//! JPEG.

use bailiwick::asset::{Kind, dimensions};

use crate::{check, check_refused, exif, fixture, join, profiles, turned};

fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let length = u16::try_from(contents.len() + 2).unwrap();
    join(&[&[0xFF, marker], &length.to_be_bytes(), contents])
}

/// Cuts a picture behind its JFIF segment, which is the first and 20 bytes long with the start marker.
fn cut(picture: &[u8]) -> (&[u8], &[u8]) {
    picture.split_at(20)
}

pub fn planted() -> Vec<u8> {
    let (_, rest) = cut(fixture!("baseline.jpg"));
    let (profile, _) = profiles();
    let (profile_1, profile_2) = profile.split_at(300);
    join(&[
        b"\xFF\xD8",
        &segment(0xE0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\x02\x02SENTINEL-jfif-thumbnail"),
        &segment(0xE0, b"JFXX\0\x10SENTINEL-jfxx-thumbnail"),
        &segment(0xE1, &join(&[b"Exif\0\0", &exif(6)])),
        &segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SENTINEL-xmp</x:xmpmeta>"),
        &segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0SENTINEL-extended-xmp"),
        &segment(0xE2, &join(&[b"ICC_PROFILE\0\x02\x02", profile_2])),
        &segment(0xE2, &join(&[b"ICC_PROFILE\0\x01\x02", profile_1])),
        &segment(0xE2, b"MPF\0SENTINEL-second-picture"),
        &segment(0xE4, b"SENTINEL-telephone"),
        &segment(0xEB, b"JP SENTINEL-content-credentials"),
        &segment(0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x0FSENTINEL-iptc"),
        b"SENTINEL-between-segments",
        &segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01SENTINEL-behind-adobe"),
        &segment(0xFE, b"SENTINEL-comment"),
        &segment(0xF0, b"SENTINEL-reserved"),
        rest,
        b"SENTINEL-after-end \xFF\xD8 a picture that was cut off \xFF\xD9",
    ])
}

#[test]
fn keeps_pixels_orientation_and_colours_alone() {
    let (_, rest) = cut(fixture!("baseline.jpg"));
    let (_, profile) = profiles();
    let expected = join(&[
        b"\xFF\xD8",
        &segment(0xE0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\0\0"),
        &segment(0xE1, &join(&[b"Exif\0\0", &turned(6)])),
        &segment(0xE2, &join(&[b"ICC_PROFILE\0\x01\x01", &profile])),
        &segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01"),
        rest,
    ]);
    check(Kind::Jpeg, &planted(), &expected);
}

#[test]
fn leaves_out_what_stands_between_scans() {
    let picture = fixture!("progressive.jpg");
    let second_scan = picture.windows(2).rposition(|bytes| bytes == [0xFF, 0xDA]).unwrap();
    let (before, after) = picture.split_at(second_scan);
    let comment = segment(0xFE, b"SENTINEL-between-scans");
    let exif = segment(0xE1, b"Exif\0\0SENTINEL");
    check(Kind::Jpeg, &join(&[before, &comment, &exif, after]), picture);
}

#[test]
fn says_nothing_of_a_picture_that_stands_upright() {
    let picture = fixture!("baseline.jpg");
    let (start, rest) = cut(picture);
    let exif = segment(0xE1, &join(&[b"Exif\0\0", &exif(1)]));
    check(Kind::Jpeg, &join(&[start, &exif, rest]), picture);
}

#[test]
fn a_profile_with_a_missing_part_goes() {
    let picture = fixture!("baseline.jpg");
    let (start, rest) = cut(picture);
    let part = segment(0xE2, &join(&[b"ICC_PROFILE\0\x01\x02", &profiles().0]));
    check(Kind::Jpeg, &join(&[start, &part, rest]), picture);
}

#[test]
fn dimensions_are_those_of_the_picture_as_shown() {
    assert_eq!(dimensions(fixture!("baseline.jpg")), Some((24, 16)));
    assert_eq!(dimensions(fixture!("progressive.jpg")), Some((24, 16)));
    assert_eq!(dimensions(&planted()), Some((16, 24)));
    assert_eq!(dimensions(&planted()[..20]), None);
}

#[test]
fn refuses_broken_pictures() {
    let picture = fixture!("baseline.jpg");
    check_refused(Kind::Jpeg, &picture[..picture.len() - 2], "the picture ends too early");
    check_refused(Kind::Jpeg, &picture[..100], "the picture ends too early");
    check_refused(Kind::Jpeg, b"\xFF\xD8\xFF\xD9", "the picture has no pixels");
    check_refused(Kind::Jpeg, b"<html>", "the file is not the picture that its name says");
}
