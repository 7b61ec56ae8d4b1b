//! `theme`: what who makes a theme wants to know.

use clap::Subcommand;

use super::project::{self, Project};
use super::{Failure, Global, Status, Terminal};
use crate::render::Renderer;
use crate::text::{nearest, one_of};
use crate::view::Site;

/// Look into what themes are made from
#[derive(Debug, Subcommand)]
pub(super) enum Theme {
    /// Print what the template of a page is given, as JSON
    Context {
        /// The page, by its path in the site: `scopes/my-scope/`, `rights/index.html`; `/` is the start page
        #[arg(value_name = "ROUTE")]
        route: String,
        /// For whom, as declared under `readers:`; `me` sees all
        #[arg(long = "for", value_name = "READER", default_value = project::ME)]
        reader: String,
    },
}

impl Theme {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        let Self::Context { route, reader } = self;
        let project = Project::find(global)?;
        let Some((loaded, redacted)) = project.for_reader(reader, terminal)? else {
            return Ok(Status::Faulty);
        };
        let (theme, _) = loaded.theme()?;
        let site = Site::in_words(&redacted, project.today, theme.words());
        let renderer = Renderer::new(&site, theme);
        let routes = site.routes([]);
        let path = page_path(route);
        let given = routes.iter().find(|route| route.path == path).and_then(|route| renderer.given(route));
        let Some(given) = given else {
            let pages =
                || routes.iter().map(|route| route.path.as_str()).filter(|path| path.ends_with(".html"));
            let hint = match nearest(&path, pages()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its pages are {}", one_of(pages().take(8).chain(["…"]))),
            };
            return Err(Failure::Usage(format!("no template makes `{path}` in this site; {hint}")));
        };
        let mut text = serde_json::to_string_pretty(&given).expect("JSON always serialises");
        text.push('\n');
        terminal.result(&text)?;
        Ok(Status::Done)
    }
}

/// The path of a page as the site has it: an address stands for the page within it.
fn page_path(route: &str) -> String {
    let route = route.trim_start_matches('/');
    match route {
        "" => "index.html".to_owned(),
        page if page.ends_with(".html") => page.to_owned(),
        folder => format!("{}/index.html", folder.trim_end_matches('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::page_path;

    #[test]
    fn an_address_stands_for_its_page() {
        for (route, path) in [
            ("/", "index.html"),
            ("scopes", "scopes/index.html"),
            ("/scopes/a/", "scopes/a/index.html"),
            ("404.html", "404.html"),
        ] {
            assert_eq!(page_path(route), path);
        }
    }
}
