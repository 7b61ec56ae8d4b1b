//! The same entries as a small site for Hugo: their text, title, date and tags; single pages, lists and tags.

use bailiwick::model::links::{Destination, destination};
use bailiwick::model::{Header, Kind, Portfolio, read};
use bailiwick::source::{SourceMap, SourcePath, decode};
use bailiwick::text::Tag;
use bailiwick::text::prose::LinkKind;

use super::generate::File;

const CONFIG: &str = "\
baseURL = \"https://example.org/\"
title = \"Autonomy portfolio\"
disableKinds = [\"RSS\", \"sitemap\", \"robotsTXT\"]
enableRobotsTXT = false
[taxonomies]
tag = \"tags\"
[markup.goldmark.renderer]
unsafe = false
";

const SINGLE: &str = "\
<!doctype html>
<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head>
<body><main><h1>{{ .Title }}</h1>
<p>{{ .Date.Format \"2006-01-02\" }}</p>
<ul>{{ range .GetTerms \"tags\" }}<li><a href=\"{{ .RelPermalink }}\">{{ .LinkTitle }}</a></li>{{ end }}</ul>
{{ .Content }}
</main></body></html>
";

const LIST: &str = "\
<!doctype html>
<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head>
<body><main><h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .LinkTitle }}</a></li>
{{ end }}</ul>
</main></body></html>
";

/// The site made of a portfolio.
pub fn site(files: &[File]) -> Vec<File> {
    let sources: SourceMap = files
        .iter()
        .filter_map(|file| {
            let path = file.path.strip_prefix("content/")?;
            Some((SourcePath::new(path), decode::source_file(path, file.bytes.clone())))
        })
        .collect();
    let (portfolio, _) = read::read(&sources);
    let portfolio = portfolio.expect("the portfolio is sound");
    let mut site = vec![
        text("hugo.toml", CONFIG.into()),
        text("layouts/_default/single.html", SINGLE.into()),
        text("layouts/_default/list.html", LIST.into()),
    ];
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
