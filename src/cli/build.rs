//! `build`: the site for one reader.

use std::collections::BTreeSet;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::bodies::{Fault, body, faults_of_paper, known, left_out, without_pictures};
use super::kept::Kept;
use super::project::{self, Loaded, Project};
use super::timeline::{self, Timeline, Told};
use super::versions::{self, Files, Then, Version};
use super::{Failure, Global, Status, Terminal, chronicle, pictures, signals};
use crate::changes::{Committed, Log};
use crate::confine;
use crate::history::{NoStore, Repository, Store};
use crate::model::readers::Reader;
use crate::past::Past;
use crate::redact::redact;
use crate::render::{Layer, Renderer, Theme};
use crate::report::{self, Format, Report};
use crate::source::SourceMap;
use crate::text::Date;
use crate::view::{Edition, Editions, Page, Site, Standing};
use crate::write::{self, Manner, Published, Target};

/// Build the site for one reader
///
/// Writes into `site/READER/`, all or nothing: when the content has errors, or anything else goes wrong, the last
/// good site stays.
#[derive(Args, Debug)]
pub(super) struct Build {
    /// Whom the site is for, as declared under `readers:`; `me` sees all
    #[arg(long = "for", value_name = "READER", default_value = project::ME)]
    reader: String,
    /// Where to put the site [default: site/READER]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Build the portfolio as it stood at a commit, a tag or on a day, with the theme of today
    ///
    /// What readers may see follows from the rules of that day and from those of today. The work tree stays as
    /// it is.
    #[arg(long, value_name = "REVISION|DATE")]
    at: Option<String>,
    /// Let proposals be longer than one page
    #[arg(long)]
    allow_overflow: bool,
}

impl Build {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        let started = Instant::now();
        let project = Project::find(global)?;
        let out = self.out.clone().unwrap_or_else(|| project.root.join("site").join(&self.reader));
        // What git keeps may lie above the project, and has to be known before everything else is closed.
        let timeline = Timeline::open(&project, terminal);
        hold(&project, &timeline, &out);
        signals::listen();
        let task = Task {
            project: &project,
            timeline: &timeline,
            out: &out,
            today: global.today,
            allows_overflow: self.allow_overflow,
        };
        let published = match &self.at {
            Some(moment) => self.past(&task, moment, terminal)?,
            None => self.today(&task, terminal)?,
        };
        let Some(published) = published else { return Ok(Status::Faulty) };
        tell(&published, &out, started, terminal);
        Ok(Status::Done)
    }

    /// Today's site with its editions; `None` if something keeps it from being made, which is printed.
    fn today(&self, task: &Task, terminal: &mut Terminal) -> Result<Option<Published>, Failure> {
        let Task { project, timeline, out, .. } = task;
        // The process ends soon after; to free ten thousand entries and their histories one by one would only take
        // time.
        let history = || (timeline.history(out), timeline::memory(out));
        let (loaded, (told, memory)) = rayon::join(|| project.load(), history);
        let loaded = ManuallyDrop::new(loaded?);
        let Some(portfolio) = loaded.sound(project, &self.reader, terminal) else { return Ok(None) };
        let (theme, layers) = loaded.theme()?;
        let reader = project::reader(&self.reader, portfolio)?;
        let mut told = ManuallyDrop::new(told?);
        chronicle::complete(timeline, &mut told.history, &loaded.sources)?;
        let past = Past::new(&told.history, store(timeline), portfolio, &reader);
        let redacted = redact(portfolio, &reader);
        let committed = ManuallyDrop::new(Committed::new(&past, &redacted, &memory));
        let log = committed.log(&past, &redacted, &told.history.uncommitted);
        let main =
            Version { redacted, day: project.today, files: Files::Disk(&project.folder), name: None, log };
        let mut versions = ManuallyDrop::new(vec![main]);
        versions.extend(versions::editions(timeline, portfolio, &past, terminal)?);
        let publication =
            Publication { task, theme, reader: &reader, told: &told, standing: Standing::Today };
        let outcome = publication.publish(&versions, Some(&loaded), terminal)?;
        if outcome.is_ok() {
            timeline::remember(out, &committed);
        }
        Ok(self.published(outcome, project, (&loaded.sources, layers), terminal))
    }

    /// The site as it was once; `None` if something keeps it from being made, which is printed.
    fn past(&self, task: &Task, moment: &str, terminal: &mut Terminal) -> Result<Option<Published>, Failure> {
        let Task { project, timeline, out, today, .. } = task;
        let (commit, stood_on) = timeline.moment(project, moment)?;
        let day = today.unwrap_or(stood_on);
        let repository = timeline.needed(project)?;
        let Then { tree, mut sources, portfolio, report } = versions::then(repository, commit, day)?;
        let Some(portfolio) = portfolio.filter(|_| !report.has_errors()) else {
            let shown = format!("{}@{moment}", project.shown);
            let format = self.format(terminal);
            terminal.complain(&report::printed(&report.errors(), &sources, &shown, format));
            terminal.complain(&project::summary(&report));
            return Ok(None);
        };
        // The writer needs no rules of today, so nothing has to be in order today but the theme.
        let loaded = if self.reader == project::ME { None } else { Some(project.load()?) };
        let now = match &loaded {
            None => &portfolio,
            Some(loaded) => match loaded.sound(project, &self.reader, terminal) {
                Some(now) => now,
                None => return Ok(None),
            },
        };
        let own_theme;
        let (theme, layers) = match &loaded {
            Some(loaded) => loaded.theme()?,
            None => {
                let mut report = Report::default();
                own_theme = project.theme(&portfolio.config, &mut sources, &mut report)?;
                let Some((theme, layers)) = &own_theme else {
                    terminal.complain(&report::printed(
                        &report,
                        &sources,
                        &project.shown,
                        self.format(terminal),
                    ));
                    return Err(project::no_theme());
                };
                (theme, &layers[..])
            }
        };
        let reader = project::reader(&self.reader, now)?;
        let told = timeline.history(out)?;
        let past = Past::new(&told.history, store(timeline), now, &reader);
        let files = Files::Commit(repository, tree);
        let versions =
            [Version { redacted: past.cut(&portfolio), day, files, name: None, log: Log::default() }];
        let standing = Standing::AsOf(stood_on);
        let publication = Publication { task, theme, reader: &reader, told: &told, standing };
        let outcome = publication.publish(&versions, None, terminal)?;
        let sources = loaded.as_ref().map_or(&sources, |loaded| &loaded.sources);
        Ok(self.published(outcome, project, (sources, layers), terminal))
    }

    /// The outcome, if there is one; else says which file could not be made, and why.
    fn published(
        &self,
        outcome: Outcome,
        project: &Project,
        (sources, layers): (&SourceMap, &[Layer]),
        terminal: &mut Terminal,
    ) -> Option<Published> {
        match outcome {
            Ok(published) => return Some(published),
            Err(Fault::Template { path, fault }) => {
                let mut found = Report::default();
                fault.report(layers, &mut found);
                let format = self.format(terminal);
                terminal.complain(&report::printed(&found, sources, &project.shown, format));
                terminal.complain(&format!("while making `{path}`"));
            }
            // Told already, with the places in the content.
            Err(Fault::Paper) => {}
            Err(Fault::Layout(text)) => terminal.complain(&format!("error[template]: {text}")),
            Err(Fault::Asset { path, unfit }) => {
                let mut found = Report::default();
                pictures::add(&path, unfit, &mut found);
                let format = self.format(terminal);
                terminal.complain(report::printed(&found, sources, &project.shown, format).trim_end());
            }
        }
        terminal.complain("nothing was written; the last good site stays");
        None
    }

    /// How findings are printed: values of the content are not for logs that others read.
    fn format(&self, terminal: &Terminal) -> Format {
        match self.reader.as_str() {
            project::ME => Format::Human(terminal.message_style()),
            _ => Format::Places,
        }
    }
}

/// A site that was published, or the file of it that could not be made.
type Outcome = Result<Published, Fault>;

/// What is built, and where to.
struct Task<'a> {
    project: &'a Project,
    timeline: &'a Timeline,
    out: &'a Path,
    /// The day that was asked for, if one was.
    today: Option<Date>,
    /// Whether proposals may be longer than one page.
    allows_overflow: bool,
}

/// One or several versions of a site on their way out.
struct Publication<'a> {
    task: &'a Task<'a>,
    theme: &'a Theme,
    reader: &'a Reader,
    told: &'a Told,
    /// What the first of the versions is.
    standing: Standing,
}

impl Publication<'_> {
    /// Publishes the versions of a site, of which the first is the main one, with the theme of today.
    ///
    /// `loaded` is the content of today, if that is what the main one shows.
    fn publish(
        &self,
        versions: &[Version],
        loaded: Option<&Loaded>,
        terminal: &mut Terminal,
    ) -> Result<Outcome, Failure> {
        let Self { task, theme, reader, told, standing } = self;
        let Task { project, out, allows_overflow, .. } = task;
        let site = |version| {
            let Version { redacted, day, log, .. }: &Version = version;
            Site::in_words(redacted, *day, theme.words()).with_log(log)
        };
        let sites: ManuallyDrop<Vec<Site>> = ManuallyDrop::new(versions.iter().map(site).collect());
        let standing_of = |at: usize| if at == 0 { *standing } else { Standing::Edition(at - 1) };
        let renderers: Vec<Renderer> = (0..)
            .zip(sites.iter())
            .map(|(at, site)| {
                // Nobody can shorten what was written then.
                let may_overflow = *allows_overflow || standing_of(at) != Standing::Today;
                Renderer::new(site, theme).allowing_overflow(may_overflow)
            })
            .collect();
        let kept = Kept::of(out, theme.known_proposals());
        let mut routes = Vec::new();
        for (at, (version, (site, renderer))) in versions.iter().zip(sites.iter().zip(&renderers)).enumerate()
        {
            let mut own = site.routes(theme.statics().map(str::to_owned));
            let unmade = left_out(renderer, &mut own, site);
            if let (0, Some(loaded)) = (at, loaded) {
                loaded.print(&unmade, project, reader.name(), terminal);
                loaded.print_notes(&without_pictures(renderer, site), project, reader.name(), terminal);
            }
            // Only one file can be what a server shows for an address that leads nowhere.
            let is_needed = |page: &Page| version.name.is_none() || *page != Page::NotFound;
            routes.extend(own.into_iter().filter(|route| is_needed(&route.page)).map(|route| (at, route)));
        }
        let paths_of = |version: usize| -> BTreeSet<String> {
            let own = routes.iter().filter(|(at, _)| *at == version);
            own.map(|(_, route)| route.path.clone()).collect()
        };
        let named = versions.iter().enumerate().filter_map(|(at, version)| {
            let (name, folder) = version.name.clone()?;
            Some(Edition { name, folder, date: version.day, paths: paths_of(at) })
        });
        let editions = Editions::new(named.collect(), paths_of(0));
        let renderers: Vec<Renderer> =
            (0..).zip(renderers).map(|(at, renderer)| renderer.among(&editions, standing_of(at))).collect();
        let paths: Vec<String> = routes
            .iter()
            .map(|(at, route)| format!("{}{}", editions.root(standing_of(*at)), route.path))
            .collect();

        let roots = [project.root.clone()];
        let closed = [project.content(), project.root.join("themes"), project.root.join(".git")];
        let target = Target { out, reader: reader.name(), roots: &roots, closed: &closed };
        let produce = |index: usize| {
            let (at, route) = &routes[index];
            body(&renderers[*at], route, &paths[index], &versions[*at].files, &kept)
        };
        let known = |index: usize| {
            let (at, route) = &routes[index];
            known(&renderers[*at], route, &paths[index], &kept)
        };
        match write::publish_keeping(&target, &paths, known, produce) {
            Ok(published) => {
                told.remember(out);
                kept.remember();
                Ok(Ok(published))
            }
            Err(write::Failure::Render(Fault::Paper)) => {
                if let Some(loaded) = loaded {
                    let own = routes.iter().filter(|(at, _)| *at == 0).map(|(_, route)| route).collect();
                    loaded.print(&faults_of_paper(&renderers[0], own), project, reader.name(), terminal);
                }
                Ok(Err(Fault::Paper))
            }
            Err(write::Failure::Render(fault)) => Ok(Err(fault)),
            Err(write::Failure::Cancelled) => Err(Failure::Cancelled),
            Err(write::Failure::Refused(refusal)) => Err(Failure::Usage(refusal.to_string())),
            Err(write::Failure::World(world)) => Err(Failure::World(world.to_string())),
        }
    }
}

/// Where old texts come from.
fn store(timeline: &Timeline) -> &dyn Store {
    match timeline.repository() {
        Some(repository) => repository,
        None => &NoStore,
    }
}

/// Asks the kernel to hold the promise that a build only reads the project and only writes beside its output.
fn hold(project: &Project, timeline: &Timeline, out: &Path) {
    let above = out
        .ancestors()
        .skip(1)
        .map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let writable = above.into_iter().find(|folder| folder.is_dir()).map(Path::to_owned);
    let git = timeline.repository().into_iter().flat_map(Repository::folders);
    let readable = git.chain([project.root.clone()]).collect();
    let rules = confine::Rules { readable, writable: writable.into_iter().collect() };
    // Where the kernel cannot, the build keeps the promise by what it does.
    let _ = confine::confine(&rules);
}

fn tell(published: &Published, out: &Path, started: Instant, terminal: &mut Terminal) {
    let Published { written, unchanged, removed, kept, manner, warnings } = published;
    for warning in warnings {
        terminal.complain(&format!("warning: {warning}"));
    }
    if let Manner::InPlace { why } = manner {
        terminal.message(&format!("note: published file by file: {why}"));
    }
    if !kept.is_empty() {
        terminal.message(&format!("note: left alone what is not from here: {}", kept.join(", ")));
    }
    let files = written + unchanged;
    let seconds = started.elapsed().as_secs_f64();
    let removed = if *removed > 0 { format!(", {removed} removed") } else { String::new() };
    terminal.message(&format!(
        "{}: {files} files, {written} of them new or changed{removed}, in {seconds:.2} s",
        project::shown(out)
    ));
}
