//! Opens a file in the writer's editor: `$VISUAL`, else `$EDITOR`.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use super::Failure;

/// Opens a file and waits until the editor is closed; does nothing when no editor is named.
///
/// # Errors
/// When the editor cannot be started, or says that it failed.
pub(super) fn open(path: &Path) -> Result<(), Failure> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(std::env::var_os).find(|name| !name.is_empty());
    let Some(editor) = named else { return Ok(()) };
    let failed = |why: String| {
        let (editor, path) = (editor.to_string_lossy(), path.display());
        Failure::World(format!("`{path}` is made, but cannot be opened with `{editor}`: {why}"))
    };
    let status = command(&editor, path).status().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(status.to_string())) }
}

/// The setting may hold arguments, as in `code --wait`, and a shell is what everybody expects to read it. The
/// path is handed over beside the script, never within it.
#[cfg(unix)]
fn command(editor: &OsStr, path: &Path) -> Command {
    let mut script = editor.to_owned();
    script.push(" \"$@\"");
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg("sh").arg(path);
    command
}

#[cfg(not(unix))]
fn command(editor: &OsStr, path: &Path) -> Command {
    let setting = editor.to_string_lossy();
    let mut words = setting.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).arg(path);
    command
}
