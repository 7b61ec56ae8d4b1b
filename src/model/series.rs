//! Figures over time, wherever an entry has them: the one walk over all of them.

use std::fmt;
use std::sync::Arc;

use super::common::Observations;
use super::entry::AnyEntry;
use super::{Pilot, Portfolio, Proposal, Scope};
use crate::source::SourcePath;
use crate::text::Id;

/// The field that holds a series: `primary.observations`, `guardrails[2].observations`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesField {
    metric: &'static str,
    /// The place of the metric, where there is a list of them.
    index: Option<usize>,
}

impl fmt::Display for SeriesField {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.index {
            Some(index) => write!(f, "{}[{index}].observations", self.metric),
            None => write!(f, "{}.observations", self.metric),
        }
    }
}

impl Portfolio {
    /// The series of one entry, in the order of its fields.
    pub fn series_of(&self, id: &Id) -> impl Iterator<Item = (SeriesField, &Observations)> {
        let pilot = self.pilot(id).into_iter().flat_map(|pilot| pilot.series());
        let scope = self.scope(id).into_iter().flat_map(|scope| scope.series());
        let proposal = self.proposal(id).into_iter().flat_map(|proposal| proposal.series());
        pilot.chain(scope).chain(proposal)
    }

    /// All series, to be filled or emptied, each with the file of its entry.
    pub(crate) fn series_mut(
        &mut self,
    ) -> impl Iterator<Item = (&SourcePath, SeriesField, &mut Observations)> {
        let of_pilots = self.pilots.iter_mut().flat_map(|pilot| {
            let file = &pilot.header.file;
            Arc::make_mut(&mut pilot.fields).series_mut().map(move |(field, series)| (file, field, series))
        });
        let of_scopes = self.scopes.iter_mut().flat_map(|scope| {
            let file = &scope.header.file;
            Arc::make_mut(&mut scope.fields).series_mut().map(move |(field, series)| (file, field, series))
        });
        let of_proposals = self.proposals.iter_mut().flat_map(|proposal| {
            let file = &proposal.header.file;
            Arc::make_mut(&mut proposal.fields).series_mut().map(move |(field, series)| (file, field, series))
        });
        of_pilots.chain(of_scopes).chain(of_proposals)
    }
}

impl AnyEntry {
    /// Its series, in the order of its fields.
    pub(crate) fn series(&self) -> Box<dyn Iterator<Item = (SeriesField, &Observations)> + '_> {
        match self {
            Self::Pilot(pilot) => Box::new(pilot.fields.series()),
            Self::Scope(scope) => Box::new(scope.fields.series()),
            Self::Proposal(proposal) => Box::new(proposal.fields.series()),
            _ => Box::new(std::iter::empty()),
        }
    }

    /// Its series, to be filled.
    pub(crate) fn series_mut(&mut self) -> Box<dyn Iterator<Item = (SeriesField, &mut Observations)> + '_> {
        match self {
            Self::Pilot(pilot) => Box::new(Arc::make_mut(&mut pilot.fields).series_mut()),
            Self::Scope(scope) => Box::new(Arc::make_mut(&mut scope.fields).series_mut()),
            Self::Proposal(proposal) => Box::new(Arc::make_mut(&mut proposal.fields).series_mut()),
            _ => Box::new(std::iter::empty()),
        }
    }
}

/// Says which fields of a kind are metrics: some that stand alone, and a list of them. What is said once is
/// walked through to read and to change.
macro_rules! metrics {
    ($($kind:ty { $($alone:ident,)? [$list:ident] })+) => {
        $(impl $kind {
            /// Its series, in the order of its fields.
            pub fn series(&self) -> impl Iterator<Item = (SeriesField, &Observations)> {
                let alone = [$((SeriesField { metric: stringify!($alone), index: None }, &self.$alone.observations))?];
                let listed = self.$list.iter().enumerate().map(|(index, metric)| {
                    (SeriesField { metric: stringify!($list), index: Some(index) }, &metric.observations)
                });
                alone.into_iter().chain(listed).filter_map(|(field, series)| Some((field, series.as_ref()?)))
            }

            fn series_mut(&mut self) -> impl Iterator<Item = (SeriesField, &mut Observations)> {
                let alone = [$((SeriesField { metric: stringify!($alone), index: None }, &mut self.$alone.observations))?];
                let listed = self.$list.iter_mut().enumerate().map(|(index, metric)| {
                    (SeriesField { metric: stringify!($list), index: Some(index) }, &mut metric.observations)
                });
                alone.into_iter().chain(listed).filter_map(|(field, series)| Some((field, series.as_mut()?)))
            }
        })+
    };
}

metrics! {
    Pilot { primary, [guardrails] }
    Scope { [outcomes] }
    Proposal { [success_metrics] }
}

#[cfg(test)]
mod tests {
    use crate::model::read::read;

    #[test]
    fn every_series_is_found_to_read_and_to_change() {
        let series = "observations: {date: 2026-03-02, value: 1}";
        let pilot = format!(
            "title: P\nstarts: 2026-03-02\nprimary: {{name: N, direction: decrease, target: 1, {series}}}\nguardrails:\n  \
             - {{name: G, direction: decrease, limit: 1}}\n  - {{name: H, direction: decrease, limit: 1, {series}}}\n"
        );
        let scope = format!("title: S\noutcomes: {{name: N, {series}}}\n");
        let proposal = format!("title: Q\nask: A\nsuccess_metrics: [{{name: M}}, {{name: N, {series}}}]\n");
        let files = [
            ("portfolio.yaml", "title: T\nowner: {name: N}\n"),
            ("pilots/p.yaml", pilot.as_str()),
            ("scopes/s.yaml", scope.as_str()),
            ("proposals/q.yaml", proposal.as_str()),
        ];
        let (portfolio, report) = read(&files.into_iter().collect());
        assert!(!report.has_errors(), "{report:?}");
        let mut portfolio = portfolio.unwrap();
        let mut fields = Vec::new();
        for header in portfolio.headers() {
            fields
                .extend(portfolio.series_of(&header.id).map(|(field, _)| format!("{} {field}", header.file)));
        }
        let expected = [
            "scopes/s.yaml outcomes[0].observations",
            "pilots/p.yaml primary.observations",
            "pilots/p.yaml guardrails[1].observations",
            "proposals/q.yaml success_metrics[1].observations",
        ];
        assert_eq!(fields, expected);
        let mut changed: Vec<String> =
            portfolio.series_mut().map(|(file, field, _)| format!("{file} {field}")).collect();
        changed.sort();
        fields.sort();
        assert_eq!(changed, fields);
    }
}
