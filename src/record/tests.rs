//! Each case is one text: «what is inserted» stands in it in its place.

use super::*;
use crate::text::Scalar;

const PILOT: &str = "pilots/a.md";

fn new(date: &str, value: &str, note: Option<&str>) -> NewObservation {
    NewObservation::new(Date::parse(date).unwrap(), value, note).unwrap()
}

/// The text without and with what is marked.
fn before_and_after(marked: &str) -> (String, String) {
    let (before, rest) = marked.split_once('«').expect("the case marks what is inserted");
    let (inserted, behind) = rest.split_once('»').expect("the mark ends");
    (format!("{before}{behind}"), format!("{before}{inserted}{behind}"))
}

/// Checks a case in Markdown and in YAML, in every kind of line ends, with and without a mark and a last
/// line feed.
fn check(metric: &str, date: &str, note: Option<&str>, fields: &str) {
    let new = new(date, "4", note);
    let fields = fields.strip_prefix('\n').unwrap_or(fields);
    let markdown =
        format!("---\ntitle: A\nstarts: 2026-01-01 # ü\n{fields}---\n\n«nothing\n- date: 2026-01-01\n");
    let markdown = markdown.replacen("---\n\n«nothing", "---\n\nnothing", 1);
    let yaml = format!("# first\nstarts: 2026-01-01\n{fields}\n# ü\ntitle: A\n");
    let bare = format!("title: A\nstarts: 2026-01-01\n{fields}");
    let open = bare.strip_suffix('\n').unwrap_or(&bare).to_owned();
    // What comes last in a file without a last line feed begins with one instead.
    let open = match open.strip_suffix("\n»") {
        Some(text) => {
            let (before, inserted) = text.split_once('«').unwrap();
            format!("{}«\n{inserted}»", before.strip_suffix('\n').unwrap())
        }
        None => open,
    };
    for (path, text) in
        [(PILOT, markdown), ("pilots/a.yaml", yaml), ("pilots/a.yaml", bare), ("pilots/a.yaml", open)]
    {
        for (mark, end) in
            [("", "\n"), ("", "\r\n"), ("\u{FEFF}", "\r\n"), ("\u{FEFF}", "\r"), ("\u{FEFF}", "\n")]
        {
            let text = format!("{mark}{}", text.replace('\n', end));
            let (before, after) = before_and_after(&text);
            let found = add_to_entry(&before, &SourcePath::new(path), metric, &new);
            assert_eq!(found.as_deref(), Ok(after.as_str()), "{before}");
        }
    }
}

/// `primary` with its other fields in block style.
fn primary(rest: &str) -> String {
    format!("primary:\n  name: N\n  direction: decrease\n  target: 2\n{rest}")
}

#[test]
fn a_metric_without_observations_gets_a_list() {
    let cases = [
        "primary: {name: N, direction: decrease, target: 2«, observations: [{date: 2026-03-13, value: 4}]»}\n",
        "primary: {name: N, direction: decrease, target: 2,« observations: [{date: 2026-03-13, value: 4}],» } # c\n",
        "primary: # c }\n  {name: N, direction: decrease,\n   target: 2«,\n   observations: [{date: 2026-03-13, value: 4}]»}\n",
        "primary: {\n  name: \"N}\", # n, }\n  direction: decrease,\n  target: 2, # t«\n  observations: [{date: 2026-03-13, value: 4}],»\n  # end\n  }\n",
        "primary: {\n  name: N,\n  direction: decrease,\n  target: 2 # t«\n  , observations: [{date: 2026-03-13, value: 4}]»\n  }\n",
        "primary:\n  name: N\n  direction: decrease\n  target: 2 # t\n«  observations:\n    - {date: 2026-03-13, value: 4}\n»",
        "primary:\n  name: N\n  target: 2\n  direction: decrease\n  source: |\n    Log\n    # of tickets\n«  observations:\n    - {date: 2026-03-13, value: 4}\n»\n  # end\nrisk: low\n",
        "primary:\n    \"name\": N\n    target: 2\n    direction: decrease\n    source: Log\n      of tickets\n«    observations:\n      - {date: 2026-03-13, value: 4}\n»risk: low\n",
    ];
    for case in cases {
        check("primary", "2026-03-13", None, case);
    }
}

#[test]
fn flow_lists_stay_flow_lists() {
    let cases = [
        "  observations: [«{date: 2026-03-13, value: 4}»]\n",
        "  observations: [«{date: 2026-03-13, value: 4}» ] # none yet\n",
        "  observations:\n    [«{date: 2026-03-13, value: 4}»\n    # none ] yet\n    ]\n",
        "  observations: [{date: 2026-03-06, value: 0}«, {date: 2026-03-13, value: 4}»]\n",
        "  observations: [ { value: 0, date: 2026-03-06 , } ,« {date: 2026-03-13, value: 4},» ]\n",
        "  observations: [«{date: 2026-03-13, value: 4}, »{date: 2026-03-20, value: 0}]\n",
        "  observations: [{date: 2026-03-06, value: 0}, «{date: 2026-03-13, value: 4}, »{date: 2026-03-20, value: 0}]\n",
        "  observations: [\n    {date: 2026-03-06, value: 0}, # one\n    {date: 2026-03-07, value: 0,\n     note: \"]\"}«,\n    {date: 2026-03-13, value: 4}»\n    ]\n",
        "  observations: [\n    {date: 2026-03-06, value: 0}, # one\n    {date: 2026-03-07, value: 0}, # two«\n    {date: 2026-03-13, value: 4},»\n  ]\n",
        "  observations: [\n    {date: 2026-03-06, value: 0}, # one\n    {date: 2026-03-07, value: 0} # two«\n    , {date: 2026-03-13, value: 4}»\n  ]\n",
        "  observations: [\n    {date: 2026-03-06, value: 0}, # one\n«    {date: 2026-03-13, value: 4},\n»    # two,\n    # and more\n    {date: 2026-03-20, value: 0}\n  ]\n",
        "  observations: [\n    {date: 2026-03-06, value: 0}\n    , «{date: 2026-03-13, value: 4}, »{date: 2026-03-20, value: 0}\n  ]\n",
        "  observations: [{date: 2026-03-06, value: 0} # one«\n                 , {date: 2026-03-13, value: 4}»\n    ]\n",
    ];
    for case in cases {
        // A bracket may close at the indent of its key only if that key is nested.
        check("primary", "2026-03-13", None, &primary(&case.replace("\n  ]", "\n   ]")));
    }
}

#[test]
fn block_lists_stay_block_lists() {
    let cases = [
        "  observations:\n    - {date: 2026-03-06, value: 0}\n«    - {date: 2026-03-13, value: 4}\n»",
        "  observations: # figures\n  - {date: 2026-03-06, value: 0} # one\n«  - {date: 2026-03-13, value: 4}\n»  # end\n",
        "  observations:\n\n    -   {date: 2026-03-06,\n         value: 0}\n«    -   {date: 2026-03-13, value: 4}\n»\nrisk: low\n",
        "  observations:\n    - date: 2026-03-06\n      value: 0\n«    - date: 2026-03-13\n      value: 4\n»",
        "  observations:\n  -   value: 0\n      date: 2026-03-06\n      note: |\n        a\n        # b\n«  -   date: 2026-03-13\n      value: 4\n»\n\nrisk: low\n",
        "  observations:\n    -\n      date: 2026-03-06\n      value: 0\n«    - date: 2026-03-13\n      value: 4\n»risk: low\n",
        "  observations:\n    - date: 2026-03-06\n      value: 0\n    - {date: 2026-03-07, value: 0}\n«    - {date: 2026-03-13, value: 4}\n»",
        "  observations:\n    - {date: 2026-03-06, value: 0}\n\n«    - {date: 2026-03-13, value: 4}\n»    # after\n    # the holiday\n    - {date: 2026-03-20, value: 0}\n",
        "  observations:\n    - {date: 2026-03-20, value: 0}\n«    - {date: 2026-03-13, value: 4}\n»    - {date: 2026-03-06, value: 0}\n",
        "  observations:\n    - {date: 2026-03-20, value: 0}\n    - {date: 2026-03-06, value: 0}\n    - {date: 2026-03-08, value: 0}\n«    - {date: 2026-03-13, value: 4}\n»",
    ];
    for case in cases {
        check("primary", "2026-03-13", None, &primary(case));
    }
}

#[test]
fn guardrails_are_found_in_every_notation() {
    let other = "primary: {name: N, direction: decrease, target: 2}\n";
    let cases = [
        (
            1,
            "guardrails:\n  - {name: G, direction: decrease, limit: 2}\n  - {name: H, direction: decrease, limit: 2«, observations: [{date: 2026-03-13, value: 4}]»}\n",
        ),
        (
            0,
            "guardrails:\n  - {name: G, direction: decrease, limit: 2«, observations: [{date: 2026-03-13, value: 4}]»}\n  - {name: H, direction: decrease, limit: 2}\n",
        ),
        (
            1,
            "guardrails: [{name: G, direction: decrease, limit: 2}, {name: H, direction: decrease, limit: 2, observations: [«{date: 2026-03-13, value: 4}»]}]\n",
        ),
        (
            0,
            "guardrails: {name: G, direction: decrease, limit: 2, observations: [«{date: 2026-03-13, value: 4}»]}\n",
        ),
        (
            0,
            "guardrails:\n- name: G\n  direction: decrease\n  limit: -2\n«  observations:\n    - {date: 2026-03-13, value: 4}\n»- name: H\n  direction: decrease\n  limit: 2\n",
        ),
        (
            1,
            "guardrails:\n- name: G\n  direction: decrease\n  limit: 2\n- name: H\n  direction: decrease\n  observations:\n  - {date: 2026-03-06, value: 0}\n«  - {date: 2026-03-13, value: 4}\n»  limit: 2\n",
        ),
        (
            0,
            "guardrails:\n  name: G\n  direction: decrease\n  limit: 2\n  observations: [{date: 2026-03-06, value: 0}«, {date: 2026-03-13, value: 4}»]\n",
        ),
    ];
    for (index, case) in cases {
        check(&format!("guardrails[{index}]"), "2026-03-13", None, &format!("{other}{case}"));
    }
}

#[test]
fn notes_are_quoted_when_they_must_be() {
    let cases = [
        ("After the holiday", "After the holiday"),
        ("Kim's draw (1 of 5)", "Kim's draw (1 of 5)"),
        (" none ", "\"none\""),
        ("a: b", "\"a: b\""),
        ("2 errors", "\"2 errors\""),
        ("one, two", "\"one, two\""),
        ("C:\\x \"y\" #1", "\"C:\\\\x \\\"y\\\" #1\""),
        ("two\nlines\tü", "\"two\\nlines\\tü\""),
        ("{x}", "\"{x}\""),
    ];
    for (note, written) in cases {
        let fields = format!("  observations: [«{{date: 2026-03-13, value: 4, note: {written}}}»]\n");
        check("primary", "2026-03-13", Some(note), &primary(&fields));
    }
    let fields = "  observations:\n  - value: 0\n    date: 2026-03-06\n«  - date: 2026-03-13\n    value: 4\n    note: \"a: b\"\n»";
    check("primary", "2026-03-13", Some("a: b"), &primary(fields));
}

#[test]
fn what_cannot_be_done_safely_is_refused_with_what_to_paste() {
    let cases = [
        ("  observations: {date: 2026-03-06, value: 0}\n", "the one observation is not written as a list"),
        ("  observations:\n", "`pilots/a.yaml` has faults of its own; `bailiwick check` lists them"),
        (
            "  observations: [{date: 2026-02-30, value: 0}]\n",
            "`pilots/a.yaml` has faults of its own; `bailiwick check` lists them",
        ),
    ];
    for (fields, reason) in cases {
        let text = format!("title: A\nstarts: 2026-01-01\n{}", primary(fields));
        let new = new("2026-03-13", "1.50", Some("a: b"));
        let cannot = add_to_entry(&text, &SourcePath::new("pilots/a.yaml"), "primary", &new).unwrap_err();
        assert_eq!(cannot.reason, reason);
        assert_eq!(cannot.paste.as_deref(), Some("- {date: 2026-03-13, value: 1.50, note: \"a: b\"}"));
    }
}

#[test]
fn a_day_has_one_value() {
    let text = format!(
        "title: A\nstarts: 2026-01-01\n{}",
        primary("  observations: [{date: 2026-03-13, value: 0}]\n")
    );
    let new = new("2026-03-13", "1", None);
    let cannot = add_to_entry(&text, &SourcePath::new("pilots/a.yaml"), "primary", &new).unwrap_err();
    assert_eq!(cannot.reason, "`pilots/a.yaml` has the value 0 for 2026-03-13 already");
    assert_eq!(cannot.paste, None);
}

#[test]
fn rows_are_added_in_the_style_of_their_file() {
    let cases = [
        (None, "«date,value,note\n2026-03-13,4,\n»"),
        (None, "date,value,note\n«2026-03-13,4,\n»"),
        (None, "date,value\n«2026-03-13,4\n»"),
        (None, "date,value,note«\n2026-03-13,4,»"),
        (None, "date,value,note\n2026-03-06,0,x\n«2026-03-13,4,\n»\n\n"),
        (None, "date,value,note\n2026-03-06,0\n«2026-03-13,4\n»"),
        (None, "date,value,note\n«2026-03-13,4,\n»2026-03-20,0,\"a\nb\"\n"),
        (None, "date, value, note\n2026-03-06, 0,\"a\n\nb\"\n\n«2026-03-13,4,\n»2026-03-20, 0, x\n"),
        (None, "date,value,note\n2026-03-20,0,\n«2026-03-13,4,\n»2026-03-06,0,\n"),
        (Some("two, \"three\""), "date,value,note\n2026-03-06,0,«\n2026-03-13,4,\"two, \"\"three\"\"\"»"),
        (Some("ü #1"), "date,value,note\n2026-03-06,0\n«2026-03-13,4,ü #1\n»"),
        (Some("a\nb"), "date,value,note\n«2026-03-13,4,\"a\nb\"\n»"),
    ];
    for (note, case) in cases {
        for (mark, end) in [("", "\n"), ("", "\r\n"), ("\u{FEFF}", "\r\n"), ("\u{FEFF}", "\n"), ("", "\r")] {
            // A file without a line end has none to follow.
            let end = if before_and_after(case).0.contains('\n') { end } else { "\n" };
            let text = format!("{mark}{}", case.replace('\n', end));
            let (before, after) = before_and_after(&text);
            let found =
                add_to_csv(&before, &SourcePath::new("pilots/a/b.csv"), &new("2026-03-13", "4", note));
            assert_eq!(found.as_deref(), Ok(after.as_str()), "{before:?}");
        }
    }
}

#[test]
fn rows_that_cannot_be_added_are_refused() {
    let cases = [
        ("date,value\n2026-03-06,0\n", "the first row names no column `note`"),
        ("day,figure\n", "`pilots/a/b.csv` has faults of its own; `bailiwick check` lists them"),
        (
            "date,value,note\n2026-03-06,0,\"a\n",
            "`pilots/a/b.csv` has faults of its own; `bailiwick check` lists them",
        ),
        ("date,value,note\n2026-03-13,0,\n", "`pilots/a/b.csv` has the value 0 for 2026-03-13 already"),
    ];
    for (text, reason) in cases {
        let new = new("2026-03-13", "4", Some("x"));
        let cannot = add_to_csv(text, &SourcePath::new("pilots/a/b.csv"), &new).unwrap_err();
        assert_eq!(cannot.reason, reason);
    }
}

#[test]
fn a_request_is_held_against_the_pilot() {
    let text = "title: A\nstarts: 2026-03-02\nprimary: {name: Days to report, direction: decrease, target: 2, observations: b.csv}\n\
                guardrails:\n  - {name: Errors found by clients, direction: decrease, limit: 2}\n  - {name: Same, direction: decrease, limit: 2}\n  - {name: same, direction: decrease, limit: 2}\n";
    let pilot = pilot(&SourcePath::new("pilots/2026/a/index.yaml"), text).unwrap();
    let today = Date::parse("2026-03-20").unwrap();
    let ask = |value: &'static str,
               metric: Option<&'static str>,
               date: Option<&str>,
               note: Option<&'static str>| {
        let date = date.map(|date| Date::parse(date).unwrap());
        addition(&pilot, &Request { value, metric, date, note }, today)
    };
    let found = ask("3", None, None, None).unwrap();
    assert_eq!((&*found.file, &*found.metric), ("pilots/2026/a/b.csv", "primary"));
    assert_eq!(found.new.observation().date, today);
    assert_eq!(found.apply("date,value\n").unwrap(), "date,value\n2026-03-20,3\n");
    let found = ask("3", Some("errors found by CLIENTS"), Some("2026-03-02"), None).unwrap();
    assert_eq!((&*found.file, &*found.metric), ("pilots/2026/a/index.yaml", "guardrails[0]"));
    assert!(found.apply(text).unwrap().contains("limit: 2, observations: [{date: 2026-03-02, value: 3}]}"));
    assert_eq!(ask("3", Some("guardrails[2]"), None, None).unwrap().metric, "guardrails[2]");

    let refusals = [
        (ask("3", None, Some("2026-03-01"), None), "2026-03-01 lies before the first day of `a`, 2026-03-02"),
        (ask("3", None, Some("2026-03-21"), None), "2026-03-21 lies after today, 2026-03-20"),
        (ask("3 days", None, None, None), "`3 days` is not a number such as `3`, `-2` or `1.5`"),
        (ask("1e3", None, None, None), "`1e3` is not a number such as `3`, `-2` or `1.5`"),
        (ask("3", Some("Same"), None, None), "`a` has more than one metric `Same`"),
        (ask("3", Some("Day to report"), None, None), "`a` has no metric `Day to report`"),
        (ask("3", None, None, Some(" ")), "the note cannot be kept: the text is empty"),
    ];
    for (result, reason) in refusals {
        let cannot = result.unwrap_err();
        assert_eq!((cannot.reason.as_str(), cannot.paste), (reason, None));
    }
}
