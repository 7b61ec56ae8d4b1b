//! What `check` is told of the history: goalposts that were moved, and figures that were rewritten, without an
//! amendment.

use super::{Goalpost, Log, Move, PathStep, key, preregistration};
use crate::check::over_time::{GOALPOSTS_MOVED, Moved, OBSERVATION_REWRITTEN};
use crate::model::tree::{ToTree, Tree};
use crate::model::{Entry, Pilot, Portfolio};
use crate::text::Date;
use crate::words::Words;

/// All that was moved or rewritten without an amendment, in the order of ids and days. `log` is for the writer.
pub fn moved(portfolio: &Portfolio, log: &Log, today: Date) -> Vec<Moved> {
    let mut found = Vec::new();
    for pilot in &portfolio.pilots {
        let Some(entry) = log.entries.get(pilot.id()) else { continue };
        let Some(history) = preregistration(pilot, entry, today) else { continue };
        found.extend(history.moves.iter().filter(|it| it.is_silent).map(|it| finding(pilot, it)));
    }
    found
}

fn finding(pilot: &Entry<Pilot>, moved: &Move) -> Moved {
    let commit = moved.moment.commit.as_ref().map(|facts| facts.id.short());
    Moved {
        rule: if moved.what == Goalpost::Observation { &OBSERVATION_REWRITTEN } else { &GOALPOSTS_MOVED },
        place: pilot.at(field(pilot, moved.change.path.steps())),
        pilot: pilot.id().to_string(),
        text: Words::english().say(&moved.change.meaning),
        date: moved.moment.date,
        commit,
    }
}

/// The field as it stands in the file: items by their place in it, and no further than what is still there.
fn field(pilot: &Pilot, steps: &[PathStep]) -> String {
    let tree = pilot.tree();
    let (mut at, mut field) = (&tree, String::new());
    for step in steps {
        match step {
            PathStep::Field(name) => {
                at = at.field(name);
                field += &if field.is_empty() { name.to_string() } else { format!(".{name}") };
            }
            PathStep::Item(wanted) => {
                let Tree::List(items) = at else { return field };
                let Some(index) = items.iter().position(|item| key(item) == *wanted) else { return field };
                at = &items[index];
                field += &format!("[{index}]");
            }
        }
    }
    field
}
