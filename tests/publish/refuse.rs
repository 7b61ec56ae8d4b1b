//! What is refused, leaving every byte where it is.

use std::convert::Infallible;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use bailiwick::write::{Failure, Published, Refusal};

use crate::aid::{Project, can, program, run};
use crate::tree::{assert_same, tree};

const SITE: &[(&str, &str)] = &[("index.html", "one"), ("pages/a.html", "two")];

/// Fails unless `attempt` is refused and changes nothing in the whole project. Returns the refusal.
#[track_caller]
fn refused(project: &Project, attempt: impl Fn() -> Result<Published, Failure<Infallible>>) -> Refusal {
    let before = tree(&project.root);
    let refusal = match attempt() {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    };
    assert_same(&tree(&project.root), &before, &refusal.to_string());
    refusal
}

#[test]
fn an_output_that_could_harm_something_is_refused() {
    let project = Project::new();
    symlink("content", project.root.join("to-content")).unwrap();
    symlink("content/pilots", project.root.join("to-pilots")).unwrap();
    symlink(".", project.root.join("to-root")).unwrap();
    let layouts = [
        "",
        ".",
        "..",
        "/",
        "content",
        "content/",
        "content/site",
        "content/pilots/site/deep",
        "content/../content/pilots",
        "themes",
        "themes/plain",
        "themes/plain/site",
        ".git",
        ".git/site",
        "to-content/site",
        "to-pilots/site",
        "to-root/content/site",
        "to-content/../content/site",
        "missing/../content/site",
        "site/.bailiwick",
        "site/.bailiwick/manager",
    ];
    for layout in layouts {
        let out = project.root.join(layout);
        let refusal = refused(&project, || project.publish_for("manager", &out, SITE));
        assert!(
            matches!(refusal, Refusal::Protected { .. } | Refusal::NoFolder { .. }),
            "{layout:?}: {refusal}"
        );
    }
    for link in ["to-content", "to-pilots", "to-root", "to-content/"] {
        let out = project.root.join(link);
        let refusal = refused(&project, || project.publish_for("manager", &out, SITE));
        assert!(matches!(refusal, Refusal::Link { .. } | Refusal::Protected { .. }), "{link}: {refusal}");
    }
}

#[test]
fn a_folder_that_is_closed_once_it_is_made_is_refused() {
    let project = Project::new();
    symlink(".", project.root.join("to-root")).unwrap();
    for (layout, how) in [
        ("missing", "is the folder"),
        ("missing/", "is the folder"),
        ("missing/site/deep", "lies in"),
        ("to-root/missing", "is the folder"),
        ("to-root/missing/site", "lies in"),
    ] {
        let out = project.root.join(layout);
        let refusal = refused(&project, || project.publish_for("manager", &out, SITE));
        let folder = project.root.join("missing");
        assert_eq!(refusal, Refusal::Protected { out, how, folder }, "{layout}");
    }
    project.publish_for("manager", &project.root.join("missing-not"), SITE).unwrap();
}

#[test]
fn an_output_within_a_site_is_refused() {
    let project = Project::new();
    let site = project.root.join("site");
    project.publish_for("manager", &site, SITE).unwrap();
    symlink("site/pages", project.root.join("way")).unwrap();
    let within = |layout: &str| {
        let out = project.root.join(layout);
        let refusal = refused(&project, || project.publish_for("me", &out, SITE));
        assert_eq!(refusal, Refusal::WithinSite { out, site: site.clone() }, "{layout}");
        refusal.to_string()
    };
    for layout in ["site/pages", "site/a/b/me", "way/me"] {
        within(layout);
    }
    let told = within("site/me");
    let (out, shown) = (project.root.join("site/me"), site.display());
    let why = "which holds a site already, so that whoever may read that could read both";
    assert_eq!(
        told,
        format!("the output `{}` lies in `{shown}`, {why}; choose another folder", out.display())
    );
    // What was published there cannot be told, so it may still be there.
    let manifest = project.root.join(".bailiwick/site/manifest");
    let whole = fs::read(&manifest).unwrap();
    fs::write(&manifest, &whole[..whole.len() - 9]).unwrap();
    within("site/me");
    fs::write(&manifest, whole).unwrap();
    // A site that is gone keeps nobody out, and neither does what it left behind.
    fs::remove_dir_all(&site).unwrap();
    for _ in 0..2 {
        project.publish_for("me", &out, SITE).unwrap();
    }
}

#[test]
fn what_is_refused_names_the_output_and_the_folder_that_it_would_harm() {
    let project = Project::new();
    let out = project.root.join("content/site");
    let told = refused(&project, || project.publish_for("manager", &out, SITE)).to_string();
    let content = project.root.join("content");
    let wanted = format!("the output `{}` lies in `{}`, ", out.display(), content.display());
    assert!(told.starts_with(&wanted), "{told}");
}

#[test]
fn a_bind_mount_of_the_content_is_the_content() {
    if !can("mount namespaces", &["unshare", "-m", "true"]) {
        return;
    }
    let project = Project::new();
    fs::create_dir(project.root.join("mounted")).unwrap();
    for out in ["mounted", "mounted/site"] {
        let before = tree(&project.root);
        let script =
            format!("mount --bind content mounted && exec {} {out} --closed content", program().display());
        let mut shell = project.aid_by(&["unshare", "-m", "sh", "-c", &script], &[]);
        let (code, _, stderr) = run(&mut shell);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains("which must come to no harm"), "{stderr}");
        assert_same(&tree(&project.root), &before, out);
    }
}

#[test]
fn inside_the_root_and_beside_the_content_is_fine() {
    let project = Project::new();
    for out in ["public", "site/manager", "a/b/c/d"] {
        project.publish_for("manager", &project.root.join(out), SITE).unwrap();
    }
    fs::create_dir_all(project.root.join("real/inner")).unwrap();
    symlink("real/inner", project.root.join("way")).unwrap();
    project.publish_for("manager", &project.root.join("way/site"), SITE).unwrap();
    assert!(project.root.join("real/inner/site/index.html").is_file(), "a link on the way is resolved");
}

#[test]
fn a_relative_output_is_taken_from_the_working_directory() {
    let project = Project::new();
    let mut command = std::process::Command::new(program());
    let (code, _, stderr) = run(command.args(["site/manager"]).current_dir(&project.root));
    assert_eq!(code, 0, "{stderr}");
    assert!(project.out.join("turn/index.html").is_file());
}

#[test]
fn a_folder_that_is_not_ours_is_refused_with_three_of_its_names() {
    let project = Project::new();
    for name in ["d.txt", "b.txt", "a.txt"] {
        fs::create_dir_all(&project.out).unwrap();
        fs::write(project.out.join(name), "mine").unwrap();
    }
    fs::create_dir(project.out.join("c")).unwrap();
    let told = refused(&project, || project.publish(SITE)).to_string();
    assert!(told.contains("(`a.txt`, `b.txt`, `c/` and 1 more)"), "{told}");
}

#[test]
fn a_folder_of_which_the_manifest_knows_nothing_is_refused() {
    let project = Project::new();
    project.publish(SITE).unwrap();
    fs::remove_dir_all(&project.out).unwrap();
    fs::create_dir_all(project.out.join("pages")).unwrap();
    fs::write(project.out.join("notes.txt"), "mine").unwrap();
    fs::remove_dir(project.out.join("pages")).unwrap();
    assert!(matches!(refused(&project, || project.publish(SITE)), Refusal::NotOurs { .. }));
}

#[test]
fn without_its_manifest_a_site_is_not_known_to_be_ours() {
    let project = Project::new();
    project.publish(SITE).unwrap();
    let manifest = project.state().join("manifest");
    let whole = fs::read(&manifest).unwrap();
    fs::write(&manifest, &whole[..whole.len() - 9]).unwrap();
    assert!(matches!(refused(&project, || project.publish(SITE)), Refusal::Unreadable { .. }));
    fs::remove_file(&manifest).unwrap();
    assert!(matches!(refused(&project, || project.publish(SITE)), Refusal::NotOurs { .. }));
}

#[test]
fn another_readers_site_is_refused() {
    let project = Project::new();
    project.publish_for("me", &project.out, SITE).unwrap();
    let refusal = refused(&project, || project.publish(SITE));
    let told = refusal.to_string();
    assert!(told.contains("holds the site for `me`, not for `manager`"), "{told}");
    // Once it is gone, its manifest is nobody's concern.
    fs::remove_dir_all(&project.out).unwrap();
    project.publish(SITE).unwrap();
    project.assert_tidy("after a change of reader");
}

#[test]
fn a_file_that_was_changed_by_hand_is_neither_replaced_nor_deleted() {
    let new: [(&str, &[(&str, &str)]); 4] = [
        ("of another size, and replaced", &[("index.html", "1"), ("pages/a.html", "two")]),
        ("of another size, and stale", &[("pages/a.html", "two")]),
        ("of another size, and said to be unchanged", SITE),
        ("in place", &[("index.html", "1")]),
    ];
    for edit in ["One", "another length"] {
        for (what, new) in new {
            let project = Project::new();
            project.publish(SITE).unwrap();
            fs::write(project.out.join("index.html"), edit).unwrap();
            if what == "in place" {
                fs::write(project.out.join("CNAME"), "example.org").unwrap();
            }
            let told = match project.publish(new) {
                Err(Failure::Refused(refusal @ Refusal::Altered { .. })) => refusal.to_string(),
                other => panic!("{what}: {other:?}"),
            };
            assert!(told.contains("`index.html`"), "{told}");
            assert_eq!(fs::read_to_string(project.out.join("index.html")).unwrap(), edit, "{what}");
            assert_eq!(fs::read_to_string(project.out.join("pages/a.html")).unwrap(), "two", "{what}");
            project.assert_tidy(what);
        }
    }
}

#[test]
fn a_file_that_was_deleted_by_hand_is_made_anew() {
    let project = Project::new();
    project.publish(SITE).unwrap();
    let whole = project.site();
    fs::remove_dir_all(project.out.join("pages")).unwrap();
    project.publish(SITE).unwrap();
    assert_same(&project.site(), &whole, "after `pages` was deleted");
}

#[test]
fn a_name_that_is_taken_by_something_else_is_refused() {
    type Plant = fn(&Path);
    let plants: [(&str, Plant); 5] = [
        ("new.html", |out| fs::write(out.join("new.html"), "mine").unwrap()),
        ("NEW.html", |out| fs::write(out.join("NEW.html"), "mine").unwrap()),
        ("new.html/", |out| fs::create_dir(out.join("new.html")).unwrap()),
        ("assets", |out| symlink("../../elsewhere", out.join("assets")).unwrap()),
        ("new.html", |out| symlink("../../elsewhere/secret.txt", out.join("new.html")).unwrap()),
    ];
    for (name, plant) in plants {
        let project = Project::new();
        project.publish(SITE).unwrap();
        plant(&project.out);
        let new = [("index.html", "1"), ("new.html", "n"), ("assets/x.css", "x")];
        let refusal = refused(&project, || project.publish(&new));
        assert!(matches!(&refusal, Refusal::InTheWay { names, .. } if names == &[name]), "{name}: {refusal}");
        project.assert_unharmed(name);
    }
}

#[test]
fn a_file_of_ours_that_became_a_link_is_not_followed() {
    let project = Project::new();
    project.publish(SITE).unwrap();
    fs::remove_file(project.out.join("index.html")).unwrap();
    symlink("../../elsewhere/secret.txt", project.out.join("index.html")).unwrap();
    let refusal = refused(&project, || project.publish(&[("index.html", "sentinel 5fd1a0")]));
    assert!(matches!(refusal, Refusal::InTheWay { .. }), "{refusal}");
    project.assert_unharmed("a link in the way");
}

#[test]
fn paths_that_collide_or_leave_the_folder_are_refused_before_anything_is_made() {
    let project = Project::new();
    let long = "x".repeat(256);
    let bad: [&[(&str, &str)]; 6] = [
        &[("A.html", "1"), ("a.html", "2")],
        &[("a", "1"), ("a/b", "2")],
        &[("../x", "1")],
        &[("/etc/x", "1")],
        &[("", "1")],
        &[(&long, "1")],
    ];
    for files in bad {
        let refusal = refused(&project, || project.publish(files));
        assert!(matches!(refusal, Refusal::Collision { .. } | Refusal::BadPath { .. }), "{refusal}");
    }
    assert!(!project.root.join("site").exists());
}

#[test]
fn a_state_folder_that_is_a_link_is_not_followed() {
    let project = Project::new();
    fs::create_dir_all(project.root.join("site")).unwrap();
    symlink("../elsewhere", project.root.join("site/.bailiwick")).unwrap();
    match project.publish(SITE) {
        Err(Failure::World(world)) => assert_eq!(world.path, project.root.join("site/.bailiwick")),
        other => panic!("{other:?}"),
    }
    project.assert_unharmed("a link for a state folder");
}

#[test]
fn a_file_for_an_output_is_refused() {
    let project = Project::new();
    fs::write(project.root.join("file"), "mine").unwrap();
    for out in ["file", "file/site"] {
        let out: PathBuf = project.root.join(out);
        let refusal = refused(&project, || project.publish_for("manager", &out, SITE));
        assert!(matches!(refusal, Refusal::NoFolder { .. }), "{refusal}");
    }
}
