//! How the server begins and ends, and what it says.

use std::process::Stdio;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::aid::{Events, PATIENCE, Project, Serving, ask, command};

#[test]
fn signals_end_it_with_pages_open() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let project = Project::new();
        let serving = Serving::start(&project.root());
        let mut stream = Events::open(serving.host(), "/", "");
        stream.next_named("hello");
        let half = std::net::TcpStream::connect(serving.host()).unwrap();
        assert_eq!(serving.stop(signal), Some(code));
        drop((stream, half));
    }
}

#[test]
fn it_says_what_was_saved_and_where_it_is_shown() {
    let project = Project::new();
    let mut serving = Serving::start(&project.root());
    project.edit("decisions/first.md", "Alpha", "Omega");
    serving.wait_for_words("content/decisions/first.md");
    let said = serving.said.lock().unwrap().clone();
    let line = said.iter().find(|line| line.contains("first.md")).unwrap();
    assert!(line.ends_with(&format!("http://{}/decisions/first/", serving.host())), "{said:#?}");
    assert!(said.iter().any(|line| line.contains("files read, in")), "{said:#?}");

    project.edit("decisions/first.md", "[[second]]", "[[secnd]]");
    serving.wait_for_words("did you mean `second`?");
    project.edit("decisions/first.md", "[[secnd]]", "[[second]]");
    serving.wait_for_words("no errors any more");
}

#[test]
fn a_portfolio_with_editions_is_told_that_they_are_built_and_not_shown() {
    let project = Project::new();
    let settings = project.read("portfolio.yaml");
    let mut serving = Serving::start(&project.root());
    serving.wait_for_words("Ctrl-C");
    assert!(!serving.said.lock().unwrap().iter().any(|line| line.contains("editions")));
    drop(serving);
    project.write("portfolio.yaml", &format!("{settings}editions: review-*\n"));
    let mut serving = Serving::start(&project.root());
    serving.wait_for_words("note: today's site is shown; the editions `review-*`");
    assert!(!serving.get("/").text().contains("editions/"), "no page leads where nothing is");
    assert_eq!(serving.get("/editions/review-1/").status, 404);
}

#[test]
fn content_with_errors_is_served_as_far_as_it_goes() {
    let project = Project::new();
    project.write("decisions/broken.md", "---\ntitle: {\n---\n");
    let mut serving = Serving::start(&project.root());
    serving.wait_for_words("error[bad-yaml]");
    assert_eq!(serving.get("/decisions/first/").status, 200);
    assert_eq!(serving.get("/decisions/broken/").status, 404);

    let project = Project::new();
    let sound = project.read("portfolio.yaml");
    project.write("portfolio.yaml", "title: [\n");
    let mut serving = Serving::start(&project.root());
    serving.wait_for_words("error[bad-yaml]");
    assert!(serving.get("/").text().contains("There is no site to show."));
    project.write("portfolio.yaml", &sound);
    serving.wait_for("/", "Reporting");
}

#[test]
fn a_port_that_is_taken_gives_way_to_the_next() {
    let project = Project::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let serving = Serving::start_with(&project.root(), &["--port", &port]);
    assert_ne!(serving.host(), format!("127.0.0.1:{port}"));
    assert_eq!(serving.get("/").status, 200);
}

#[test]
fn wrong_usage_is_told_at_once() {
    let project = Project::new();
    for (arguments, code) in
        [(["--for", "nobody"], 2), (["--host", "0.0.0.0"], 2), (["--host", "192.0.2.1"], 3)]
    {
        let mut child = command(&project.root(), &arguments).stderr(Stdio::piped()).spawn().unwrap();
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < deadline, "{arguments:?} goes on");
            std::thread::sleep(Duration::from_millis(10));
        };
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}

/// An address of this machine that is not its loopback, if it has one.
fn own_address() -> Option<std::net::IpAddr> {
    // No packet is sent: connecting a datagram socket only chooses the address to send from.
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}

#[test]
fn in_a_network_only_who_has_the_link_may_look() {
    let Some(ip) = own_address() else {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "CI=true needs a network address");
        eprintln!("SKIPPED in_a_network: this machine has no address but its loopback");
        return;
    };
    let project = Project::new();
    let ip = ip.to_string();
    let serving = Serving::start_with(&project.root(), &["--host", &ip, "--for", "manager"]);
    let said = serving.said.lock().unwrap().join("\n");
    assert!(said.contains("warning: everybody in the network who has the link"), "{said}");
    let line = said.lines().find(|line| line.contains("?key=")).unwrap().trim();
    let key = line.split("?key=").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    assert_eq!(key.len(), 32);
    assert_eq!(serving.hosts.len(), 1, "the sites of other readers are not there at all");
    let host = &serving.hosts["manager"];
    let get = |path: &str, more: &str| {
        let raw = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n");
        ask(host, raw.as_bytes()).unwrap()
    };
    let wrong = "0".repeat(32);
    for (path, more) in [
        ("/".to_owned(), String::new()),
        (format!("/?key={wrong}"), String::new()),
        (format!("/?key={}", &key[1..]), String::new()),
        ("/?key=".to_owned(), String::new()),
        ("/".to_owned(), format!("Cookie: bailiwick={wrong}\r\n")),
        ("/".to_owned(), format!("Cookie: other={key}\r\n")),
        ("/_bailiwick/client.js".to_owned(), String::new()),
    ] {
        let reply = get(&path, &more);
        assert_eq!(reply.status, 403, "{path} {more}");
        assert!(!reply.text().contains("Reporting"));
    }
    let welcome = get(&format!("/decisions/?key={key}"), "");
    let cookie = welcome.header("set-cookie").unwrap().to_owned();
    assert_eq!(cookie, format!("bailiwick={key}; Path=/; HttpOnly; SameSite=Strict"));
    assert!(!welcome.text().contains(&key), "the next address does not hold the key");
    let with = format!("Cookie: a=b; {}\r\n", cookie.split(';').next().unwrap());
    assert!(get("/decisions/", &with).text().contains("The first"));
    let page = get("/", &with).text();
    assert!(!page.contains(&key));
}
