//! Text can be read on every ground that it stands on, in both schemes: worked out from the tokens themselves.

use std::collections::BTreeMap;

use crate::aid::root;

type Colour = [f64; 3];

/// The colours of the tokens, light and dark.
fn colours() -> BTreeMap<String, [Colour; 2]> {
    let css =
        std::fs::read_to_string(root().join("themes/default/static/style.css")).expect("the style sheet");
    let pairs = css.lines().filter_map(|line| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
        let (light, dark) = value.split_once(')')?.0.split_once(", ")?;
        Some((name.to_owned(), [colour(light), colour(dark)]))
    });
    pairs.collect()
}

fn colour(hex: &str) -> Colour {
    let digits = hex.strip_prefix('#').expect("a colour is written as #rrggbb");
    [0, 2, 4].map(|at| {
        let value = u8::from_str_radix(&digits[at..at + 2], 16).expect("two hexadecimal digits");
        let part = f64::from(value) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

/// The contrast of two colours as WCAG 2 defines it, from 1 to 21.
fn contrast(a: Colour, b: Colour) -> f64 {
    let luminance = |[r, g, b]: Colour| 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn contrast_is_what_the_definition_says() {
    assert!((contrast(colour("#000000"), colour("#ffffff")) - 21.0).abs() < 1e-9);
    assert!((contrast(colour("#777777"), colour("#ffffff")) - 4.48).abs() < 0.01);
}

#[test]
fn text_can_be_read_on_every_ground() {
    let grounds = ["paper", "raised", "sunk"];
    let mut pairs: Vec<(&str, &str, f64)> = Vec::new();
    for ground in grounds {
        pairs.extend(["ink", "soft", "accent", "good", "warn", "bad"].map(|text| (text, ground, 4.5)));
        // Not text, but the edge by which a field is known.
        pairs.push(("edge", ground, 3.0));
    }
    for meaning in ["accent", "good", "warn", "bad"] {
        let ground = ["accent-soft", "good-soft", "warn-soft", "bad-soft"]
            .into_iter()
            .find(|it| it.starts_with(meaning));
        pairs.push((meaning, ground.expect("each has its ground"), 4.5));
    }
    pairs.extend([("ink", "accent-soft", 4.5), ("soft", "accent-soft", 4.5), ("ink", "warn-soft", 4.5)]);
    pairs.extend([("soft", "warn-soft", 4.5), ("ink", "mark", 4.5), ("paper", "accent", 4.5)]);

    let colours = colours();
    assert!(colours.len() >= 16, "{:?}", colours.keys());
    let mut faint = Vec::new();
    for (text, ground, least) in pairs {
        for (scheme, at) in [("light", 0), ("dark", 1)] {
            let found = contrast(colours[text][at], colours[ground][at]);
            if found < least {
                faint.push(format!("{text} on {ground}, {scheme}: {found:.2}, not {least}"));
            }
        }
    }
    assert!(faint.is_empty(), "{}", faint.join("\n"));
}
