//! Content that wants to run: sixty payloads in every field of every kind, shown by a real browser.

use std::path::Path;

use bailiwick::model::Kind;
use bailiwick::model::schema;
use serde_json::{Value, json};

use crate::aid::{build, complaints, files, on_disk};
use crate::browser::{Browser, Screen};

/// Texts that have run somewhere, sometime. Each would open a dialog or set `window.__x`.
const PAYLOADS: [&str; 60] = [
    "<script>alert(1)</script>",
    "<script>window.__x=1</script>",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><img src=x onerror=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "\"><svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<base href=javascript:alert(1)//>",
    "<form action=javascript:alert(1)><button autofocus>x</button></form>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<div style=\"background:url(javascript:alert(1))\">",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "\" onmouseover=alert(1) x=\"",
    "' onmouseover=alert(1) x='",
    "\" autofocus onfocus=alert(1) x=\"",
    "` onmouseover=alert(1)",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "{{ 7 * 7 }}{% raw %}",
    "${alert(1)}",
    "`-alert(1)-`",
    "'-alert(1)-'",
    "\\\"-alert(1)//",
    "</script><!--<script>alert(1)",
    "\u{a0}alert(1)//<svg/onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "<x contenteditable onblur=alert(1) tabindex=1 id=x>",
    "__proto__",
    "constructor alert(1)",
    "\u{202e}<script>alert(1)</script>",
];

/// A value for a field: the payload wherever a text may stand, something sound elsewhere; `None` where nothing
/// of it can be filled in.
fn value(schema: &Value, whole: &Value, payload: &str) -> Option<Value> {
    let schema = match schema["$ref"].as_str() {
        Some(name) => whole.pointer(name.trim_start_matches('#'))?,
        None => schema,
    };
    let choices = ["anyOf", "oneOf"].into_iter().find_map(|name| schema[name].as_array());
    if let Some(choices) = choices {
        let isnt_null = |choice: &&Value| choice["type"] != "null";
        return choices.iter().filter(isnt_null).find_map(|choice| value(choice, whole, payload));
    }
    if schema.get("enum").is_some()
        || schema.get("const").is_some()
        || schema.get("pattern").is_some()
        || schema.get("format").is_some()
    {
        return None;
    }
    match schema["type"].as_str()? {
        "string" => Some(json!(payload)),
        "array" => Some(json!([value(&schema["items"], whole, payload)?])),
        _ => None,
    }
}

/// An entry of a kind with the payload in every field that takes a text.
fn entry(kind: Kind, payload: &str) -> String {
    let whole = schema::of_kind(kind);
    let mut fields = serde_json::Map::new();
    for (name, field) in whole["properties"].as_object().expect("a kind has fields") {
        if matches!(name.as_str(), "readers" | "aliases" | "related" | "tags" | "date") {
            continue;
        }
        fields.extend(value(field, whole, payload).map(|value| (name.clone(), value)));
    }
    fields.insert("title".into(), json!(payload));
    fields.insert("summary".into(), json!(payload));
    fields.insert("tags".into(), json!([format!("tag {}", &payload.chars().take(40).collect::<String>())]));
    // Raw HTML in Markdown has tests of its own; here it stands as code, because addresses in it are refused.
    fields.insert("body".into(), json!(format!("`` {payload} ``\n\n## `` {payload} ``\n")));
    let more = match kind {
        Kind::Pilot => {
            json!({"starts": "2026-09-01", "ends": "2026-12-01", "primary": {"name": payload, "unit": payload, "direction": "decrease", "baseline": 3, "target": 2,
            "observations": [{"date": "2026-09-08", "value": 3, "note": payload}, {"date": "2026-09-15", "value": 2}]},
            "guardrails": [{"name": payload, "unit": payload, "direction": "decrease", "limit": 2, "on_breach": payload}],
            "safeguards": [{"risk": payload, "mitigation": payload}], "escalations": [{"trigger": payload, "to": payload, "action": payload}],
            "amendments": [{"date": "2026-09-10", "change": payload, "why": payload}], "verdict": null})
        }
        Kind::Scope => {
            json!({"decision_rights": [{"area": format!("Area {payload}"), "id": "a", "delegation": "agree", "wanted": "advise", "limits": payload}],
            "stakeholders": [{"name": payload, "role": payload, "interest": payload, "concern": payload}],
            "commitments": [{"what": payload, "due": "2026-10-20"}]})
        }
        Kind::Decision => json!({"date": "2026-09-02", "status": "accepted", "confidence": 0.5,
            "result": {"date": "2026-09-20", "verdict": "setback", "changed": payload, "failed": payload, "learned": payload}}),
        Kind::Proposal => {
            json!({"date": "2026-09-03", "ask": payload, "risks": [{"risk": payload, "mitigation": payload}], "allies": [{"name": payload, "role": payload, "note": payload}]})
        }
        Kind::Agreement => json!({"date": "2026-09-04", "revisit_by": "2026-10-20"}),
        Kind::Feedback => json!({"date": "2026-09-05", "quote": payload, "quote_permission": true}),
        Kind::Constraint => json!({"type": "noise", "since": "2026-09-07"}),
        Kind::CheckIn => json!({"date": "2026-09-06"}),
        _ => json!({}),
    };
    for (name, value) in more.as_object().expect("fields") {
        if value.is_null() {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), value.clone());
        }
    }
    // JSON is YAML.
    Value::Object(fields).to_string()
}

fn portfolio(folder: &Path) {
    let write = |name: String, text: String| {
        let path = folder.join("content").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    let name = PAYLOADS[0];
    write("portfolio.yaml".into(), json!({"title": name, "owner": {"name": PAYLOADS[10], "role": name, "team": PAYLOADS[11]}, "manager": {"name": PAYLOADS[38], "role": name}}).to_string());
    for (at, payload) in PAYLOADS.iter().enumerate() {
        // One kind for each payload keeps the browser's work small; all kinds have their turn with six payloads.
        for kind in Kind::folders().collect::<Vec<_>>().into_iter().skip(at % 3).step_by(3) {
            write(format!("{}/e{at}-{}.yaml", kind.folder(), kind.word()), entry(kind, payload));
        }
    }
}

#[test]
fn nothing_that_content_says_is_done() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    portfolio(folder.path());
    let site = build(folder.path());
    let own = on_disk(&site, "");
    let page = browser.open(Screen::DESKTOP);
    let mut faults = Vec::new();
    let pages: Vec<String> = files(&site).into_iter().filter(|path| path.ends_with(".html")).collect();
    assert!(pages.len() > 180, "{}", pages.len());
    for path in &pages {
        page.goto(&format!("{own}{path}"));
        if page.evaluate("window.__x === undefined && !document.querySelector('main script, main iframe, main object, main embed, main style')") != json!(true) {
            faults.push(format!("{path} has taken something for HTML"));
        }
    }
    // The search shows all of it again, and a list filters by it.
    page.goto(&format!("{own}index.html"));
    page.press("/");
    page.wait_for("document.querySelector('dialog[open] input')");
    for query in [
        "alert",
        "script",
        "onerror",
        "javascript",
        "<img src=x onerror=alert(1)>",
        "__proto__",
        "constructor",
    ] {
        page.evaluate("document.activeElement.select()");
        page.type_text(query);
        page.wait_for("document.querySelector('.search-state').textContent !== ''");
        page.evaluate("new Promise((tell) => setTimeout(tell, 50))");
    }
    page.goto(&format!("{own}search/index.html?q={}", "%3Cimg%20src=x%20onerror=alert(1)%3E"));
    page.wait_for("document.querySelector('[role=option], .search-state').textContent !== ''");
    page.goto(&format!("{own}decisions/index.html?status=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"));
    faults.extend(complaints(&page, &own));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
