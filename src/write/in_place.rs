//! Brings the new site into the old one file by file: where folders cannot be exchanged, and where the folder
//! holds what is not ours and must stay in it.
//!
//! Each file changes in one step, but the site as a whole does not. The announced manifest stays until the last
//! step is done, so that the next publish knows what both sites consist of and completes the work.

use std::collections::HashSet;
use std::io::{self, ErrorKind};

use super::clear::clear;
use super::exchange::unconfirmed;
use super::failure::{Stop, World};
use super::folder::Folder;
use super::names::{fold, folders_of};
use super::stage::{Filled, Stage};
use super::standing::{NEAR_STAGE, Standing};
use super::{Ready, stop_if_cancelled};

/// Publishes a filled stage file by file.
pub(super) fn publish(ready: &Ready, mut stage: Stage, warnings: &mut Vec<String>) -> Result<(), Stop> {
    let Ready { state, standing, filled, manifest, .. } = ready;
    state.announce(manifest)?;
    stage.folder.sync_all().map_err(|error| stage.trouble("make durable", "", error))?;
    stop_if_cancelled()?;
    stage.touched = true;
    let out = standing.folder.as_ref().expect("where no folder stands, the stage is simply renamed");
    let moved = bring_in(out, standing, &stage, filled, warnings);
    clear(out, NEAR_STAGE, |_, _, _| Ok(true));
    moved.map_err(|world| World { partial: true, ..world })?;
    if let Err(error) = out.sync_all() {
        warnings.push(unconfirmed(out, error));
    }
    state.commit(warnings);
    let name = stage.name.clone();
    state.report(stage.discard(), &name, warnings);
    Ok(())
}

/// Moves what changed into the output and deletes what is stale.
fn bring_in(
    out: &Folder,
    standing: &Standing,
    stage: &Stage,
    filled: &Filled,
    warnings: &mut Vec<String>,
) -> Result<(), World> {
    let (in_the_way, stale) = in_the_way(standing, stage.paths);
    for path in in_the_way {
        delete(out, standing, path, warnings)?;
    }
    let files: HashSet<String> = stage.paths.iter().map(|path| fold(path)).collect();
    let (now_files, stale_folders) = standing.stale_folders.iter().partition(|path| {
        let path = fold(path);
        files.contains(&path) || folders_of(&path).any(|folder| files.contains(folder))
    });
    delete_folders(out, now_files)?;
    move_changed(out, standing, stage, filled)?;
    for path in stale {
        delete(out, standing, path, warnings)?;
    }
    delete_folders(out, stale_folders)
}

/// Splits the stale files into those that must go before anything comes, and the others.
///
/// A file must go first if the new site has a folder of its name, or a file of the name of a folder that it lies
/// in, or if it is the same name where case does not matter: there, deleting it later would delete the new file.
fn in_the_way<'a>(standing: &'a Standing, paths: &[String]) -> (Vec<&'a String>, Vec<&'a String>) {
    let files: HashSet<String> = paths.iter().map(|path| fold(path)).collect();
    let folders: HashSet<String> = paths.iter().flat_map(|path| folders_of(path)).map(fold).collect();
    standing.stale.iter().partition(|path| {
        let path = fold(path);
        files.contains(&path)
            || folders.contains(&path)
            || folders_of(&path).any(|folder| files.contains(folder))
    })
}

/// Moves every changed file to its place, from the stage or, if that lies on another file system, from a copy.
fn move_changed(out: &Folder, standing: &Standing, stage: &Stage, filled: &Filled) -> Result<(), World> {
    let mut near = None;
    for (position, &at) in filled.changed.iter().enumerate() {
        let path = &stage.paths[at];
        let world = |error| World::new("replace", out.path().join(path), error);
        let parent = folder_for(out, path, stage)?;
        if near.is_none() {
            match move_in(&parent, standing, path, &stage.folder, path) {
                Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                    near = Some(bring_near(out, stage, &filled.changed[position..])?);
                }
                moved => moved.map_err(world)?,
            }
        }
        if let Some(near) = &near {
            move_in(&parent, standing, path, near, &at.to_string()).map_err(world)?;
        }
    }
    Ok(())
}

/// Copies files of the stage into a folder within the output, each named by its position.
fn bring_near(out: &Folder, stage: &Stage, changed: &[usize]) -> Result<Folder, World> {
    let world = |error| World::new("copy files into", out.path().join(NEAR_STAGE), error);
    out.create_folder(NEAR_STAGE, stage.modes).map_err(world)?;
    let near = out.folder(NEAR_STAGE).map_err(world)?;
    for at in changed {
        let mut source = stage.folder.read(&stage.paths[*at]).map_err(world)?;
        let mut file = near.create(at.to_string(), stage.modes).map_err(world)?;
        io::copy(&mut source, &mut file).map_err(world)?;
        if !super::folder::SYNCS_AT_ONCE {
            file.sync_all().map_err(world)?;
        }
    }
    near.sync_all().map_err(world)?;
    Ok(near)
}

/// Moves one file to its place, unless something came there or changed there that is not ours.
fn move_in(parent: &Folder, standing: &Standing, path: &str, from: &Folder, staged: &str) -> io::Result<()> {
    let name = name_of(path);
    let Some(old) = standing.files.get(path) else { return from.rename_new(staged, parent, name) };
    match parent.look(name)? {
        Some(found) if found.stamp == old.stamp => from.rename(staged, parent, name),
        Some(_) => Err(io::Error::other("somebody changed it while the site was published")),
        None => from.rename_new(staged, parent, name),
    }
}

/// Deletes one file of the old site, unless somebody changed it just now.
fn delete(out: &Folder, standing: &Standing, path: &str, warnings: &mut Vec<String>) -> Result<(), World> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let deleted = out.folder(folder).and_then(|parent| match parent.look(name_of(path))? {
        Some(found) if found.stamp == standing.files[path].stamp => parent.remove_file(name_of(path)),
        Some(_) => {
            warnings
                .push(format!("`{path}` is left, because somebody changed it while the site was published"));
            Ok(())
        }
        None => Ok(()),
    });
    match deleted {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(World::new("delete", out.path().join(path), error))
        }
        _ => Ok(()),
    }
}

/// Deletes folders that hold nothing any more, the innermost first.
fn delete_folders(out: &Folder, mut folders: Vec<&String>) -> Result<(), World> {
    folders.sort_by(|a, b| b.cmp(a));
    for path in folders {
        match out.remove_folder(path) {
            // What is not ours stays, and its folder with it.
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty) => {
                return Err(World::new("delete", out.path().join(path), error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Opens the folder for a new file, made if need be, following no link on the way.
fn folder_for(out: &Folder, path: &str, stage: &Stage) -> Result<Folder, World> {
    let world = |error| World::new("make the folders of", out.path().join(path), error);
    let mut folder = out.folder("").map_err(world)?;
    for whole in folders_of(path) {
        let name = name_of(whole);
        match folder.create_folder(name, stage.modes) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(world(error)),
            _ => folder = folder.folder(name).map_err(world)?,
        }
    }
    Ok(folder)
}

fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}
