//! Has the disk begin with what is written while more is made, so that a large publish has little left to wait for
//! when all of it has to be durable.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::folder::{Folder, SYNCS_AT_ONCE};

/// How often to look whether much was written, and how much that is, in bytes.
const PACE: Duration = Duration::from_millis(200);
const MUCH: u64 = 32 << 20;

/// Does `work`, which adds what it writes into `folder` to `written`, in bytes.
///
/// # Errors
/// When the disk cannot keep what is written: [`Folder::sync_all`] would not say so a second time.
pub(super) fn write_ahead<T>(
    folder: &Folder,
    written: &AtomicU64,
    work: impl FnOnce() -> T,
) -> io::Result<T> {
    if !SYNCS_AT_ONCE {
        return Ok(work());
    }
    let (working, is_over) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let ahead = scope.spawn(move || {
            let mut durable = 0;
            while is_over.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
                let so_far = written.load(Ordering::Relaxed);
                if so_far - durable >= MUCH {
                    folder.sync_all()?;
                    durable = so_far;
                }
            }
            Ok(())
        });
        let done = work();
        drop(working);
        ahead.join().expect("nothing in it panics").map(|()| done)
    })
}
