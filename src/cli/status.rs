//! `status`: the portfolio at a glance.

use clap::Args;

use super::agenda::{resting, rows};
use super::layout::{Paint, Tone, indented, padded, width, wrapped};
use super::project::{self, Project};
use super::sparkline::sparkline;
use super::{Failure, Global, Status, Terminal};
use crate::evaluate::agenda::agenda;
use crate::evaluate::belonging::Belonging;
use crate::evaluate::rhythm::pause;
use crate::evaluate::rights::{RightStatus, rights};
use crate::evaluate::series::{Period, counted};
use crate::evaluate::verdict::{Assessment, State, assessment};
use crate::model::scope::ScopeStatus;
use crate::model::{Entry, Pilot, Portfolio, Scope};
use crate::report::Style;
use crate::text::Date;

/// How many of the things that are due are listed.
const NEXT: usize = 5;

/// The narrowest column in which the name of an area can be read.
const NARROWEST: usize = 12;

/// Show the portfolio at a glance
///
/// Each scope with its decision rights, now and wanted, and its pilots that are not concluded; and what is due next.
#[derive(Args, Debug)]
pub(super) struct Overview {}

impl Overview {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        let Self {} = self;
        let project = Project::find(global)?;
        let loaded = project.load()?;
        let Some(portfolio) = loaded.sound(&project, project::ME, terminal) else {
            return Ok(Status::Faulty);
        };
        terminal.result(&overview(portfolio, project.today, terminal.result_style()))?;
        Ok(Status::Done)
    }
}

/// All parts, with an empty line between any two.
fn overview(portfolio: &Portfolio, today: Date, style: Style) -> String {
    let rights = rights(portfolio, today);
    let belonging = Belonging::new(portfolio);
    let scopes: Vec<&Entry<Scope>> =
        portfolio.scopes.iter().filter(|scope| scope.status != Some(ScopeStatus::Retired)).collect();
    let is_open = |pilot: &&Entry<Pilot>| assessment(pilot, today).state != State::Concluded;
    let open: Vec<&Entry<Pilot>> = portfolio.pilots.iter().filter(is_open).collect();
    let belongs = |pilot: &Entry<Pilot>, scope: &Entry<Scope>| belonging.of(pilot.id()).contains(&scope.id());

    let mut parts = vec![head(portfolio, today, style)];
    for scope in &scopes {
        let rights: Vec<&RightStatus> =
            rights.iter().filter(|right| right.scope.id() == scope.id()).collect();
        let pilots = open.iter().filter(|pilot| belongs(pilot, scope));
        let pilots: String = pilots.map(|pilot| pilot_lines(pilot, today, 2, style)).collect();
        parts.push(format!("{}{}{pilots}", scope_lines(scope, style), right_lines(&rights, style)));
    }
    let elsewhere = open.iter().filter(|pilot| !scopes.iter().any(|scope| belongs(pilot, scope)));
    let elsewhere: String = elsewhere.map(|pilot| pilot_lines(pilot, today, 2, style)).collect();
    if !elsewhere.is_empty() {
        parts.push(format!("{}\n{elsewhere}", Paint::new(style).paint(Tone::Bold, "In no scope of mine")));
    }
    parts.extend(next(portfolio, today, style));
    parts.join("\n")
}

/// What it is called, the day, and whether it rests.
fn head(portfolio: &Portfolio, today: Date, style: Style) -> String {
    let title = format!("{} on {today}", portfolio.config.title);
    let mut lines = Paint::new(style).flowed(&[(Tone::Bold, &title)], style.width, 0);
    if let Some(pause) = pause(&portfolio.config, today) {
        lines.extend(wrapped(&resting(pause), style.width));
    }
    indented(&lines, 0)
}

/// What it is called, how far my say goes, and its id.
fn scope_lines(scope: &Entry<Scope>, style: Style) -> String {
    let autonomy = scope.autonomy.map(|autonomy| format!("{} autonomy", autonomy.word())).unwrap_or_default();
    let rests = if scope.status == Some(ScopeStatus::Paused) { "paused" } else { "" };
    let pieces = [
        (Tone::Bold, scope.header.title()),
        (Tone::Plain, &*autonomy),
        (Tone::Plain, rests),
        (Tone::Faint, scope.id().as_str()),
    ];
    indented(&Paint::new(style).flowed(&pieces, style.width, 2), 0)
}

/// The areas of a scope, and beside them the level now and wanted, and what was agreed if that is another.
fn right_lines(rights: &[&RightStatus], style: Style) -> String {
    let levels: Vec<Vec<String>> = rights.iter().map(|right| levels(right)).collect();
    let widest_level = levels.iter().flatten().map(|level| width(level)).max().unwrap_or(0);
    let widest_area = rights.iter().map(|right| width(&right.right.area)).max().unwrap_or(0);
    let columns = widest_area.min(style.width.saturating_sub(4 + widest_level)).max(NARROWEST);
    let mut lines = Vec::new();
    for (right, levels) in rights.iter().zip(&levels) {
        let area = wrapped(&right.right.area, columns);
        for at in 0..area.len().max(levels.len()) {
            let area = padded(area.get(at).map_or("", String::as_str), columns);
            // The second is what was agreed instead.
            let tone = if at == 0 { Tone::Plain } else { Tone::Alert };
            let level = levels.get(at).map(|level| Paint::new(style).paint(tone, level)).unwrap_or_default();
            lines.push(format!("{area}  {level}").trim_end().to_owned());
        }
    }
    indented(&lines, 2)
}

/// `consult → inquire`, and below it what the newest agreement in force says if it says something else.
fn levels(status: &RightStatus) -> Vec<String> {
    let (now, wanted) = (status.right.delegation, status.right.wanted);
    let wanted = wanted.filter(|wanted| *wanted != now).map(|wanted| format!(" → {}", wanted.word()));
    let drift = status.drift().map(|drift| format!("agreed: {}", drift.agreed.word()));
    [Some(format!("{}{}", now.word(), wanted.unwrap_or_default())), drift].into_iter().flatten().collect()
}

/// How a pilot stands: its name, its figures, its state, its id; and the reasons below.
pub(super) fn pilot_lines(pilot: &Entry<Pilot>, today: Date, indent: usize, style: Style) -> String {
    let paint = Paint::new(style);
    let assessment = assessment(pilot, today);
    let (tone, state) = (tone(assessment.state), state(&assessment));
    let pieces = [
        (Tone::Plain, &*format!("Pilot: {}", pilot.header.title())),
        (Tone::Plain, &figures(pilot, today)),
        (tone, &state),
        (Tone::Faint, pilot.id().as_str()),
    ];
    let room = style.width.saturating_sub(indent).max(1);
    let mut lines = paint.flowed(&pieces, room, 2);
    let reasons = assessment.reasons.iter().flat_map(|reason| {
        let hang = |(at, line): (usize, String)| format!("{}{line}", if at == 0 { "- " } else { "  " });
        wrapped(&reason.to_string(), room.saturating_sub(4).max(1)).into_iter().enumerate().map(hang)
    });
    lines.extend(reasons.map(|line| format!("  {line}")));
    indented(&lines, indent)
}

/// Its figures since it began, drawn.
fn figures(pilot: &Pilot, today: Date) -> String {
    let primary = &pilot.primary;
    let period = Period { from: Some(pilot.starts), to: today };
    let seen = counted(primary.observations.as_ref(), period).inside;
    let values: Vec<f64> = seen.iter().map(|seen| seen.value.get()).collect();
    let marks: Vec<f64> =
        primary.baseline.iter().chain([&primary.target]).map(|number| number.get()).collect();
    sparkline(&values, &marks)
}

/// Where it is, and what its figures say once they have the last word.
fn state(assessment: &Assessment) -> String {
    let figures = assessment.verdict.map(|verdict| format!("its figures say {}", verdict.word()));
    match (assessment.state, assessment.declared) {
        (State::Concluded, Some(declared)) => {
            let differs = figures.filter(|_| assessment.differs()).map(|figures| format!(", {figures}"));
            format!("concluded: {}{}", declared.decision.word(), differs.unwrap_or_default())
        }
        (State::Ended, _) => {
            format!(
                "{}{}",
                State::Ended.label(),
                figures.map(|figures| format!(", {figures}")).unwrap_or_default()
            )
        }
        (state, _) => state.label().to_owned(),
    }
}

fn tone(state: State) -> Tone {
    match state {
        State::Breached | State::OffTrack | State::Ended => Tone::Alert,
        _ => Tone::Bold,
    }
}

/// What is due next; nothing is during a rest.
fn next(portfolio: &Portfolio, today: Date, style: Style) -> Option<String> {
    let agenda = agenda(portfolio, today, None);
    let (next, later) = agenda.items.split_at(agenda.items.len().min(NEXT));
    if agenda.pause.is_some() {
        return None;
    }
    if next.is_empty() {
        return Some("Nothing is due.\n".to_owned());
    }
    let heading = Paint::new(style).paint(Tone::Bold, "Due next");
    let more = if later.is_empty() { String::new() } else { format!("  and {} more\n", later.len()) };
    Some(format!("{heading}\n{}{more}", rows(next, today, style)))
}
