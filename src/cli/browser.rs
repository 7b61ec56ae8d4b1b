//! Opens an address in the browser.

use std::process::{Command, Stdio};

/// The program that each system has for it.
const OPENER: &[&str] = if cfg!(target_os = "macos") {
    &["open"]
} else if cfg!(windows) {
    &["rundll32", "url.dll,FileProtocolHandler"]
} else {
    &["xdg-open"]
};

/// Opens an address, without waiting for the browser.
///
/// # Errors
/// When there is nothing that would open it.
pub(super) fn open(address: &str) -> std::io::Result<()> {
    let mut command = Command::new(OPENER[0]);
    command.args(&OPENER[1..]).arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map(|_| ())
}
