//! Joins what was read file by file into one portfolio.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{Content, Parsed};
use super::{observations, rules};
use crate::model::entry::AnyEntry;
use crate::model::{Config, Portfolio};
use crate::report::{Place, Report};
use crate::source::{Asset, SourceFile, SourceMap, SourcePath, Unusable};
use crate::text::Id;

/// The portfolio that these files make, each as it was parsed, in the order of their paths.
pub fn assemble<'p>(
    parsed: impl IntoIterator<Item = &'p Parsed>,
    sources: &SourceMap,
) -> (Option<Portfolio>, Report) {
    assemble_with(parsed, sources, None)
}

/// The same, with settings for where none can be read.
pub(super) fn assemble_with<'p>(
    parsed: impl IntoIterator<Item = &'p Parsed>,
    sources: &SourceMap,
    settings: Option<&Config>,
) -> (Option<Portfolio>, Report) {
    let mut report = Report::default();
    let mut config = None;
    let mut entries: BTreeMap<&Id, Vec<&AnyEntry>> = BTreeMap::new();
    let (mut broken, mut sketches) = (BTreeSet::new(), Vec::new());
    for Parsed { content, report: found } in parsed {
        report.extend(found.clone());
        match content {
            Content::Config(read) => config = Some(read),
            Content::Entry(entry) => entries.entry(&entry.header().id).or_default().push(entry),
            Content::Broken(_, id, sketch) => {
                broken.insert(id.clone());
                sketches.extend(sketch.as_deref());
            }
            Content::Attachment | Content::ConfigSketch(_) | Content::Nothing => {}
        }
    }
    // A link to one elsewhere is not followed, which is only worth a warning where nothing depends on it.
    if matches!(
        sources.get("portfolio.yaml"),
        None | Some(SourceFile::Unusable(Unusable { harmless: true, .. }))
    ) {
        let place = Place::file(&SourcePath::new("portfolio.yaml"));
        report.add(&rules::NO_PORTFOLIO, place, "there is no `portfolio.yaml`");
    }
    let Some(config) = config.map(|config| &**config).or(settings) else { return (None, report) };

    let mut portfolio = Portfolio::new(Config::clone(config));
    for same_id in entries.into_values() {
        report_clashes(&same_id, &mut report);
        let mut entry = AnyEntry::clone(same_id.first().expect("an id is noted with its entry"));
        fill(&mut entry, sources, &mut report);
        portfolio.push(entry);
    }
    for sketch in sketches {
        let mut entry = AnyEntry::clone(sketch);
        fill(&mut entry, sources, &mut report);
        portfolio.sketches.push(entry);
    }
    portfolio.assets = assets(sources);
    portfolio.broken = broken;
    portfolio.arrange();
    (Some(portfolio), report)
}

/// Files that can be pointed at: all that are neither entries nor unusable.
fn assets(sources: &SourceMap) -> BTreeMap<SourcePath, Asset> {
    sources
        .iter()
        .filter_map(|(path, file)| match file {
            SourceFile::Asset(asset) => Some((path.clone(), *asset)),
            SourceFile::Text(text) if path.extension().eq_ignore_ascii_case("csv") => {
                Some((path.clone(), Asset { length: text.len() as u64, dimensions: None }))
            }
            SourceFile::Text(_) | SourceFile::Unusable(_) => None,
        })
        .collect()
}

fn report_clashes(same_id: &[&AnyEntry], report: &mut Report) {
    for (index, other) in same_id.iter().map(|entry| entry.header()).enumerate().skip(1) {
        let mut earlier = same_id[..index].iter().map(|entry| entry.header());
        let (rule, first) = match earlier.clone().find(|entry| entry.kind == other.kind) {
            Some(first) => (&rules::TWO_FILES, first),
            None => (&rules::DUPLICATE_ID, earlier.next().expect("the first is skipped")),
        };
        let message = format!("the id `{}` is also that of `{}`", other.id, first.file);
        report.add(rule, Place::file(&other.file), message);
    }
}

/// Reads the figures that an entry leaves to files beside it.
///
/// An entry that leaves none to files is not touched, and goes on sharing its fields with its copies.
pub(super) fn fill(entry: &mut AnyEntry, sources: &SourceMap, report: &mut Report) {
    if !entry.series().any(|(_, series)| series.file.is_some()) {
        return;
    }
    let file = entry.header().file.clone();
    for (field, series) in entry.series_mut() {
        observations::fill(series, &file, field, sources, report);
    }
}
