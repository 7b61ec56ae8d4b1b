//! What is written is what the standards ask for, by readers that others made.

use std::process::Command;

use crate::aid::{self, sample};

#[test]
fn the_nu_checker_finds_no_error_on_any_page() {
    let Some(jar) = aid::tool("vnu-jar/build/dist/vnu.jar") else { return };
    let has_java = Command::new("java").arg("-version").output().is_ok_and(|output| output.status.success());
    if !has_java {
        aid::skip("needs java: apt-get install default-jre-headless");
        return;
    }
    let mut command = Command::new("java");
    command.arg("-jar").arg(jar).args(["--errors-only", "--skip-non-html", "--format", "gnu"]).arg(sample());
    let output = command.output().expect("java runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
