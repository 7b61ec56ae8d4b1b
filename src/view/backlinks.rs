//! Who points at whom: worked out once for a portfolio, and carried on when a few of its entries have changed.

use std::sync::Arc;

use rayon::prelude::*;

use crate::model::links::entry_of;
use crate::model::references::{Referent, each_reference};
use crate::model::{Header, Portfolio};
use crate::text::Id;

/// Which entries point at which, through fields or links. Entries are known by their places among all
/// ([`Portfolio::place`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlinks {
    /// The entries that each points at, in order and each once.
    pointed_at: Vec<Arc<[u32]>>,
    /// Where those that point at each entry begin in `pointing`, and where the last ones end.
    begins: Vec<u32>,
    pointing: Vec<u32>,
}

impl Backlinks {
    /// Looks through all entries.
    pub fn new(portfolio: &Portfolio) -> Self {
        let all: Vec<&Header> = portfolio.headers().collect();
        Self::inverted(all.par_iter().map(|from| pointed_at(portfolio, from)).collect())
    }

    /// Those of a portfolio, from what is known of it as it was a moment before: looks only through what has changed.
    #[must_use]
    pub fn renewed(&self, before: &Portfolio, now: &Portfolio) -> Self {
        let Some(changed) = now.changed_since(before) else { return Self::new(now) };
        let mut all = self.pointed_at.clone();
        let mut is_same = true;
        for (place, header) in changed {
            let new = pointed_at(now, header);
            is_same &= all[place] == new;
            all[place] = new;
        }
        if is_same { self.clone() } else { Self::inverted(all) }
    }

    /// The places of the entries that point at the one at a place.
    pub(super) fn of(&self, place: usize) -> &[u32] {
        &self.pointing[self.begins[place] as usize..self.begins[place + 1] as usize]
    }

    fn inverted(pointed_at: Vec<Arc<[u32]>>) -> Self {
        let mut begins = vec![0; pointed_at.len() + 1];
        for to in pointed_at.iter().flat_map(|all| all.iter()) {
            begins[*to as usize + 1] += 1;
        }
        for place in 0..pointed_at.len() {
            begins[place + 1] += begins[place];
        }
        let mut ends = begins.clone();
        let mut pointing = vec![0; *begins.last().unwrap_or(&0) as usize];
        for (from, all) in (0_u32..).zip(&pointed_at) {
            for to in all.iter() {
                let end = &mut ends[*to as usize];
                pointing[*end as usize] = from;
                *end += 1;
            }
        }
        Self { pointed_at, begins, pointing }
    }
}

/// The other entries that one points at.
fn pointed_at(portfolio: &Portfolio, from: &Header) -> Arc<[u32]> {
    let mut all: Vec<u32> = Vec::with_capacity(from.body.links.len() + 4);
    let mut push = |id: &Id| all.extend(portfolio.place(id).and_then(|place| u32::try_from(place).ok()));
    each_reference(portfolio, from, |_, to| match to {
        Referent::Entry(id, _) => push(id),
        Referent::Right(right) => push(&right.scope),
    });
    let linked = from.body.links.iter().filter_map(|link| entry_of(portfolio, from, link));
    linked.for_each(|header| push(&header.id));
    let own = portfolio.place(&from.id);
    all.retain(|to| own != Some(*to as usize));
    all.sort_unstable();
    all.dedup();
    all.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::portfolio;
    use crate::model::read::Reading;
    use crate::source::{SourceFile, SourceMap, SourcePath};

    /// Who points at each entry.
    fn shown(portfolio: &Portfolio, backlinks: &Backlinks) -> Vec<String> {
        let ids: Vec<&str> = portfolio.headers().map(|header| header.id.as_str()).collect();
        let line = |(place, id): (usize, &&str)| {
            let from: Vec<&str> = backlinks.of(place).iter().map(|from| ids[*from as usize]).collect();
            format!("{id}: {}", from.join(" "))
        };
        ids.iter().enumerate().map(line).collect()
    }

    #[test]
    fn fields_and_links_count_once_and_oneself_never() {
        let portfolio = portfolio(&[
            ("scopes/s.yaml", "title: S\n"),
            (
                "decisions/d.md",
                "---\nscope: s\nright: s/it\n---\n# D\n\n[[a]] [x](../pages/a.md#no) [[d]] [[gone]]\n",
            ),
            ("pages/a.md", "---\naliases: old\nrelated: b\n---\n# A\n"),
            ("pages/b.md", "# B\n\n[[old]] [[s]] [x](https://example.org/a.md)\n"),
        ]);
        let backlinks = Backlinks::new(&portfolio);
        assert_eq!(shown(&portfolio, &backlinks), ["s: d b", "d: ", "a: d b", "b: a"]);
    }

    #[test]
    fn what_is_carried_on_is_what_would_be_found_anew() {
        // The file, its new text, and whether other entries keep what is known of them.
        let edits = [
            ("pages/a.md", "# A\n\n[[c]]\n", true),
            ("decisions/d.yaml", "title: D\nsupersedes: e\n", true),
            ("pages/b.md", "# B\n\n[[a]] [[c]]\n", true),
            ("pages/b.md", "---\naliases: old\n---\n# B\n", false),
            ("pages/a.md", "# A\n\n[[old]]\n", true),
            ("pages/0.md", "# First\n\n[[b]]\n", false),
            ("pages/b.md", "", true),
        ];
        let mut sources: SourceMap = [
            ("portfolio.yaml", "title: T\nowner: {name: N}\n"),
            ("decisions/d.yaml", "title: D\n"),
            ("decisions/e.yaml", "title: E\n"),
            ("pages/a.md", "# A\n\n[[b]]\n"),
            ("pages/b.md", "# B\n"),
            ("pages/c.md", "# C\n\n[[a]] [[b]]\n"),
        ]
        .into_iter()
        .collect();
        let mut reading = Reading::new(&sources, |_| ());
        let mut before = reading.portfolio().unwrap().clone();
        let mut backlinks = Backlinks::new(&before);
        for (path, text, is_carried_on) in edits {
            sources.insert(SourcePath::new(path), SourceFile::Text(text.into()));
            reading.update(&[SourcePath::new(path)], &sources);
            let now = reading.portfolio().unwrap();
            assert_eq!(now.changed_since(&before).is_some(), is_carried_on, "{path}");
            backlinks = backlinks.renewed(&before, now);
            assert_eq!(shown(now, &backlinks), shown(now, &Backlinks::new(now)), "{path}");
            before = now.clone();
        }
        assert_eq!(shown(&before, &backlinks), ["d: ", "e: d", "0: ", "a: c", "b: 0 a c", "c: "]);
    }
}
