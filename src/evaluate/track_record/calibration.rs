//! Stated confidence against what happened.

use super::Resulted;
use crate::model::decision::OutcomeVerdict;
use crate::text::{Id, Number};

/// How many results with a stated confidence it takes before the Brier score means anything.
pub const RESULTS_FOR_BRIER: usize = 10;

/// Where the bins begin; the last one holds 1 as well. Below one half there is a single bin: who takes a
/// decision seldom expects it to fail.
const BOUNDS: [f64; 7] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// Stated confidence against what happened.
///
/// Confidence is stated in a result *as expected*, so that only such a result counts as having happened; a
/// mixed one does not. Counting it by half would be a claim about how mixed it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration<'a> {
    /// From low confidence to high, those without a decision left in.
    pub bins: Vec<Bin<'a>>,
    /// How many results have a stated confidence.
    pub results: usize,
    /// The Brier score, from 0 (perfect) to 1; `None` before there are [`RESULTS_FOR_BRIER`] results.
    pub brier: Option<f64>,
}

/// The results of decisions that were stated with about the same confidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin<'a> {
    /// The lowest confidence in it.
    pub from: f64,
    /// The confidence at which the next bin begins; the last bin holds its own upper bound.
    pub to: f64,
    /// The decisions whose result was as expected, by the day of the result.
    pub as_expected: Vec<&'a Id>,
    /// Those whose result was mixed.
    pub mixed: Vec<&'a Id>,
    /// Those that were a setback.
    pub setbacks: Vec<&'a Id>,
}

impl Bin<'_> {
    /// How many results there are in it.
    pub fn results(&self) -> usize {
        self.as_expected.len() + self.mixed.len() + self.setbacks.len()
    }

    /// The share of results as expected, from 0 to 1; `None` of none.
    #[expect(clippy::cast_precision_loss, reason = "counts of decisions")]
    pub fn share(&self) -> Option<f64> {
        (self.results() > 0).then(|| self.as_expected.len() as f64 / self.results() as f64)
    }
}

impl<'a> Calibration<'a> {
    /// Holds the stated confidence of decisions against their results.
    pub fn new(results: &[Resulted<'a>]) -> Self {
        let mut bins: Vec<Bin> = BOUNDS
            .windows(2)
            .map(|bounds| Bin {
                from: bounds[0],
                to: bounds[1],
                as_expected: Vec::new(),
                mixed: Vec::new(),
                setbacks: Vec::new(),
            })
            .collect();
        let mut squares = Vec::new();
        for Resulted { decision, result, .. } in results {
            let stated = decision.confidence.map(Number::get);
            let Some(confidence) = stated.filter(|stated| (0.0..=1.0).contains(stated)) else { continue };
            let bin = bins.iter_mut().rfind(|bin| bin.from <= confidence);
            let bin = bin.expect("the first bin begins at 0");
            let (list, happened) = match result.verdict {
                OutcomeVerdict::AsExpected => (&mut bin.as_expected, 1.0),
                OutcomeVerdict::Mixed => (&mut bin.mixed, 0.0),
                OutcomeVerdict::Setback => (&mut bin.setbacks, 0.0),
            };
            list.push(decision.id());
            squares.push((confidence - happened) * (confidence - happened));
        }
        Self { bins, results: squares.len(), brier: brier(&squares) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of decisions")]
fn brier(squares: &[f64]) -> Option<f64> {
    let mean = squares.iter().sum::<f64>() / squares.len() as f64;
    (squares.len() >= RESULTS_FOR_BRIER).then_some(mean)
}

#[cfg(test)]
mod tests {
    use crate::evaluate::testing::{day, portfolio};
    use crate::evaluate::track_record::{TrackRecord, results};

    use super::*;

    fn decisions(results: &[(&str, &str)]) -> Vec<(String, String)> {
        let text = |(index, (confidence, verdict)): (usize, &(&str, &str))| {
            (
                format!("decisions/d{index}.yaml"),
                format!("{confidence}\nresult: {{date: 2026-03-01, verdict: {verdict}}}\n"),
            )
        };
        results.iter().enumerate().map(text).collect()
    }

    #[test]
    fn bins_hold_their_lower_bound_and_the_last_holds_both() {
        let files = decisions(&[
            ("confidence: 0", "setback"),
            ("confidence: 0.49", "as-expected"),
            ("confidence: 0.5", "mixed"),
            ("confidence: 0.6", "as-expected"),
            ("confidence: 0.6", "setback"),
            ("confidence: 0.9", "as-expected"),
            ("confidence: 1", "as-expected"),
            ("tags: none", "as-expected"),
        ]);
        let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let portfolio = portfolio(&files);
        let calibration = Calibration::new(&results(&portfolio, day("2026-04-01")));
        let shown: Vec<_> = calibration.bins.iter().map(|bin| (bin.results(), bin.share())).collect();
        let expected = [(2, Some(0.5)), (1, Some(0.0)), (2, Some(0.5)), (0, None), (0, None), (2, Some(1.0))];
        assert_eq!(shown, expected);
        assert_eq!((calibration.results, calibration.brier), (7, None));
    }

    #[test]
    fn the_brier_score_waits_for_ten_results() {
        for (count, expected) in [(9, None), (10, Some(0.25))] {
            let files = decisions(&vec![("confidence: 0.5", "as-expected"); count]);
            let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            let portfolio = portfolio(&files);
            assert_eq!(TrackRecord::new(&portfolio, day("2026-04-01")).calibration.brier, expected);
        }
    }
}
