//! Plants sentinels wherever a picture can hold words, and looks for them after cleaning.
//!
//! The clean pictures lie in `tests/assets`; what is planted is built here, place by place, so that each place
//! can be read.

#![allow(missing_docs, reason = "tests explain themselves by their names")]

mod gif;
mod jpeg;
mod png;
mod properties;
mod svg;
mod webp;

use bailiwick::asset::{self, Kind};

/// Every planted text contains it, in plain ASCII.
const SENTINEL: &str = "SENTINEL";

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../assets/", $name)).as_slice()
    };
}
use fixture;

/// Checks that `planted` comes out as the picture it was made from, and stays so.
#[track_caller]
fn check(kind: Kind, planted: &[u8], expected: &[u8]) {
    assert!(contains(planted, SENTINEL), "nothing was planted");
    let cleaned = asset::cleaned(kind, planted.to_vec()).expect("can be cleaned");
    assert!(!contains(&cleaned, SENTINEL), "a sentinel is left in {}", cleaned.escape_ascii());
    assert_eq!(cleaned.escape_ascii().to_string(), expected.escape_ascii().to_string());
    assert_eq!(asset::cleaned(kind, cleaned.clone()).as_ref(), Ok(&cleaned), "cleaned twice");
}

#[track_caller]
fn check_refused(kind: Kind, bytes: &[u8], message: &str) {
    let fault = asset::cleaned(kind, bytes.to_vec()).expect_err("cannot be cleaned");
    assert_eq!(fault.to_string(), message);
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn join(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// EXIF with an orientation among words, places and a thumbnail; little-endian, as telephones write it.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    tiff.extend(b"\x0F\x01\x02\0\x10\0\0\0\x32\0\0\0");
    tiff.extend([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x42\0\0\0");
    tiff.extend(b"\x42\0\0\0");
    tiff.extend(b"SENTINEL-maker\0\0SENTINEL-gps and \xFF\xD8SENTINEL-thumbnail\xFF\xD9");
    tiff
}

/// The smallest EXIF that holds the same orientation.
fn turned(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    tiff.extend([0, orientation, 0, 0, 0, 0, 0, 0]);
    tiff
}

/// A colour profile with words where its texts are, and the same without them.
fn profiles() -> (Vec<u8>, Vec<u8>) {
    let clean = fixture!("srgb-cleaned.icc").to_vec();
    let mut planted = fixture!("srgb.icc").to_vec();
    for (place, text) in
        [(0x124, "SENTINEL-icc-description"), (0x15C, "SENTINEL-icc-copyright"), (0x50, "SENT")]
    {
        planted[place..place + text.len()].copy_from_slice(text.as_bytes());
    }
    (planted, clean)
}
