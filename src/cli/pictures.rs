//! Pictures that a site cannot publish: found by cleaning them, as a build does.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::project::{Loaded, Project};
use crate::asset;
use crate::model::assets::asset_names;
use crate::model::read::rules::{UNFIT_PICTURE, UNREADABLE_FILE};
use crate::report::{Place, Report};
use crate::source::{SourcePath, Unfit};

/// Reports every picture that some site would publish, and cannot.
pub(super) fn check(project: &Project, loaded: &mut Loaded) {
    let Loaded { portfolio: Some(portfolio), report, .. } = loaded else { return };
    let published = portfolio.headers().flat_map(|header| asset_names(portfolio, header).into_keys());
    let pictures: BTreeSet<SourcePath> =
        published.filter(|path| asset::kind(path.name()).is_picture()).collect();
    let unfit =
        pictures.into_par_iter().filter_map(|path| project.folder.copied(&path).err().map(|why| (path, why)));
    unfit.collect::<Vec<_>>().into_iter().for_each(|(path, unfit)| add(&path, unfit, report));
}

/// Reports a file that cannot be published.
pub(super) fn add(path: &SourcePath, Unfit { reason, fix }: Unfit, report: &mut Report) {
    let is_picture = asset::kind(path.name()).is_picture();
    let rule = if is_picture { &UNFIT_PICTURE } else { &UNREADABLE_FILE };
    report.add(rule, Place::file(path), format!("`{path}` cannot be published: {reason}")).fix(fix);
}
