//! Pictures of decision rights: who decides now and who should, and how that came to be.

use std::collections::BTreeMap;

use super::cycle::ChangeView;
use super::figure::{Figure, Table, TableCell};
use super::site::Site;
use crate::chart::{Area, LEVELS, Ladder, LadderGroup, Latitude, LevelStep, Rung, Sheet};
use crate::evaluate::delegation::{Names, is_mine};
use crate::model::common::Delegation;
use crate::model::scope::DecisionRight;
use crate::model::{Entry, Scope};
use crate::text::Date;
use crate::words::phrase;

/// Up to how many rights one picture shows; a longer one is a list.
const MOST: usize = 60;

/// A level by its number, from 1.
fn number(level: Delegation) -> usize {
    usize::from(level.level())
}

/// The first level at which the last word is mine.
fn upper() -> usize {
    Delegation::ALL.iter().copied().find(|level| is_mine(*level)).map_or(LEVELS, number)
}

impl<'a> Site<'a> {
    /// Who decides in all scopes, now and as it should be; `None` of no rights, and of very many.
    pub(super) fn rights_figure(&self, scopes: &[&Entry<Scope>]) -> Option<Figure> {
        let count = scopes.iter().map(|scope| scope.decision_rights.len()).sum::<usize>();
        (count <= MOST).then(|| self.ladder("rights", scopes, true)).flatten()
    }

    /// Who decides in a scope, now and as it should be.
    pub(super) fn scope_rights_figure(&self, scope: &Entry<Scope>) -> Option<Figure> {
        (scope.decision_rights.len() <= MOST).then(|| self.ladder("rights", &[scope], false)).flatten()
    }

    fn ladder(&self, name: &str, scopes: &[&Entry<Scope>], are_named: bool) -> Option<Figure> {
        let words = self.words();
        let names = Names::of(&self.portfolio().config);
        let rungs: Vec<Vec<Rung>> = scopes.iter().map(|scope| rungs(&scope.decision_rights)).collect();
        let groups: Vec<LadderGroup> = scopes
            .iter()
            .zip(&rungs)
            .map(|(scope, rungs)| LadderGroup {
                name: if are_named { scope.header.title() } else { "" },
                rungs,
            })
            .collect();
        let mut table = Table::new(
            words.text("chart.as_table").to_owned(),
            self.columns(&["area", "level_now", "wanted"]),
        );
        for right in scopes.iter().flat_map(|scope| &*scope.decision_rights) {
            let wanted = right.wanted.map_or("—", |wanted| words.of("delegation", wanted.word()));
            table.rows.push(vec![
                right.area.as_str().into(),
                words.of("delegation", right.delegation.word()).into(),
                wanted.into(),
            ]);
        }
        let all = groups.iter().flat_map(|group| group.rungs);
        let mine = all.clone().filter(|rung| rung.now >= upper()).count();
        let more = all.clone().filter(|rung| rung.wanted.is_some_and(|wanted| wanted > rung.now)).count();
        let about =
            phrase!("chart.rights_about", count = all.count(), name = names.owner, mine = mine, more = more);
        let others = match names.manager {
            Some(manager) => words.say(&phrase!("chart.others_decide", name = manager)),
            None => words.text("chart.somebody_decides").to_owned(),
        };
        let own = words.say(&phrase!("chart.i_decide", name = names.owner));
        Figure::new(name, words, table, |sheet: &Sheet| {
            let ladder = Ladder {
                title: words.text("chart.rights"),
                description: &words.say(&about),
                levels: self.level_names(),
                sides: [&others, &own],
                upper: upper(),
                groups: &groups,
                key: [words.text("chart.level_now"), words.text("chart.level_wanted")],
            };
            ladder.svg(sheet)
        })
    }

    fn level_names(&self) -> [&'a str; LEVELS] {
        let mut names = [""; LEVELS];
        for (name, level) in names.iter_mut().zip(Delegation::ALL) {
            *name = self.words().of("delegation", level.word());
        }
        names
    }

    /// Columns by the names of their words, none of them of numbers.
    fn columns(&self, names: &'static [&'static str]) -> impl Iterator<Item = (&'a str, bool)> + use<'a> {
        let words = self.words();
        names.iter().map(move |name| (words.of("column", name), false))
    }

    /// How the levels of a scope went up and down; `None` if no day of a change is known.
    pub(super) fn latitude_figure(&self, scope: &Entry<Scope>) -> Option<Figure> {
        let words = self.words();
        let changes = self.scope_changes(scope.id());
        let dated: Vec<(&ChangeView, Date)> =
            changes.iter().filter_map(|change| Some((change, change.date?))).collect();
        // By the place of the right in its scope; what the scope no longer names comes last.
        let mut areas: BTreeMap<(usize, &str), Vec<(LevelStepText, &ChangeView)>> = BTreeMap::new();
        for (change, day) in dated {
            let name = change.right.as_ref().map_or(words.text("chart.former_right"), |right| right.area);
            let place =
                scope.decision_rights.iter().position(|right| *right.area == *name).unwrap_or(usize::MAX);
            areas.entry((place, name)).or_default().push((LevelStepText::new(change, day, words), change));
        }
        let names = Names::of(&self.portfolio().config);
        let steps: Vec<Vec<LevelStep>> =
            areas.values().map(|steps| steps.iter().map(|(step, _)| step.step()).collect()).collect();
        let drawn: Vec<Area> = areas
            .keys()
            .zip(&steps)
            .map(|((place, name), steps)| Area {
                name,
                steps,
                now: scope.decision_rights.get(*place).map(|right| number(right.delegation)),
                // For others, an agreement in between may be hidden.
                is_known_since: self.redacted().is_for_me(),
            })
            .collect();
        let mut table = Table::new(
            words.say(&phrase!("chart.level_changes", count = steps.iter().map(Vec::len).sum::<usize>())),
            self.columns(&["date", "area", "from", "to"]),
        );
        for ((_, name), steps) in &areas {
            for (step, change) in steps {
                let level = |level: Option<Delegation>| {
                    TableCell::from(level.map_or("—", |level| words.of("delegation", level.word())))
                };
                table.rows.push(vec![step.day.into(), (*name).into(), level(change.from), level(change.to)]);
            }
        }
        let own = words.say(&phrase!("chart.i_decide", name = names.owner));
        let about = phrase!(
            "chart.latitude_about",
            count = steps.iter().map(Vec::len).sum::<usize>(),
            areas = drawn.len()
        );
        let mut figure = Figure::new("latitude", words, table, |sheet: &Sheet| {
            let latitude = Latitude {
                title: words.text("chart.latitude"),
                description: &words.say(&about),
                levels: self.level_names(),
                upper: (upper(), &own),
                areas: &drawn,
                today: self.today(),
            };
            latitude.svg(sheet)
        })?;
        if drawn.iter().any(|area| !area.is_known_since) {
            figure.caption.push(words.text("chart.not_told_since").to_owned());
        }
        Some(figure)
    }
}

fn rungs(rights: &[DecisionRight]) -> Vec<Rung<'_>> {
    let rung = |right: &'_ DecisionRight| (number(right.delegation), right.wanted.map(number));
    rights
        .iter()
        .map(|right| {
            let (now, wanted) = rung(right);
            Rung { area: &right.area, now, wanted }
        })
        .collect()
}

/// A change of a level with its words.
struct LevelStepText {
    day: Date,
    from: Option<usize>,
    to: Option<usize>,
    tip: String,
}

impl LevelStepText {
    fn new(change: &ChangeView, day: Date, words: &crate::words::Words) -> Self {
        let word =
            |level: Option<Delegation>| level.map_or("?", |level| words.of("delegation", level.word()));
        Self {
            day,
            from: change.from.map(number),
            to: change.to.map(number),
            tip: format!("{}: {} → {}", words.short_date(day), word(change.from), word(change.to)),
        }
    }

    fn step(&self) -> LevelStep<'_> {
        LevelStep { day: self.day, from: self.from, to: self.to, tip: &self.tip }
    }
}
