//! Stopping when asked to: an interrupted build puts its stage away first, which takes less than a second for
//! thousands of pages.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

/// The signal that asked us to stop; 0 before any did.
static SIGNAL: AtomicU8 = AtomicU8::new(0);

/// How long a publish may take to put its stage away, on a slow disk or a busy machine; a second signal ends it at
/// once. What it leaves behind is put away by the next one.
const GRACE: Duration = Duration::from_secs(20);

/// Starts to listen for SIGINT and SIGTERM. To be called once the kernel holds its promises, which must come
/// before any thread.
pub(super) fn listen() {
    listen_and(crate::write::cancel);
}

/// The same, for a command that is stopped in another way.
pub(super) fn listen_and(stop: impl Fn() + Send + 'static) {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGINT, SIGTERM};
        let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
        std::thread::spawn(move || {
            let exit = || std::process::exit(i32::from(exit_code()));
            for (count, signal) in signals.forever().enumerate() {
                SIGNAL.store(u8::try_from(signal).unwrap_or(2), Ordering::Relaxed);
                stop();
                if count > 0 {
                    exit();
                }
                std::thread::spawn(move || {
                    std::thread::sleep(GRACE);
                    exit();
                });
            }
        });
    }
    #[cfg(not(unix))]
    drop(stop);
}

/// 128 and the number of the signal, as shells have it.
pub(super) fn exit_code() -> u8 {
    128 + SIGNAL.load(Ordering::Relaxed).max(2)
}
