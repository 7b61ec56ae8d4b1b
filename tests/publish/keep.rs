//! What is not ours in the output stays there, and the site is published around it.

use std::fs;
use std::os::unix::fs::symlink;

use bailiwick::write::Manner;

use crate::aid::{Project, reference, run};
use crate::tree::{Tree, assert_same, tree};

#[test]
fn added_files_stay_and_are_reported() {
    let project = Project::on_disk();
    project.publish(&[("index.html", "1"), ("old/page.html", "2"), ("both/a.html", "3")]).unwrap();
    fs::write(project.out.join("CNAME"), "example.org").unwrap();
    fs::write(project.out.join(".nojekyll"), "").unwrap();
    fs::create_dir_all(project.out.join(".git/objects")).unwrap();
    fs::write(project.out.join(".git/HEAD"), "ref: refs/heads/gh-pages").unwrap();
    fs::write(project.out.join("both/note.txt"), "mine").unwrap();
    fs::write(project.out.join("old/note.txt"), "mine").unwrap();
    fs::create_dir(project.out.join("empty")).unwrap();
    symlink("../../elsewhere", project.out.join("link")).unwrap();
    symlink("nowhere", project.out.join("both/dangling")).unwrap();
    let git = tree(&project.out.join(".git"));

    let new = [("index.html", "one"), ("both/a.html", "3"), ("new/deep/b.html", "4")];
    let published = project.publish(&new).unwrap();
    let kept =
        [".git/", ".nojekyll", "CNAME", "both/dangling", "both/note.txt", "empty/", "link", "old/note.txt"];
    assert_eq!(published.kept, kept);
    assert_eq!((published.written, published.unchanged, published.removed), (2, 1, 1));
    assert_eq!(
        published.manner,
        Manner::InPlace { why: "the folder holds files that are not ours".to_owned() }
    );
    assert_eq!(published.warnings, [""; 0]);

    assert_same(&tree(&project.out.join(".git")), &git, "the work tree's git folder");
    let names: Vec<String> = files(&project.site());
    let wanted = [
        ".git/HEAD",
        ".nojekyll",
        "CNAME",
        "both/a.html",
        "both/dangling",
        "both/note.txt",
        "index.html",
        "link",
        "new/deep/b.html",
        "old/note.txt",
    ];
    assert_eq!(names, wanted);
    assert_eq!(fs::read_to_string(project.out.join("index.html")).unwrap(), "one");
    project.assert_tidy("published in place");

    let again = project.publish(&new).unwrap();
    assert_eq!((again.manner, again.kept.len(), again.written), (Manner::Unchanged, 8, 0));
}

fn files(site: &Tree) -> Vec<String> {
    let files = site.iter().filter(|(_, node)| !matches!(node, crate::tree::Node::Folder { .. }));
    files.map(|(path, _)| path.display().to_string()).collect()
}

#[test]
fn a_fresh_work_tree_may_be_published_into() {
    let project = Project::new();
    fs::create_dir_all(&project.out).unwrap();
    fs::write(project.out.join(".git"), "gitdir: elsewhere").unwrap();
    fs::write(project.out.join("CNAME"), "example.org").unwrap();
    let published = project.publish(&[("index.html", "1")]).unwrap();
    assert_eq!(published.kept, [".git", "CNAME"]);
    assert_eq!(files(&project.site()), [".git", "CNAME", "index.html"]);
}

#[test]
fn in_place_comes_to_the_same_site_as_in_one_step() {
    let note = "kept.txt";
    for (from, to) in [("1", "2"), ("2", "1"), ("1", "4"), ("3", "5")] {
        let project = Project::new();
        assert_eq!(run(&mut project.aid(&["--edition", from])).0, 0);
        fs::write(project.out.join(note), "mine").unwrap();
        let (code, stdout, stderr) = run(&mut project.aid(&["--edition", to]));
        assert_eq!(code, 0, "{stderr}");
        assert!(stdout.contains("InPlace"), "{stdout}");
        fs::remove_file(project.out.join(note)).unwrap();
        assert_same(&project.site(), &reference(&["--edition", to]), "in place");
        project.assert_tidy("in place");
    }
}

#[test]
fn a_folder_that_holds_foreign_files_cannot_become_a_file() {
    let project = Project::new();
    project.publish(&[("turn/index.html", "1")]).unwrap();
    fs::write(project.out.join("turn/note.txt"), "mine").unwrap();
    let told = project.publish(&[("turn", "1")]).unwrap_err().to_string();
    assert!(told.contains("`turn/note.txt`"), "{told}");
}

#[test]
fn a_copy_of_the_site_by_hard_links_is_never_written_to() {
    let project = Project::new();
    let backup = project.root.join("site-backup");
    project.publish(&[("a.html", "1"), ("b.html", "2")]).unwrap();
    fs::create_dir(&backup).unwrap();
    for name in ["a.html", "b.html"] {
        fs::hard_link(project.out.join(name), backup.join(name)).unwrap();
    }
    let before = tree(&backup);
    project.publish(&[("a.html", "one"), ("b.html", "2")]).unwrap();
    fs::write(project.out.join("CNAME"), "example.org").unwrap();
    project.publish(&[("a.html", "One"), ("b.html", "two")]).unwrap();
    assert_same(&tree(&backup), &before, "the backup");
}
