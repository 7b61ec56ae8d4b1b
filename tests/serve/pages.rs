//! What a writer sees in the browser beside the editor.

use serde_json::json;

use crate::aid::{Events, Project, Serving, hash_of};
use crate::browser::{Browser, Page, Screen};

/// The overlay as a text; empty while there is none.
const OVERLAY: &str =
    "(document.querySelector('bailiwick-preview')?.shadowRoot.querySelector('.panel')?.textContent ?? '')";

/// Opens a page and marks it, so that a reload shows.
fn open(browser: &Browser, address: &str) -> Page {
    let page = browser.open(Screen::DESKTOP);
    page.goto(address);
    page.wait_for("document.querySelector('bailiwick-preview')");
    page.evaluate("window.marked = true");
    page
}

fn is_marked(page: &Page) -> bool {
    page.evaluate("window.marked === true") == json!(true)
}

#[track_caller]
fn assert_clean(page: &Page) {
    assert_eq!(page.console_errors(), [""; 0]);
    assert_eq!(page.dialogs(), [""; 0]);
}

#[test]
fn a_page_reloads_when_it_has_changed_and_keeps_its_place() {
    let Some(browser) = Browser::start() else { return };
    let project = Project::new();
    let long: String = (0..200).map(|number| format!("Paragraph {number}.\n\n")).collect();
    project.write("pages/long.md", &format!("# Long\n\n{long}"));
    let serving = Serving::start(&project.root());
    let page = open(&browser, &serving.address("/pages/long/"));
    let other = open(&browser, &serving.address("/pages/about/"));
    page.evaluate("scrollTo(0, 1500)");
    project.edit("pages/long.md", "Paragraph 150.", "Paragraph one hundred and fifty.");
    page.wait_for("document.body.textContent.includes('one hundred and fifty') && scrollY === 1500");
    assert!(!is_marked(&page));

    // A title is shown by other pages as well; a text is not.
    project.edit("decisions/first.md", "Alpha", "Omega");
    let list = open(&browser, &serving.address("/decisions/"));
    project.edit("decisions/first.md", "title: The first", "title: The foremost");
    list.wait_for("document.body.textContent.includes('The foremost')");
    assert!(!is_marked(&list));
    assert!(is_marked(&other), "a page that has not changed is left alone");
    for page in [&page, &other, &list] {
        assert_clean(page);
    }
}

#[test]
fn styles_are_swapped_in_place() {
    let Some(browser) = Browser::start() else { return };
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let page = open(&browser, &serving.address("/pages/about/"));
    let folder = project.root().join("themes/default/static");
    std::fs::create_dir_all(&folder).unwrap();
    for color in ["rgb(1, 2, 3)", "rgb(4, 5, 6)"] {
        std::fs::write(folder.join("style.css"), format!("body {{ background: {color} }}\n")).unwrap();
        page.wait_for(&format!("getComputedStyle(document.body).backgroundColor === '{color}'"));
        page.wait_for("document.querySelectorAll('link[href*=\"style.css\"]').length === 1");
    }
    assert!(is_marked(&page), "the page was not loaded again");
    std::fs::remove_dir_all(project.root().join("themes")).unwrap();
    page.wait_for("getComputedStyle(document.body).backgroundColor !== 'rgb(4, 5, 6)'");
    assert!(is_marked(&page));
    assert_clean(&page);
}

#[test]
fn faults_stand_over_the_last_good_page_until_they_are_mended() {
    let Some(browser) = Browser::start() else { return };
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let page = open(&browser, &serving.address("/decisions/first/"));
    let other = open(&browser, &serving.address("/pages/about/"));

    project.edit("decisions/first.md", "date: 2026-03-01", "date: 2026-02-30");
    page.wait_for(&format!("{OVERLAY}.includes('2026-02-30')"));
    let shown = page.text(OVERLAY);
    for words in ["error[", "content/decisions/first.md:3:7", "why ", "fix "] {
        assert!(shown.contains(words), "{shown}");
    }
    assert!(page.text("document.body.textContent").contains("Alpha"));
    let link = "document.querySelector('bailiwick-preview').shadowRoot.querySelector('a.place').href";
    assert!(page.text(link).ends_with("content/decisions/first.md:3:7"), "{}", page.text(link));
    assert!(page.text(link).starts_with("vscode://file/"));

    // Other pages are told in a corner, and go on showing what is written in them.
    let corner =
        "document.querySelector('bailiwick-preview').shadowRoot.querySelector('.corner').textContent";
    other.wait_for(&format!("{corner}.includes('1 error')"));
    assert_eq!(other.text(OVERLAY), "");
    project.edit("pages/about.md", "Text.", "Written meanwhile.");
    other.wait_for("document.body.textContent.includes('Written meanwhile.')");
    assert!(is_marked(&page));

    // The way out: by a key, and by mending it.
    page.press("Escape");
    page.wait_for(&format!("{OVERLAY} === ''"));
    project.edit("decisions/first.md", "date: 2026-02-30", "date: 2026-02-31");
    page.click_on("document.querySelector('bailiwick-preview').shadowRoot.querySelector('button.count')");
    page.wait_for(&format!("{OVERLAY}.includes('2026-02-31')"));
    project.edit("decisions/first.md", "2026-02-31", "2026-02-28");
    page.wait_for(&format!("{OVERLAY} === '' && !{corner}.includes('error')"));
    page.wait_for("document.body.textContent.includes('28 February 2026')");

    // A fault that only the whole portfolio shows.
    project.edit("decisions/first.md", "[[second]]", "[[secnd]]");
    page.wait_for(&format!("{OVERLAY}.includes('did you mean `second`?')"));
    project.edit("decisions/first.md", "[[secnd]]", "[[second]]");
    page.wait_for(&format!("{OVERLAY} === ''"));
    assert_clean(&page);
    assert_clean(&other);
}

#[test]
fn faults_of_templates_stand_over_the_last_good_page() {
    let Some(browser) = Browser::start() else { return };
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let page = open(&browser, &serving.address("/pages/about/"));
    let folder = project.root().join("themes/default/templates");
    std::fs::create_dir_all(&folder).unwrap();
    for broken in
        ["{% extends \"base.html\" %}{% block main %}{{ missing.thing }}{% endblock main %}", "{% if %}"]
    {
        std::fs::write(folder.join("page.html"), broken).unwrap();
        page.wait_for(&format!("{OVERLAY}.includes('error[template-error]')"));
        assert!(page.text("document.body.textContent").contains("Text."));
        page.goto(&serving.address("/pages/about/"));
        page.wait_for("document.body.textContent.includes('Text.')");
        std::fs::write(
            folder.join("page.html"),
            "{% extends \"base.html\" %}{% block main %}<p>Mended</p>{% endblock main %}",
        )
        .unwrap();
        page.wait_for(&format!("{OVERLAY} === '' && document.body.textContent.includes('Mended')"));
        std::fs::remove_file(folder.join("page.html")).unwrap();
        page.wait_for("document.body.textContent.includes('Text.')");
    }
    assert_clean(&page);
}

#[test]
fn hostile_words_in_faults_stay_words() {
    let Some(browser) = Browser::start() else { return };
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let page = open(&browser, &serving.address("/pages/about/"));
    let words = "<img src=x onerror=alert(1)></script><script>alert(2)</script>";
    project.write(
        "pages/about.md",
        &format!("---\n\"{words}\": 1\n---\n# About\n\n[x](javascript:alert(3)) [[{words}]]\n"),
    );
    page.wait_for(&format!("{OVERLAY}.includes('onerror=alert(1)')"));
    let elements =
        "document.querySelector('bailiwick-preview').shadowRoot.querySelectorAll('img, script').length";
    assert_eq!(page.evaluate(elements), json!(0));
    project.write("pages/about.md", "# About\n\n[x](javascript:alert(3))\n");
    page.wait_for(&format!("{OVERLAY}.includes('broken-link')"));
    // The page may just be loading again.
    let links = "[...(document.querySelector('bailiwick-preview')?.shadowRoot.querySelectorAll('a') ?? [])]";
    page.wait_for(&format!("{links}.map((a) => a.protocol).join() === 'vscode:'"));
    assert_clean(&page);

    let lost = serving.address("/%3Cimg%20src=x%20onerror=alert(1)%3E/");
    page.goto(&lost);
    assert_eq!(page.evaluate("document.images.length"), json!(0));
    assert_eq!(page.dialogs(), [""; 0]);
}

#[test]
fn an_entry_that_comes_replaces_the_page_that_says_there_is_none() {
    let Some(browser) = Browser::start() else { return };
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let page = open(&browser, &serving.address("/pages/new/"));
    let home = "document.querySelector('a.brand').href";
    assert_eq!(page.text(home), serving.address("/index.html"));
    project.write("pages/new.md", "---\ntitle: {\n---\n");
    page.wait_for(&format!("{OVERLAY}.includes('content/pages/new.md')"));
    project.write("pages/new.md", "# New\n\nNow it is there.\n");
    page.wait_for("document.body.textContent.includes('Now it is there.')");
    std::fs::remove_file(project.at("pages/new.md")).unwrap();
    page.wait_for("!document.body.textContent.includes('Now it is there.')");
}

#[test]
fn pictures_are_fetched_anew() {
    let Some(browser) = Browser::start() else { return };
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let page = open(&browser, &serving.address("/pilots/trial/"));
    assert_eq!(page.evaluate("document.images.length"), json!(1));
    let before = page.requests().len();
    let picture = std::fs::read(project.at("pilots/trial/dot.png")).unwrap();
    project.write_bytes("pilots/trial/dot.png", &picture);
    page.wait_for("document.images[0].src.includes('?at=') && document.images[0].complete");
    assert!(page.requests().len() > before);
    assert!(is_marked(&page));
    assert_clean(&page);
}

#[test]
fn the_site_can_be_looked_at_as_another_reader() {
    let Some(browser) = Browser::start() else { return };
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let page = open(&browser, &serving.address("/decisions/first/"));
    let select = "document.querySelector('bailiwick-preview').shadowRoot.querySelector('select')";
    page.wait_for(&format!("{select}?.options.length === 2"));
    page.evaluate(&format!(
        "(() => {{ const it = {select}; it.selectedIndex = [...it.options].findIndex((option) => option.text.includes('manager')); \
         it.dispatchEvent(new Event('change')); }})()"
    ));
    let manager = format!("http://{}/decisions/first/", serving.hosts["manager"]);
    page.wait_for(&format!("location.href === '{manager}' && document.body.textContent.includes('manager')"));
    page.wait_for(&format!("{select}?.selectedOptions[0].text === 'as manager'"));
    assert_clean(&page);
}

#[test]
fn a_page_finds_its_way_back_when_the_server_was_away() {
    let Some(browser) = Browser::start() else { return };
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let port = serving.host().rsplit_once(':').unwrap().1.to_owned();
    let page = open(&browser, &serving.address("/pages/about/"));
    drop(serving);
    project.edit("pages/about.md", "Text.", "Changed while nobody looked.");
    page.wait_for("document.querySelector('bailiwick-preview').shadowRoot.textContent.includes('The server has stopped')");
    let _serving = Serving::start_with(&project.root(), &["--port", &port]);
    page.wait_for("document.body.textContent.includes('Changed while nobody looked.')");
}

#[test]
fn a_stream_tells_only_what_concerns_its_page() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let page = "/decisions/first/index.html";
    let shown = hash_of(&serving.get(page).text());
    let mut first = Events::open(serving.host(), page, &shown);
    let mut second = Events::open(
        serving.host(),
        "/pages/about/index.html",
        &hash_of(&serving.get("/pages/about/").text()),
    );
    first.next_named("faults");
    second.next_named("faults");
    project.edit("decisions/first.md", "Alpha", "Omega");
    first.next_named("reload");
    serving.wait_for(page, "Omega");
    project.edit("pages/about.md", "Text.", "Another text.");
    let (_, before) = second.next_named("reload");
    assert!(!before.contains(&"reload".to_owned()), "{before:?}");

    // Who shows what is no longer so is told at once.
    let mut late = Events::open(serving.host(), page, &shown);
    late.next_named("reload");
}

#[test]
fn what_is_wrong_with_a_theme_is_told_at_its_line() {
    let Some(browser) = Browser::start() else { return };
    let project = Project::new();
    let theme = |file: &str, text: &str| {
        let path = project.root().join("themes").join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    theme("mine/theme.yaml", "extends: lower\n");
    theme("lower/theme.yaml", "extends: default\ntokens:\n  accent: \"#123456\"\n");
    project.edit("portfolio.yaml", "title: Test", "title: Test\ntheme: mine");
    let mut serving = Serving::start(&project.root());
    let page = open(&browser, &serving.address("/pages/about/"));
    let corner =
        "document.querySelector('bailiwick-preview').shadowRoot.querySelector('.corner').textContent";
    let accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()";
    page.wait_for(&format!("{accent} === '#123456'"));

    // The lower of two layers counts like the upper one.
    theme("lower/theme.yaml", "extends: default\ntokens:\n  accent: \"#abcdef\"\n");
    page.wait_for(&format!("{accent} === '#abcdef'"));
    assert!(is_marked(&page), "a style needs no reload");

    // An error stands over every page and in the terminal; both name the place.
    theme("lower/theme.yaml", "extends: default\ntokens:\n  acent: \"#123456\"\n");
    page.wait_for(&format!("{OVERLAY}.includes('error[unknown-token]')"));
    let shown = page.text(OVERLAY);
    for words in ["themes/lower/theme.yaml:3:3", "did you mean `accent`?"] {
        assert!(shown.contains(words), "{shown}");
    }
    let link =
        page.text("document.querySelector('bailiwick-preview').shadowRoot.querySelector('a.place').href");
    let file = project.root().join("themes/lower/theme.yaml");
    assert_eq!(link, format!("vscode://file{}:3:3", file.display()));
    serving.wait_for_words("themes/lower/theme.yaml:3:3");
    theme("lower/theme.yaml", "extends: default\n");
    page.wait_for(&format!("{OVERLAY} === '' && !{corner}.includes('error')"));
    serving.wait_for_words("no errors any more");

    // Warnings are counted, and told in the terminal as well.
    theme("mine/words/de.yaml", "nav.homme: Anfang\n");
    project.edit("portfolio.yaml", "theme: mine", "theme: mine\nlanguage: de");
    theme(
        "mine/templates/page.html",
        "{% extends \"base.html\" %}{% block main %}<p id={{ \"words\" }}>{{ content | safe }}</p>{% endblock main %}",
    );
    let button = "document.querySelector('bailiwick-preview').shadowRoot.querySelector('button.count')";
    serving.wait_for_words("warning[unknown-words]");
    page.wait_for(&format!(
        "document.querySelector('#words') && document.querySelector('bailiwick-preview') && {button}"
    ));
    assert_eq!(page.text(OVERLAY), "");
    page.click_on(button);
    page.wait_for(&format!("{OVERLAY}.includes('themes/mine/words/de.yaml:1:1')"));
    let shown = page.text(OVERLAY);
    for words in
        ["warning[unknown-words]", "warning[unsafe-template]", "themes/mine/templates/page.html:1:48"]
    {
        assert!(shown.contains(words), "{shown}");
    }
    serving.wait_for_words("themes/mine/templates/page.html:1:48");

    // A theme that builds on none that there is, and one that builds on itself.
    theme("mine/theme.yaml", "extends: lowr\n");
    page.wait_for(&format!("{OVERLAY}.includes('themes/mine/theme.yaml:1:10')"));
    assert!(page.text(OVERLAY).contains("did you mean `lower`?"), "{}", page.text(OVERLAY));
    theme("mine/theme.yaml", "extends: mine\n");
    page.wait_for(&format!("{OVERLAY}.includes('which in the end extends this theme')"));
    std::fs::remove_dir_all(project.root().join("themes/mine/words")).unwrap();
    std::fs::remove_dir_all(project.root().join("themes/mine/templates")).unwrap();
    theme("mine/theme.yaml", "extends: lower\n");
    page.wait_for(&format!(
        "document.querySelector('h1') && {OVERLAY} === '' && !{corner}.includes('error')"
    ));
    page.click_on(button);
    page.wait_for(&format!("{OVERLAY}.includes('Nothing is wrong with this page')"));
    assert_clean(&page);
}
