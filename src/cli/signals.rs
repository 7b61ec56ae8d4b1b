//! Stopping when asked to: an interrupted build leaves no stage behind and ends within a second.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

/// The signal that asked us to stop; 0 before any did.
static SIGNAL: AtomicU8 = AtomicU8::new(0);

/// How long a publish may take to put its stage away.
const GRACE: Duration = Duration::from_millis(800);

/// Starts to listen for SIGINT and SIGTERM. To be called once the kernel holds its promises, which must come
/// before any thread.
pub(super) fn listen() {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGINT, SIGTERM};
        let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                SIGNAL.store(u8::try_from(signal).unwrap_or(2), Ordering::Relaxed);
                crate::write::cancel();
                std::thread::sleep(GRACE);
                std::process::exit(i32::from(exit_code()));
            }
        });
    }
}

/// 128 and the number of the signal, as shells have it.
pub(super) fn exit_code() -> u8 {
    128 + SIGNAL.load(Ordering::Relaxed).max(2)
}
