//! Whatever a file looks like, recording inserts one piece of text and adds one observation.

use bailiwick::model::common::Observation;
use bailiwick::model::entry::AnyEntry;
use bailiwick::model::read::{Content, parse};
use bailiwick::record::{NewObservation, add_to_csv, add_to_entry};
use bailiwick::source::{SourcePath, decode};
use bailiwick::text::Date;
use proptest::prelude::*;

/// How the metrics and their observations are written down.
#[derive(Clone, Debug)]
struct Form {
    metric: Metric,
    list: List,
    /// Which guardrail is added to; the primary metric if there is none of that index.
    guardrail: usize,
    days: Vec<i32>,
    comments: Vec<&'static str>,
    line_end: &'static str,
    mark: bool,
    markdown: bool,
    last_line_feed: bool,
    indent: usize,
}

#[derive(Clone, Copy, Debug)]
enum Metric {
    Block,
    Flow,
    FlowLines,
}

#[derive(Clone, Copy, Debug)]
enum List {
    Missing,
    Empty,
    Flow,
    FlowLines,
    TrailingComma,
    BlockOfFlow,
    BlockOfBlock,
    Outdented,
}

const COMMENTS: [&str; 6] =
    ["", "", " # }, ]", " # - {date: 2026-01-01, value: 9}", " # observations: []", "  # it's \"ü\" #"];

fn form() -> impl Strategy<Value = Form> {
    let metric = prop_oneof![Just(Metric::Block), Just(Metric::Flow), Just(Metric::FlowLines)];
    let list = prop_oneof![
        Just(List::Missing),
        Just(List::Empty),
        Just(List::Flow),
        Just(List::FlowLines),
        Just(List::TrailingComma),
        Just(List::BlockOfFlow),
        Just(List::BlockOfBlock),
        Just(List::Outdented),
    ];
    let days = prop_oneof![
        prop::collection::btree_set(0..30i32, 0..5)
            .prop_map(|days| days.into_iter().map(|day| 2 * day).collect()),
        prop::collection::hash_set(0..30i32, 0..5)
            .prop_map(|days| days.into_iter().map(|day| 2 * day).collect::<Vec<_>>()),
    ];
    let comments = prop::collection::vec(prop::sample::select(&COMMENTS[..]), 12);
    let line_end = prop::sample::select(&["\n", "\r\n", "\r"][..]);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (metric, list, 0..3usize, days, comments, line_end, flags, 1..4usize).prop_map(
        |(metric, list, guardrail, days, comments, line_end, (mark, markdown, last_line_feed), indent)| {
            Form { metric, list, guardrail, days, comments, line_end, mark, markdown, last_line_feed, indent }
        },
    )
}

fn day(number: i32) -> Date {
    Date::new(2026, 1, 1).unwrap().plus_days(number)
}

impl Form {
    fn metric_path(&self) -> String {
        if self.guardrail < 2 { format!("guardrails[{}]", self.guardrail) } else { "primary".into() }
    }

    fn path(&self) -> SourcePath {
        SourcePath::new(if self.markdown { "pilots/a.md" } else { "pilots/2026/a/index.yaml" })
    }

    /// The file as it would stand on the disk.
    fn raw(&self) -> String {
        let mut comments = self.comments.iter().cycle();
        let step = " ".repeat(self.indent);
        let mut text = format!("title: A{}\nstarts: 2026-01-01\n", comments.next().unwrap());
        text += "primary:";
        text += &self.metric("target", &step, None, self.guardrail >= 2, &mut comments);
        text += "guardrails:\n";
        let dashed = format!("{step}- ");
        for index in 0..2 {
            text += &self.metric("limit", &step, Some(&dashed), self.guardrail == index, &mut comments);
        }
        let text = if self.markdown {
            format!("---\n{text}---\n\nText.\n")
        } else {
            format!("{text}risk: low\nfallback: |\n  a\n  # b\n")
        };
        let text = if self.last_line_feed { text.as_str() } else { text.trim_end() };
        let mark = if self.mark { "\u{FEFF}" } else { "" };
        format!("{mark}{}", text.replace('\n', self.line_end))
    }

    /// A metric behind its key, or behind the dash of an item.
    fn metric<'a>(
        &self,
        bound: &str,
        indent: &str,
        dash: Option<&str>,
        is_meant: bool,
        comments: &mut impl Iterator<Item = &'a &'static str>,
    ) -> String {
        let mut comment = || comments.next().copied().unwrap();
        let observations = is_meant.then_some(self.list);
        let begin = dash.map_or(format!("{}\n{indent}", comment()), str::to_owned);
        let inner = dash.map_or(indent.to_owned(), |dash| " ".repeat(dash.len()));
        let mut fields =
            vec!["name: \"a, }: [b]\"".to_owned(), "direction: decrease".into(), format!("{bound}: -2")];
        let in_block = matches!(self.metric, Metric::Block);
        if let Some(list) = observations.filter(|list| !matches!(list, List::Missing)) {
            fields.insert(
                self.days.len() % 4,
                format!("observations:{}", self.list(list, in_block, &inner, &mut comment)),
            );
        }
        match self.metric {
            Metric::Block => {
                let lines: Vec<String> =
                    fields.iter().map(|field| format!("{field}{}\n", comment())).collect();
                format!("{begin}{}", lines.join(&inner))
            }
            Metric::Flow => format!("{begin}{{{}}}{}\n", fields.join(", "), comment()),
            Metric::FlowLines => {
                let fields = fields.join(&format!(",{}\n{inner}  ", comment()));
                format!("{begin}{{{}\n{inner}  {fields}{}\n{inner} }}{}\n", comment(), comment(), comment())
            }
        }
    }

    /// The observations behind their key.
    fn list(
        &self,
        list: List,
        in_block: bool,
        indent: &str,
        comment: &mut impl FnMut() -> &'static str,
    ) -> String {
        let items: Vec<String> =
            self.days.iter().map(|number| format!("{{date: {}, value: 1}}", day(*number))).collect();
        let inner = format!("{indent}   ");
        match list {
            _ if items.is_empty() => " [ ]".into(),
            List::Empty => " []".into(),
            List::FlowLines | List::TrailingComma => {
                let comma = if matches!(list, List::TrailingComma) { "," } else { "" };
                let lines: Vec<String> = items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| {
                        let comma = if at + 1 < items.len() { "," } else { comma };
                        format!("\n{inner}{item}{comma}{}", comment())
                    })
                    .collect();
                format!(" [{}{}\n{inner}]", comment(), lines.concat())
            }
            List::BlockOfFlow | List::Outdented if in_block => {
                let inner = if matches!(list, List::Outdented) { indent } else { &inner };
                let lines: Vec<String> =
                    items.iter().map(|item| format!("\n{inner}-  {item}{}", comment())).collect();
                format!("{}{}", comment(), lines.concat())
            }
            List::BlockOfBlock if in_block => {
                let lines: Vec<String> = self
                    .days
                    .iter()
                    .map(|number| {
                        let above = comment().trim_start();
                        let above =
                            if above.is_empty() { String::new() } else { format!("\n{inner}{above}") };
                        let date = day(*number);
                        format!("{above}\n{inner}- value: 1{}\n{inner}  date: {date}{}", comment(), comment())
                    })
                    .collect();
                lines.concat()
            }
            _ => format!(" [{}]", items.join(", ")),
        }
    }
}

/// The observations of the metric at that path, as they are read.
fn observations(path: &SourcePath, raw: &str, metric: &str) -> Vec<Observation> {
    let text = decode::text(raw.as_bytes().to_vec()).unwrap();
    let parsed = parse(path, &bailiwick::source::SourceFile::Text(text.into()));
    let Content::Entry(AnyEntry::Pilot(pilot)) = parsed.content else { panic!("{:?}\n{raw}", parsed.report) };
    let observations = match metric {
        "primary" => &pilot.primary.observations,
        "guardrails[0]" => &pilot.guardrails[0].observations,
        _ => &pilot.guardrails[1].observations,
    };
    observations.as_ref().map_or_else(Vec::new, |observations| observations.items.clone())
}

/// Whether `before` is `after` with one piece taken out.
fn only_inserted(before: &str, after: &str) -> bool {
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    before.as_bytes()[same..] == after.as_bytes()[after.len() - (before.len() - same)..]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn recording_inserts_one_observation_and_nothing_else(form in form(), number in 0..30i32, note in "\\PC{0,12}") {
        // The days that are there are even.
        let number = 2 * number + 1;
        let note = Some(note.as_str()).filter(|note| !note.trim().is_empty());
        let Ok(new) = NewObservation::new(day(number), "-1.50", note) else { return Ok(()) };
        let (before, path, metric) = (form.raw(), form.path(), form.metric_path());
        let there = observations(&path, &before, &metric);
        let after = add_to_entry(&before, &path, &metric, &new);
        let after = after.map_err(|cannot| TestCaseError::fail(format!("{cannot:?}\n{before}")))?;
        prop_assert!(only_inserted(&before, &after), "{before}\n{after}");

        let mut found = observations(&path, &after, &metric);
        let at = found.iter().position(|observation| observation == new.observation());
        prop_assert!(at.is_some(), "{after}");
        found.remove(at.unwrap());
        prop_assert_eq!(found, there);
        let twice = add_to_entry(&after, &path, &metric, &new);
        prop_assert!(twice.is_err_and(|cannot| cannot.paste.is_none()));
    }

    #[test]
    fn recording_into_a_table_inserts_one_row(
        days in prop::collection::vec(0..60i32, 0..5),
        number in 60..70i32,
        note in "[ -~ü\n]{0,12}",
        end in prop::sample::select(&["\n", "\r\n"][..]),
        last_end in any::<bool>(),
    ) {
        let path = SourcePath::new("pilots/a/b.csv");
        let note = Some(note.as_str()).filter(|note| !note.trim().is_empty());
        let new = NewObservation::new(day(number), "0", note).unwrap();
        let mut before = "date,value,note".to_owned();
        for number in &days {
            before += &format!("{end}{},1,\"a, {end}b\"", day(*number));
        }
        if last_end {
            before += end;
        }
        let after = add_to_csv(&before, &path, &new);
        let after = after.map_err(|cannot| TestCaseError::fail(format!("{cannot:?}\n{before}")))?;
        prop_assert!(only_inserted(&before, &after), "{before}\n{after}");
    }
}

#[test]
fn a_file_with_faults_is_left_alone() {
    let new = NewObservation::new(day(0), "1", None).unwrap();
    for raw in ["", "---\n", "---\nprimary: {\n---\n", "\u{0}", "---\ntitle: A\n---\n", "---\n- a\n---\n"] {
        let cannot = add_to_entry(raw, &SourcePath::new("pilots/a.md"), "primary", &new).unwrap_err();
        assert!(cannot.paste.is_some(), "{raw:?}");
    }
}
