//! Text from the content never becomes script: addresses, raw HTML, attributes and fields that try to, in pages
//! read as a browser reads them. Numbers are those of the cases in the list of faults.

use std::collections::BTreeSet;
use std::fmt::Write;

use bailiwick::model::Kind;
use bailiwick::model::schema;
use bailiwick::text::{Id, Scalar};
use scraper::{ElementRef, Html, Node, Selector};
use serde_json::{Value, json};

use crate::aid::{self, Files};

const CONFIG: &str = "title: T\nowner: {name: N}\n";

/// Addresses that some browser, at some time, took for a program.
const ADDRESSES: &[&str] = &[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "JAVASCRIPT:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "javascript&#x0003A;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&#9;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#10;script:alert(1)",
    "java&#13;script:alert(1)",
    "java&#x1;script:alert(1)",
    "&#1;javascript:alert(1)",
    "&#14;javascript:alert(1)",
    "&#x20;javascript:alert(1)",
    "&#x2028;javascript:alert(1)",
    "&#xA0;javascript:alert(1)",
    "&#xFEFF;javascript:alert(1)",
    "&#x200B;javascript:alert(1)",
    "javascript\\:alert(1)",
    "\\javascript:alert(1)",
    "javascript://e.org/%0aalert(1)",
    "javascript:%61lert(1)",
    "javascript%3Aalert(1)",
    "%6aavascript:alert(1)",
    "%01javascript:alert(1)",
    "vbscript:msgbox(1)",
    "VbScRiPt:msgbox(1)",
    "vbscript&colon;msgbox(1)",
    "livescript:alert(1)",
    "mocha:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "DATA:text/html,x",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "data&colon;text/html,x",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "jar:javascript:alert(1)!/",
    "blob:https://e.org/x",
    "filesystem:https://e.org/x",
    "file:///etc/passwd",
    "about:blank",
    "ftp://e.org/x",
    "intent://e.org#Intent;end",
    "ms-settings:x",
    "//evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "http:javascript:alert(1)",
    "https:alert(1)",
    "mailto:a@b.org?subject=<script>",
    "tel:+1\"onclick=alert(1)",
    "https://e.org/\"onmouseover=\"alert(1)",
    "https://e.org/'onmouseover='alert(1)",
    "https://e.org/&quot;onmouseover=&quot;alert(1)",
    "https://e.org/\u{202e}gnp.exe",
    "#x\" onclick=\"alert(1)",
    "?x:javascript:alert(1)",
    ":javascript:alert(1)",
    "./javascript:alert(1)",
];

/// Whole texts: raw HTML, attributes, names, labels, titles.
const TEXTS: &[&str] = &[
    "<script>alert(1)</script>",
    "<ScRiPt src=//e.org/x.js></ScRiPt>",
    "<script\n>alert(1)</script\n>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=javascript:alert(1)>",
    "<IMG SRC=\"jav&#x0A;ascript:alert(1);\">",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<img src=\"https://e.org/x.png\" srcset=\"https://e.org/y.png\">",
    "<img src=/etc/x.png>",
    "<image href=x onerror=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "<a href=//evil.example>x</a>",
    "<a href=\"/\\evil.example\">x</a>",
    "<a href=\"https://e.org\" target=_blank ping=https://e.org onclick=alert(1)>x</a>",
    "<a id=main name=main>x</a>",
    "<p id=s-x class=top style=\"position:fixed\">x</p>",
    "<p id=content>x</p>",
    "<form action=https://e.org><button formaction=javascript:alert(1)>x</button></form>",
    "<input type=password name=p autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<select onfocus=alert(1)><option>x</option></select>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x></applet>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<div style=\"width:expression(alert(1))\">x</div>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1)></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math href=javascript:alert(1)>x</math>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<body onload=alert(1)>",
    "<html onclick=alert(1)><head><title>x</title></head></html>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<x onclick=alert(1)>x</x>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<title><p title=\"</title><img src=x onerror=alert(1)>\"></title>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<template><script>alert(1)</script></template>",
    "<plaintext>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--<img src=\"--><img src=x onerror=alert(1)>\">",
    "<![CDATA[<]]]]><![CDATA[>]]><img src=x onerror=alert(1)>",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "</div></article></main><script>alert(1)</script><main id=main>",
    "</style></title></textarea></script><img src=x onerror=alert(1)>",
    "`<img src=x onerror=alert(1)>`",
    "    <script>alert(1)</script>",
    "```\"><script>alert(1)</script>\nx\n```",
    "```js onclick=alert(1) class=\"x\n<script>alert(1)</script>\n```",
    "~~~ \" onmouseover=\"alert(1)\nx\n~~~",
    "# h {.a onclick=alert(1)}",
    "# h {#main}",
    "# h {#\"onclick=alert(1)}",
    "# <img src=x onerror=alert(1)> {#x}",
    "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |",
    "x[^<script>]\n\n[^<script>]: y",
    "x[^\"onclick=alert(1)]\n\n[^\"onclick=alert(1)]: <script>alert(1)</script>",
    "| <script>alert(1)</script> | [x](javascript:alert(1)) |\n|:-:|--:|\n| <img src=x onerror=alert(1)> | `\"` |",
    "- [x] <input onclick=alert(1)>\n- [ ] [x](javascript:alert(1))",
    "term <script>\n: <img src=x onerror=alert(1)>",
    "![x\" onerror=\"alert(1)](a.png)",
    "![x](a.png \"title\\\" onerror=\\\"alert(1)\")",
    "[x](https://e.org 'title\" onclick=\"alert(1)')",
    "![<script>alert(1)</script>](a.png)",
    "[![x](javascript:alert(1))](javascript:alert(1))",
    "[[javascript:alert(1)]]",
    "[[javascript:alert(1)|x]]",
    "[[a\"onclick=\"alert(1)|<script>alert(1)</script>]]",
    "![[javascript:alert(1)]]",
    "![[a.png|\" onerror=\"alert(1)]]",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "<vbscript:x>",
    "<https://e.org/\"onclick=alert(1)>",
    "<a@b.org\"onclick=alert(1)>",
    "[x]: javascript:alert(1)\n\n[x] [x][] [y][x] ![x]",
    "[x](<javascript:alert(1)>)",
    "[x](<java\tscript:alert(1)>)",
    "[x]( javascript:alert(1) )",
    "[x](javascript:alert(1 'title')",
    "[odd](javascript%3Aalert(1).txt) ![odd](javascript%3Aalert(1).txt)",
    "javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'>",
    "'\"><img src=x onerror=alert(1)>",
    "\"autofocus onfocus=alert(1) x=\"",
    "{{ 7 * 7 }}{% raw %}<script>alert(1)</script>{% endraw %}",
    "${alert(1)}#{alert(1)}<%= 1 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;",
    "x\u{202e}<script>",
];

/// Every address in every notation that takes one, and every text by itself.
fn payloads() -> Vec<String> {
    let mut all: Vec<String> = TEXTS.iter().map(|text| (*text).to_owned()).collect();
    for address in ADDRESSES {
        all.push(format!(
            "[x]({address}) [x](<{address}>) ![x]({address}) [x][r] ![x][r] [[{address}]] [[{address}|x]] <{address}>\n\n\
             [r]: {address}\n\n<a href=\"{address}\">x</a> <img src=\"{address}\"> <a href='{address}'>x</a> <a href={address}>x</a>"
        ));
        all.push(format!("[x]({address}) ![x]({address}) [[{address}|x]] <{address}>"));
    }
    all
}

/// The pages that a portfolio's site for me has.
fn pages(content: &Files) -> Vec<(String, String)> {
    let site = aid::site(&aid::unchecked(content), content, "me");
    let text = |bytes| String::from_utf8(bytes).expect("pages are UTF-8");
    site.into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, text(bytes)))
        .collect()
}

/// What a page may consist of, whoever wrote the content.
const FORBIDDEN: &[&str] = &[
    "script",
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "form",
    "button",
    "select",
    "textarea",
    "base",
    "svg",
    "math",
    "template",
    "noscript",
    "video",
    "audio",
    "source",
    "portal",
    "marquee",
    "plaintext",
    "xmp",
    "dialog",
    "slot",
];

/// Everything in a page that a browser might run or ask for elsewhere; empty if there is nothing.
fn dangers(page: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let prose = Selector::parse(".prose *").expect("a selector");
    let in_prose: BTreeSet<_> = html.select(&prose).map(|element| format!("{:?}", element.id())).collect();
    let mut found = Vec::new();
    for element in html.root_element().descendent_elements() {
        let name = element.value().name();
        let is_ours = !in_prose.contains(&format!("{:?}", element.id()));
        if FORBIDDEN.contains(&name) && !(is_ours && (is_picture(element) || is_of_the_frame(element))) {
            found.push(format!("<{name}>"));
        }
        if !is_ours && ["meta", "link", "title", "html", "head", "body", "main"].contains(&name) {
            found.push(format!("<{name}> in the text"));
        }
        if name == "input" && (element.attr("type") != Some("checkbox") || element.attr("disabled").is_none())
        {
            found.push(element.html());
        }
        for (attribute, value) in element.value().attrs() {
            let is_fine = match attribute {
                "href" => has_safe_scheme(value),
                "src" => has_safe_scheme(value) && (!value.contains(':') || is_ours && name == "script"),
                "id" => {
                    !is_ours && ["s-", "fn-", "fnref-"].iter().any(|start| value.starts_with(start))
                        || is_ours && is_theme_id(value)
                }
                "content" => name == "meta",
                "name" => name == "meta" || is_ours && name == "select",
                "rel" => {
                    matches!(value, "noopener noreferrer" | "icon" | "stylesheet" | "canonical" | "alternate")
                }
                "http-equiv" => is_ours,
                _ => {
                    !attribute.starts_with("on")
                        && ![
                            "style",
                            "srcdoc",
                            "srcset",
                            "action",
                            "formaction",
                            "ping",
                            "background",
                            "target",
                            "cite",
                        ]
                        .contains(&attribute)
                        || name == "meta"
                }
            };
            if !is_fine {
                found.push(format!("<{name} {attribute}={value:?}>"));
            }
        }
    }
    found
}

/// Whether it is a picture that the program draws, with nothing in it but shapes and words.
fn is_picture(element: ElementRef) -> bool {
    const DRAWN: [&str; 6] = ["path", "rect", "circle", "text", "title", "desc"];
    let is_chart = element.attr("class").is_some_and(|class| class.starts_with("chart "));
    let mut inside = element.descendent_elements().filter(|inner| inner.id() != element.id());
    element.value().name() == "svg" && is_chart && inside.all(|inner| DRAWN.contains(&inner.value().name()))
}

/// Whether an element is one that the theme puts around every text: its one script, icons, the line of days, the menu,
/// filters.
fn is_of_the_frame(element: ElementRef) -> bool {
    let value = element.value();
    let has = |name, wanted| value.attr(name) == Some(wanted);
    match value.name() {
        "script" => {
            let source = value.attr("src").unwrap_or_default();
            // The page for what is not there begins with the path of the address where the site is published.
            let is_own = source.ends_with("assets/site.js") && has_safe_scheme(source);
            is_own && value.attr("defer").is_some() && element.inner_html().is_empty()
        }
        "svg" => (has("class", "icon") || has("class", "days")) && has("aria-hidden", "true"),
        "button" => has("type", "button"),
        "form" => has("class", "filters") && value.attr("data-filters").is_some(),
        "select" => element.ancestors().filter_map(ElementRef::wrap).any(|it| it.value().name() == "form"),
        _ => false,
    }
}

fn is_theme_id(id: &str) -> bool {
    // On the map of rights each is named `scope.right`.
    let is_right = |(scope, right)| Id::parse(scope).is_ok() && Id::parse(right).is_ok();
    let is_figure = id.starts_with("figure-") || id.starts_with("year-");
    let is_part = ["main", "menu", "owned", "runs", "due", "latest"].contains(&id);
    is_part || is_figure || id.starts_with("right-") || id.split_once('.').is_some_and(is_right)
}

/// Whether an address, as a browser reads it, stays on the site or has a scheme that only leads somewhere.
fn has_safe_scheme(address: &str) -> bool {
    let address: String = address
        .trim_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let scheme = address.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    match scheme {
        Some(scheme) => ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str()),
        None => !address.starts_with("//") && !address.starts_with("/\\") && !address.starts_with('\\'),
    }
}

/// Elements, attributes and texts in one form, whatever way they were written.
fn structure(element: ElementRef) -> String {
    let mut text = String::new();
    for node in element.descendants().skip(1) {
        let depth = node.ancestors().count();
        match node.value() {
            Node::Element(element) => {
                let attributes: BTreeSet<(&str, &str)> = element.attrs().collect();
                writeln!(text, "{depth} <{} {attributes:?}>", element.name()).unwrap();
            }
            Node::Text(words) => writeln!(text, "{depth} {:?}", &**words).unwrap(),
            other => writeln!(text, "{depth} {other:?}").unwrap(),
        }
    }
    text
}

/// A cleaner that allows what our prose is made of, made without a look at ours.
fn oracle() -> ammonia::Builder<'static> {
    let mut oracle = ammonia::Builder::default();
    oracle
        .add_tags(["input", "section"])
        .add_generic_attributes(["id", "class", "aria-label", "tabindex"])
        .add_tag_attributes("input", ["type", "disabled", "checked"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .add_tag_attributes("a", ["rel"])
        .link_rel(None)
        .url_schemes(["http", "https", "mailto", "tel"].into());
    oracle
}

/// One page a payload, in several places of a text.
fn portfolio_of(payloads: &[String]) -> Files {
    let mut content = aid::files([
        ("portfolio.yaml", CONFIG),
        ("pages/javascript:alert(1).txt", "x"),
        ("pages/a.png", "x"),
    ]);
    for (index, payload) in payloads.iter().enumerate() {
        let line = payload.replace('\n', " ");
        let texts = [
            payload.clone(),
            format!("a paragraph with {payload}"),
            format!("| {line} | x |\n|---|---|\n| {line} | {line} |"),
            format!("> - {line}\n>   1. **{line}**\n\n## {line}\n\n{line}\n==="),
            format!("x[^n] {line}\n\n[^n]: {line}\n\nterm\n: {line}\n\n<div title=\"x\">{line}</div>"),
        ];
        for (place, text) in texts.iter().enumerate() {
            content.insert(
                format!("pages/p{index}-{place}.md"),
                format!("---\ntitle: P\n---\n{text}\n").into_bytes(),
            );
        }
        content.insert(format!("pages/p{index}-t.md"), format!("# {line}\n").into_bytes());
    }
    content
}

#[test]
fn no_text_becomes_script() {
    let payloads = payloads();
    assert!(payloads.len() >= 200, "{}", payloads.len());
    let pages = pages(&portfolio_of(&payloads));
    let oracle = oracle();
    let mut wrong = String::new();
    for (path, page) in &pages {
        let dangers = dangers(page);
        if !dangers.is_empty() {
            writeln!(wrong, "{path}: {dangers:?}").unwrap();
        }
        let html = Html::parse_document(page);
        for prose in html.select(&Selector::parse(".prose").expect("a selector")) {
            let again = Html::parse_fragment(&oracle.clean(&prose.inner_html()).to_string());
            let once = Html::parse_fragment(&prose.inner_html());
            if structure(once.root_element()) != structure(again.root_element()) {
                writeln!(wrong, "{path}: cleaning changes\n{}\nto\n{}", prose.inner_html(), again.html())
                    .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(pages.len() > payloads.len() * 6, "{}", pages.len());
}

/// What is looked for is found where it is: the tests above can fail.
#[test]
fn dangers_are_seen() {
    for page in [
        "<a href='java\tscript:x'>x</a>",
        "<a href=' javascript:x'>x</a>",
        "<a href='//e.org'>x</a>",
        "<img src='https://e.org/x.png'>",
        "<p onclick=x>",
        "<p style=x>",
        "<script></script>",
        "<svg></svg>",
        "<svg class='chart x'><a href=x></a></svg>",
        "<svg class='chart x' onload=x></svg>",
        "<div class=prose><svg class='chart x'></svg></div>",
        "<input>",
        "<div class=prose><p id=main></div>",
        "<p id=x>",
    ] {
        assert!(!dangers(&format!("<!doctype html><title>x</title>{page}")).is_empty(), "{page}");
    }
    let fine = "<!doctype html><title>x</title><main id=main><div class=prose><h2 id=s-x>x</h2><a href='../x/index.html#s-a:b'>x</a></div>";
    assert_eq!(dangers(fine), Vec::<String>::new());
    let drawn =
        "<!doctype html><title>x</title><svg class='chart x'><title id=figure-x>x</title><path d=M0></svg>";
    assert_eq!(dangers(drawn), Vec::<String>::new());
}

#[test]
fn addresses_that_are_safe_stay_links() {
    let text = "[a](https://e.org/a?b=c&d#e) [b](HTTP://e.org) [c](mailto:a@b.org) [d](tel:+1-2) <https://e.org> <a@b.org> [e](other.md) [[other]]\n";
    let content = aid::files([
        ("portfolio.yaml", CONFIG),
        ("pages/a.md", &format!("# A\n\n{text}")),
        ("pages/other.md", "# Other\n"),
    ]);
    let site = aid::site(&aid::sound(&content), &content, "me");
    let page = String::from_utf8_lossy(&site["pages/a/index.html"]).into_owned();
    let html = Html::parse_document(&page);
    let links = Selector::parse(".prose a").expect("a selector");
    let links: Vec<(&str, bool)> = html
        .select(&links)
        .map(|link| (link.attr("href").unwrap_or(""), link.attr("rel") == Some("noopener noreferrer")))
        .collect();
    let expected = [
        ("https://e.org/a?b=c&d#e", true),
        ("HTTP://e.org", true),
        ("mailto:a@b.org", true),
        ("tel:+1-2", true),
        ("https://e.org", true),
        ("mailto:a@b.org", true),
        ("../../pages/other/index.html", false),
        ("../../pages/other/index.html", false),
    ];
    assert_eq!(links, expected);
}

/// A value of every field that a schema has, with `text` wherever a text is meant.
fn instance(schema: &Value, root: &Value, text: &str) -> Option<Value> {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return instance(root.pointer(reference.trim_start_matches('#'))?, root, text);
    }
    if let Some([only]) = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        return instance(only, root, text);
    }
    if let Some(branches) = schema.get("anyOf").or(schema.get("oneOf")).and_then(Value::as_array) {
        // The longest form says most.
        let values = branches.iter().filter_map(|branch| instance(branch, root, text));
        return values.max_by_key(|value| value.to_string().len());
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.first().cloned();
    }
    match (schema.get("type")?.as_str()?, schema.get("format").and_then(Value::as_str)) {
        ("object", _) => {
            let fields = schema.get("properties").and_then(Value::as_object)?;
            let fields = fields.iter().filter(|(name, _)| !["aliases", "readers"].contains(&name.as_str()));
            Some(
                fields
                    .filter_map(|(name, field)| Some((name.clone(), instance(field, root, text)?)))
                    .collect(),
            )
        }
        ("array", _) => Some(json!([instance(schema.get("items")?, root, text)?])),
        ("string", Some("text")) => Some(json!(text)),
        ("string", Some("tag")) => Some(json!(format!("tag {}", text.chars().take(40).collect::<String>()))),
        ("string", Some("date")) => Some(json!("2026-03-02")),
        ("string", Some("duration")) => Some(json!("2w")),
        ("string", Some("right")) => Some(json!("plain/right")),
        // Ids would have to be those of entries.
        ("string", _) => None,
        ("boolean", _) => Some(json!(true)),
        ("number", _) => Some(json!(1.5)),
        ("integer", _) => Some(json!(1)),
        (kind, format) => panic!("what is {kind} {format:?}?"),
    }
}

#[test]
fn no_field_of_any_kind_becomes_script() {
    let mut texts: Vec<&str> = TEXTS.iter().copied().filter(|text| !text.contains('\n')).collect();
    texts.extend(ADDRESSES.iter().take(12));
    for (index, text) in texts.iter().enumerate() {
        let text = text.trim();
        let mut content = Files::new();
        let quoted = json!(text);
        let config = json!({
            "title": quoted, "owner": {"name": quoted, "role": quoted, "team": quoted},
            "manager": {"name": quoted, "role": quoted, "team": quoted}, "language": quoted,
            "base_url": quoted, "pause": {"since": "2026-05-02", "reason": quoted},
            "readers": {"reader": {"title": quoted}},
        });
        content.insert("portfolio.yaml".into(), config.to_string().into_bytes());
        let plain = "title: Plain\ndecision_rights: [{area: Right, delegation: consult}]\n";
        content.insert("scopes/plain.yaml".into(), plain.into());
        for kind in Kind::ALL {
            let schema = schema::of_kind(*kind);
            let mut entry = instance(schema, schema, text).expect("a kind has fields");
            // As Markdown, the same texts are tried above.
            entry["body"] = json!("words");
            if *kind == Kind::Constraint {
                entry["reasonable"] = json!(false);
            }
            let path = match kind {
                Kind::Program => "program.yaml".to_owned(),
                kind => format!("{}/e.yaml", kind.folder()).replace("/e.", &format!("/{}.", kind.word())),
            };
            content.insert(path, entry.to_string().into_bytes());
        }
        // `check` would refuse some of it, and no page may have to rely on that.
        let portfolio = aid::unchecked(&content);
        let readers: &[&str] = if index == 0 { &["me", "reader"] } else { &["me"] };
        for reader in readers {
            for (path, page) in aid::site(&portfolio, &content, reader) {
                let page = String::from_utf8(page).expect("all files are text");
                if path.ends_with(".html") {
                    assert_eq!(dangers(&page), Vec::<String>::new(), "{path} with {text}");
                }
            }
        }
        let site = aid::site(&portfolio, &content, "me");
        for kind in Kind::ALL {
            let path = match kind {
                Kind::Program => "program/index.html".to_owned(),
                kind => format!("{}/{}/index.html", kind.folder(), kind.word()),
            };
            let page = String::from_utf8_lossy(&site[&path]).into_owned();
            let html = Html::parse_document(&page);
            let words: String = html.root_element().text().collect();
            let times = words.matches(text).count();
            let all = site[&path].len();
            assert!(times >= 4, "{path} shows {text} {times} times in {all} bytes");
        }
    }
}

#[test]
fn what_is_nested_too_deep_is_shown_as_text() {
    let deep = format!("{}<script>alert(1)</script>[x](javascript:alert(1))", "<div>".repeat(600));
    let content =
        aid::files([("portfolio.yaml", CONFIG), ("pages/a.md", &*format!("# A\n\nx {deep}\n\n{deep}\n"))]);
    let (_, page) = pages(&content).into_iter().find(|(path, _)| path.contains("/a/")).expect("the page");
    assert_eq!(dangers(&page), Vec::<String>::new());
    assert!(page.contains("&lt;div&gt;&lt;div&gt;") && page.contains("&lt;script&gt;"));
}

#[test]
fn the_page_for_what_is_not_there_asks_no_other_server() {
    for (base_url, root) in [
        ("https://e.org/portfolio/", "/portfolio/"),
        ("https://e.org", "/"),
        ("https://e.org//evil.example/", "/evil.example/"),
        ("https:////evil.example", "/evil.example/"),
    ] {
        let content = aid::files([("portfolio.yaml", &*format!("{CONFIG}base_url: {base_url}\n"))]);
        let site = aid::site(&aid::unchecked(&content), &content, "me");
        let page = String::from_utf8_lossy(&site["404.html"]).into_owned();
        assert!(page.contains(&format!("href=\"{root}assets/style.css\"")), "{base_url}: {page}");
    }
}

#[test]
fn the_name_of_a_file_is_no_address_of_its_own() {
    let text = "# A\n\n[x](javascript%3Ax%20%22y%23.TXT) ![y](../files/a%3Fb&c;.png) [z](../other/javascript-x--y-.txt)\n";
    let content = aid::files([
        ("portfolio.yaml", CONFIG),
        ("pages/a.md", text),
        ("pages/javascript:x \"y#.TXT", "1"),
        ("files/a?b&c;.png", "2"),
        ("other/javascript-x--y-.txt", "3"),
    ]);
    let site = aid::site(&aid::sound(&content), &content, "me");
    assert_eq!(site["pages/a/javascript-x--y-.txt"], b"1");
    assert_eq!(site["pages/a/a-b-c-.png"], b"2");
    assert_eq!(site["pages/a/javascript-x--y--2.txt"], b"3");
    let page = String::from_utf8_lossy(&site["pages/a/index.html"]).into_owned();
    assert!(page.contains("<a href=\"javascript-x--y-.txt\">x</a> <img src=\"a-b-c-.png\""), "{page}");
}
