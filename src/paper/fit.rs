//! Fits a text on one page: looks for the density that is comfortable and yet enough, and measures what is too long.

use serde::Serialize;

use super::{Fault, Job, Overflow, Sheets, Tried, Typesetter};

/// How many densities there are, from comfortable to tight. The theme says what each means.
pub const DENSITIES: usize = 8;

/// The tightest of them.
pub const TIGHTEST: usize = DENSITIES - 1;

/// How much less of a page text takes at the tightest density than at the loosest, about; each theme differs.
const GAIN: f64 = 0.37;

/// How much of a page stays empty, about, where what comes next moves to the next page as a whole.
const HOLE: f64 = 0.04;

/// A document that was to fit on one page.
pub struct Fitted {
    /// The document.
    pub sheets: Sheets,
    /// The density at which it was set.
    pub density: usize,
    /// By how much it is too long; never there unless that was allowed.
    pub overflow: Option<Overflow>,
}

/// The measures of a page, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Budget {
    /// How high the text of one page may be.
    pub(super) room: f64,
    /// From one line of text to the next.
    pub(super) line: f64,
}

/// Sets a document on one page, as comfortably as it fits; `None` if it does not fit at the tightest density.
///
/// `likely_length` says how many pages it may fill at the loosest density. It changes nothing but the time that this
/// takes: what is answered fits, and was seen not to fit at the density before.
///
/// # Errors
/// What [`Typesetter::set`] answers.
pub fn one_page<T: Serialize + ?Sized>(
    typesetter: &Typesetter,
    job: &Job<T>,
    likely_length: f64,
) -> Result<Option<Fitted>, Fault> {
    let found = loosest(just_enough(0, likely_length), |density| {
        let sheets = typesetter.set(&tried(job, density, false).job(job))?;
        let fits = sheets.pages() == 1 && sheets.ends_on_its_page();
        Ok(Trial { fits, length: sheets.length(), of: sheets })
    })?;
    Ok(found.map(|(density, sheets)| Fitted { sheets, density, overflow: None }))
}

/// Measures by how much a document is too long, which does not fit at the tightest density.
///
/// # Errors
/// When its Typst file does not say how high its page is, and what [`Typesetter::set`] answers.
pub fn overflow<T: Serialize + ?Sized>(typesetter: &Typesetter, job: &Job<T>) -> Result<Overflow, Fault> {
    let endless = typesetter.set(&tried(job, TIGHTEST, true).job(job))?;
    measured(&endless, job)
}

/// Sets a document that cannot be one page: as comfortably as its number of pages allows.
///
/// # Errors
/// What [`Typesetter::set`] answers.
pub fn fewest_pages<T: Serialize + ?Sized>(
    typesetter: &Typesetter,
    job: &Job<T>,
    overflow: Overflow,
) -> Result<Fitted, Fault> {
    let set = |density: usize| typesetter.set(&tried(job, density, false).job(job));
    let tight = set(TIGHTEST)?;
    let fewest = tight.pages();
    let looser = (0..TIGHTEST).find_map(|density| match set(density) {
        Ok(sheets) => (sheets.pages() <= fewest).then_some(Ok((sheets, density))),
        Err(fault) => Some(Err(fault)),
    });
    let (sheets, density) = looser.unwrap_or(Ok((tight, TIGHTEST)))?;
    Ok(Fitted { sheets, density, overflow: Some(overflow) })
}

/// What came of one density.
struct Trial<S> {
    fits: bool,
    /// How many pages the text fills, as 0.9, where that is known.
    length: Option<f64>,
    of: S,
}

/// The loosest density that fits, where every density fits that is tighter than one that does.
///
/// Each trial says by its length where the next one is worth its time.
fn loosest<S>(
    likely: usize,
    mut lay_out: impl FnMut(usize) -> Result<Trial<S>, Fault>,
) -> Result<Option<(usize, S)>, Fault> {
    // What is looser than `low` does not fit. `best` fits, and is the loosest that was seen to.
    let (mut low, mut best) = (0, None);
    let mut next = Some(likely);
    loop {
        let high = best.as_ref().map_or(DENSITIES, |(density, _)| *density);
        if low == high {
            return Ok(best);
        }
        let density = next.unwrap_or(usize::midpoint(low, high)).clamp(low, high - 1);
        let trial = lay_out(density)?;
        let length = trial.length.map(|length| if trial.fits { length } else { length - HOLE });
        next = length.map(|length| just_enough(density, length));
        if trial.fits {
            best = Some((density, trial.of));
        } else {
            low = density + 1;
        }
    }
}

/// The density at which a text that fills so many pages at `density` fills one, as far as one can tell.
fn just_enough(density: usize, length: f64) -> usize {
    let taken = |density: usize| 1.0 - GAIN * share(density);
    let fits = |other: &usize| length * taken(*other) <= taken(density);
    (0..DENSITIES).find(fits).unwrap_or(TIGHTEST)
}

fn tried<'a, T: Serialize + ?Sized>(job: &Job<'a, T>, density: usize, endless: bool) -> Tried<'a, T> {
    Tried { page: job.page, density: share(density), endless }
}

impl<T: Serialize + ?Sized> Tried<'_, T> {
    fn job<'a>(&'a self, job: &Job<'a, T>) -> Job<'a, Self> {
        Job { file: job.file, page: self, date: job.date }
    }
}

/// Measures a document that was set on one page without an end.
fn measured<T: ?Sized>(endless: &Sheets, job: &Job<T>) -> Result<Overflow, Fault> {
    let Some(budget) = endless.budget() else {
        return Err(Fault::Theme {
            place: job.file.to_owned(),
            message:
                "does not fit on one page and does not say how high it is: `metadata((room: …, line: …, \
                      top: …))` with the label `<budget>` is missing"
                    .to_owned(),
        });
    };
    let height = endless.height();
    let over = (height - budget.room).max(0.0);
    Ok(Overflow {
        pages: height / budget.room,
        lines: whole(over / budget.line).max(1),
        sections: endless.sections(budget.line),
    })
}

/// A density as themes know it, from 0.0 to 1.0.
#[expect(clippy::cast_precision_loss, reason = "a number below ten")]
fn share(density: usize) -> f64 {
    density as f64 / (DENSITIES - 1) as f64
}

/// The next whole number upwards.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of lines")]
pub(super) fn whole(lines: f64) -> usize {
    lines.max(0.0).ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The lengths of a text at all densities, each shorter than the one before.
    fn lengths() -> impl Strategy<Value = Vec<f64>> {
        let steps = proptest::collection::vec(0.0..0.15_f64, DENSITIES - 1);
        (0.3..2.5_f64, steps).prop_map(|(first, steps)| {
            let shorter = |length: &mut f64, step: f64| {
                *length *= 1.0 - step;
                Some(*length)
            };
            std::iter::once(first).chain(steps.into_iter().scan(first, shorter)).collect()
        })
    }

    /// Looks among these lengths, and says in which order it tried them.
    fn look(lengths: &[f64], likely: usize, is_known: bool) -> (Option<usize>, Vec<usize>) {
        let mut tried = Vec::new();
        let lay_out = |density: usize| {
            tried.push(density);
            let length = lengths[density];
            Ok(Trial { fits: length <= 1.0, length: is_known.then_some(length), of: density })
        };
        let found = loosest(likely, lay_out).expect("nothing fails");
        (
            found.map(|(density, of)| (density == of).then_some(of).expect("the layout is of the density")),
            tried,
        )
    }

    proptest! {
        #[test]
        fn the_loosest_that_fits_is_found_whatever_is_guessed(
            lengths in lengths(), likely in 0..DENSITIES, is_known: bool,
        ) {
            let expected = lengths.iter().position(|length| *length <= 1.0);
            let (found, tried) = look(&lengths, likely, is_known);
            prop_assert_eq!(found, expected);
            let mut once = tried.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), tried.len(), "tried twice: {:?}", tried);
        }
    }

    #[test]
    fn what_is_told_by_the_length_is_not_tried() {
        let lengths: Vec<f64> = (0..DENSITIES).map(|density| 1.2 * (1.0 - GAIN * share(density))).collect();
        let right = lengths.iter().position(|length| *length <= 1.0).expect("one fits");
        assert_eq!(look(&lengths, right, true).1, [right, right - 1]);
        assert_eq!(look(&lengths, TIGHTEST, true).1, [TIGHTEST, right, right - 1]);
        assert_eq!(look(&[0.9; DENSITIES], 0, true).1, [0]);
    }
}
