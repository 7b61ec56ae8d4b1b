//! Themes in layers: the one that ships beside the default, and what goes wrong in others.

use std::path::Path;

use bailiwick::render::{Cause, Layer, Rendered, Renderer, Theme, layers, load};
use bailiwick::report::Report;
use bailiwick::source::discover::Folder;
use bailiwick::view::Site;

use crate::aid;

/// The theme `ledger`, which ships as an example.
fn ledger(report: &mut Report) -> Theme {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    let read = |name: &str| -> Result<Layer, String> {
        let files = Folder::open(&folder.join(name)).and_then(|folder| folder.read_bytes());
        Ok(Layer { folder: format!("../themes/{name}"), files: files.map_err(|error| error.to_string())? })
    };
    let known = ["default", "ledger"].map(str::to_owned);
    let layers = layers("ledger", &known, report, read).unwrap();
    let config = aid::sound(&aid::files([("portfolio.yaml", "title: T\nowner: {name: N}\n")])).config;
    load(&config, &layers, report).expect("the theme can be used")
}

#[test]
fn the_ledger_sets_tokens_and_extends_a_template() {
    let mut report = Report::default();
    let theme = ledger(&mut report);
    assert!(report.diagnostics().is_empty(), "{:#?}", report.diagnostics());
    let sheet = std::str::from_utf8(theme.file("style.css").unwrap()).unwrap();
    let (_, added) = sheet.rsplit_once(":root {").unwrap();
    assert!(
        added.contains("--paper: light-dark(#f7f2e6, #1b1813);") && added.contains("--radius: 0px;"),
        "{added}"
    );
    assert!(added.contains("--sans: \"Iowan Old Style\", \"Palatino Linotype\","), "{added}");
    // What it takes the place of is still there, around what it adds.
    let content = aid::files([("portfolio.yaml", "title: T\nowner: {name: N}\n"), ("pages/p.md", "# P\n")]);
    let portfolio = aid::sound(&content);
    let redacted = aid::cut(&portfolio, "me");
    let site = Site::in_words(&redacted, aid::today(), theme.words());
    let renderer = Renderer::new(&site, &theme);
    let routes = site.routes([]);
    let page = routes.iter().find(|route| route.path == "pages/p/index.html").unwrap();
    let Ok(Rendered::Bytes(bytes)) = renderer.render(page) else { panic!("the page is made") };
    let html = String::from_utf8(bytes).unwrap();
    assert!(
        html.contains("href=\"../../assets/ledger.css\"") && html.contains("href=\"../../assets/style.css\"")
    );
    assert!(html.contains("<h1><bdi>P</bdi></h1>"), "{html}");
}

#[test]
fn what_a_theme_puts_into_the_head_stands_on_every_page() {
    let folder = Folder::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).unwrap();
    let content = folder.read_bytes().unwrap();
    let portfolio = aid::sound(&content);
    let redacted = aid::cut(&portfolio, "me");
    let theme = ledger(&mut Report::default());
    let site = Site::in_words(&redacted, aid::today(), theme.words());
    let renderer = Renderer::new(&site, &theme);
    for route in site.routes([]).iter().filter(|route| route.path.ends_with(".html")) {
        let Ok(Rendered::Bytes(bytes)) = renderer.render(route) else { panic!("{}", route.path) };
        let html = String::from_utf8(bytes).unwrap();
        assert!(html.contains("assets/ledger.css\""), "{} has no style of its theme", route.path);
    }
}

#[test]
fn what_a_template_is_given_is_what_it_renders() {
    let content =
        aid::files([("portfolio.yaml", "title: T\nowner: {name: N}\n"), ("pages/p.md", "# P\n\nWords.\n")]);
    let portfolio = aid::sound(&content);
    let redacted = aid::cut(&portfolio, "me");
    let site = Site::new(&redacted, aid::today());
    let theme = Theme::new(std::collections::BTreeMap::new()).unwrap();
    let renderer = Renderer::new(&site, &theme);
    let routes = site.routes([]);
    let given = |path: &str| renderer.given(routes.iter().find(|route| route.path == path).unwrap());
    let page = given("pages/p/index.html").unwrap();
    assert_eq!((&page["template"], &page["root"]), (&"page.html".into(), &"../../".into()));
    assert_eq!((&page["entry"]["title"], &page["site"]["title"]), (&"P".into(), &"T".into()));
    assert!(page["content"].as_str().unwrap().contains("Words."));
    assert_eq!(given("portfolio.json"), None);
}

#[test]
fn a_fault_while_a_page_is_made_names_its_place() {
    let template =
        b"{% extends \"base.html\" %}\n{% block main %}{{ page.entries.title.more }}{% endblock main %}\n";
    let files = [("templates/index.html".to_owned(), template.to_vec())].into();
    let layer = Layer { folder: "../themes/mine".to_owned(), files };
    let layers = [layer];
    let theme = Theme::in_layers(&layers, "en", &mut Report::default()).unwrap();
    let content = aid::files([("portfolio.yaml", "title: T\nowner: {name: N}\n"), ("pages/p.md", "# P\n")]);
    let portfolio = aid::sound(&content);
    let redacted = aid::cut(&portfolio, "me");
    let site = Site::new(&redacted, aid::today());
    let routes = site.routes([]);
    let route = routes.iter().find(|route| route.path == "pages/index.html").unwrap();
    let Err(fault) = Renderer::new(&site, &theme).render(route) else { panic!("the template is faulty") };
    let mut report = Report::default();
    let Cause::Template(fault) = fault.cause else { panic!("it is the template's") };
    fault.report(&layers, &mut report);
    let found = &report.diagnostics()[0];
    assert_eq!(
        (found.rule.code, &*found.place.file),
        ("template-error", "../themes/mine/templates/index.html")
    );
    let bailiwick::report::Spot::Bytes { range, .. } = &found.place.spot else { panic!("it has a place") };
    assert_eq!(
        (&std::str::from_utf8(template).unwrap()[range.clone()], &*found.message),
        ("title", "field `title` is not defined")
    );
}
