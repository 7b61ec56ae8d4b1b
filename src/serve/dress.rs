//! What the server adds to a page: one script of its own, and leave for it in the page's policy.

use super::address::Address;

/// Where the server keeps what is its own; no file of a site begins like this.
pub(super) const OWN: &str = "/_bailiwick/";

/// How a page names its policy.
const META: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// What a page may do that names no policy of its own.
const STRICT: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; \
                      form-action 'none'";

/// A page with the server's script, and the policy under which it is to be shown.
pub(super) struct Dressed {
    pub(super) bytes: Vec<u8>,
    pub(super) policy: String,
}

/// Adds the script to a page. `page` is its path and `hash` tells its bytes from others.
pub(super) fn dressed(bytes: &[u8], page: &str, hash: &str) -> Dressed {
    let Ok(html) = std::str::from_utf8(bytes) else {
        return Dressed { bytes: bytes.to_owned(), policy: header(STRICT) };
    };
    let script = format!(
        "<script src=\"{OWN}client.js\" data-page=\"{}\" data-hash=\"{hash}\" defer></script>\n",
        Address::of_file(page)
    );
    let end = html.rfind("</body>").unwrap_or(html.len());
    let policy = html.find(META).map(|at| at + META.len()).and_then(|start| {
        let length = html[start..end.max(start)].find('"')?;
        Some(start..start + length)
    });
    let Some(policy) = policy else {
        let html = [&html[..end], &script, &html[end..]].concat();
        return Dressed { bytes: html.into_bytes(), policy: header(&amended(STRICT)) };
    };
    let own = amended(&html[policy.clone()]);
    let html = [&html[..policy.start], &own, &html[policy.end..end], &script, &html[end..]].concat();
    Dressed { bytes: html.into_bytes(), policy: header(&own) }
}

/// The policy for what is no page: nothing runs in it, wherever it is opened.
pub(super) fn policy_of_files() -> String {
    header("default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox")
}

/// Nobody puts a page into a frame.
fn header(policy: &str) -> String {
    format!("{policy}; frame-ancestors 'none'")
}

/// A policy that also lets scripts and styles of the server load, and them talk to it.
fn amended(policy: &str) -> String {
    let mut directives: Vec<String> =
        policy.split(';').map(|directive| directive.trim().to_owned()).filter(|it| !it.is_empty()).collect();
    for name in ["script-src", "style-src", "connect-src"] {
        let is_it = |directive: &&mut String| directive.split_whitespace().next() == Some(name);
        match directives.iter_mut().find(is_it) {
            Some(directive) if directive.split_whitespace().any(|source| source == "'self'") => {}
            Some(directive) => {
                let sources = directive.split_whitespace().skip(1).filter(|source| *source != "'none'");
                let sources: String = sources.map(|source| format!(" {source}")).collect();
                *directive = format!("{name} 'self'{sources}");
            }
            None => directives.push(format!("{name} 'self'")),
        }
    }
    directives.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_one_script_and_leave_for_it() {
        let page = format!(
            "<head>{META}default-src 'none'; style-src 'self'; script-src 'none'\"></head><body>x</body></html>\n"
        );
        let Dressed { bytes, policy } = dressed(page.as_bytes(), "a b/index.html", "12");
        let expected = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'";
        let script = "<script src=\"/_bailiwick/client.js\" data-page=\"/a%20b/index.html\" data-hash=\"12\" defer></script>\n";
        let wanted = format!("<head>{META}{expected}\"></head><body>x{script}</body></html>\n");
        assert_eq!(String::from_utf8(bytes).unwrap(), wanted);
        assert_eq!(policy, format!("{expected}; frame-ancestors 'none'"));
    }

    #[test]
    fn a_page_without_body_or_policy_gets_it_at_the_end() {
        let Dressed { bytes, policy } = dressed(b"moved", "a.html", "1");
        let html = String::from_utf8(bytes).unwrap();
        assert!(html.starts_with("moved<script src="), "{html}");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("connect-src 'self'"),
            "{policy}"
        );
    }

    #[test]
    fn what_a_policy_already_allows_stays() {
        assert_eq!(
            amended("script-src 'self' https://a.example; style-src 'unsafe-inline'"),
            "script-src 'self' https://a.example; style-src 'self' 'unsafe-inline'; connect-src 'self'"
        );
    }
}
