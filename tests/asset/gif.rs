//! GIF.

use bailiwick::asset::{Kind, dimensions};

use crate::{check, check_refused, fixture, join};

/// An extension of one block.
fn extension(label: u8, block: &[u8], rest: &[u8]) -> Vec<u8> {
    join(&[&[0x21, label, u8::try_from(block.len()).unwrap()], block, rest, &[0]])
}

/// The header and the palette that all frames share.
fn start() -> usize {
    let picture = fixture!("animated.gif");
    13 + (3 << ((picture[10] & 7) + 1))
}

pub fn planted() -> Vec<u8> {
    let (start, rest) = fixture!("animated.gif").split_at(start());
    let (frames, end) = rest.split_at(rest.len() - 1);
    join(&[
        start,
        &extension(0xFE, b"SENTINEL-comment", b""),
        &extension(0xFF, b"XMP DataXMP", b"\x0CSENTINEL-xmp"),
        &extension(0xFF, b"ICCRGBG1012", b"\x0CSENTINEL-icc"),
        &extension(0xFF, b"MGK8BIM0000", b"\x0DSENTINEL-iptc"),
        &extension(0xFF, b"SENTINEL-me", b"\x03\x01\0\0"),
        &extension(0xF9, &[0; 4], b""),
        &extension(0x01, &[0; 12], b"\x10SENTINEL-overlay"),
        &extension(0x77, b"SENTINEL-unknown", b""),
        frames,
        &extension(0xFE, b"SENTINEL-behind-frames", b""),
        end,
        b"SENTINEL-after-end",
    ])
}

#[test]
fn keeps_frames_timing_and_looping_alone() {
    check(Kind::Gif, &planted(), fixture!("animated.gif"));
}

#[test]
fn looping_carries_nothing_else() {
    let picture = fixture!("animated.gif");
    let looping = extension(0xFF, b"NETSCAPE2.0", b"\x03\x01\0\0");
    let place = picture.windows(looping.len()).position(|bytes| *bytes == looping).unwrap();
    let planted = extension(0xFF, b"NETSCAPE2.0", b"\x0B\x01\0\0SENTINEL\x08SENTINEL");
    // A longer block than the standard one is none that browsers know, so it goes wholly.
    let without = join(&[&picture[..place], &picture[place + looping.len()..]]);
    check(Kind::Gif, &join(&[&picture[..place], &planted, &picture[place + looping.len()..]]), &without);
    let planted = extension(0xFF, b"NETSCAPE2.0", b"\x03\x01\0\0\x08SENTINEL");
    check(Kind::Gif, &join(&[&picture[..place], &planted, &picture[place + looping.len()..]]), picture);
}

#[test]
fn dimensions_are_read() {
    assert_eq!(dimensions(fixture!("animated.gif")), Some((24, 16)));
    assert_eq!(dimensions(b"GIF89a\x18\0\x10"), None);
    assert_eq!(dimensions(b"GIF89a\0\0\x10\0"), None);
}

#[test]
fn refuses_broken_pictures() {
    let picture = fixture!("animated.gif");
    check_refused(Kind::Gif, &picture[..picture.len() - 1], "the picture ends too early");
    check_refused(Kind::Gif, &picture[..13], "the picture ends too early");
    check_refused(Kind::Gif, &join(&[&picture[..start()], b";"]), "the picture has no pixels");
    check_refused(Kind::Gif, &join(&[&picture[..start()], b"?"]), "the picture is damaged");
}
