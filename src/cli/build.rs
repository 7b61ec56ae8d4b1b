//! `build`: the site for one reader.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use rayon::prelude::*;

use super::project::{self, Loaded, Project};
use super::{Failure, Global, Status, Terminal, signals};
use crate::confine;
use crate::model::Portfolio;
use crate::redact::redact;
use crate::render::{self, Cause, Layer, Rendered, Renderer, Theme, ThemeFault};
use crate::report::{self, Format, Report};
use crate::source::discover::Folder;
use crate::source::{Copied, SourcePath, Unfit};
use crate::view::{Page, Route, Site};
use crate::write::{self, Body, Manner, Published, Target};

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
    /// Let proposals be longer than one page
    #[arg(long)]
    allow_overflow: bool,
}

/// Why a file of the site could not be made.
enum Fault {
    Template { path: String, fault: ThemeFault },
    Paper,
    Layout(String),
    Asset { path: SourcePath, reason: String, fix: String },
}

impl Build {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        let started = Instant::now();
        let project = Project::find(global)?;
        let out = self.out.clone().unwrap_or_else(|| project.root.join("site").join(&self.reader));
        hold(&project, &out);
        signals::listen();
        let loaded = project.load()?;
        let Some(portfolio) = loaded.sound(&project, &self.reader, terminal) else {
            return Ok(Status::Faulty);
        };
        let Some((theme, layers)) = &loaded.theme else {
            return Err(Failure::Usage("there is no theme of the name that `theme:` gives".to_owned()));
        };
        match self.publish(&project, &loaded, portfolio, theme, &out, terminal)? {
            Ok(published) => {
                tell(&published, &out, started, terminal);
                Ok(Status::Done)
            }
            Err(fault) => {
                self.complain(&fault, &project, &loaded, layers, terminal);
                Ok(Status::Faulty)
            }
        }
    }

    fn publish(
        &self,
        project: &Project,
        loaded: &Loaded,
        portfolio: &Portfolio,
        theme: &Theme,
        out: &Path,
        terminal: &mut Terminal,
    ) -> Result<Result<Published, Fault>, Failure> {
        let reader = project::reader(&self.reader, portfolio)?;
        let redacted = redact(portfolio, &reader);
        let site = Site::in_words(&redacted, project.today, theme.words());
        let renderer = Renderer::new(&site, theme).allowing_overflow(self.allow_overflow);
        let mut routes = site.routes(theme.statics().map(str::to_owned));
        loaded.print_warnings(&left_out(&renderer, &mut routes, &site), project, &self.reader, terminal);
        let paths: Vec<String> = routes.iter().map(|route| route.path.clone()).collect();

        let roots = [project.root.clone()];
        let closed = [project.content(), project.root.join("themes"), project.root.join(".git")];
        let target = Target { out, reader: reader.name(), roots: &roots, closed: &closed };
        let produce = |index: usize| body(&renderer, &routes[index], &project.folder);
        match write::publish(&target, &paths, produce) {
            Ok(published) => Ok(Ok(published)),
            Err(write::Failure::Render(Fault::Paper)) => {
                loaded.print(&faults_of_paper(&renderer, &routes), project, &self.reader, terminal);
                Ok(Err(Fault::Paper))
            }
            Err(write::Failure::Render(fault)) => Ok(Err(fault)),
            Err(write::Failure::Cancelled) => Err(Failure::Cancelled),
            Err(write::Failure::Refused(refusal)) => Err(Failure::Usage(refusal.to_string())),
            Err(write::Failure::World(world)) => Err(Failure::World(world.to_string())),
        }
    }

    fn complain(
        &self,
        fault: &Fault,
        project: &Project,
        loaded: &Loaded,
        layers: &[Layer],
        terminal: &mut Terminal,
    ) {
        match fault {
            Fault::Template { path, fault } => {
                let mut found = Report::default();
                fault.report(layers, &mut found);
                // Values of the content can stand in the message: not for logs that others read.
                let format = match self.reader.as_str() {
                    project::ME => Format::Human(terminal.message_style()),
                    _ => Format::Places,
                };
                terminal.complain(&report::printed(&found, &loaded.sources, &project.shown, format));
                terminal.complain(&format!("while making `{path}`"));
            }
            // Told already, with the places in the content.
            Fault::Paper => {}
            Fault::Layout(text) => terminal.complain(&format!("error[template]: {text}")),
            Fault::Asset { path, reason, fix } => terminal.complain(&format!(
                "error[asset]: `{path}` cannot be published: {reason}\n--> {}/{path}\n = fix: {fix}",
                project.shown
            )),
        }
        terminal.complain("nothing was written; the last good site stays");
    }
}

/// Asks the kernel to hold the promise that a build only reads the project and only writes beside its output.
fn hold(project: &Project, out: &Path) {
    let above = out
        .ancestors()
        .skip(1)
        .map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let writable = above.into_iter().find(|folder| folder.is_dir()).map(Path::to_owned);
    let rules =
        confine::Rules { readable: vec![project.root.clone()], writable: writable.into_iter().collect() };
    // Where the kernel cannot, the build keeps the promise by what it does.
    let _ = confine::confine(&rules);
}

/// The content of one file of the site.
fn body(renderer: &Renderer, route: &Route, folder: &Folder) -> Result<Body, Fault> {
    match renderer.render(route) {
        Ok(Rendered::Bytes(bytes)) => Ok(Body::Bytes(bytes)),
        Ok(Rendered::Asset(path)) => match folder.copied(&path) {
            Ok(Copied::Bytes(bytes)) => Ok(Body::Bytes(bytes)),
            Ok(Copied::File(file)) => Ok(Body::File(file)),
            Err(Unfit { reason, fix }) => Err(Fault::Asset { path, reason, fix }),
        },
        Err(fault) if renderer.report(&fault, &mut Report::default()) => Err(Fault::Paper),
        Err(render::Fault { path, cause: Cause::Template(fault) }) => Err(Fault::Template { path, fault }),
        Err(fault) => Err(Fault::Layout(fault.to_string())),
    }
}

/// Takes out the files that cannot be made, and says why.
fn left_out(renderer: &Renderer, routes: &mut Vec<Route>, site: &Site) -> Report {
    let mut report = Report::default();
    routes.retain(|route| {
        let Page::Paper(id) = &route.page else { return true };
        let (Some(fault), Some(header)) = (renderer.unprintable(id), site.portfolio().header(id.as_str()))
        else {
            return true;
        };
        fault.report(header, &mut report);
        false
    });
    report.soften();
    report
}

/// What keeps entries from being put on paper: of all of them, so that one run tells everything.
fn faults_of_paper(renderer: &Renderer, routes: &[Route]) -> Report {
    let papers: Vec<&Route> = routes.iter().filter(|route| matches!(route.page, Page::Paper(_))).collect();
    let faults: Vec<_> = papers.par_iter().map(|route| renderer.render(route).err()).collect();
    let mut report = Report::default();
    for fault in faults.iter().flatten() {
        renderer.report(fault, &mut report);
    }
    report
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
