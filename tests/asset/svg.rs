//! SVG.

use bailiwick::asset::{Kind, cleaned, dimensions};

use crate::{SENTINEL, check, check_refused, contains, fixture, jpeg};

const PLANTED: &[u8] = fixture!("drawing.svg");

#[test]
fn keeps_the_drawing_alone() {
    check(Kind::Svg, PLANTED, fixture!("drawing-cleaned.svg").trim_ascii_end());
}

#[test]
fn nothing_that_acts_or_leads_out_is_left() {
    let cleaned = String::from_utf8(cleaned(Kind::Svg, PLANTED.to_vec()).unwrap()).unwrap();
    let lower = cleaned.to_ascii_lowercase().replace("http://www.w3.org/2000/svg", "");
    for sign in [
        "script",
        "onload",
        "onclick",
        "foreignobject",
        "http",
        "//",
        "import",
        "<!",
        "<?",
        "data-",
        "inkscape",
    ] {
        assert!(!lower.contains(sign), "{sign} is left in {cleaned}");
    }
}

#[test]
fn cleans_the_pictures_within() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let within = |picture: &[u8]| {
        let picture = STANDARD.encode(picture);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"data:image/jpeg;base64,{picture}\"/></svg>"
        )
    };
    let picture = jpeg::planted();
    let drawing = cleaned(Kind::Svg, within(&picture).into_bytes()).unwrap();
    let expected = within(&cleaned(Kind::Jpeg, picture).unwrap());
    assert_eq!(String::from_utf8(drawing).unwrap(), expected);

    for data in
        [STANDARD.encode("<svg onload='SENTINEL'/>"), STANDARD.encode(b"\xFF\xD8\xFF broken"), "?".into()]
    {
        let drawing = format!(
            "<svg xmlns='http://www.w3.org/2000/svg'><image href='data:image/png;base64,{data}'/></svg>"
        );
        let drawing = cleaned(Kind::Svg, drawing.into_bytes()).unwrap();
        assert!(!contains(&drawing, "href"));
    }
}

#[test]
fn keeps_words_as_they_are_spaced() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\">\
        <text x=\"1\">a<tspan>b</tspan><tspan> c</tspan>\n &amp; d&lt;</text></svg>";
    assert_eq!(cleaned(Kind::Svg, drawing.into()).as_deref(), Ok(drawing.as_bytes()));
}

#[test]
fn reads_other_encodings() {
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg'><title>Zürich</title></svg>";
    let utf_16: Vec<u8> = std::iter::once('\u{FEFF}')
        .chain(drawing.chars())
        .flat_map(|c| u16::try_from(u32::from(c)).unwrap().to_le_bytes())
        .collect();
    let cleaned = cleaned(Kind::Svg, utf_16).unwrap();
    assert_eq!(cleaned, b"<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Z\xC3\xBCrich</title></svg>");
}

#[test]
fn dimensions_are_those_asked_for_else_of_the_view_box() {
    let size = |attributes: &str| {
        dimensions(format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}>").as_bytes())
    };
    assert_eq!(size("width='30' height='20.4px' viewBox='0 0 1 1'"), Some((30, 20)));
    assert_eq!(size("width='100%' height='50%' viewBox='0, 0 120.6 80'"), Some((121, 80)));
    for attributes in ["", "width='3em'", "viewBox='0 0 1'", "viewBox='0 0 -1 4'", "viewBox='0 0 NaN inf'"] {
        assert_eq!(size(attributes), None, "{attributes}");
    }
    assert_eq!(dimensions(b"<html width='3' height='3'>"), None);
}

#[test]
fn refuses_what_is_no_drawing() {
    let no_start = "the drawing does not begin with `<svg xmlns=\"http://www.w3.org/2000/svg\">`";
    check_refused(Kind::Svg, b"<svg/>", no_start);
    check_refused(Kind::Svg, b"<html xmlns='http://www.w3.org/1999/xhtml'/>", no_start);
    for broken in ["", "<svg xmlns='http://www.w3.org/2000/svg'>", "<svg", "\u{1F}\u{8B}"] {
        assert!(cleaned(Kind::Svg, broken.into()).is_err(), "{broken}");
    }
}

#[test]
fn refuses_bombs_at_once() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'>";
    check_refused(
        Kind::Svg,
        format!("{svg}{}", "<g>".repeat(100_000)).as_bytes(),
        "the drawing is nested too deeply",
    );

    let entities: String = (1..20).map(|i| format!("<!ENTITY e{i} '&e{};&e{};'>", i - 1, i - 1)).collect();
    let laughs =
        format!("<!DOCTYPE svg [<!ENTITY e0 '{SENTINEL}'>{entities}]>{svg}<title>&e19;</title></svg>");
    assert!(cleaned(Kind::Svg, laughs.into_bytes()).is_err());

    let long = format!(
        "<!DOCTYPE svg [<!ENTITY e '{}'>]>{svg}<title>{}</title></svg>",
        "x".repeat(900),
        "&e;".repeat(100_000)
    );
    assert!(cleaned(Kind::Svg, long.into_bytes()).is_err());
}
