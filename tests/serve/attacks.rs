//! What nobody but the browser tab of this machine gets, and how the server bears with who does not behave.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::aid::{Project, SENTINEL, Serving, ask, get};
use crate::browser::{Browser, Screen};

fn request(target: &str, host: &str, more: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n").into_bytes()
}

#[test]
fn only_the_printed_names_are_answered() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let host = serving.host();
    let port = host.rsplit_once(':').unwrap().1;
    for (name, expected) in [
        (host.to_owned(), 200),
        (format!("localhost:{port}"), 200),
        ("127.0.0.1".to_owned(), 403),
        ("localhost".to_owned(), 403),
        (format!("localhost.:{port}"), 403),
        (format!("LOCALHOST:{port}"), 403),
        (format!("127.0.0.1.:{port}"), 403),
        (format!("127.1:{port}"), 403),
        (format!("2130706433:{port}"), 403),
        (format!("0x7f000001:{port}"), 403),
        (format!("0177.0.0.1:{port}"), 403),
        (format!("127.0.0.2:{port}"), 403),
        (format!("0.0.0.0:{port}"), 403),
        (format!("[::1]:{port}"), 403),
        (format!("[::ffff:127.0.0.1]:{port}"), 403),
        (format!("[0:0:0:0:0:ffff:7f00:1]:{port}"), 403),
        ("127.0.0.1:1".to_owned(), 403),
        (format!("127.0.0.1:0{port}"), 403),
        (format!("evil.example:{port}"), 403),
        ("evil.example".to_owned(), 403),
        (format!("127.0.0.1:{port}.evil.example"), 403),
        (format!("127.0.0.1.nip.io:{port}"), 403),
        (format!("evil.example@127.0.0.1:{port}"), 403),
        (format!("127.0.0.1:{port}@evil.example"), 403),
        (format!("{host}, evil.example"), 403),
        (format!("{host}/"), 403),
        (format!("http://{host}"), 403),
        ("null".to_owned(), 403),
        (String::new(), 403),
    ] {
        let reply = ask(host, &request("/", &name, "")).unwrap_or_else(|| panic!("no answer to `{name}`"));
        assert_eq!(reply.status, expected, "Host: {name}");
        assert_eq!(reply.text().contains("Reporting"), expected == 200, "Host: {name}");
    }
    let twice = request("/", host, &format!("Host: {host}\r\n"));
    assert_eq!(ask(host, &twice).unwrap().status, 400, "two hosts");
    assert_eq!(ask(host, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").unwrap().status, 400, "no host");
    assert_eq!(ask(host, b"GET / HTTP/1.0\r\n\r\n").unwrap().status, 400, "no host, in the old way");
    for target in [format!("http://{host}/"), "http://evil.example/".to_owned(), format!("https://{host}/")] {
        assert_eq!(ask(host, &request(&target, host, "")).unwrap().status, 400, "{target}");
    }
}

#[test]
fn pages_from_elsewhere_get_nothing() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let host = serving.host();
    let link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    let frame = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n";
    let from = |site: &str, mode: &str, dest: &str| {
        format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {dest}\r\n")
    };
    let cases = [
        ("/", String::new(), 200),
        ("/", from("none", "navigate", "document"), 200),
        ("/", from("same-origin", "cors", "empty"), 200),
        ("/", link.to_owned(), 200),
        ("/", frame.to_owned(), 403),
        ("/", from("cross-site", "no-cors", "script"), 403),
        ("/", from("cross-site", "no-cors", "image"), 403),
        ("/assets/style.css", from("cross-site", "no-cors", "style"), 403),
        ("/", from("same-site", "cors", "empty"), 403),
        ("/", from("cross-site", "cors", "empty"), 403),
        ("/", "Origin: http://evil.example\r\n".to_owned(), 403),
        ("/", "Origin: null\r\n".to_owned(), 403),
        ("/", format!("Origin: https://{host}\r\n"), 403),
        ("/", format!("Origin: http://{host}.evil.example\r\n"), 403),
        ("/", format!("Origin: http://{host}\r\n"), 200),
        ("/", format!("Origin: http://{host}\r\nOrigin: http://evil.example\r\n"), 400),
        ("/_bailiwick/events?page=/&hash=", String::new(), 403),
        ("/_bailiwick/events?page=/&hash=", from("none", "navigate", "document"), 403),
        ("/_bailiwick/events?page=/&hash=", from("same-site", "cors", "empty"), 403),
        ("/_bailiwick/events?page=/&hash=", link.to_owned(), 403),
        ("/_bailiwick/client.js", link.to_owned(), 403),
        ("/_bailiwick/client.js", from("cross-site", "no-cors", "script"), 403),
    ];
    for (path, more, expected) in cases {
        let reply = ask(host, &request(path, host, &more)).unwrap();
        assert_eq!(reply.status, expected, "{path} {more}");
        assert_eq!(reply.header("access-control-allow-origin"), None);
    }
}

#[test]
fn every_answer_is_closed_to_others_and_to_caches() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    for path in [
        "/",
        "/nothing",
        "/assets/style.css",
        "/pilots/trial/dot.png",
        "/portfolio.json",
        "/_bailiwick/client.js",
        "/%",
    ] {
        let reply = serving.get(path);
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{path}: {}", reply.head);
        }
        let policy = reply.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.ends_with("frame-ancestors 'none'"),
            "{policy}"
        );
    }
    let page = serving.get("/");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(serving.get("/pilots/trial/dot.png").header("content-type"), Some("image/png"));
}

#[test]
fn nothing_but_the_files_of_the_site_can_be_read() {
    let project = Project::new();
    std::fs::write(project.root().join("secret.txt"), SENTINEL).unwrap();
    project.write("pages/unlinked.csv", SENTINEL);
    std::os::unix::fs::symlink(project.root().join("secret.txt"), project.at("pages/link.txt")).unwrap();
    std::os::unix::fs::symlink(project.root(), project.at("pages/out")).unwrap();
    let serving = Serving::start_with(&project.root(), &["--for", "manager"]);
    let host = &serving.hosts["manager"];
    let mut tried = 0;
    let targets = [
        "secret.txt",
        "content/decisions/hidden.md",
        "decisions/hidden/",
        "etc/passwd",
        "pages/unlinked.csv",
    ];
    let ups = [
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "%252e%252e/",
        "%252e%252e%252f",
        "..\\",
        "..%5c",
        "%2e%2e%5c",
        "..%255c",
        "....//",
        "..;/",
        ".%00./",
        "..%00/",
        "%c0%ae%c0%ae/",
        "%e0%80%ae%e0%80%ae/",
        "..%c0%af",
        "%uff0e%uff0e/",
        ".../",
        "./",
        "//",
        "/%2f",
        "/%5c",
        "..%0d%0a/",
    ];
    let starts = ["/", "/assets/", "/decisions/", "/pages/link.txt/", "/pages/out/"];
    for target in targets {
        for up in ups {
            for start in starts {
                for depth in [1, 3] {
                    let path = format!("{start}{}{target}", up.repeat(depth));
                    let reply = ask(host, &request(&path, host, ""));
                    let text = reply.as_ref().map(crate::aid::Reply::text).unwrap_or_default();
                    assert!(!text.contains(SENTINEL) && !text.contains("root:"), "{path}");
                    let status = reply.map_or(400, |reply| reply.status);
                    // `./` and the like are nothing that a browser sends, and lead nowhere.
                    assert!(matches!(status, 400 | 404), "{path}: {status}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried >= 1000);
    let odd = [
        "/secret.txt",
        "/content/portfolio.yaml",
        "/pages/link.txt",
        "/pages/out/secret.txt",
        "/pages/unlinked.csv",
        "/decisions/hidden/index.html",
        "/decisions/hidden",
        "/index.html%00.png",
        "/index.html/",
        "/C:/",
        "/c%3a/",
        "/file:///etc/passwd",
        "/?raw=../secret.txt",
        "/_bailiwick/",
        "/_bailiwick/../secret.txt",
        "/.git/config",
        "/portfolio.yaml",
        "/themes/default/templates/base.html",
        "/assets/../../secret.txt",
        "//evil.example/",
        "//evil.example/decisions",
        "/\\evil.example/decisions",
        "/decisions/first/dot.png",
        "/pilots/trial/days.csvx",
    ];
    for path in odd {
        let reply = ask(host, &request(path, host, ""));
        let text = reply.as_ref().map(crate::aid::Reply::text).unwrap_or_default();
        assert!(!text.contains(SENTINEL), "{path}");
        let location = reply.as_ref().and_then(|reply| reply.header("location")).unwrap_or("/x").to_owned();
        assert!(location.starts_with('/') && !location.starts_with("//"), "{path} leads to {location}");
    }
    for path in
        ["#x".to_owned(), format!("/{}", "a".repeat(64 * 1024)), "*".to_owned(), "decisions/".to_owned()]
    {
        let status = ask(host, &request(&path, host, "")).map_or(400, |reply| reply.status);
        assert!(matches!(status, 400 | 404 | 414 | 431), "{path:.20}: {status}");
    }
    assert_eq!(get(host, "/decisions/first/").status, 200);
    let slash = get(host, "/decisions/first");
    assert_eq!((slash.status, slash.header("location")), (307, Some("/decisions/first/")));
    assert_eq!(get(host, "/pilots/trial/dot.png").status, 200);
}

#[test]
fn there_is_nothing_to_write_to() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let host = serving.host();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "GETX", "get"]
    {
        for path in [
            "/",
            "/decisions/first/",
            "/assets/style.css",
            "/_bailiwick/events?page=/&hash=",
            "/_bailiwick/client.js",
        ] {
            let raw = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            let status = ask(host, raw.as_bytes()).map_or(400, |reply| reply.status);
            assert!(matches!(status, 400 | 405), "{method} {path}: {status}");
        }
    }
    let head = ask(host, format!("HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
        .unwrap();
    assert_eq!((head.status, head.body.len()), (200, 0));
    for more in [
        "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    ] {
        let mut raw = request("/", host, more);
        raw.extend(b"0\r\n\r\nGET /decisions/first/ HTTP/1.1\r\nHost: x\r\n\r\n");
        let reply = ask(host, &raw).unwrap();
        assert_eq!(reply.status, 400, "{more}");
        assert!(!reply.text().contains("HTTP/1.1"), "two answers to one request: {more}");
    }
}

#[test]
fn who_is_slow_or_greedy_holds_nobody_up() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let host = serving.host();
    // Half a request, and an answer that nobody reads.
    let mut held: Vec<TcpStream> = Vec::new();
    for number in 0..150 {
        let mut stream = TcpStream::connect(host).unwrap();
        let part = if number % 2 == 0 {
            "GET / HT".to_owned()
        } else {
            format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")
        };
        stream.write_all(part.as_bytes()).unwrap();
        held.push(stream);
    }
    assert_eq!(serving.get("/").status, 200);
    drop(held);

    let huge = request("/", host, &format!("X: {}\r\n", "a".repeat(200_000)));
    assert!(ask(host, &huge).is_none_or(|reply| matches!(reply.status, 400 | 431)));
    let many = "X: a\r\n".repeat(2000);
    assert!(ask(host, &request("/", host, &many)).is_none_or(|reply| matches!(reply.status, 400 | 431)));

    // Far more streams than are allowed: some are refused, none is in the way.
    let streams: Vec<TcpStream> = (0..400)
        .filter_map(|_| {
            let stream = TcpStream::connect(host).ok()?;
            let ask = format!(
                "GET /_bailiwick/events?page=/&hash= HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\n\r\n"
            );
            (&stream).write_all(ask.as_bytes()).ok()?;
            Some(stream)
        })
        .collect();
    let mut answers = [0, 0];
    for mut stream in &streams {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut start = [0; 12];
        if stream.read_exact(&mut start).is_ok() {
            answers[usize::from(start.ends_with(b"200"))] += 1;
        }
    }
    assert!((1..=64).contains(&answers[1]), "{answers:?} streams are open");
    drop(streams);
    serving.wait_for("/", "Reporting");
    // Those that were closed make room.
    let deadline = std::time::Instant::now() + crate::aid::PATIENCE;
    while !is_heard(host) {
        assert!(std::time::Instant::now() < deadline, "closed streams keep their places");
    }
}

/// Whether the server opens one more stream.
fn is_heard(host: &str) -> bool {
    let mut stream = TcpStream::connect(host).unwrap();
    let more = "Sec-Fetch-Site: same-origin\r\n";
    stream.write_all(&request("/_bailiwick/events?page=/&hash=", host, more)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).is_ok() && start.ends_with(b"200")
}

#[test]
fn a_rebound_name_and_another_origin_see_nothing_in_a_browser() {
    let Some(browser) = Browser::start_with(&["--host-resolver-rules=MAP evil.example 127.0.0.1"]) else {
        return;
    };
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let port = serving.host().rsplit_once(':').unwrap().1;
    let page = browser.open(Screen::DESKTOP);
    page.goto(&format!("http://evil.example:{port}/"));
    assert!(!page.text("document.documentElement.textContent").contains("Reporting"));

    // A page of another origin on the same machine: that of another reader.
    page.goto(&format!("http://{}/", serving.hosts["manager"]));
    page.wait_for("document.querySelector('bailiwick-preview')");
    let target = serving.address("/portfolio.json");
    let fetched = page.try_evaluate(&format!("fetch('{target}').then((reply) => reply.text())"));
    assert!(fetched.is_err(), "{fetched:?}");
    let opaque =
        page.try_evaluate(&format!("fetch('{target}', {{mode: 'no-cors'}}).then((reply) => reply.text())"));
    assert!(opaque.is_err() || opaque == Ok(serde_json::json!("")), "{opaque:?}");
}
