//! Pictures beside counts: the cycle with its broken links, and stated confidence against what happened.

use super::figure::{Figure, Table};
use super::site::Site;
use crate::chart::{Calibration, Cases, Cycle, CycleLink, CycleStation, STATIONS, Sheet};
use crate::evaluate::cycle::{BrokenLink, Station};
use crate::evaluate::track_record;
use crate::model::decision::OutcomeVerdict;
use crate::words::phrase;

/// The stations in the direction of the cycle.
const ORDER: [Station; STATIONS] = [Station::Ownership, Station::Credibility, Station::Autonomy];

impl Site<'_> {
    /// The cycle with the links that are known to be broken; `scope` is the id of the scope, if it is that of one.
    pub(super) fn cycle_figure(&self, scope: Option<&str>, broken: &[&BrokenLink]) -> Option<Figure> {
        let words = self.words();
        let is_broken = |station: Station| broken.iter().any(|link| link.from == station);
        let station = |station: Station| CycleStation {
            name: words.of("station", station.word()),
            question: words.of("station_question", station.word()),
            is_empty: is_broken(station),
        };
        let link = |station: Station| CycleLink {
            label: words.of("station_leads", station.word()),
            is_broken: is_broken(station),
        };
        let mut table = Table::new(
            words.text("chart.as_table").to_owned(),
            ["from", "to", "what"].map(|name| (words.of("column", name), false)),
        );
        for (place, from) in ORDER.iter().enumerate() {
            let to = ORDER[(place + 1) % STATIONS];
            let found = broken.iter().find(|link| link.from == *from);
            let effect = found.map(|link| format!("{}: {}", words.text("chart.broken"), link.effect));
            table.rows.push(vec![
                words.of("station", from.word()).into(),
                words.of("station", to.word()).into(),
                effect.unwrap_or_else(|| words.of("station_leads", from.word()).to_owned()).into(),
            ]);
        }
        let mut about = vec![words.text("cycle.lead").to_owned()];
        about.extend(broken.iter().map(|link| {
            let within = |station: Station| words.of("station_within", station.word());
            words.say(&phrase!("chart.broken_between", from = within(link.from), to = within(link.to)))
        }));
        let about = about.join(" ");
        let cycle = Cycle {
            title: words.text("cycle.heading"),
            description: &about,
            stations: ORDER.map(station),
            links: ORDER.map(link),
            broken: words.text("chart.broken"),
            is_small: scope.is_some(),
        };
        let draw = |sheet: &Sheet| Some(cycle.svg(sheet));
        match scope {
            None => Figure::new("cycle", words, table, draw),
            Some(id) => Figure::small(&format!("cycle-{id}"), words, table, draw),
        }
    }

    /// Stated confidence against what happened; `None` if none was stated.
    pub(super) fn calibration_figure(&self, calibration: &track_record::Calibration) -> Option<Figure> {
        let words = self.words();
        let last = calibration.bins.len().saturating_sub(1);
        let texts: Vec<(String, String)> = calibration
            .bins
            .iter()
            .enumerate()
            .map(|(place, bin)| {
                let (from, to) = (percent(bin.from), percent(bin.to));
                let name = if place == last {
                    words.say(&phrase!("track.bin_last", from = from, to = to))
                } else {
                    words.say(&phrase!("track.bin", from = from, to = to))
                };
                let total = words.say(&phrase!(
                    "chart.came_as_expected",
                    number = bin.as_expected.len().to_string(),
                    all = bin.results().to_string()
                ));
                (name, total)
            })
            .collect();
        let bins: Vec<Cases> = calibration
            .bins
            .iter()
            .zip(&texts)
            .map(|(bin, (name, total))| Cases {
                name,
                confidence: (bin.from, bin.to),
                counts: [bin.as_expected.len(), bin.mixed.len(), bin.setbacks.len()],
                total,
            })
            .collect();
        let columns = ["confidence", "results", "as_expected", "mixed", "setbacks"];
        let columns = columns.map(|name| (words.of("column", name), name != "confidence"));
        let mut table = Table::new(words.text("chart.as_table").to_owned(), columns);
        for bin in &bins {
            let mut row = vec![bin.name.into(), bin.counts.iter().sum::<usize>().to_string().into()];
            row.extend(bin.counts.iter().map(|count| count.to_string().into()));
            table.rows.push(row);
        }
        let about = words.say(&phrase!("chart.calibration_about", count = calibration.results));
        let chart = Calibration {
            title: words.text("part.stated_confidence_and_what_happened"),
            description: &about,
            head: words.text("column.confidence"),
            bins: &bins,
            outcomes: [OutcomeVerdict::AsExpected, OutcomeVerdict::Mixed, OutcomeVerdict::Setback]
                .map(|verdict| words.of("status", verdict.word())),
            bracket: words.text("chart.calibration_bracket"),
        };
        Figure::new("calibration", words, table, |sheet: &Sheet| chart.svg(sheet))
    }
}

/// A share from 0 to 1 in percent: `70%`.
fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}
