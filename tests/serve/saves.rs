//! Every way in which programs save: the last state is shown, and nothing of what lies between is.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::aid::{Project, Serving};

const PAGE: &str = "/pages/about/";
const FILE: &str = "pages/about.md";

/// A way to save: given the file and its new text.
type Save = fn(&Path, &str);

const WAYS: [(&str, Save); 12] = [
    ("in place", |file, text| fs::write(file, text).unwrap()),
    ("in place, in many pieces", |file, text| {
        use std::io::Write;
        let mut open = fs::File::create(file).unwrap();
        for piece in text.as_bytes().chunks(7) {
            open.write_all(piece).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    }),
    ("as vim does", |file, text| {
        let folder = file.parent().unwrap();
        fs::write(folder.join(".about.md.swp"), "swap").unwrap();
        fs::write(folder.join("4913"), "").unwrap();
        fs::remove_file(folder.join("4913")).unwrap();
        fs::rename(file, folder.join("about.md~")).unwrap();
        fs::write(file, text).unwrap();
        fs::remove_file(folder.join("about.md~")).unwrap();
        fs::remove_file(folder.join(".about.md.swp")).unwrap();
    }),
    ("as emacs does", |file, text| {
        let folder = file.parent().unwrap();
        std::os::unix::fs::symlink("me@host.123:456", folder.join(".#about.md")).unwrap();
        fs::write(folder.join("#about.md#"), text).unwrap();
        fs::rename(file, folder.join("about.md~")).unwrap();
        fs::write(file, text).unwrap();
        fs::remove_file(folder.join("#about.md#")).unwrap();
        fs::remove_file(folder.join(".#about.md")).unwrap();
    }),
    ("as JetBrains' editors do", |file, text| {
        let folder = file.parent().unwrap();
        fs::write(folder.join("about.md___jb_tmp___"), text).unwrap();
        fs::rename(file, folder.join("about.md___jb_old___")).unwrap();
        fs::rename(folder.join("about.md___jb_tmp___"), file).unwrap();
        fs::remove_file(folder.join("about.md___jb_old___")).unwrap();
    }),
    ("as gedit does", |file, text| {
        let other = file.with_file_name(".goutputstream-AB12C3");
        fs::write(&other, text).unwrap();
        fs::rename(&other, file).unwrap();
    }),
    ("as sed -i does", |file, text| {
        let other = file.with_file_name("sedXyz123");
        fs::write(&other, text).unwrap();
        fs::rename(&other, file).unwrap();
    }),
    ("as Syncthing does", |file, text| {
        let other = file.with_file_name(".syncthing.about.md.tmp");
        fs::write(&other, text).unwrap();
        fs::rename(&other, file).unwrap();
    }),
    ("deleted and made again", |file, text| {
        fs::remove_file(file).unwrap();
        fs::write(file, text).unwrap();
    }),
    ("emptied first", |file, text| {
        fs::write(file, "").unwrap();
        std::thread::sleep(std::time::Duration::from_millis(15));
        fs::write(file, text).unwrap();
    }),
    ("from a file elsewhere", |file, text| {
        let folder =
            tempfile::tempdir_in(file.parent().unwrap().parent().unwrap().parent().unwrap()).unwrap();
        fs::write(folder.path().join("x"), text).unwrap();
        fs::rename(folder.path().join("x"), file).unwrap();
    }),
    ("twice at once", |file, text| {
        fs::write(file, "# Not this\n\nStale.\n").unwrap();
        fs::write(file, text).unwrap();
    }),
];

#[test]
fn every_way_to_save_shows_the_last_state() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    for round in 0..3 {
        for (number, (way, save)) in WAYS.iter().enumerate() {
            let words = format!("Saved {round} {number}.");
            save(&project.at(FILE), &format!("# About\n\n{words}\n"));
            serving.wait_until(PAGE, |reply| reply.text().contains(&words), way);
        }
    }
    let said = serving.said.lock().unwrap().join("\n");
    for odd in ["4913", "jb_", "~", "#about", "goutput", "syncthing", ".swp"] {
        assert!(!said.contains(odd), "the server speaks of `{odd}`:\n{said}");
    }
}

#[test]
fn the_same_is_seen_where_the_system_does_not_tell() {
    let project = Project::new();
    let serving = Serving::start_with(&project.root(), &["--poll"]);
    for (number, (way, save)) in WAYS.iter().enumerate() {
        let words = format!("Looked {number}.");
        save(&project.at(FILE), &format!("# About\n\n{words}\n"));
        serving.wait_until(PAGE, |reply| reply.text().contains(&words), way);
    }
    fs::rename(project.at(FILE), project.at("pages/other.md")).unwrap();
    serving.wait_until(PAGE, |reply| reply.status == 404, "nothing");
    serving.wait_for("/pages/other/", "Looked");
}

#[test]
fn entries_come_and_go_and_move() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let is_gone = |path: &str| serving.wait_until(path, |reply| reply.status == 404, "nothing");

    project.write("pages/new.md", "# New\n\nOne.\n");
    serving.wait_for("/pages/new/", "One.");
    serving.wait_for("/pages/", "New");
    fs::rename(project.at("pages/new.md"), project.at("pages/newer.md")).unwrap();
    serving.wait_for("/pages/newer/", "One.");
    is_gone("/pages/new/");

    // A file becomes a folder, and a file again.
    fs::remove_file(project.at("pages/newer.md")).unwrap();
    project.write("pages/newer/index.md", "# New\n\nTwo.\n");
    serving.wait_for("/pages/newer/", "Two.");
    fs::remove_dir_all(project.at("pages/newer")).unwrap();
    project.write("pages/newer.md", "# New\n\nThree.\n");
    serving.wait_for("/pages/newer/", "Three.");

    // Folders are made, moved and deleted with all that is in them.
    project.write("pages/2026/spring/deep.md", "# Deep\n\nFour.\n");
    serving.wait_for("/pages/deep/", "Four.");
    fs::rename(project.at("pages/2026"), project.at("decisions/2026")).unwrap();
    serving.wait_for("/decisions/deep/", "Four.");
    is_gone("/pages/deep/");
    project.edit("decisions/2026/spring/deep.md", "Four.", "Five.");
    serving.wait_for("/decisions/deep/", "Five.");
    fs::remove_dir_all(project.at("decisions/2026")).unwrap();
    is_gone("/decisions/deep/");

    // A name that differs in its letters' case alone.
    fs::rename(project.at("pages/newer.md"), project.at("pages/NEWER.md")).unwrap();
    is_gone("/pages/newer/");
    fs::rename(project.at("pages/NEWER.md"), project.at("pages/newer.md")).unwrap();
    serving.wait_for("/pages/newer/", "Three.");

    // Figures, pictures and the configuration.
    project.edit("pilots/trial/days.csv", "2026-05-11,2", "2026-05-11,2\n2026-05-18,1.25");
    serving.wait_for("/pilots/trial/", "1.25");
    project.edit("portfolio.yaml", "title: Test", "title: Another name");
    serving.wait_for("/pages/about/", "Another name");
}

#[test]
fn the_whole_content_folder_may_be_replaced() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let (content, aside) = (project.root().join("content"), project.root().join("aside"));
    let copied = Command::new("cp").arg("-r").arg(&content).arg(&aside).status().unwrap();
    assert!(copied.success());
    fs::write(aside.join(FILE), "# About\n\nReplaced.\n").unwrap();
    fs::rename(&content, project.root().join("old")).unwrap();
    assert_eq!(serving.get(PAGE).status, 200, "what is gone for a moment stays");
    fs::rename(&aside, &content).unwrap();
    serving.wait_for(PAGE, "Replaced.");
    project.edit(FILE, "Replaced.", "And edited.");
    serving.wait_for(PAGE, "And edited.");
}

#[test]
fn a_change_of_branches_is_taken_whole() {
    let project = Project::new();
    for number in 0..300 {
        project.write(&format!("pages/page-{number}.md"), "# Page\n\nBefore.\n");
    }
    let serving = Serving::start(&project.root());
    for number in 0..300 {
        let file = project.at(&format!("pages/page-{number}.md"));
        match number % 3 {
            0 => fs::remove_file(&file).unwrap(),
            1 => fs::write(&file, "# Page\n\nAfter.\n").unwrap(),
            _ => {
                let other = file.with_file_name(format!("page-{number}.tmp"));
                fs::write(&other, "# Page\n\nAfter.\n").unwrap();
                fs::rename(&other, &file).unwrap();
            }
        }
        project.write(&format!("pages/other-{number}.md"), "# Other\n\nAfter.\n");
    }
    serving.wait_for("/pages/other-299/", "After.");
    for number in 0..300 {
        let page = format!("/pages/page-{number}/");
        if number % 3 == 0 {
            serving.wait_until(&page, |reply| reply.status == 404, "nothing");
        } else {
            serving.wait_for(&page, "After.");
        }
        serving.wait_for(&format!("/pages/other-{number}/"), "After.");
    }
}

#[test]
fn a_build_into_the_project_changes_nothing() {
    let project = Project::new();
    let mut serving = Serving::start(&project.root());
    serving.wait_for_words("Ctrl-C stops");
    let before = serving.said.lock().unwrap().len();
    let built = Command::new(env!("CARGO_BIN_EXE_bailiwick"))
        .args(["build", "--quiet", "--today", crate::aid::TODAY, "--root"])
        .arg(project.root())
        .status()
        .unwrap();
    assert!(built.success());
    project.edit(FILE, "Text.", "Saved after the build.");
    serving.wait_for(PAGE, "Saved after the build.");
    serving.wait_for_words("content/pages/about.md");
    let said = serving.said.lock().unwrap();
    assert!(said[before..].iter().all(|line| line.contains("content/pages/about.md")), "{said:#?}");
}
