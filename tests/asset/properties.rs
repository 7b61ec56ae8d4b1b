//! Whatever the bytes: no panic, nothing that grows or takes its time, and cleaning twice is cleaning once.

use std::time::{Duration, Instant};

use bailiwick::asset::{Kind, cleaned, dimensions};
use proptest::prelude::*;

use crate::{fixture, gif, jpeg, png, webp};

fn pictures() -> Vec<Vec<u8>> {
    let planted = [jpeg::planted(), png::planted(), gif::planted(), webp::planted()];
    let clean = [
        fixture!("progressive.jpg"),
        fixture!("animated.png"),
        fixture!("animated.webp"),
        fixture!("lossless.webp"),
        fixture!("drawing.svg"),
        fixture!("drawing-cleaned.svg"),
    ];
    planted.into_iter().chain(clean.map(<[u8]>::to_vec)).collect()
}

fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let shown = dimensions(bytes);
    let Ok(once) = cleaned(Kind::Svg, bytes.to_vec()) else { return Ok(()) };
    // A drawing may have every quotation mark escaped; a picture can gain a profile's two empty texts.
    prop_assert!(once.len() <= 6 * bytes.len() + 1024, "{} bytes from {}", once.len(), bytes.len());
    prop_assert_eq!(dimensions(&once), shown, "another size, of {}", bytes.escape_ascii());
    let twice = cleaned(Kind::Svg, once.clone());
    prop_assert_eq!(twice.as_ref(), Ok(&once), "cleaned twice");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes)?;
    }

    #[test]
    fn any_bytes_behind_a_right_beginning(
        start in prop::sample::select(vec![
            &b"\xFF\xD8\xFF"[..],
            b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR",
            b"GIF89a",
            b"RIFF\x40\0\0\0WEBP",
            b"RIFF\x40\0\0\0WEBPVP8X\x0A\0\0\0",
            b"<svg xmlns='http://www.w3.org/2000/svg'>",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        check(&[start, &rest].concat())?;
    }

    #[test]
    fn pictures_with_some_bytes_changed(
        picture in prop::sample::select(pictures()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut picture = picture;
        for (place, byte) in changes {
            let place = place.index(picture.len());
            picture[place] = byte;
        }
        check(&picture)?;
    }

    #[test]
    fn pictures_with_one_bit_turned(
        picture in prop::sample::select(pictures()),
        place in any::<prop::sample::Index>(),
        bit in 0..8_u32,
    ) {
        let mut picture = picture;
        let place = place.index(picture.len());
        picture[place] ^= 1_u8 << bit;
        check(&picture)?;
    }

    #[test]
    fn pictures_cut_short_or_spliced(
        one in prop::sample::select(pictures()),
        other in prop::sample::select(pictures()),
        cut in any::<prop::sample::Index>(),
        join in any::<prop::sample::Index>(),
    ) {
        let cut = cut.index(one.len());
        check(&one[..cut])?;
        check(&[&one[..cut], &other[join.index(other.len())..]].concat())?;
    }

    #[test]
    fn style_sheets(css in r#"([;{}()\[\]# \n"']|:x|:url\(|:\\75 rl\(|:image-set\(|;@import|//evil|/\*|\*/){0,40}"#) {
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg'><style><![CDATA[{css}]]></style></svg>");
        check(svg.as_bytes())?;
        let cleaned = String::from_utf8(cleaned(Kind::Svg, svg.into_bytes()).unwrap()).unwrap();
        let (_, style) = cleaned.split_once("<style").expect("the style sheet stays");
        // Within quotation marks it may look like an address without being one.
        if !style.contains('"') {
            prop_assert!(!style.contains("url(/") && !style.contains("@import"), "{}", style);
        }
    }
}

#[test]
fn time_grows_with_length_alone() {
    const MANY: usize = 1 << 20;
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'>";
    let repeated = |start: &[u8], part: &[u8]| [start, &part.repeat(MANY / part.len())].concat();
    let wide: String = (0..60).map(|i| format!(" xmlns:n{i}='n'")).collect();
    let hostile = [
        repeated(b"\xFF\xD8\xFF", b"\xFF"),
        repeated(b"\xFF\xD8\xFF\xE0", b"\0\x02\xFF\xE0"),
        repeated(b"\xFF\xD8\xFF\xDA\0\x02", b"\xFF\0"),
        repeated(b"\xFF\xD8\xFF\xE2\0\x10ICC_PROFILE\0\x01\x01", b"\xFF\xE2\0\x10ICC_PROFILE\0\x01\x01"),
        repeated(&fixture!("still.png")[..33], &png::chunk(b"eXIf", b"")),
        repeated(&fixture!("still.png")[..33], &png::chunk(b"iCCP", b"\0\0")),
        repeated(b"GIF89a\x01\0\x01\0\0\0\0", b"\x21\xFE\0"),
        repeated(&fixture!("alpha.webp")[..30], b"XMP \0\0\0\0"),
        repeated(svg.as_bytes(), b"<g/>"),
        repeated(svg.as_bytes(), b"<g><a>x</a></g>"),
        repeated(format!("<svg xmlns='http://www.w3.org/2000/svg'{wide}>").as_bytes(), b"<g/>"),
        repeated(format!("{svg}{}<g xmlns:x='x'>", "<g>".repeat(250)).as_bytes(), b"<x:g/>"),
        repeated(format!("{svg}<style>").as_bytes(), b"url("),
        repeated(format!("{svg}<style>").as_bytes(), b"/*"),
        repeated(format!("{svg}<style>").as_bytes(), b"@x{"),
        repeated(format!("{svg}<g style='").as_bytes(), b"\""),
        repeated(format!("{svg}<g style='").as_bytes(), b"(["),
    ];
    for bytes in hostile {
        let start = Instant::now();
        let _ = (dimensions(&bytes), cleaned(Kind::Svg, bytes.clone()));
        // Two seconds are promised; a busy machine gets more. What is not linear would take minutes.
        let taken = start.elapsed();
        assert!(taken < Duration::from_secs(10), "{taken:?} for {}", bytes[..60].escape_ascii());
    }
}
