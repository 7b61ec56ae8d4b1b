//! What is served is what `build` would write, whatever has been edited before.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::aid::{DOT, PATIENCE, Project, Serving, TODAY, get};

/// Files by their paths.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The site that the real program builds; `None` while the content has errors.
pub fn built(root: &Path, reader: &str) -> Option<Files> {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let status = Command::new(env!("CARGO_BIN_EXE_bailiwick"))
        .args(["build", "--quiet", "--today", TODAY, "--for", reader, "--root"])
        .arg(root)
        .arg("--out")
        .arg(&site)
        .stderr(Stdio::null())
        .status()
        .expect("the program runs");
    let mut files = Files::new();
    status.success().then(|| add(&site, "", &mut files))?;
    Some(files)
}

/// Adds all files of a folder, by their paths in it.
fn add(folder: &Path, below: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            add(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}

/// A page without what the server adds: its script, and the policy under which that may run.
fn undressed(bytes: &[u8]) -> Vec<u8> {
    let Ok(html) = std::str::from_utf8(bytes) else { return bytes.to_owned() };
    let without = |html: String, from: &str, to: &str| match html.find(from) {
        Some(start) => {
            let end = start + from.len() + html[start + from.len()..].find(to).unwrap() + to.len();
            format!("{}{}", &html[..start], &html[end..])
        }
        None => html,
    };
    let html = without(html.to_owned(), "<script src=\"/_bailiwick/client.js\"", "</script>\n");
    without(html, "<meta http-equiv=\"Content-Security-Policy\" content=\"", "\">").into_bytes()
}

/// What differs between the site that is served and the one that would be built; empty if nothing does.
fn difference(host: &str, expected: &Files) -> Vec<String> {
    let differs = |(path, bytes): (&String, &Vec<u8>)| {
        let reply = get(host, &format!("/{path}"));
        let same = if path.ends_with(".html") {
            undressed(&reply.body) == undressed(bytes)
        } else {
            reply.body == *bytes
        };
        (reply.status != 200 || !same).then(|| format!("{path}: {} {}", reply.status, reply.text()))
    };
    expected.iter().filter_map(differs).collect()
}

#[track_caller]
pub fn assert_same(root: &Path, serving: &Serving, gone: &[String], what: &str) {
    for (reader, host) in &serving.hosts {
        let Some(expected) = built(root, reader) else { continue };
        let deadline = Instant::now() + PATIENCE;
        loop {
            let differing = difference(host, &expected);
            let left: Vec<&String> = gone
                .iter()
                .filter(|path| !expected.contains_key(*path) && get(host, &format!("/{path}")).status != 404)
                .collect();
            if differing.is_empty() && left.is_empty() {
                break;
            }
            assert!(Instant::now() < deadline, "{what}, for {reader}: {left:?}\n{}", differing.join("\n"));
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// A number of its own for each step: the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % count as u64).unwrap()
    }
}

/// One edit; what it is called.
fn edit(project: &Project, random: &mut Random, step: usize) -> String {
    let ids = ["first", "second", "third", "hidden"];
    let is_broken = |id: &&&str| {
        project.at(&format!("decisions/{id}.md")).exists()
            && project.read(&format!("decisions/{id}.md")).contains("titel:")
    };
    if let Some(broken) = ids.iter().find(is_broken).filter(|_| random.below(3) > 0) {
        project.edit(&format!("decisions/{broken}.md"), "titel:", "title:");
        return format!("step {step}: {broken} mended");
    }
    let id = ids[random.below(4)];
    let file = format!("decisions/{id}.md");
    let exists = project.at(&file).exists();
    let title = format!("Title {step}");
    let readers = ["", "readers: [me]\n", "readers: everyone\n"][random.below(3)];
    let link = [
        "",
        "See [[second]].",
        "See [[first|there]] and [[reporting]].",
        "![A dot](../pilots/trial/dot.png)",
    ][random.below(4)];
    let text = format!(
        "---\ntitle: {title}\ndate: 2026-0{}-01\ntags: [tag-{}]\nscope: reporting\n{readers}---\n# Part\n\nText {step}. {link}\n",
        1 + random.below(5),
        random.below(3),
    );
    let theme = project.root().join("themes/default");
    match random.below(14) {
        0..=3 => project.write(&file, &text),
        4 if exists => project.edit(&file, "title:", "titel:"),
        5 if exists && id != "first" && id != "second" => fs::remove_file(project.at(&file)).unwrap(),
        6 => {
            project.write("pilots/trial/days.csv", &format!("date,value\n2026-05-04,{step}\n2026-05-11,2\n"));
        }
        7 => project.edit(
            "portfolio.yaml",
            "title: Test",
            if step.is_multiple_of(2) { "title: Test of" } else { "title: Test" },
        ),
        8 => project.write_bytes("pilots/trial/dot.png", &[DOT, &vec![0; step]].concat()[..DOT.len()]),
        9 => {
            fs::create_dir_all(theme.join("static")).unwrap();
            fs::write(theme.join("static/style.css"), format!("/* {step} */\n")).unwrap();
        }
        10 => {
            fs::create_dir_all(theme.join("templates")).unwrap();
            let text = format!(
                "{{% extends \"base.html\" %}}{{% block main %}}<h1>Lost {step}</h1>{{% endblock main %}}"
            );
            fs::write(theme.join("templates/404.html"), text).unwrap();
        }
        11 => project.write(
            &format!("pages/page-{}.md", random.below(3)),
            &format!("---\nreaders: everyone\n---\n# Page {step}\n\nSee [[first]].\n"),
        ),
        12 if project.at("scopes/reporting.md").exists() => {
            project.edit("scopes/reporting.md", "title: Reporting", "title: Reporting s");
        }
        _ => {
            let folder = project.at("pages/kept");
            if folder.exists() {
                fs::remove_dir_all(folder).unwrap();
            } else {
                project.write("pages/kept/index.md", &format!("---\naliases: [older-{step}]\n---\n# Kept\n"));
            }
        }
    }
    format!("step {step}")
}

#[test]
fn what_is_served_is_what_would_be_built_after_any_edits() {
    for seed in [1, 2, 3] {
        let project = Project::new();
        let serving = Serving::start(&project.root());
        let mut random = Random(seed);
        let mut seen: Vec<String> = Vec::new();
        let mut compared = 0;
        for step in 0..14 {
            let what = edit(&project, &mut random, step);
            // Sometimes several edits follow one another faster than anything is made of them.
            if random.below(4) == 0 {
                continue;
            }
            assert_same(&project.root(), &serving, &seen, &format!("seed {seed}, {what}"));
            if let Some(files) = built(&project.root(), "me") {
                seen.extend(files.into_keys());
                compared += 1;
            }
        }
        assert!(compared > 4, "hardly ever without errors: seed {seed}, {compared} times");
    }
}

#[test]
fn a_page_is_the_built_page_with_one_script_and_leave_for_it() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let expected = built(&project.root(), "me").unwrap();
    let page = String::from_utf8(expected["decisions/first/index.html"].clone()).unwrap();
    let served = serving.get("/decisions/first/").text();
    let added: Vec<&str> = served.lines().filter(|line| !page.lines().any(|own| own == *line)).collect();
    assert_eq!(added.len(), 2, "{added:#?}");
    assert!(
        added[0].starts_with("<meta http-equiv=\"Content-Security-Policy\"")
            && added[0].contains("connect-src 'self'")
    );
    assert!(
        added[1]
            .starts_with("<script src=\"/_bailiwick/client.js\" data-page=\"/decisions/first/index.html\"")
    );
    assert!(!page.contains("_bailiwick"));
}
