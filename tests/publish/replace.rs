//! A new site takes the place of the old one, exactly.

use std::fs;
use std::os::unix::fs::MetadataExt;

use bailiwick::write::Manner;
use proptest::prelude::*;

use crate::aid::{Project, program, reference, run};
use crate::tree::{Node, assert_same, tree};

#[test]
fn every_mask_gives_the_same_permissions() {
    for mask in ["000", "022", "027", "077", "177", "777"] {
        let project = Project::on_disk();
        for edition in ["1", "2"] {
            fs::create_dir_all(project.out.parent().unwrap()).unwrap();
            let script =
                format!("umask {mask}; exec {} site/manager --edition {edition}", program().display());
            let (code, _, stderr) = run(&mut project.aid_by(&["sh", "-c", &script], &[]));
            assert_eq!(code, 0, "umask {mask}: {stderr}");
            assert_same(&project.site(), &reference(&["--edition", edition]), mask);
        }
        for (path, node) in project.site() {
            match node {
                Node::File { mode, .. } => assert_eq!(mode, 0o644, "{}", path.display()),
                Node::Folder { mode } => assert_eq!(mode, 0o755, "{}", path.display()),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn permissions_that_were_changed_are_put_right() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new();
    project.publish(&[("a.html", "1")]).unwrap();
    let whole = project.site();
    fs::set_permissions(project.out.join("a.html"), fs::Permissions::from_mode(0o600)).unwrap();
    project.publish(&[("a.html", "1")]).unwrap();
    assert_same(&project.site(), &whole, "after chmod 600");
}

#[test]
fn what_is_unchanged_is_not_written_again() {
    let project = Project::on_disk();
    let inode = |path: &str| project.out.join(path).metadata().unwrap().ino();
    let first = project.publish(&[("a.html", "1"), ("b/c.html", "2")]).unwrap();
    assert_eq!((first.manner, first.written), (Manner::Exchanged, 2));
    let before = [inode("a.html"), inode("b/c.html"), inode("")];

    let second = project.publish(&[("a.html", "1"), ("b/c.html", "2")]).unwrap();
    assert_eq!((second.manner, second.unchanged, second.written), (Manner::Unchanged, 2, 0));
    assert_eq!([inode("a.html"), inode("b/c.html"), inode("")], before);

    let third = project.publish(&[("a.html", "1"), ("b/c.html", "3")]).unwrap();
    assert_eq!((third.manner, third.unchanged, third.written), (Manner::Exchanged, 1, 1));
    assert_eq!(inode("a.html"), before[0]);
    assert_ne!(inode("b/c.html"), before[1]);
    assert_eq!(project.out.join("a.html").metadata().unwrap().nlink(), 1, "the old site's name is gone");
    project.assert_tidy("three publishes");
}

#[test]
fn what_is_gone_leaves_no_orphan() {
    let project = Project::new();
    project
        .publish(&[("index.html", "1"), ("private/deep/page.html", "2"), ("private/image.png", "3")])
        .unwrap();
    let published = project.publish(&[("index.html", "1")]).unwrap();
    assert_eq!((published.removed, published.unchanged), (2, 1));
    assert_eq!(project.site().len(), 2, "the folder and its page: {:?}", project.site());
    project.assert_tidy("after a page was made private");
}

#[test]
fn a_site_without_files_is_an_empty_folder() {
    let project = Project::new();
    project.publish(&[]).unwrap();
    assert_eq!(project.site().len(), 1);
    project.publish(&[("a.html", "1")]).unwrap();
    project.publish(&[]).unwrap();
    assert_eq!(project.site().len(), 1);
    project.assert_tidy("nothing");
}

#[test]
fn nothing_of_ours_lies_in_the_site() {
    let site = reference(&["--files", "20"]);
    assert!(!site.keys().any(|path| path.to_string_lossy().contains("bailiwick")), "{site:?}");
}

#[test]
fn a_streamed_file_is_copied_compared_and_replaced() {
    let project = Project::new();
    let asset = project.root.join("site-asset");
    let options = ["--asset", asset.to_str().unwrap()];
    // Longer than every buffer, and of one length, so that only the bytes tell them apart.
    for (round, last, manner) in
        [(0, 1, "Exchanged"), (1, 1, "Unchanged"), (2, 2, "Exchanged"), (3, 2, "Unchanged")]
    {
        let mut bytes: Vec<u8> = (0..700_001_u32).map(|number| (number % 251) as u8).collect();
        *bytes.last_mut().unwrap() = last;
        fs::write(&asset, &bytes).unwrap();
        let (code, stdout, stderr) = run(&mut project.aid(&options));
        assert_eq!(code, 0, "{stderr}");
        assert!(stdout.contains(manner), "round {round}: {stdout}");
        assert!(fs::read(project.out.join("asset.bin")).unwrap() == bytes, "round {round}");
    }
}

#[test]
fn the_number_of_threads_and_the_environment_make_no_difference() {
    let wanted = reference(&["--files", "60"]);
    for threads in ["1", "2", "16"] {
        let project = Project::new();
        let mut command = project.aid(&["--files", "60"]);
        command.env_clear().env("RAYON_NUM_THREADS", threads).env("TZ", "Pacific/Kiritimati");
        command.env("TMPDIR", "/nowhere").env("LC_ALL", "tr_TR.UTF-8");
        assert_eq!(run(&mut command).0, 0);
        assert_same(&project.site(), &wanted, threads);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However a site came to be, it is what a publish into an empty folder gives.
    #[test]
    fn a_site_does_not_depend_on_what_stood_there(
        sites in prop::collection::vec(prop::collection::btree_map("[a-c](/[a-c]){0,2}", "[xy]{0,2}", 1..6), 1..6),
        foreign: bool,
    ) {
        let project = Project::new();
        let mut last = None;
        for site in &sites {
            let files: Vec<(&str, &str)> = site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let fits = project.publish(&files).is_ok();
            let clean = Project::new();
            prop_assert_eq!(clean.publish(&files).is_ok(), fits, "a collision does not depend on it either");
            if fits {
                last = Some(clean.site());
            }
            if foreign && project.out.is_dir() {
                fs::write(project.out.join("KEPT"), "mine").unwrap();
            }
        }
        let mut site = tree(&project.out);
        let kept = site.remove(std::path::Path::new("KEPT"));
        prop_assert_eq!(kept.is_some(), foreign && last.is_some());
        prop_assert_eq!(site, last.unwrap_or_default());
    }
}
