//! Lets the stage and the old site change places, which is one step for whoever looks.
//!
//! The order is what makes it safe to be killed, or to lose power, anywhere: the new site and its manifest are on
//! the disk before the exchange; the exchange is on the disk before the old site is deleted; and the claim on the
//! old site is given up last.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::clear::clear;
use super::failure::{Stop, World};
use super::folder::Folder;
use super::stage::Stage;
use super::state::slashed;
use super::{Manner, Ready, in_place, stop_if_cancelled};

/// Publishes a filled stage in one step; file by file where the system knows no such step.
pub(super) fn publish(ready: &Ready, stage: Stage, warnings: &mut Vec<String>) -> Result<Manner, Stop> {
    let Ready { place, state, standing, filled, manifest } = ready;
    stage.link_same(filled)?;
    stage.share(filled)?;
    state.announce(manifest)?;
    stage.folder.sync_all().map_err(|error| stage.trouble("make durable", "", error))?;
    stop_if_cancelled()?;
    if let Err(error) = swap(ready, &stage) {
        let why = match error.kind() {
            _ if stage.folder.is_at(&state.parent, &place.name).unwrap_or(false) => None,
            _ if standing.folder.is_none() => return Err(World::new("make", place.out(), error).into()),
            ErrorKind::CrossesDevices | ErrorKind::ResourceBusy => Some("the folder is a mount point"),
            ErrorKind::InvalidInput | ErrorKind::Unsupported => {
                Some("this file system cannot exchange folders")
            }
            _ => return Err(World::new("replace", place.out(), error).into()),
        };
        if let Some(why) = why {
            let why = why.to_owned();
            in_place::publish(ready, stage, warnings)?;
            return Ok(Manner::InPlace { why });
        }
    }
    let old = stage.release();
    for folder in [&state.parent, &state.folder] {
        if let Err(error) = folder.sync() {
            warnings.push(unconfirmed(folder, error));
        }
    }
    let unchanged_since = |path: &Path, folder: &Folder, name: &_| {
        let surveyed = path.to_str().and_then(|path| standing.files.get(&slashed(path)));
        let found = folder.look(name)?;
        Ok(surveyed.zip(found).is_some_and(|(surveyed, found)| surveyed.stamp == found.stamp))
    };
    if state.report(clear(&state.folder, &old, unchanged_since), &old, warnings) {
        state.commit(warnings);
    }
    Ok(Manner::Exchanged)
}

/// Says that a site is published, but that the disk did not confirm it.
pub(super) fn unconfirmed(folder: &Folder, error: io::Error) -> String {
    let world = World::new("make durable", folder.path(), error);
    format!("the site is published, but it may not outlast a power cut: {}", world.cause())
}

/// Puts the stage where the output is. Where nothing stands an ordinary rename will do.
fn swap(ready: &Ready, stage: &Stage) -> io::Result<()> {
    let Ready { place, state, standing, .. } = ready;
    if standing.is_empty() {
        state.folder.rename(&stage.name, &state.parent, &place.name)
    } else {
        state.folder.exchange(&stage.name, &state.parent, &place.name)
    }
}
