//! The same entries as a site for Hugo: their text, title, date and tags; single pages, lists and tags.

use bailiwick::model::links::{Destination, destination};
use bailiwick::model::{Header, Kind, Portfolio, read};
use bailiwick::source::{SourceMap, SourcePath, decode};
use bailiwick::text::Tag;
use bailiwick::text::prose::LinkKind;

use super::generate::File;

/// How much of the work of a site the one for Hugo does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Each text with its title, day and tags; lists of titles.
    Plain,
    /// Much of what our pages do: navigation with counts, contents, who points at whom, before and after, lists with
    /// summaries, a feed, and all texts as data for a search.
    Whole,
}

macro_rules! files {
    ($job:literal: $($place:literal = $name:literal),+ $(,)?) => {
        &[$(($place, include_str!(concat!("hugo/", $job, "/", $name)))),+]
    };
}

impl Job {
    /// Settings and templates, by path.
    fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Plain => files!("plain":
                "hugo.toml" = "hugo.toml",
                "layouts/_default/single.html" = "single.html",
                "layouts/_default/list.html" = "list.html",
            ),
            Self::Whole => files!("whole":
                "hugo.toml" = "hugo.toml",
                "layouts/_default/baseof.html" = "baseof.html",
                "layouts/_default/single.html" = "single.html",
                "layouts/_default/list.html" = "list.html",
                "layouts/index.json" = "index.json",
                "layouts/partials/nav.html" = "nav.html",
                "layouts/partials/backlinks.html" = "backlinks.html",
            ),
        }
    }
}

/// The site made of a portfolio.
pub fn site(files: &[File], job: Job) -> Vec<File> {
    let sources: SourceMap = files
        .iter()
        .filter_map(|file| {
            let path = file.path.strip_prefix("content/")?;
            Some((SourcePath::new(path), decode::source_file(path, file.bytes.clone())))
        })
        .collect();
    let (portfolio, _) = read::read(&sources);
    let portfolio = portfolio.expect("the portfolio is sound");
    let mut site: Vec<File> = job.files().iter().map(|(path, made)| text(path, (*made).to_owned())).collect();
    for kind in Kind::folders() {
        site.extend(portfolio.of_kind(kind).map(|header| page(&portfolio, header)));
    }
    let is_asset = |file: &&File| [".png", ".svg", ".csv"].iter().any(|end| file.path.ends_with(end));
    site.extend(
        files.iter().filter(is_asset).map(|file| File {
            path: file.path.replacen("content/", "static/", 1),
            bytes: file.bytes.clone(),
        }),
    );
    site
}

fn text(path: &str, text: String) -> File {
    File { path: path.to_owned(), bytes: text.into_bytes() }
}

fn page(portfolio: &Portfolio, header: &Header) -> File {
    let tags: Vec<&str> = header.common.tags.iter().map(Tag::as_str).collect();
    let date = header.date().map(|date| format!("date: {date}\n")).unwrap_or_default();
    let title = header.title().replace('"', "\\\"");
    let body = with_plain_links(portfolio, header);
    text(
        &format!("content/{}/{}.md", header.kind.folder(), header.id),
        format!("---\ntitle: \"{title}\"\n{date}tags: [{}]\n---\n\n{body}", tags.join(", ")),
    )
}

/// The text with its links as addresses in the site.
fn with_plain_links(portfolio: &Portfolio, header: &Header) -> String {
    let mut text = header.body.text.clone();
    for link in header.body.links.iter().rev() {
        let written = &text[link.range.clone()];
        let (target, title) = match destination(portfolio, header, link) {
            Destination::Entry { header, .. } => {
                (format!("/{}/{}/", header.kind.folder(), header.id), header.title())
            }
            Destination::Asset(path) => (format!("/{path}"), ""),
            _ => continue,
        };
        let words = match link.kind {
            LinkKind::Titled => title,
            LinkKind::Wiki => written.split_once('|').map_or("", |(_, words)| words.trim_end_matches("]]")),
            LinkKind::Address | LinkKind::Image => written
                .split_once('[')
                .and_then(|(_, rest)| rest.split_once("]("))
                .map_or("", |(words, _)| words),
        };
        let mark = if link.kind == LinkKind::Image { "!" } else { "" };
        let plain = format!("{mark}[{words}]({target})");
        text.replace_range(link.range.clone(), &plain);
    }
    text
}
