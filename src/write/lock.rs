//! One publish at a time for each output, across processes.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::failure::{Stop, World};
use super::folder::Folder;
use super::stop_if_cancelled;

/// How long a publish waits for another one before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// Holds the output for one publish, until it is dropped or its process dies.
///
/// The file stays: deleting it would let two processes hold two files of one name.
pub(super) struct Lock {
    /// Held for the lock on it.
    _file: File,
    /// What the writer should know: that we waited, or that this file system has no locks.
    pub(super) note: Option<String>,
}

/// Takes the lock in `state`, waiting a while for whoever has it.
pub(super) fn take(state: &Folder) -> Result<Lock, Stop> {
    take_within(state, PATIENCE)
}

fn take_within(state: &Folder, patience: Duration) -> Result<Lock, Stop> {
    let world = |error| World::new("lock", state.path().join("lock"), error);
    let mut file = state.open_or_create("lock").map_err(world)?;
    let begun = Instant::now();
    let mut note = None;
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) => {
                let holder = holder(&mut file);
                if begun.elapsed() >= patience {
                    let busy = format!("{holder} is publishing there; build again when it has finished");
                    return Err(world(io::Error::new(io::ErrorKind::ResourceBusy, busy)).into());
                }
                note.get_or_insert_with(|| {
                    format!("waited for {holder}, which was publishing to the same folder")
                });
                stop_if_cancelled()?;
                sleep(Duration::from_millis(20));
            }
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                note = Some("this file system has no locks: do not run two builds at once".to_owned());
                break;
            }
            Err(TryLockError::Error(error)) => return Err(world(error).into()),
        }
    }
    // Only for the message above: nothing depends on it, so its failure is no failure.
    let _ = sign(&mut file);
    Ok(Lock { _file: file, note })
}

fn sign(file: &mut File) -> io::Result<()> {
    file.rewind()?;
    file.set_len(0)?;
    writeln!(file, "{}", std::process::id())
}

/// Names the process that holds the lock, as far as it has signed.
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.take(20).read_to_string(&mut text));
    match (read, text.trim().parse::<u32>()) {
        (Ok(_), Ok(process)) => format!("process {process}"),
        _ => "another process".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_too_long_is_told_who_holds_the_lock() {
        let dir = tempfile::tempdir().unwrap();
        let state = Folder::open(dir.path()).unwrap();
        let held = take_within(&state, Duration::ZERO).unwrap();
        let Err(Stop::World(told)) = take_within(&state, Duration::from_millis(30)) else {
            panic!("not refused")
        };
        assert!(
            told.to_string().contains(&format!("process {} is publishing", std::process::id())),
            "{told}"
        );
        drop(held);
        assert_eq!(take_within(&state, Duration::ZERO).unwrap().note, None);
    }

    #[test]
    fn who_waits_long_enough_gets_it_and_says_that_it_waited() {
        let dir = tempfile::tempdir().unwrap();
        let state = Folder::open(dir.path()).unwrap();
        let held = take_within(&state, Duration::ZERO).unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| take_within(&state, Duration::from_secs(10)).unwrap().note);
            sleep(Duration::from_millis(60));
            drop(held);
            assert!(waiting.join().unwrap().unwrap().starts_with("waited for process "));
        });
    }
}
