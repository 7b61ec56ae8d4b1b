//! A figure over time as a drawing, in words and as a table.

use crate::chart::{EventRow, Happened, Metric, Point, Reading, Reference, Shape, Sheet, short};
use crate::model::common::Observation;
use crate::text::{Date, Number, Text, with_unit};
use crate::view::figure::{Figure, Table, TableCell};
use crate::words::{Words, phrase};

/// A figure over time, ready to be drawn on any sheet.
#[derive(Clone, Debug)]
pub struct MetricPicture<'a> {
    pub(super) words: &'a Words,
    pub(super) name: &'a str,
    pub(super) unit: Option<&'a str>,
    pub(super) readings: Vec<Seen<'a>>,
    pub(super) references: Vec<Reference<'a>>,
    pub(super) period: Option<(Date, Option<Date>)>,
    pub(super) rows: Vec<Events<'a>>,
    pub(super) today: Date,
    pub(super) is_small: bool,
}

/// A figure on a day, and how it counts.
#[derive(Clone, Debug)]
pub(super) struct Seen<'a> {
    pub(super) observation: &'a Observation,
    /// What is drawn: the figure, or all figures up to it.
    pub(super) value: f64,
    pub(super) reading: Reading,
    pub(super) tip: String,
}

/// Events of one kind: day, whether it took place, and what it was.
#[derive(Clone, Debug)]
pub(super) struct Events<'a> {
    pub(super) label: &'a str,
    pub(super) shape: Shape,
    pub(super) events: Vec<(Date, bool, String)>,
}

impl MetricPicture<'_> {
    /// The same with little room: low, and without the events, which stand elsewhere then.
    #[must_use]
    pub fn small(self) -> Self {
        Self { rows: Vec::new(), is_small: true, ..self }
    }

    /// The picture on a sheet.
    pub fn svg(&self, sheet: &Sheet) -> Option<String> {
        let point = |seen: &'_ Seen| (seen.observation.date, seen.value, seen.reading);
        let points: Vec<Point> = self
            .readings
            .iter()
            .map(|seen| {
                let (day, value, reading) = point(seen);
                Point { day, value, reading, tip: &seen.tip }
            })
            .collect();
        let happened: Vec<Vec<Happened>> = self
            .rows
            .iter()
            .map(|row| {
                row.events.iter().map(|(day, is_done, tip)| Happened { day: *day, is_done: *is_done, tip })
            })
            .map(Iterator::collect)
            .collect();
        let rows: Vec<EventRow> = self
            .rows
            .iter()
            .zip(&happened)
            .map(|(row, events)| EventRow { label: row.label, shape: row.shape, events })
            .collect();
        let chart = Metric {
            title: &self.title(),
            description: &self.description(),
            unit: self.unit,
            points: &points,
            references: &self.references,
            period: self.period,
            today: Some((self.today, self.words.text("chart.today"))),
            rows: &rows,
            logarithmic: self.words.text("chart.logarithmic"),
            is_small: self.is_small,
        };
        chart.svg(sheet)
    }

    /// What the picture is called.
    pub fn title(&self) -> String {
        self.words.say(&phrase!("chart.over_time", name = self.name))
    }

    /// The picture in words.
    pub fn description(&self) -> String {
        let (Some(first), Some(last)) = (self.readings.first(), self.readings.last()) else {
            return String::new();
        };
        let value = |seen: &Seen| seen.observation.value.get();
        let order = |a: &&Seen, b: &&Seen| value(a).total_cmp(&value(b));
        let least = self.readings.iter().min_by(order).unwrap_or(first);
        let most = self.readings.iter().max_by(order).unwrap_or(last);
        let figure = |seen: &Seen| with_unit(&self.number(seen.observation.value), self.unit);
        let mut sentences = vec![if self.readings.len() == 1 {
            phrase!("chart.seen_once", day = first.observation.date, value = figure(first))
        } else {
            phrase!(
                "chart.seen",
                count = self.readings.len(),
                first = first.observation.date,
                last = last.observation.date,
                least = self.number(least.observation.value),
                most = figure(most)
            )
        }];
        sentences.extend(self.references.iter().map(|reference| {
            let value = short(self.words, reference.value);
            phrase!("chart.held_against", name = reference.label, value = value)
        }));
        let sentences: Vec<String> = sentences.iter().map(|sentence| self.words.say(sentence)).collect();
        sentences.join(" ")
    }

    fn number(&self, number: Number) -> String {
        self.words.number(&number.to_string())
    }

    /// The picture with all that a page has around it.
    pub(in crate::view) fn figure(&self, name: &str) -> Option<Figure> {
        let draw = |sheet: &Sheet| self.svg(sheet);
        let mut figure = if self.is_small {
            Figure::small(name, self.words, self.table(), draw)?
        } else {
            Figure::new(name, self.words, self.table(), draw)?
        };
        if self.readings.iter().any(|seen| seen.reading == Reading::LeftOut) {
            figure.caption.push(self.words.text("chart.shaded").to_owned());
        }
        if self.rows.iter().any(|row| row.events.iter().any(|(_, is_done, _)| !is_done)) {
            figure.caption.push(self.words.text("chart.planned").to_owned());
        }
        Some(figure)
    }

    fn table(&self) -> Table {
        let words = self.words;
        let has_notes = self.readings.iter().any(|seen| seen.observation.note.is_some());
        let is_judged = self.readings.iter().any(|seen| seen.reading != Reading::Counted);
        let columns = [
            Some(("column.date", false)),
            Some(("column.value", true)),
            is_judged.then_some(("chart.counts", false)),
            has_notes.then_some(("column.note", false)),
        ];
        let columns = columns.into_iter().flatten().map(|(key, is_number)| (words.text(key), is_number));
        let title = words.say(&phrase!("count.observations", count = self.readings.len()));
        let mut table = Table::new(title, columns);
        for Seen { observation, reading, .. } in &self.readings {
            let mut row: Vec<TableCell> =
                vec![observation.date.into(), with_unit(&self.number(observation.value), self.unit).into()];
            if is_judged {
                let key = match reading {
                    Reading::Counted => "chart.counts_yes",
                    Reading::Breach => "chart.counts_breach",
                    Reading::LeftOut => "chart.counts_no",
                };
                row.push(words.text(key).into());
            }
            if has_notes {
                row.push(observation.note.as_ref().map_or("", Text::as_str).into());
            }
            table.rows.push(row);
        }
        table
    }
}
