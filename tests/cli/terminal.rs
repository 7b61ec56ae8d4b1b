//! What differs when a person sits at a terminal: colours, and the editor.

use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::{EPOCH, PROGRAM};

/// What the program prints in `folder` at a terminal, and its exit code.
fn at_terminal(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> (String, Option<i32>) {
    let (ours, theirs) = pseudo_terminal();
    let end = || Stdio::from(theirs.try_clone().unwrap());
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder).args(arguments).stdin(end()).stdout(end()).stderr(end());
    for name in ["NO_COLOR", "VISUAL", "EDITOR"] {
        command.env_remove(name);
    }
    command.env("TERM", "xterm").env("SOURCE_DATE_EPOCH", EPOCH).envs(environment.iter().copied());
    let mut child = command.spawn().unwrap();
    // The end of the text is where nobody else has the terminal open.
    drop((command, theirs));
    let text = all_of(ours);
    (text, child.wait().unwrap().code())
}

fn pseudo_terminal() -> (OwnedFd, OwnedFd) {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap();
    let theirs = rustix::fs::open(name.as_c_str(), OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    (ours, theirs)
}

/// Reads until the other end is closed, which Linux reports as an error.
fn all_of(terminal: OwnedFd) -> String {
    let mut bytes = Vec::new();
    let _ = File::from(terminal).read_to_end(&mut bytes);
    String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
}

/// A new portfolio in a folder whose name no shell may read.
fn portfolio() -> (tempfile::TempDir, std::path::PathBuf) {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("it's $(touch broken) \"here\"");
    let made = Command::new(PROGRAM).args(["init", "--quiet"]).arg(&folder).status().unwrap();
    assert!(made.success());
    (temporary, folder)
}

#[test]
fn a_new_entry_is_opened_in_the_editor() {
    let (_kept, folder) = portfolio();
    let at = |title: &str, environment: &[(&str, &str)]| {
        at_terminal(&folder, &["new", "page", title, "--root", folder.to_str().unwrap()], environment)
    };
    let file = |name: &str| folder.join("content/pages").join(name).display().to_string();
    let none = at("None", &[]);
    assert_eq!(none, ("content/pages/none.md\n".to_owned(), Some(0)));
    let with_arguments = at("One", &[("EDITOR", "echo 'opened by editor'")]);
    assert_eq!(
        with_arguments,
        (format!("content/pages/one.md\nopened by editor {}\n", file("one.md")), Some(0))
    );
    let visual = at("Two", &[("EDITOR", "false"), ("VISUAL", "echo visual")]);
    assert_eq!(visual, (format!("content/pages/two.md\nvisual {}\n", file("two.md")), Some(0)));
    let (text, code) = at("Three", &[("EDITOR", "false")]);
    assert_eq!(code, Some(3));
    assert!(text.contains("is made, but cannot be opened with `false`: exit status: 1"), "{text}");
    assert!(!folder.join("broken").exists());
}

#[test]
fn without_a_terminal_no_editor_is_opened() {
    let (_kept, folder) = portfolio();
    let output = Command::new(PROGRAM)
        .current_dir(&folder)
        .args(["new", "page", "One"])
        .env("EDITOR", "echo opened")
        .env("VISUAL", "echo opened")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "content/pages/one.md\n");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn colours_are_for_terminals_that_want_them() {
    let (_kept, folder) = portfolio();
    std::fs::write(folder.join("content/pages/bad.yaml"), "titel: A\n").unwrap();
    let is_colored = |arguments: &[&str], environment: &[(&str, &str)]| {
        let (text, code) = at_terminal(&folder, arguments, environment);
        assert_eq!(code, Some(1), "{text}");
        text.contains('\x1b')
    };
    assert!(is_colored(&["check"], &[]));
    assert!(is_colored(&["build"], &[]));
    assert!(is_colored(&["check"], &[("NO_COLOR", "")]));
    assert!(!is_colored(&["check"], &[("NO_COLOR", "1")]));
    assert!(!is_colored(&["check"], &[("TERM", "dumb")]));
    assert!(!is_colored(&["check", "--color", "never"], &[]));
    assert!(is_colored(&["check", "--color", "always"], &[("NO_COLOR", "1")]));
}
