//! Puts a finished site on the disk: all of it or nothing, and nothing that is not ours.
//!
//! A publish goes one way. Names are checked, the place is resolved, the state folder beside the output is
//! locked, the standing site is surveyed, what differs is written to a stage, and the stage takes the site's
//! place in one step:
//!
//! ```text
//! names → target → state (lock, manifest) → standing → stage → exchange, or in place
//! ```
//!
//! State lives in `<parent of out>/.bailiwick/<name of out>/`, never in the site:
//!
//! - `lock` is held while a publish runs. The kernel lets go of it when the process dies.
//! - `manifest` lists what the site consists of: path, size and hash of each file, and its reader.
//! - `incomplete` is the manifest of a publish under way. It is on the disk before the site is touched and
//!   becomes `manifest` last of all, so whatever a killed publish leaves is claimed by one of the two.
//! - `stage-N` is the new site while it is made, and the old one while it is deleted.
//!
//! This module never follows a symbolic link inside the output, never writes into an existing file, and never
//! deletes or replaces a file whose path and bytes the manifest does not list.
//!
//! **A process that is sent SIGXFSZ dies of it** (a file-size limit, `ulimit -f`) unless it ignores that
//! signal. That loses nothing: it is one more way to be killed.
#![expect(clippy::disallowed_methods, reason = "this is the module that writes")]

mod ahead;
mod body;
mod clear;
mod exchange;
mod failure;
#[cfg_attr(not(unix), path = "folder_plain.rs")]
mod folder;
mod in_place;
mod lock;
mod manifest;
mod memory;
mod names;
mod stage;
mod standing;
mod state;
mod target;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

pub use failure::{Failure, Refusal, World};
pub use memory::{recall, remember};

use blake3::Hash;

use failure::Stop;
use manifest::Manifest;
use stage::{Filled, Stage};
use standing::Standing;
use state::State;
use target::Place;

/// Where a site goes, whose it is, and which folders must come to no harm for it.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The output folder, such as `site/manager`. Neither it nor its parents need exist. It may not be a
    /// symbolic link; a link on the way to it is resolved once, before anything is compared.
    pub out: &'a Path,
    /// Whom the site is for. A folder that holds another reader's site is refused, because what was published
    /// for one reader must not linger where another reads.
    pub reader: &'a str,
    /// Folders that `out` may lie in, but may neither be nor contain: the root of the project.
    pub roots: &'a [PathBuf],
    /// Folders that `out` may neither be, nor contain, nor lie in: content, themes, `.git`, whether they
    /// exist already or not.
    pub closed: &'a [PathBuf],
}

/// What one file of the site consists of.
#[derive(Debug)]
pub enum Body {
    /// The bytes themselves.
    Bytes(Vec<u8>),
    /// A regular file, read from its start in small pieces, however long it is.
    File(File),
}

/// What a publish did.
#[derive(Debug)]
pub struct Published {
    /// Files that are new or differ from what stood there.
    pub written: usize,
    /// Files that stood there already, byte for byte.
    pub unchanged: usize,
    /// Files of the former site that the new one does not have.
    pub removed: usize,
    /// What is in the folder and is not ours, left as it was. Names of folders end in `/`.
    pub kept: Vec<String>,
    /// How the new site took the old one's place.
    pub manner: Manner,
    /// What the writer should know although the site is published.
    pub warnings: Vec<String>,
}

/// How a new site took the old one's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manner {
    /// It did not have to: the same site stood there already.
    Unchanged,
    /// In one step, so that no visitor sees a mixture.
    Exchanged,
    /// File by file, each in one step. Whoever reads meanwhile may see old and new pages side by side.
    InPlace {
        /// Why one step was not possible, as a clause: `the folder holds files that are not ours`.
        why: String,
    },
}

/// Publishes a site, all or nothing, and says what it did.
///
/// `paths` are relative, with `/` between portable names, each once. `produce(i)` makes the file at `paths[i]`;
/// it is called from many threads, at most once for each. If several fail, the failure of the first path is
/// returned. A second publish into the same folder waits ten seconds for the first.
///
/// # Errors
///
/// After a [`Failure`] the old site stands as it was and the stage is gone, but for a publish in place that the
/// disk interrupts: then [`World::partial`] is set, and the next publish completes it.
pub fn publish<E: Send>(
    target: &Target,
    paths: &[String],
    produce: impl Fn(usize) -> Result<Body, E> + Sync,
) -> Result<Published, Failure<E>> {
    publish_keeping(target, paths, |_| None, produce)
}

/// The same, keeping files that would come out as they stand.
///
/// `known(i)` is the hash of the bytes that the file at `paths[i]` would consist of, if that is known without making
/// it. It is asked just before `produce(i)`, which is called only if no file with that hash stands there.
///
/// # Errors
///
/// As [`publish`].
pub fn publish_keeping<E: Send>(
    target: &Target,
    paths: &[String],
    known: impl Fn(usize) -> Option<Hash> + Sync,
    produce: impl Fn(usize) -> Result<Body, E> + Sync,
) -> Result<Published, Failure<E>> {
    names::check(paths)?;
    let place = target::resolve(target)?;
    standing::refuse_strangers(&place)?;
    let mut state = State::enter(&place)?;
    let standing = Standing::survey(&place, &state.claims, paths)?;
    standing.refuse_another_reader(&state.claims, target.reader)?;
    standing.refuse_foreign_in_the_way(paths)?;
    standing.refuse_altered(&state.claims)?;
    if standing.is_empty() {
        state.forget()?;
    }

    let stage = Stage::begin(&state, &standing, paths)?;
    let filled = stage.fill(known, produce)?;
    let manifest = Manifest::new(target.reader, filled.records.clone());
    let mut warnings = state.warnings.clone();
    let ready =
        Ready { place: &place, state: &state, standing: &standing, filled: &filled, manifest: &manifest };
    let manner = finish(&ready, stage, &mut warnings)?;
    Ok(Published {
        written: filled.changed.len(),
        unchanged: filled.same.len(),
        removed: standing.stale.len(),
        kept: standing.foreign,
        manner,
        warnings,
    })
}

/// Asks every publish of this process to stop: each removes its stage and returns [`Failure::Cancelled`].
///
/// Meant for a handler of SIGINT and SIGTERM. It is looked at between files, and no longer once the exchange has
/// begun. There is no way back, as there is none for the process.
pub fn cancel() {
    CANCELLED.store(true, Ordering::Relaxed);
}

static CANCELLED: AtomicBool = AtomicBool::new(false);

/// Stops here if [`cancel`] was called.
fn stop_if_cancelled() -> Result<(), Stop> {
    if CANCELLED.load(Ordering::Relaxed) { Err(Stop::Cancelled) } else { Ok(()) }
}

/// A new site that is rendered and compared, but not yet in its place.
struct Ready<'a> {
    place: &'a Place,
    state: &'a State,
    standing: &'a Standing,
    filled: &'a Filled,
    manifest: &'a Manifest,
}

/// Brings the filled stage to its place, in the least disturbing manner that will do.
fn finish(ready: &Ready, stage: Stage, warnings: &mut Vec<String>) -> Result<Manner, Stop> {
    let Ready { state, standing, filled, manifest, .. } = ready;
    if standing.is_already(filled) {
        if !state.claims.are_exactly(manifest) {
            state.announce(manifest)?;
            state.commit(warnings);
        }
        let name = stage.name.clone();
        state.report(stage.discard(), &name, warnings);
        return Ok(Manner::Unchanged);
    }
    if standing.foreign.is_empty() {
        return exchange::publish(ready, stage, warnings);
    }
    in_place::publish(ready, stage, warnings)?;
    Ok(Manner::InPlace { why: "the folder holds files that are not ours".to_owned() })
}
