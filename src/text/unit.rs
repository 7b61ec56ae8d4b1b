//! Figures with their units, as a person would say them.

/// A figure with its unit: `1.5 days`, `1 day`. A unit is kept as it was typed, unless the figure is one and
/// the unit is plainly a plural.
pub fn with_unit(figure: &str, unit: Option<&str>) -> String {
    match unit {
        None => figure.to_owned(),
        Some(unit) if matches!(figure, "1" | "-1") => format!("{figure} {}", of_one(unit)),
        Some(unit) => format!("{figure} {unit}"),
    }
}

/// What stands between a thing that is counted and what it is counted by.
const JOINTS: [&str; 8] = [" per ", " a ", " an ", " of ", " in ", " from ", " / ", "/"];

/// The unit of one: `day` of `days`, `error per report` of `errors per report`.
fn of_one(unit: &str) -> String {
    let head = JOINTS.iter().filter_map(|joint| unit.find(joint)).min().unwrap_or(unit.len());
    let word = unit[..head].rfind(' ').map_or(0, |space| space + 1);
    format!("{}{}{}", &unit[..word], singular(&unit[word..head]), &unit[head..])
}

/// A word without the ending of the plural. What may be no plural stays as it is: `ms`, `kbps`, `status`,
/// `series`, `bias`.
fn singular(word: &str) -> String {
    const NO_PLURALS: [&str; 6] = ["ss", "us", "is", "as", "series", "species"];
    let stem = word.strip_suffix('s').unwrap_or_default();
    let has_vowel = stem.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if stem.len() < 3 || !has_vowel || NO_PLURALS.iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    let adds_e = ["xes", "ches", "shes", "sses", "zzes"].iter().any(|end| word.ends_with(end));
    if adds_e { stem[..stem.len() - 1].to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::with_unit;

    #[test]
    fn one_takes_no_plural() {
        for (unit, expected) in [
            ("days", "1 day"),
            ("day", "1 day"),
            ("errors per report", "1 error per report"),
            ("errors a month", "1 error a month"),
            ("open requests", "1 open request"),
            ("replies/week", "1 reply/week"),
            ("batches of letters", "1 batch of letters"),
            ("boxes", "1 box"),
            ("passes", "1 pass"),
            ("pages", "1 page"),
            ("ties", "1 tie"),
        ] {
            assert_eq!(with_unit("1", Some(unit)), expected);
        }
        assert_eq!(with_unit("-1", Some("points")), "-1 point");
    }

    #[test]
    fn what_is_no_plural_stays() {
        for unit in ["%", "€", "ms", "kbps", "status", "series", "Tage", "Prozent", "日", "bias", "s", ""]
        {
            assert_eq!(with_unit("1", Some(unit)), format!("1 {unit}"));
        }
        assert_eq!(with_unit("1.5", Some("days")), "1.5 days");
        assert_eq!(with_unit("0", Some("days")), "0 days");
        assert_eq!(with_unit("10", Some("days")), "10 days");
        assert_eq!(with_unit("1", None), "1");
    }
}
