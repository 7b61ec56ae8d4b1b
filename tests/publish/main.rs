//! Publishing, on real disks: what is refused, what is kept, and what is left when something goes wrong.
//!
//! Tests that need a program, a mount or a privilege that is not there print a line that begins with `SKIPPED`.
//! With `CI=true` they fail instead.
#![expect(clippy::disallowed_methods, reason = "the tests play the part of everybody else who writes files")]
#![cfg(unix)]

mod aid;
mod disk;
mod faults;
mod keep;
mod known;
mod process;
mod race;
mod refuse;
mod replace;
mod tree;
