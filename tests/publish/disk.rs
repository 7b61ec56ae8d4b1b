//! Disks that are full, read-only, mounted or otherwise in the way. Most need to be root in a namespace of their
//! own, so that nothing they mount is seen by anybody else.

use std::fs;
use std::path::Path;

use crate::aid::{Project, can, program, reference, run};
use crate::tree::{assert_same, tree};

/// Runs a script in the project, free to mount. `$P` is the example program.
fn mounted(project: &Project, script: &str) -> Option<(i32, String, String)> {
    if !can("mount namespaces", &["unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt"]) {
        return None;
    }
    let script = format!("set -e\n{script}");
    let mut shell = project.aid_by(&["unshare", "-m", "sh", "-c", &script], &[]);
    Some(run(shell.env("P", program())))
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let old = reference(&["--files", "12", "--edition", "1", "--size", "9000"]);
    let new = reference(&["--files", "12", "--edition", "2", "--size", "9001"]);
    let (mut full, mut fitted) = (0, 0);
    // The old site takes some 150 kB, both together twice that.
    for kilobytes in (192..=448).step_by(32) {
        let project = Project::new();
        let script = format!(
            "mkdir site result; mount -t tmpfs -o size={kilobytes}k none site
             $P site/manager --files 12 --edition 1 --size 9000
             code=0; $P site/manager --files 12 --edition 2 --size 9001 || code=$?
             cp -r site/. result; exit $code"
        );
        let Some((code, _, stderr)) = mounted(&project, &script) else { return };
        let site = tree(&project.root.join("result/manager"));
        if code == 0 {
            fitted += 1;
            assert_same(&site, &new, "it fitted");
        } else {
            full += 1;
            assert_eq!(code, 3, "{stderr}");
            assert_same(&site, &old, &stderr);
            assert!(stderr.contains("No space left") && stderr.contains("make room"), "{stderr}");
            assert!(stderr.contains("/.bailiwick/manager/"), "{stderr}");
        }
        let state = tree(&project.root.join("result/.bailiwick/manager"));
        assert_eq!(state.len(), 3, "litter with {kilobytes} kB: {state:?}");
    }
    assert!(full > 2 && fitted > 0, "{full} times full, {fitted} times not");
}

#[test]
fn a_disk_without_room_for_more_files_leaves_the_old_site() {
    let old = reference(&["--files", "12", "--edition", "1"]);
    let (mut full, mut fitted) = (0, 0);
    for inodes in (32..=64).step_by(4) {
        let project = Project::new();
        let script = format!(
            "mkdir site result; mount -t tmpfs -o nr_inodes={inodes} none site
             $P site/manager --files 12 --edition 1
             code=0; $P site/manager --files 12 --edition 2 || code=$?
             cp -r site/. result; exit $code"
        );
        let Some((code, _, stderr)) = mounted(&project, &script) else { return };
        if code == 0 {
            fitted += 1;
        } else {
            full += 1;
            assert_eq!(code, 3, "{stderr}");
            assert_same(&tree(&project.root.join("result/manager")), &old, &stderr);
        }
        assert_eq!(tree(&project.root.join("result/.bailiwick/manager")).len(), 3, "litter");
    }
    assert!(full > 0 && fitted > 0, "{full} times full, {fitted} times not");
}

#[test]
fn a_mount_point_is_published_to_in_place() {
    let new = reference(&["--edition", "2"]);
    for mount in ["mount -t tmpfs none site/manager", "mount --bind site/manager site/manager"] {
        let project = Project::new();
        let script = format!(
            "mkdir -p site/manager result; {mount}
             $P site/manager --edition 1
             $P site/manager --edition 2
             cp -a site/. result"
        );
        let Some((code, stdout, stderr)) = mounted(&project, &script) else { return };
        assert_eq!(code, 0, "{stderr}");
        assert_eq!(stdout.matches("InPlace { why: \"the folder is a mount point\" }").count(), 2, "{stdout}");
        let site = tree(&project.root.join("result/manager"));
        assert_eq!(site.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
        assert_same(&files_of(&site), &files_of(&new), mount);
        assert_eq!(tree(&project.root.join("result/.bailiwick/manager")).len(), 3, "litter");
    }
}

/// Leaves the folders out: a mount point has permissions of its own.
fn files_of(site: &crate::tree::Tree) -> crate::tree::Tree {
    let mut files = site.clone();
    files.retain(|_, node| matches!(node, crate::tree::Node::File { .. }));
    files
}

#[test]
fn a_read_only_disk_leaves_the_old_site() {
    for what in ["site", "site/manager", "site/.bailiwick"] {
        let project = Project::on_disk();
        assert_eq!(run(&mut project.aid(&["--edition", "1"])).0, 0);
        let before = tree(&project.root);
        let script = format!(
            "mount --bind {what} {what}; mount -o remount,bind,ro {what}; $P site/manager --edition 2"
        );
        let Some((code, _, stderr)) = mounted(&project, &script) else { return };
        assert_eq!(code, 3, "{what}: {stderr}");
        assert!(stderr.contains("Read-only file system"), "{what}: {stderr}");
        if what == "site/manager" {
            // The mount shows only when the folders are exchanged; the next build takes up from there.
            assert_same(&tree(&project.out), &reference(&["--edition", "1"]), what);
        } else {
            assert_same(&tree(&project.root), &before, what);
        }
        assert_eq!(run(&mut project.aid(&["--edition", "2"])).0, 0);
        assert_same(&project.site(), &reference(&["--edition", "2"]), what);
        project.assert_tidy(what);
    }
}

#[test]
fn what_is_immutable_is_left_and_reported() {
    let project = Project::on_disk();
    assert_eq!(run(&mut project.aid(&["--edition", "1"])).0, 0);
    let chattr = |flag: &str, path: &Path| {
        std::process::Command::new("chattr")
            .arg(flag)
            .arg(path)
            .output()
            .is_ok_and(|done| done.status.success())
    };
    if !chattr("+i", &project.out) {
        can("chattr on this file system", &["false"]);
        return;
    }
    let (code, _, stderr) = run(&mut project.aid(&["--edition", "2"]));
    assert!(chattr("-i", &project.out));
    assert_eq!(code, 3, "{stderr}");
    assert_same(&project.site(), &reference(&["--edition", "1"]), "an immutable folder");
    project.assert_tidy("an immutable folder");

    let page = project.out.join("turn/index.html");
    assert!(chattr("+i", &page));
    let (code, stdout, stderr) = run(&mut project.aid(&["--edition", "2"]));
    let held = project.state().join("stage-0/turn/index.html");
    assert!(chattr("-i", &held), "the old page should be all that is left");
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("its old files are not all gone"), "{stdout}");
    assert_same(&project.site(), &reference(&["--edition", "2"]), "an immutable page");
    assert_eq!(run(&mut project.aid(&["--edition", "2"])).0, 0);
    project.assert_tidy("an immutable page");
}

#[test]
fn without_permission_the_old_site_stays_and_the_folder_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    if !can("setpriv", &[&nobody[..], &["true"]].concat()) {
        return;
    }
    let project = Project::new();
    assert_eq!(run(&mut project.aid(&["--edition", "1"])).0, 0);
    // The program itself must be within reach, so it is copied to where anybody may run it.
    let copy = project.root.join("site-program");
    fs::copy(program(), &copy).unwrap();
    fs::set_permissions(&project.root, fs::Permissions::from_mode(0o755)).unwrap();
    let before = tree(&project.out);
    let mut command = std::process::Command::new(nobody[0]);
    command.args(&nobody[1..]).arg(&copy).arg(&project.out).args(["--edition", "2"]);
    let (code, _, stderr) = run(&mut command);
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains("site/.bailiwick/manager") && stderr.contains("Permission denied"), "{stderr}");
    assert_same(&project.site(), &before, "without permission");
}

#[test]
fn a_large_asset_takes_little_memory() {
    let project = Project::new();
    let script = "mkdir site; mount -t tmpfs -o size=900m none site
        truncate -s 700M big; ulimit -v 400000
        $P site/manager --asset big; $P site/manager --asset big
        cmp big site/manager/asset.bin";
    let Some((code, stdout, stderr)) = mounted(&project, script) else { return };
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("Exchanged") && stdout.contains("Unchanged"), "{stdout}");
}
