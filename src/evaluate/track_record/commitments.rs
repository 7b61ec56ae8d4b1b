//! Promises, and whether they were kept.

use crate::model::scope::Commitment;
use crate::model::{Entry, Portfolio, Scope};
use crate::text::Date;

/// Something that was promised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Promise<'a> {
    /// The scope that it was promised in.
    pub scope: &'a Entry<Scope>,
    /// Its place among the commitments of the scope, from 0: the path of its fields is `commitments[index]`.
    pub index: usize,
    /// What was promised, and by when.
    pub commitment: &'a Commitment,
    /// What became of it.
    pub keeping: Keeping,
}

/// What became of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Kept by the day it was due.
    InTime,
    /// Kept so many days after it was due.
    Late(i32),
    /// Not kept, and the writer says why.
    Missed,
    /// Not yet due.
    Open,
    /// Due so many days ago, and nothing is said of it.
    Overdue(i32),
}

/// All promises, by the day they were due.
pub fn commitments(portfolio: &Portfolio, today: Date) -> Vec<Promise<'_>> {
    let mut promises: Vec<Promise> = Vec::new();
    for scope in &portfolio.scopes {
        for (index, commitment) in scope.commitments.iter().enumerate() {
            let keeping = keeping(commitment, today);
            promises.push(Promise { scope, index, commitment, keeping });
        }
    }
    promises.sort_by_key(|promise| (promise.commitment.due, promise.scope.id(), promise.index));
    promises
}

/// A promise that was kept after all was kept late, even if it was given up in between.
fn keeping(commitment: &Commitment, today: Date) -> Keeping {
    let Commitment { due, kept, missed, .. } = commitment;
    match kept.filter(|kept| *kept <= today) {
        Some(kept) if kept <= *due => Keeping::InTime,
        Some(kept) => Keeping::Late(due.days_until(kept)),
        None if missed.is_some() => Keeping::Missed,
        None if *due < today => Keeping::Overdue(due.days_until(today)),
        None => Keeping::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};

    #[test]
    fn what_became_of_a_promise() {
        let portfolio = portfolio(&[(
            "scopes/s.yaml",
            "commitments:\n  - {what: a, due: 2026-03-10, kept: 2026-03-10}\n  \
             - {what: b, due: 2026-03-11, kept: 2026-03-13}\n  - {what: c, due: 2026-03-12, missed: Ill}\n  \
             - {what: d, due: 2026-03-13, missed: Ill, kept: 2026-03-14}\n  - {what: e, due: 2026-03-14}\n  \
             - {what: f, due: 2026-03-15}\n  - {what: g, due: 2026-03-13, kept: 2026-03-16}\n",
        )]);
        let shown: Vec<_> = commitments(&portfolio, day("2026-03-15"))
            .iter()
            .map(|promise| (promise.commitment.what.as_str(), promise.keeping))
            .collect();
        let expected = [
            ("a", Keeping::InTime),
            ("b", Keeping::Late(2)),
            ("c", Keeping::Missed),
            ("d", Keeping::Late(1)),
            ("g", Keeping::Overdue(2)),
            ("e", Keeping::Overdue(1)),
            ("f", Keeping::Open),
        ];
        assert_eq!(shown, expected);
    }
}
