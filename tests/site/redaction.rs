//! Every step by which `redact` hides something, alone and by hand: the site made from a portfolio is that made
//! from the same portfolio without the hidden part, and so is what it is made from. Numbers are those of the cases
//! in the list of faults.
//!
//! # The steps, and what fails without each
//!
//! Each was taken out once, and the tests named here were seen to fail; those marked `*` besides the random
//! portfolios of `noninterference`, the others as the only ones or with the `canary`.
//!
//! | step in `src/redact.rs` | test |
//! |---|---|
//! | hidden entries are left out * | `a_hidden_entry_leaves_no_page_no_list_no_tag_no_alias_and_no_number` |
//! | the hidden program is left out * | `the_program_is_an_entry_like_any_other` |
//! | an unreasonable constraint is for me alone * | `an_unreasonable_constraint_is_for_me_alone` |
//! | where nothing is said, for me alone * | `defaults_open_and_are_not_told` and most others |
//! | config: other readers * | `who_else_reads_and_what_is_promised_to_them_is_not_told` |
//! | config: that there are readers at all * | `nobody_learns_that_there_are_readers_at_all` |
//! | config: defaults * | `defaults_open_and_are_not_told` |
//! | config: check-ins with others, the reason of a rest * | `who_else_reads_and_what_is_promised_to_them_is_not_told` |
//! | entry: its readers * | `the_other_readers_of_an_entry_are_not_told` |
//! | entry: related, evidence by id * | `ids_of_hidden_entries_are_taken_out_of_every_entry` |
//! | entry: files of evidence * | `files_of_hidden_entries_are_taken_out_of_evidence` |
//! | entry: limited sections * | `a_limited_section_was_never_written` |
//! | blank lines around a section | `a_limited_section_was_never_written` |
//! | blank space at the ends of a text in YAML * | `a_limited_section_was_never_written` |
//! | text: names of readers at headings, the space before them * | `nobody_can_tell_that_a_section_is_limited` |
//! | text: links to hidden entries * | `a_link_to_a_hidden_entry_keeps_its_words_and_nothing_else` |
//! | text: links to hidden files * | `files_are_there_only_if_the_reader_can_see_what_uses_them` |
//! | text: words that nobody typed, `[[id]]` and `![[file]]` * | the same two |
//! | text: hidden definitions *, the brackets of `[words][]` | `a_link_definition_goes_with_what_it_names` |
//! | text: definitions behind another of their label * | `a_link_definition_goes_with_what_it_names` |
//! | text: links to headings that went * | `a_link_to_a_hidden_heading_becomes_its_words` |
//! | text: the same again, once a heading is called otherwise | `a_link_to_a_hidden_heading_becomes_its_words` |
//! | text: comments, and what browsers take for comments * | `comments_are_for_me_alone` |
//! | text: links among the words of links * | `a_link_among_the_words_of_a_link_is_cut_as_well` |
//! | files: those in a hidden folder *, further down in it | `files_are_there_only_if_the_reader_can_see_what_uses_them` |
//! | files: that of a hidden entry itself | `files_of_hidden_entries_are_taken_out_of_evidence` |
//! | files: those that nothing seen uses * | `files_are_there_only_if_the_reader_can_see_what_uses_them` |
//! | files: published names forget their folder | `published_names_tell_nothing_of_where_a_file_lies` |
//! | figures from hidden files: scope, pilot (twice), proposal * | `figures_from_a_hidden_file_are_told_without_it` |
//! | ids and rights in the fields of eight kinds, one by one * | `fields_of_every_kind_forget_what_is_hidden` |
//! | program: its scope * | `the_program_is_an_entry_like_any_other` |
//! | feedback: quote and permission * | `a_quote_without_permission_is_for_me_alone` |

use crate::aid::{self, Files, difference, files};

const CONFIG: &str = "title: T\nowner: {name: N}\nreaders: {manager: {title: For Kim}}\n";
const SCOPE: &str =
    "---\nreaders: [manager]\ndecision_rights: [{area: Open, delegation: consult}]\n---\n# Seen\n";
const HIDDEN_SCOPE: &str = "# Hidden\n";
const RIGHTS: &str = "---\ndecision_rights: [{area: Area, delegation: consult}]\n---\n# Hidden\n";
const HIDDEN: (&str, &str) = ("pages/hidden.md", "# Hidden\n\n## Part\n");
const PRIMARY: &str = "primary: {name: P, direction: increase, target: 1";

fn content(texts: &[(&str, &str)]) -> Files {
    let mut content = files(texts.iter().copied());
    content.entry("portfolio.yaml".into()).or_insert_with(|| CONFIG.into());
    content
}

fn site(texts: &[(&str, &str)], reader: &str) -> Files {
    let content = content(texts);
    aid::site(&aid::unchecked(&content), &content, reader)
}

/// Checks that the manager is shown the same in both cases, and that I am not.
#[track_caller]
fn same(full: &[(&str, &str)], reduced: &[(&str, &str)]) {
    let difference = difference(&site(reduced, "manager"), &site(full, "manager"));
    assert!(difference.is_empty(), "something hidden shows:\n{difference}");
    let left = |texts| aid::cut(&aid::unchecked(&content(texts)), "manager");
    assert_eq!(left(reduced).portfolio(), left(full).portfolio());
    assert_ne!(site(reduced, "me"), site(full, "me"), "nothing was hidden");
}

/// The same for one page that the manager reads, beside entries that are hidden.
#[track_caller]
fn same_page(hidden: &[(&str, &str)], full: &str, reduced: &str) {
    let (full, reduced) = (page(full), page(reduced));
    let mut all = vec![("pages/seen.md", full.as_str())];
    all.extend(hidden);
    same(&all, &[("pages/seen.md", reduced.as_str())]);
}

fn page(text: &str) -> String {
    match text.strip_prefix("---\n") {
        Some(rest) => format!("---\nreaders: [manager]\ntitle: Seen\n{rest}"),
        None => format!("---\nreaders: [manager]\ntitle: Seen\n---\n{text}"),
    }
}

/// The same for an entry of any kind with one field that names something hidden.
#[track_caller]
fn same_field(path: &str, needed: &str, field: &str, hidden: &[(&str, &str)]) {
    let text = |field: &str| format!("title: Seen\nreaders: [manager]\n{needed}\n{field}\n");
    let (full, reduced) = (text(field), text(""));
    let mut all = vec![(path, full.as_str())];
    all.extend(hidden);
    same(&all, &[(path, reduced.as_str())]);
}

// 77, 79, 80, 81: pages, lists, counts, data.

#[test]
fn a_hidden_entry_leaves_no_page_no_list_no_tag_no_alias_and_no_number() {
    let seen = ("pages/seen.md", "---\nreaders: [manager]\ntags: [b]\n---\n# Seen\n");
    let hidden = "---\ntags: [A, b, c]\naliases: [once]\ndate: 2026-03-01\nrelated: [seen]\n---\n# Hidden\n\n[[seen]]\n";
    same(&[seen, ("pages/hidden.md", hidden), ("decisions/other.md", "# Other\n\n[[seen]]\n")], &[seen]);
}

#[test]
fn a_tag_is_spelt_as_the_reader_can_see_it() {
    let seen = ("pages/seen.md", "---\nreaders: [manager]\ntags: [work, life]\n---\n# Seen\n");
    same(&[seen, ("pages/hidden.md", "---\ntags: [Work, LIFE]\n---\n# Hidden\n")], &[seen]);
}

#[test]
fn the_program_is_an_entry_like_any_other() {
    let seen = ("pages/seen.md", "---\nreaders: [manager]\n---\n# Seen\n");
    same(&[seen, ("program.yaml", "starts: 2026-01-12\nchallenge: Hidden\n")], &[seen]);
    let program = "readers: [manager]\nstarts: 2026-01-12\n";
    let full = format!("{program}scope: hidden\n");
    same(&[("program.yaml", &full), ("scopes/hidden.md", HIDDEN_SCOPE)], &[("program.yaml", program)]);
}

#[test]
fn an_unreasonable_constraint_is_for_me_alone() {
    let seen = ("pages/seen.md", "---\nreaders: [manager]\n---\n# Seen\n");
    let constraint = "title: Hidden\ntype: blocker\nreasonable: false\nreaders: [manager]\n";
    same(&[seen, ("constraints/hidden.yaml", constraint)], &[seen]);
}

// Of `portfolio.yaml`.

#[test]
fn who_else_reads_and_what_is_promised_to_them_is_not_told() {
    let seen = ("pages/seen.md", "---\nreaders: [manager]\n---\n# Seen\n");
    let full = "title: T\nowner: {name: N}\nreaders: {mentor: {title: Hidden}, manager: {title: For Kim}}\n";
    same(&[seen, ("portfolio.yaml", full)], &[seen]);
    let full = format!("{CONFIG}check_ins: {{every: 2w, with: mentor}}\n");
    same(&[seen, ("portfolio.yaml", &full)], &[seen]);
    let full = format!("{CONFIG}check_ins: {{every: 2w}}\n");
    same(&[seen, ("portfolio.yaml", &full)], &[seen]);
    let (full, reduced) = ("pause: {since: 2026-05-02, reason: Hidden}\n", "pause: {since: 2026-05-02}\n");
    let (full, reduced) = (format!("{CONFIG}{full}"), format!("{CONFIG}{reduced}"));
    same(&[seen, ("portfolio.yaml", &full)], &[seen, ("portfolio.yaml", &reduced)]);
}

#[test]
fn what_is_promised_to_the_reader_is_told() {
    let text = format!("{CONFIG}check_ins: {{every: 2w, with: manager}}\n");
    let found = site(&[("portfolio.yaml", &text)], "manager");
    assert!(String::from_utf8_lossy(&found["portfolio.json"]).contains("\"every\": \"2w\""));
}

#[test]
fn nobody_learns_that_there_are_readers_at_all() {
    let config = "title: T\nowner: {name: N}\n";
    let seen = ("pages/seen.md", "---\nreaders: [everyone]\n---\n# Seen\n");
    let full = site(&[seen, ("portfolio.yaml", &format!("{config}readers: {{mentor: {{}}}}\n"))], "everyone");
    let difference = difference(&site(&[seen, ("portfolio.yaml", config)], "everyone"), &full);
    assert!(difference.is_empty(), "{difference}");
}

#[test]
fn defaults_open_and_are_not_told() {
    let full = format!("{CONFIG}defaults: {{readers: {{page: [manager], scope: [me]}}}}\n");
    let entry = "---\nreaders: [manager]\n---\n# Seen\n";
    same(&[("pages/seen.md", "# Seen\n"), ("portfolio.yaml", &full)], &[("pages/seen.md", entry)]);
}

#[test]
fn the_other_readers_of_an_entry_are_not_told() {
    let text = |readers: &str| format!("---\nreaders: {readers}\n---\n# Seen\n");
    let (full, reduced) = (text("[mentor, manager, me]"), text("manager"));
    same(&[("pages/seen.md", &full)], &[("pages/seen.md", &reduced)]);
}

// References of fields.

#[test]
fn ids_of_hidden_entries_are_taken_out_of_every_entry() {
    same_page(&[HIDDEN], "---\nrelated: [hidden]\n---\n", "---\n---\n");
    same_page(&[HIDDEN], "---\nevidence: [hidden]\n---\n", "---\n---\n");
}

#[test]
fn files_of_hidden_entries_are_taken_out_of_evidence() {
    let evidence = |file: &str| format!("---\nevidence: [{{kind: metric, title: E{file}}}]\n---\n");
    let hidden =
        [("pages/hidden/index.md", "# Hidden\n"), ("pages/hidden/a.txt", "a"), ("pages/hidden/b/c.txt", "c")];
    same_page(&hidden, &evidence(", file: hidden/a.txt"), &evidence(""));
    same_page(&hidden, &evidence(", file: ./hidden/b/c.txt"), &evidence(""));
    same_page(&hidden, &evidence(", file: hidden/index.md"), &evidence(""));
    same_page(&[HIDDEN], &evidence(", file: hidden.md"), &evidence(""));
}

#[test]
fn fields_of_every_kind_forget_what_is_hidden() {
    let scope = [("scopes/hidden.md", HIDDEN_SCOPE)];
    let rights = [("scopes/hidden.md", RIGHTS)];
    let decision = [("decisions/hidden.md", "# Hidden\n")];
    let pilot_text = format!("title: Hidden\nstarts: 2026-03-01\n{PRIMARY}}}\n");
    let pilot = [("pilots/hidden.yaml", pilot_text.as_str())];
    let proposal = [("proposals/hidden.yaml", "title: Hidden\nask: A\n")];
    let agreement = [("agreements/hidden.yaml", "title: Hidden\n")];
    let shift = |field: &str| format!("{field}: [{{right: hidden/area, to: agree}}]");
    let running = format!("starts: 2026-03-01\n{PRIMARY}}}");

    same_field("decisions/seen.yaml", "", "scope: hidden", &scope);
    same_field("decisions/seen.yaml", "", "right: hidden/area", &rights);
    same_field("decisions/seen.yaml", "", "supersedes: hidden", &decision);
    same_field("decisions/seen.yaml", "", "superseded_by: hidden", &decision);
    same_field("pilots/seen.yaml", &running, "scope: hidden", &scope);
    same_field("pilots/seen.yaml", &running, "tests: {right: hidden/area, to: agree}", &rights);
    same_field("proposals/seen.yaml", "ask: A", "scope: hidden", &scope);
    same_field("proposals/seen.yaml", "ask: A", "pilot: hidden", &pilot);
    same_field("proposals/seen.yaml", "ask: A", &shift("wants"), &rights);
    same_field("agreements/seen.yaml", "", "proposal: hidden", &proposal);
    same_field("agreements/seen.yaml", "", &shift("grants"), &rights);
    same_field("agreements/seen.yaml", "", "supersedes: hidden", &agreement);
    same_field("check-ins/seen.yaml", "", "scope: hidden", &scope);
    same_field("check-ins/seen.yaml", "", "pilot: hidden", &pilot);
    same_field("feedback/seen.yaml", "", "about: hidden", &decision);
    same_field("constraints/seen.yaml", "type: noise", "scope: hidden", &scope);
}

#[test]
fn a_quote_without_permission_is_for_me_alone() {
    same_field("feedback/seen.yaml", "", "quote: Hidden", &[]);
    same_field("feedback/seen.yaml", "", "quote: Hidden\nquote_permission: false", &[]);
    let allowed = "title: Seen\nreaders: [manager]\nquote: Open\nquote_permission: true\n";
    let found = site(&[("feedback/seen.yaml", allowed)], "manager");
    assert!(String::from_utf8_lossy(&found["feedback/seen/index.html"]).contains("Open"));
}

#[test]
fn figures_from_a_hidden_file_are_hidden_and_a_verdict_on_them_unknown() {
    let hidden =
        [("pages/hidden/index.md", "# Hidden\n"), ("pages/hidden/s.csv", "date,value\n2026-03-01,76543\n")];
    let from = "../pages/hidden/s.csv";
    let entries = [
        ("scopes/seen.yaml", format!("outcomes: [{{name: O, observations: {from}}}]")),
        ("pilots/seen.yaml", format!("starts: 2026-03-01\n{PRIMARY}, observations: {from}}}")),
        ("proposals/seen.yaml", format!("ask: A\nsuccess_metrics: [{{name: M, observations: {from}}}]")),
    ];
    for (path, fields) in entries {
        let text = format!("title: Seen\nreaders: [manager]\n{fields}\n");
        let mut all = vec![(path, text.as_str())];
        all.extend(hidden);
        let shows = |reader: &str| {
            let site = site(&all, reader);
            let figure = site.values().any(|file| file.windows(5).any(|bytes| bytes == b"76543"));
            let json = String::from_utf8(site["portfolio.json"].clone()).expect("JSON is text");
            (figure, json.contains("\"state\": \"unknown\""))
        };
        let is_pilot = path.starts_with("pilots/");
        assert_eq!(shows("me"), (true, false), "{path}");
        assert_eq!(shows("manager"), (false, is_pilot), "{path}");
    }
}

// 83: sections.

#[test]
fn a_limited_section_was_never_written() {
    same_page(
        &[],
        "a\n\n## H {readers=mentor}\n\nhidden\n\n### Below\n\nhidden\n\n## Next\n\nb\n",
        "a\n\n## Next\n\nb\n",
    );
    same_page(&[], "## H {readers=mentor}\nhidden\n", "");
    same_page(&[], "\n## H {readers=mentor}\nhidden\n\n## Next\n", "\n## Next\n");
    same_page(&[], "a\n## H {readers=}\nhidden", "a");
    same_page(&[], "a\n## H {readers=me}\nhidden\n\n\n", "a\n");
    same_page(&[], "a\n\nH {readers=mentor}\n---\n\nhidden\n", "a\n");
    let yaml = |body: &str| format!("title: Seen\nreaders: [manager]\nbody: \"{body}\"\n");
    for (full, reduced) in [
        ("## H {readers=me}\\n\\nhidden\\n\\n## Next\\n\\nb", "## Next\\n\\nb"),
        ("a\\n\\n## H {readers=me}\\n\\nhidden", "a"),
        ("<!-- hidden -->\\n\\na\\n\\n<!-- hidden -->", "a"),
    ] {
        same(&[("pages/seen.yaml", &yaml(full))], &[("pages/seen.yaml", &yaml(reduced))]);
    }
}

#[test]
fn notes_and_definitions_go_with_their_section() {
    let seen = "a[^n] [x][d]\n\n[^n]: open\n";
    let hidden = "## H {readers=mentor}\n\n[^n]: hidden\n[^m]: hidden\n\n[d]: https://hidden.example\n";
    same_page(&[], &format!("{seen}\n{hidden}"), seen);
}

#[test]
fn nobody_can_tell_that_a_section_is_limited() {
    same_page(&[], "## A {readers=mentor,manager}\n", "## A\n");
    same_page(&[], "## A \t{ readers=manager }\n", "## A\n");
    same_page(&[], "## A {#a readers=manager}\n", "## A {#a}\n");
    same_page(&[], "## A {readers=manager #a}\n", "## A {#a}\n");
    same_page(&[], "## A {#a readers=manager .b}\n", "## A {#a .b}\n");
    same_page(&[], "## A {readers=manager readers=mentor}\n", "## A\n");
    same_page(&[], "## A {readers=manager #a readers=mentor}\n", "## A {#a}\n");
    same_page(
        &[],
        "## [{x](https://e.org) {.readers=x readers=manager}\n",
        "## [{x](https://e.org) {.readers=x}\n",
    );
    same_page(&[], "A {readers=everyone}\n===\n", "A\n===\n");
}

#[test]
fn headings_are_named_and_numbered_without_the_hidden_ones() {
    same_page(&[], "## A {readers=me}\n\n## A\n\n[x](#a)\n", "## A\n\n[x](#a)\n");
    same_page(&[], "# Top {readers=me}\n\n# T\n\n## A\n", "# T\n\n## A\n");
}

// 82: links.

#[test]
fn a_link_to_a_hidden_entry_keeps_its_words_and_nothing_else() {
    for link in [
        "[words](hidden.md)",
        "[words](hidden.md#part)",
        "[words](./hidden.md 'Hidden')",
        "[words](<../pages/hidden.md>)",
        "[words](%68idden.md)",
        "[words](&#104;idden.md)",
        "[[hidden|words]]",
        "[[hidden#part|words]]",
        "[[once|words]]",
    ] {
        let hidden = [("pages/hidden.md", "---\naliases: [once]\n---\n# Hidden\n\n## Part\n")];
        same_page(&hidden, &format!("a {link} b\n"), "a [words]() b\n");
    }
    for link in ["[[hidden]]", "[[once]]", "[[hidden#part]]"] {
        let hidden = [("pages/hidden.md", "---\naliases: [once]\n---\n# Hidden\n\n## Part\n")];
        same_page(&hidden, &format!("a {link} b\n"), "a … b\n");
        same_page(&hidden, &format!("## A {link}\n"), "## A …\n");
    }
    same_page(&[HIDDEN], "a **[*very* `plain`](hidden.md)** b\n", "a **[*very* `plain`]()** b\n");
    same_page(&[HIDDEN], "| [words](hidden.md) |\n|---|\n", "| [words]() |\n|---|\n");
    same_page(&[HIDDEN], "| [[hidden\\|words]] |\n|---|\n", "| [words]() |\n|---|\n");
    same_page(&[HIDDEN], "[](hidden.md)[](hidden.md)\n", "[]()[]()\n");
}

#[test]
fn the_title_of_a_page_forgets_them_too() {
    let text = |link: &str| format!("---\nreaders: [manager]\n---\n# About {link}\n");
    let (full, reduced) = (text("[[hidden]]"), text("…"));
    same(&[("pages/seen.md", &full), HIDDEN], &[("pages/seen.md", &reduced)]);
}

#[test]
fn a_link_definition_goes_with_what_it_names() {
    same_page(
        &[HIDDEN],
        "a [words][d] [d] [e][]\n\n[d]: hidden.md\n[e]: hidden.md#part\n",
        "a [words]() [d]() [e]()\n\n\n\n",
    );
    same_page(&[HIDDEN], "a\n\n[unused]: hidden.md \"Hidden\"\n", "a\n\n\n");
    same_page(&[HIDDEN], "a [d]\n\n[d]: https://e.org\n[d]: hidden.md\n", "a [d]\n\n[d]: https://e.org\n\n");
    same_page(&[HIDDEN], "a [d]\n\n[d]: hidden.md\n[d]: https://e.org\n", "a [d]()\n\n\n\n");
}

#[test]
fn a_link_among_the_words_of_a_link_is_cut_as_well() {
    let hidden = [("pages/hidden/index.md", "# Hidden\n"), ("pages/hidden/p.png", "picture")];
    same_page(&hidden, "a [![alt](hidden/p.png)](hidden/index.md) b\n", "a [[alt]()]() b\n");
    same_page(&hidden, "[![](hidden/p.png)](hidden/index.md)\n", "[[]()]()\n");
    same_page(&hidden, "a [b <!-- hidden --> c](hidden/index.md)\n", "a [b  c]()\n");
}

#[test]
fn a_link_to_a_hidden_heading_becomes_its_words() {
    let text = |link: &str, tail: &str| format!("{link}\n\n## Seen\n{tail}");
    let hidden = "\n## Doubts {readers=mentor}\n\nhidden\n";
    for (link, left) in [
        ("[x](#doubts)", "[x]()"),
        ("[x](seen.md#doubts)", "[x]()"),
        ("[[seen#doubts|x]]", "[x]()"),
        ("[[seen#doubts]]", "…"),
        ("[[#doubts]]", "…"),
        ("[x][d]\n\n[d]: #doubts", "[x]()\n\n"),
    ] {
        same_page(&[], &text(link, hidden), &text(left, ""));
    }
    // The words of one heading can hang on a link to another.
    let full = "[x](#about-seen-doubts)\n\n## About [[#doubts]]\n\n## Doubts {readers=mentor}\n";
    same_page(&[], &full.replace("about-seen-", "about-"), "[x]()\n\n## About …\n");
    let other =
        ("pages/other.md", "---\nreaders: [manager]\n---\n# Other\n\n[x](seen.md#doubts) [[seen#seen]]\n");
    let left = ("pages/other.md", "---\nreaders: [manager]\n---\n# Other\n\n[x]() [[seen#seen]]\n");
    let (full, reduced) = (page(&text("a", hidden)), page(&text("a", "")));
    same(&[("pages/seen.md", &full), other], &[("pages/seen.md", &reduced), left]);
}

// 85: files.

#[test]
fn files_are_there_only_if_the_reader_can_see_what_uses_them() {
    let hidden = [
        ("pages/hidden/index.md", "# Hidden\n\n![a](a.png) [b](../../files/b.txt)\n"),
        ("pages/hidden/a.png", "picture"),
        ("pages/hidden/deep/c.txt", "c"),
        ("files/b.txt", "b"),
    ];
    for (link, left) in [
        ("![alt](hidden/a.png)", "[alt]()"),
        ("[words](hidden/a.png)", "[words]()"),
        ("[words](hidden/deep/c.txt)", "[words]()"),
        ("![[hidden/a.png]]", "…"),
        ("![[hidden/a.png|alt]]", "[alt]()"),
        ("![alt][p]\n\n[p]: hidden/a.png", "[alt]()\n\n"),
        ("none", "none"),
    ] {
        same_page(
            &hidden,
            &format!("a {link} b\n").replace("png b", "png"),
            &format!("a {left} b\n").replace("\n\n b", "\n\n"),
        );
    }
}

#[test]
fn a_file_that_both_use_is_there_once() {
    let shared = ("files/b.txt", "b");
    let seen = ("pages/seen.md", "---\nreaders: [manager]\n---\n# Seen\n\n[b](../files/b.txt)\n");
    let hidden = ("pages/hidden.md", "# Hidden\n\n[b](../files/b.txt)\n");
    same(&[seen, shared, hidden], &[seen, shared]);
}

#[test]
fn a_seen_entry_in_the_folder_of_a_hidden_one_keeps_its_own_files() {
    let seen = "---\nreaders: [manager]\n---\n# Seen\n\n[a](a.txt)";
    let full = [
        ("pages/hidden/index.md", "# Hidden\n"),
        ("pages/hidden/b.txt", "b"),
        ("pages/hidden/seen/index.md", &format!("{seen} [b](../b.txt)\n")),
        ("pages/hidden/seen/a.txt", "a"),
    ];
    let reduced =
        [("pages/hidden/seen/index.md", &*format!("{seen} [b]()\n")), ("pages/hidden/seen/a.txt", "a")];
    same(&full, &reduced);
}

#[test]
fn published_names_tell_nothing_of_where_a_file_lies() {
    let text = "---\nreaders: [manager]\n---\n# Seen\n\n[a](../files/Zq/a.txt) [a](../other/a.txt)\n";
    let texts = [("pages/seen.md", text), ("files/Zq/a.txt", "1"), ("other/a.txt", "2")];
    let found = site(&texts, "manager");
    assert_eq!(found["pages/seen/a.txt"], b"1");
    assert_eq!(found["pages/seen/a-2.txt"], b"2");
    assert!(!String::from_utf8_lossy(&found["pages/seen/index.html"]).contains("Zq"));
}

// 88: comments.

#[test]
fn comments_are_for_me_alone() {
    same_page(&[], "a <!-- hidden --> b\n", "a  b\n");
    same_page(&[], "<!-- hidden\n\nhidden -->\n\nb\n", "\n\nb\n");
    same_page(&[], "a\n\n<!-- hidden that does not end\n\nb\n", "a\n\n");
    same_page(&[], "<div>\n<!-- hidden -->a<!---->\n</div>\n", "<div>\na\n</div>\n");
    same_page(&[], "a <?hidden?> b <!HIDDEN x> c <![CDATA[hidden]]> d\n", "a  b  c  d\n");
    same_page(&[], "<?php hidden\n\nhidden ?>\n", "\n");
    same_page(&[], "- a <!-- hidden -->\n- b\n", "- a \n- b\n");
    same(
        &[
            ("pages/seen.yaml", "# hidden\ntitle: Seen # hidden\nreaders: [manager]\nbody: |\n  a\n"),
            ("pages/hidden.md", "# H\n"),
        ],
        &[("pages/seen.yaml", "title: Seen\nreaders: [manager]\nbody: |\n  a\n")],
    );
    let code = site(&[("pages/seen.md", &page("`<!-- shown -->`\n"))], "manager");
    assert!(
        String::from_utf8_lossy(&code["portfolio.json"]).contains("<!-- shown -->"),
        "code is no comment"
    );
}

// What is not hidden stays.

#[test]
fn what_the_reader_may_see_is_not_touched() {
    let texts = [
        ("scopes/seen.md", SCOPE),
        ("decisions/d.yaml", "title: D\nreaders: [manager]\nscope: seen\nright: seen/open\nrelated: seen\n"),
    ];
    let found = site(&texts, "manager");
    let page = String::from_utf8_lossy(&found["decisions/d/index.html"]).into_owned();
    assert!(page.contains("../../scopes/seen/index.html#right-open"), "{page}");
    assert!(page.contains("See also"), "{page}");
}
