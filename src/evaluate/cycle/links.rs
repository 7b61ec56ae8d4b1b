//! Where the cycle is broken, and what would mend it.

use super::{Round, Tally};
use crate::words::{Phrase, phrase};

/// A station of the cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Station {
    /// What I own.
    Ownership,
    /// What speaks for me.
    Credibility,
    /// What I may decide.
    Autonomy,
}

impl Station {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ownership => "ownership",
            Self::Credibility => "credibility",
            Self::Autonomy => "autonomy",
        }
    }
}

/// A station that holds nothing while the next one is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenLink {
    /// The station that holds nothing.
    pub from: Station,
    /// The station that is claimed all the same.
    pub to: Station,
    /// What that does: one lowercase phrase.
    pub effect: Phrase,
    /// The steps that would mend it: one lowercase phrase each.
    pub mend: Vec<Phrase>,
}

/// All broken links of a round, in the direction of the cycle.
pub(super) fn broken(round: &Round) -> Vec<BrokenLink> {
    [ownership(round), credibility(round), autonomy(round)].into_iter().flatten().collect()
}

/// Ownership is missing where nobody could say what is owned: without the sentence, without any figure of
/// how well it goes, or without a single decision right. It is claimed by whatever is to speak for me.
fn ownership(Round { ownership, credibility, .. }: &Round) -> Option<BrokenLink> {
    let lacks = |tally: &Tally, step: Phrase| (tally.number == 0).then_some(step);
    let steps: Vec<Phrase> = [
        lacks(&ownership.sentence, phrase!("cycle.say_in_a_sentence")),
        lacks(&ownership.outcomes, phrase!("cycle.name_a_figure")),
        lacks(&ownership.rights, phrase!("cycle.name_an_area")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let is_claimed = credibility.results.number + credibility.concluded_pilots.number > 0;
    (is_claimed && !steps.is_empty()).then(|| BrokenLink {
        from: Station::Ownership,
        to: Station::Credibility,
        effect: phrase!("cycle.no_owner"),
        mend: steps,
    })
}

/// Credibility is missing where nothing has come of anything yet. Check-ins alone do not make it: they tell
/// that something was reported, not that something came of it.
fn credibility(Round { credibility, autonomy, .. }: &Round) -> Option<BrokenLink> {
    let shown =
        credibility.results.number + credibility.concluded_pilots.number + credibility.feedback.number;
    let is_claimed = autonomy.claimed.number > 0 || !autonomy.changes.is_empty();
    (is_claimed && shown == 0).then(|| BrokenLink {
        from: Station::Credibility,
        to: Station::Autonomy,
        effect: phrase!("cycle.no_result"),
        mend: vec![phrase!("cycle.write_a_result")],
    })
}

/// Autonomy is missing where I have the last word in nothing and no level ever moved, and yet I am held to
/// figures or promises.
fn autonomy(Round { ownership, autonomy, .. }: &Round) -> Option<BrokenLink> {
    let is_claimed = ownership.outcomes.number + ownership.commitments.number > 0;
    (is_claimed && autonomy.decided.number == 0 && autonomy.changes.is_empty()).then(|| BrokenLink {
        from: Station::Autonomy,
        to: Station::Ownership,
        effect: phrase!("cycle.no_say"),
        mend: vec![phrase!("cycle.ask_for_one")],
    })
}

#[cfg(test)]
mod tests {
    use crate::evaluate::cycle::{Cycle, Station};
    use crate::evaluate::testing::{day, portfolio};

    const OWNED: &str = "summary: I own doors.\noutcomes: [{name: N}]\n\
                         decision_rights: [{area: Doors, delegation: LEVEL, wanted: WANTED}]\n";

    fn broken(scope: &str, others: &[(&str, &str)]) -> Vec<(Station, Station)> {
        let mut files = vec![("scopes/s.yaml", scope)];
        files.extend(others);
        let portfolio = portfolio(&files);
        let cycle = Cycle::new(&portfolio, day("2026-12-31"));
        assert_eq!(cycle.scopes[0].broken, cycle.whole.broken);
        cycle.whole.broken.iter().map(|link| (link.from, link.to)).collect()
    }

    #[test]
    fn each_link_breaks_where_the_next_station_is_claimed() {
        use Station::{Autonomy, Credibility, Ownership};
        let result = ("decisions/d.yaml", "scope: s\nresult: {date: 2026-03-01, verdict: setback}\n");
        let scope = |level, wanted| OWNED.replace("LEVEL", level).replace("WANTED", wanted);
        // A full circle, and an empty one.
        assert_eq!(broken(&scope("advise", "inquire"), &[result]), []);
        assert_eq!(broken("", &[]), []);
        assert_eq!(
            broken("decision_rights: [{area: Doors, delegation: advise}]\n", &[result]),
            [(Ownership, Credibility)]
        );
        assert_eq!(broken(&scope("advise", "inquire"), &[]), [(Credibility, Autonomy)]);
        assert_eq!(broken(&scope("advise", "advise"), &[]), []);
        assert_eq!(broken(&scope("tell", "tell"), &[result]), [(Autonomy, Ownership)]);
    }

    #[test]
    fn stations_list_what_they_count() {
        let portfolio = portfolio(&[
            ("scopes/s.yaml", "boundaries: [a, b]\ncommitments: [{what: w, due: 2026-03-01}]\n"),
            ("scopes/t.yaml", "boundaries: c\n"),
            ("scopes/u.yaml", "status: retired\nboundaries: d\n"),
            ("decisions/d.yaml", "scope: s\nresult: {date: 2026-03-01, verdict: setback}\n"),
            ("decisions/e.yaml", "result: {date: 2026-03-01, verdict: mixed}\n"),
            ("feedback/f.yaml", "about: [d, t]\n"),
            ("check-ins/c.yaml", "date: 2026-03-01\nscope: u\n"),
        ]);
        let cycle = Cycle::new(&portfolio, day("2026-12-31"));
        let ids = |tally: &crate::evaluate::cycle::Tally| {
            format!(
                "{} {}",
                tally.number,
                tally.entries.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" ")
            )
        };
        let [s, t] = &cycle.scopes[..] else { panic!("the retired scope is left out") };
        assert_eq!(ids(&cycle.whole.ownership.boundaries), "3 s t");
        assert_eq!(ids(&s.ownership.boundaries), "2 s");
        assert_eq!(ids(&cycle.whole.credibility.results), "2 d e");
        assert_eq!(ids(&s.credibility.results), "1 d");
        assert_eq!(ids(&s.credibility.reported_setbacks), "1 d");
        assert_eq!(ids(&t.credibility.feedback), "1 f");
        assert_eq!(ids(&cycle.whole.credibility.check_ins), "1 c");
        assert!(cycle.whole.credibility.rhythm.is_some() && s.credibility.rhythm.is_none());
    }
}
