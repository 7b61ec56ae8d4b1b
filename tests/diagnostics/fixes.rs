//! What is told of a fault can be done: a fix names the form that the field takes, or a name that is free.

use bailiwick::source::SourceMap;

/// The fixes of all that is found in one file, in the order of its lines.
fn fixes(path: &str, text: &str) -> Vec<String> {
    let config = ("portfolio.yaml", "title: T\nowner: {name: Robin Vale}\n");
    let sources: SourceMap = [config, (path, text)].into_iter().collect();
    let report = super::report(&sources);
    let found = report.diagnostics().iter().filter(|found| &*found.place.file == path);
    found.map(|found| found.fix.clone().unwrap_or_default()).collect()
}

#[test]
fn a_value_of_another_type_is_told_how_it_is_written() {
    let pilot = "title: [A]\nstarts: {day: 1}\nreviews: 2026-03-02\nprimary: Days\nguardrails: [5]\nrelated: {a: b}\n";
    let expected = [
        "write one value as `title: …`",
        "write a day of the calendar as `2026-03-02`",
        "write fields as `primary: {name: …, direction: …, target: …}`",
        "write fields as `{name: …, direction: …, limit: …}`",
        "write a list as `related: […, …]`",
    ];
    assert_eq!(fixes("pilots/a.yaml", pilot), expected);
    assert_eq!(
        fixes("pilots/a.yaml", "- title\n"),
        ["write the fields of the file, each in a line of its own, as `starts: …`"]
    );
    let settings = "title: {a: b}\nowner: Robin\nreaders: [manager]\n";
    let sources: SourceMap = [("portfolio.yaml", settings)].into_iter().collect();
    let report = super::report(&sources);
    let found: Vec<_> = report.diagnostics().iter().filter_map(|found| found.fix.as_deref()).collect();
    let expected = [
        "write one value as `title: …`",
        "write fields as `owner: {name: …}`",
        "write fields as `readers: {NAME: …}`",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_name_that_cannot_be_used_is_told_one_that_can() {
    let renamed = |path: &str| fixes(path, "title: A\n");
    assert_eq!(renamed("pages/Größe & Maß.yaml"), ["rename it to `groesse-mass`"]);
    assert_eq!(renamed("pages/search.yaml"), ["rename it to `search-page`"]);
    assert_eq!(renamed("decisions/con.yaml"), ["rename it to `con-decision`"]);
    let long = "a-long-name-".repeat(10);
    let short = "a-long-name-".repeat(5);
    let found = renamed(&format!("pages/{}.yaml", long.trim_end_matches('-')));
    assert_eq!(found, [format!("rename it to `{}`", short.trim_end_matches('-'))]);
}

#[test]
fn an_attribute_that_limits_nothing_is_told_how_readers_are_named() {
    let told = |attribute: &str| fixes("pages/a.md", &format!("# A\n\n## B {{{attribute}}}\n"));
    for slip in
        [".readers=mentor", "#readers=mentor", "#Readers:mentor", "readers: mentor", ".readers mentor"]
    {
        assert_eq!(told(slip), ["write `{readers=mentor}`, without spaces"], "{slip}");
    }
    assert_eq!(told("#readers=mentor,manager"), ["write `{readers=mentor,manager}`, without spaces"]);
    assert_eq!(told("#readers"), [""; 0]);
}
