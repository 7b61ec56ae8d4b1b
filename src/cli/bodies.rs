//! What the files of a site consist of, pictures and documents included.

use std::collections::BTreeMap;

use blake3::Hash;
use rayon::prelude::*;

use super::kept::Kept;
use super::versions::Files;
use crate::asset;
use crate::check;
use crate::model::{Header, Kind};
use crate::paper;
use crate::render::{self, Cause, Rendered, Renderer, ThemeFault};
use crate::report::Report;
use crate::source::{Copied, SourcePath, Unfit, decode};
use crate::text::Id;
use crate::view::{Page, Route, Site};
use crate::write::Body;

/// Why a file of the site could not be made.
pub(super) enum Fault {
    Template { path: String, fault: ThemeFault },
    Layout(String),
    Paper,
    Asset { path: SourcePath, unfit: Unfit },
}

/// The hash of one file of the site, which goes to `path` in the output, if the last build made the same there.
pub(super) fn known(renderer: &Renderer, route: &Route, path: &str, kept: &Kept) -> Option<Hash> {
    if !kept.has(path) {
        return None;
    }
    kept.bytes(path, renderer.fingerprint(route)?)
}

/// The content of one file of the site, which goes to `path` in the output.
pub(super) fn body(
    renderer: &Renderer,
    route: &Route,
    path: &str,
    files: &Files,
    kept: &Kept,
) -> Result<Body, Fault> {
    let rendered = renderer.render_known(route).map(|(rendered, from)| {
        if let (Rendered::Bytes(bytes), Some(from)) = (&rendered, from) {
            kept.made(path, from, bytes);
        }
        rendered
    });
    match rendered {
        Ok(Rendered::Bytes(bytes)) => Ok(Body::Bytes(bytes)),
        Ok(Rendered::Asset(path)) => match copied(&path, files) {
            Ok(Copied::Bytes(bytes)) => Ok(Body::Bytes(bytes)),
            Ok(Copied::File(file)) => Ok(Body::File(file)),
            Err(unfit) => Err(Fault::Asset { path, unfit }),
        },
        Err(fault) if renderer.report(&fault, &mut Report::default()) => Err(Fault::Paper),
        Err(render::Fault { path, cause: Cause::Template(fault) }) => Err(Fault::Template { path, fault }),
        Err(fault) => Err(Fault::Layout(fault.to_string())),
    }
}

/// A file of the content folder as a site publishes it; of an earlier state as git kept it.
fn copied(path: &SourcePath, files: &Files) -> Result<Copied, Unfit> {
    let (repository, tree) = match files {
        Files::Disk(folder) => return folder.copied(path),
        Files::Commit(repository, tree) => (repository, tree),
    };
    let unfit = |reason: String, fix: &str| Unfit { reason, fix: fix.to_owned() };
    let bytes = tree.blob(path).and_then(|blob| repository.bytes(blob));
    let bytes = bytes.ok_or_else(|| unfit("git has lost its bytes".into(), "fetch the whole history"))?;
    match asset::kind(path.name()) {
        asset::Kind::Csv => match decode::text(bytes) {
            Ok(text) => Ok(Copied::Bytes(text.into_bytes())),
            Err(unusable) => Err(unfit(format!("cannot be read: {}", unusable.reason), unusable.fix)),
        },
        kind if kind.is_picture() => asset::cleaned(kind, bytes)
            .map(Copied::Bytes)
            .map_err(|broken| unfit(broken.message.to_string(), broken.fix)),
        _ => Ok(Copied::Bytes(bytes)),
    }
}

/// Takes out the files that cannot be made, and says why.
pub(super) fn left_out(renderer: &Renderer, routes: &mut Vec<Route>, site: &Site) -> Report {
    let lacking = |route: &Route| match &route.page {
        Page::Paper(id) => Some((id.clone(), renderer.papers().lacking(id)?)),
        _ => None,
    };
    let faults: BTreeMap<Id, paper::Fault> = routes.par_iter().filter_map(lacking).collect();
    routes.retain(|route| !matches!(&route.page, Page::Paper(id) if faults.contains_key(id)));
    let mut report = Report::default();
    for (id, fault) in &faults {
        if let Some(header) = site.portfolio().header(id.as_str()) {
            fault.report(header, &mut report);
        }
    }
    report.soften();
    report
}

/// Notes which documents had no room for all that they could show. Those of them that are not known yet are laid
/// out, many at a time.
pub(super) fn without_pictures(renderer: &Renderer, site: &Site) -> Report {
    let proposals: Vec<&Header> = site.portfolio().of_kind(Kind::Proposal).collect();
    let lacks = |header: &&&Header| renderer.papers().lacks_pictures(&header.id);
    let lacking: Vec<&&Header> = proposals.par_iter().filter(lacks).collect();
    let mut report = Report::default();
    for header in lacking {
        check::paper::pictures_left_out(header, &mut report);
    }
    report
}

/// What keeps entries from being put on paper: of all of them, so that one run tells everything.
pub(super) fn faults_of_paper(renderer: &Renderer, routes: Vec<&Route>) -> Report {
    let papers: Vec<&Route> =
        routes.into_iter().filter(|route| matches!(route.page, Page::Paper(_))).collect();
    let faults: Vec<_> = papers.par_iter().map(|route| renderer.render(route).err()).collect();
    let mut report = Report::default();
    for fault in faults.iter().flatten() {
        renderer.report(fault, &mut report);
    }
    report
}
