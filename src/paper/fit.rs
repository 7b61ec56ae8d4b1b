//! Fits a text on one page: one density after the other, and then the truth about what is too long.

use serde::Serialize;

use super::{Fault, Job, Overflow, Sheets, Tried, Typesetter};

/// How many densities there are, from comfortable to tight. The theme says what each means.
pub const DENSITIES: usize = 8;

/// The tightest of them.
pub const TIGHTEST: usize = DENSITIES - 1;

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

/// Sets a document on one page, as comfortably as it fits.
///
/// # Errors
/// [`Fault::Overflow`] when it does not fit at the tightest density, unless `may_overflow`; and what
/// [`Typesetter::set`] answers.
pub fn one_page<T: Serialize + ?Sized>(
    typesetter: &Typesetter,
    job: &Job<T>,
    may_overflow: bool,
) -> Result<Fitted, Fault> {
    let set = |density: usize, endless: bool| typesetter.set(&tried(job, density, endless).job(job));
    let fits = |density: usize| -> Result<Option<Sheets>, Fault> {
        let sheets = set(density, false)?;
        Ok((sheets.pages() == 1 && sheets.ends_on_its_page()).then_some(sheets))
    };
    let fitted = |sheets, density| Fitted { sheets, density, overflow: None };
    let (mut too_loose, mut tight) = (0, TIGHTEST);
    if let Some(sheets) = fits(too_loose)? {
        return Ok(fitted(sheets, too_loose));
    }
    let Some(mut best) = fits(tight)? else {
        let overflow = measured(&set(tight, true)?, job)?;
        if !may_overflow {
            return Err(Fault::Overflow(overflow));
        }
        let (sheets, density) = fewest_pages(|density| set(density, false))?;
        return Ok(Fitted { sheets, density, overflow: Some(overflow) });
    };
    while too_loose + 1 < tight {
        let middle = usize::midpoint(too_loose, tight);
        match fits(middle)? {
            Some(sheets) => (best, tight) = (sheets, middle),
            None => too_loose = middle,
        }
    }
    Ok(fitted(best, tight))
}

/// What cannot be one page is set as comfortably as its number of pages allows.
fn fewest_pages(set: impl Fn(usize) -> Result<Sheets, Fault>) -> Result<(Sheets, usize), Fault> {
    let tight = set(TIGHTEST)?;
    for density in 0..TIGHTEST {
        let sheets = set(density)?;
        if sheets.pages() <= tight.pages() {
            return Ok((sheets, density));
        }
    }
    Ok((tight, TIGHTEST))
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
                      height: …))` with the label `<budget>` is missing"
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
