//! Which entries there are: decided before any is written, so that each can refer to all others.

use std::collections::BTreeSet;

use bailiwick::model::Kind;
use bailiwick::model::common::Delegation;
use bailiwick::text::{Date, Scalar, slug};

use super::LAST_DAY;
use super::random::Random;
use super::words::{self, any};

/// How many of a hundred entries are of a kind.
const MIX: [(Kind, usize); 9] = [
    (Kind::Scope, 2),
    (Kind::Decision, 45),
    (Kind::Pilot, 8),
    (Kind::Proposal, 4),
    (Kind::Agreement, 4),
    (Kind::CheckIn, 20),
    (Kind::Feedback, 10),
    (Kind::Constraint, 5),
    (Kind::Page, 2),
];

/// All entries, scopes first.
pub struct Plan {
    pub entries: Vec<Planned>,
    pub last_day: Date,
}

/// One entry before it is written.
pub struct Planned {
    pub number: usize,
    pub kind: Kind,
    pub id: String,
    pub title: String,
    pub is_titled_by_heading: bool,
    pub date: Date,
    pub form: Form,
    pub path: String,
    /// The number of the scope that it belongs to; a scope belongs to itself.
    pub scope: usize,
    /// The decision rights that a scope grants.
    pub rights: Vec<Right>,
    /// The number of the decision that this one takes the place of.
    pub supersedes: Option<usize>,
    /// The number of the decision that took the place of this one.
    pub superseded_by: Option<usize>,
}

/// A decision right.
pub struct Right {
    pub area: &'static str,
    pub now: Delegation,
    pub wanted: Delegation,
}

/// The files that an entry is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Markdown,
    Yaml,
    Folder,
    YamlFolder,
}

impl Plan {
    /// Plans `count` entries, of which none is of the kinds in `without`.
    pub fn new(count: usize, without: &[Kind]) -> Self {
        let last_day = Date::parse(LAST_DAY).expect("the last day is a day");
        let counts = counts(count, without);
        let scopes = counts[0].1;
        // A portfolio grows by about two entries a day at most, and covers no more than four years.
        let span = (count / 2).clamp(200, 1460);
        let mut entries: Vec<Planned> = Vec::new();
        let mut ids = BTreeSet::new();
        for (kind, count_of_kind) in counts {
            for index in 0..count_of_kind {
                let number = entries.len();
                let mut random = Random::new(count, count + number + 1);
                let age = span - (index * span + random.below(span)) / count_of_kind.max(1);
                let date = last_day.plus_days(-i32::try_from(age).expect("four years are few days"));
                let entry = planned(number, kind, date, scopes, &mut ids, &mut random);
                entries.push(entry);
            }
        }
        supersede(&mut entries, count);
        Self { entries, last_day }
    }

    /// The number of an entry of that kind, by chance.
    pub fn any(&self, kind: Kind, random: &mut Random) -> Option<&Planned> {
        let start = self.entries.iter().position(|entry| entry.kind == kind)?;
        let count = self.entries[start..].iter().take_while(|entry| entry.kind == kind).count();
        Some(&self.entries[start + random.below(count)])
    }
}

/// How many entries of each kind make `count`: at least one scope, none of the kinds in `without`, and the rest as near
/// to the mix as whole numbers come.
fn counts(count: usize, without: &[Kind]) -> Vec<(Kind, usize)> {
    let mix: Vec<_> = MIX.into_iter().filter(|(kind, _)| !without.contains(kind)).collect();
    let whole: usize = mix.iter().map(|(_, share)| share).sum();
    let mut counts: Vec<(Kind, usize)> =
        mix.iter().map(|(kind, share)| (*kind, count * share / whole)).collect();
    counts[0].1 = counts[0].1.max(1);
    let mut order: Vec<usize> = (1..mix.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(count * mix[*at].1 % whole));
    let mut left = count.saturating_sub(counts.iter().map(|(_, count)| count).sum());
    for at in order.into_iter().cycle() {
        if left == 0 {
            break;
        }
        counts[at].1 += 1;
        left -= 1;
    }
    counts
}

fn planned(
    number: usize,
    kind: Kind,
    date: Date,
    scopes: usize,
    ids: &mut BTreeSet<String>,
    random: &mut Random,
) -> Planned {
    let title = match kind {
        Kind::Scope => format!("{} {}", random.pick(&words::DOMAINS), random.pick(&words::SUBJECTS)),
        Kind::Decision => any(&words::DECISIONS, random),
        Kind::Pilot => any(&words::PILOTS, random),
        Kind::Proposal => any(&words::PROPOSALS, random),
        Kind::Agreement => any(&words::AGREEMENTS, random),
        Kind::CheckIn => format!("Check-in of {date}"),
        Kind::Feedback => {
            format!("{} on {}", random.pick(&words::PEOPLE), any(&["{thing}"], random).to_lowercase())
        }
        Kind::Constraint => any(&words::CONSTRAINTS, random),
        Kind::Page | Kind::Program => any(&words::PAGES, random),
    };
    let is_dated = matches!(kind, Kind::Decision | Kind::Agreement | Kind::CheckIn | Kind::Feedback);
    let name = if kind == Kind::CheckIn { "check-in".to_owned() } else { slug(&title) };
    let id = unique(&if is_dated { format!("{date}-{name}") } else { name }, ids);
    let form = match random.below(100) {
        0..16 => Form::Yaml,
        16..22 => Form::YamlFolder,
        22..34 => Form::Folder,
        _ => Form::Markdown,
    };
    // Small folders need no order.
    let year = if is_dated || kind == Kind::Pilot { format!("{}/", date.year()) } else { String::new() };
    let folder = format!("content/{}/{year}{id}", kind.folder());
    let path = match form {
        Form::Markdown => format!("{folder}.md"),
        Form::Yaml => format!("{folder}.yaml"),
        Form::Folder => format!("{folder}/index.md"),
        Form::YamlFolder => format!("{folder}/index.yaml"),
    };
    Planned {
        number,
        kind,
        id,
        title,
        is_titled_by_heading: random.chance(12),
        date,
        form,
        path,
        scope: if kind == Kind::Scope { number } else { random.below(scopes) },
        rights: if kind == Kind::Scope { rights(random) } else { Vec::new() },
        supersedes: None,
        superseded_by: None,
    }
}

fn unique(name: &str, ids: &mut BTreeSet<String>) -> String {
    let free = (1..).map(|count| if count == 1 { name.to_owned() } else { format!("{name}-{count}") });
    let id = free.into_iter().find(|id| !ids.contains(id)).expect("numbers do not end");
    ids.insert(id.clone());
    id
}

fn rights(random: &mut Random) -> Vec<Right> {
    let count = random.between(3, 5);
    let areas = random.some(count, &words::AREAS);
    areas
        .into_iter()
        .enumerate()
        .map(|(index, area)| {
            // At least one right of each scope is asked for.
            let more = if index == 0 { random.between(1, 2) } else { random.below(3) };
            let level = random.between(2, 5);
            let wanted = (level + more).min(Delegation::ALL.len() - 1);
            Right { area, now: Delegation::ALL[level], wanted: Delegation::ALL[wanted] }
        })
        .collect()
}

/// Lets some decisions take the place of earlier ones in the same scope.
fn supersede(entries: &mut [Planned], count: usize) {
    let mut random = Random::new(count, 0);
    for later in 0..entries.len() {
        if entries[later].kind != Kind::Decision || !random.chance(10) {
            continue;
        }
        let scope = entries[later].scope;
        let earlier = entries[..later].iter().rposition(|entry| {
            entry.kind == Kind::Decision && entry.scope == scope && entry.superseded_by.is_none()
        });
        if let Some(earlier) = earlier.filter(|earlier| entries[*earlier].date < entries[later].date) {
            entries[later].supersedes = Some(earlier);
            entries[earlier].superseded_by = Some(later);
        }
    }
}
