//! Checks the whole portfolio beside the loop: pages do not wait for what takes longer than a page.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::chronicle::Bygone;
use super::events::Event;
use super::surroundings::Surroundings;
use super::theme::Findings;
use crate::changes::moved;
use crate::check::{self, over_time};
use crate::model::read::{Parsed, assemble};
use crate::report::{Format, Report, Severity, Style, printed};
use crate::source::{SourceMap, SourcePath};
use crate::text::Date;

/// What is to be checked.
pub(super) struct Order {
    pub(super) number: u64,
    pub(super) parsed: Vec<Arc<Parsed>>,
    pub(super) sources: Arc<SourceMap>,
    /// What is known to be wrong with the theme.
    pub(super) theme: Arc<Findings>,
    pub(super) today: Date,
    pub(super) surroundings: Arc<dyn Surroundings>,
    pub(super) shown: String,
    pub(super) bygone: Option<Bygone>,
}

/// What a check has found.
pub(super) struct Checked {
    /// In the content.
    pub(super) report: Report,
    /// The texts that were checked.
    pub(super) sources: Arc<SourceMap>,
    /// In the content and in the theme.
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// The errors and what else is wrong with the theme, for a person.
    pub(super) printed: String,
}

/// How wide the errors are printed, in columns.
const WIDTH: usize = 100;

/// Starts a check, which ends with an event.
pub(super) fn start(order: Order, events: Sender<Event>) {
    let name = format!("check of edition {}", order.number);
    let work = move || {
        // One thread: whoever reads pages meanwhile shall not wait for it.
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        let checked = match one {
            Ok(pool) => pool.install(|| found(&order)),
            Err(_) => found(&order),
        };
        // The loop may have ended.
        let _ = events.send(Event::Checked(Box::new(checked)));
    };
    std::thread::Builder::new().name(name).spawn(work).expect("the system has a thread left");
}

/// The same that `check` finds. Of the theme warnings are told as well: nothing else would.
fn found(order: &Order) -> Checked {
    let Order { parsed, sources, theme, today, surroundings, shown, bygone, .. } = order;
    let (portfolio, mut report) = assemble(parsed.iter().map(|parsed| &**parsed), sources);
    if let Some(portfolio) = &portfolio {
        check::run(portfolio, *today, &mut report);
        surroundings.check(portfolio, &mut report);
        if let Some(bygone) = bygone.as_ref().filter(|_| !portfolio.pilots.is_empty()) {
            over_time::add_all(moved(portfolio, &bygone.log_of_pilots(portfolio), *today), &mut report);
        }
    }
    let count = |severity| report.count(severity) + theme.report.count(severity);
    let mut told = report.errors();
    told.extend(theme.told());
    let files = told.diagnostics().iter().map(|found| &found.place.file);
    let text_of = |path: &SourcePath| sources.get(path).or_else(|| theme.texts.get(path)).cloned();
    let texts: SourceMap = files.filter_map(|path| Some((path.clone(), text_of(path)?))).collect();
    let style = Style { color: false, width: WIDTH };
    Checked {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        printed: printed(&told, &texts, shown, Format::Human(style)),
        report,
        sources: Arc::clone(sources),
    }
}
