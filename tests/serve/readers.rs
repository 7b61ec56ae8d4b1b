//! Each reader's site has an origin of its own, and nothing of what is the writer's alone.

use crate::aid::{Events, Project, SENTINEL, Serving, get};

#[test]
fn another_readers_site_holds_nothing_of_the_writers() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    let host = &serving.hosts["manager"];
    assert_ne!(host, serving.host());
    assert!(serving.get("/decisions/hidden/").text().contains(SENTINEL));
    // Every address of the writer's site, asked at the other reader's door.
    let mut addresses = vec!["/".to_owned()];
    let mut next = 0;
    while next < addresses.len() {
        let page = serving.get(&addresses[next]);
        for part in page.text().split("href=\"").skip(1) {
            let target = part.split(['"', '#']).next().unwrap_or_default();
            let base = addresses[next].rsplit_once('/').map_or("", |(folder, _)| folder);
            let mut parts: Vec<&str> = base.split('/').collect();
            for step in target.split('/') {
                match step {
                    ".." => drop(parts.pop()),
                    step => parts.push(step),
                }
            }
            let address = parts.join("/");
            if !target.contains(':') && address.starts_with('/') && !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        next += 1;
    }
    assert!(addresses.len() > 15, "{addresses:?}");
    addresses.extend([
        "/portfolio.json".to_owned(),
        "/calendar.ics".to_owned(),
        "/decisions/hidden".to_owned(),
    ]);
    for address in &addresses {
        let reply = get(host, address);
        assert!(!reply.text().contains(SENTINEL), "{address} tells the manager of it");
    }
    assert_eq!(get(host, "/decisions/hidden/").status, 404);
    assert_eq!(get(host, "/decisions/first/").status, 200);
}

#[test]
fn what_is_wrong_is_told_to_others_without_its_words() {
    let project = Project::new();
    let serving = Serving::start(&project.root());
    project.edit("decisions/hidden.md", "readers: [me]", "readers: [me]\nxylophone: 1");
    let mut mine = Events::open(serving.host(), "/decisions/hidden/index.html", "");
    let own = loop {
        let (data, _) = mine.next_named("faults");
        if data.contains("unknown-field") {
            break data;
        }
    };
    assert!(own.contains("unknown field `xylophone`") && own.contains("vscode://file"), "{own}");
    let mut others = Events::open(&serving.hosts["manager"], "/decisions/first/index.html", "");
    let told = loop {
        let (data, _) = others.next_named("faults");
        if data.contains("unknown-field") {
            break data;
        }
    };
    assert!(!told.contains(SENTINEL) && !told.contains("vscode"), "{told}");
}

#[test]
fn a_reader_who_is_declared_later_gets_a_door() {
    let project = Project::new();
    let mut serving = Serving::start(&project.root());
    project.edit("portfolio.yaml", "{manager: {}}", "{manager: {}, mentor: {}}");
    serving.wait_for_words("for mentor");
    let said = serving.said.lock().unwrap().join("\n");
    let line = said.lines().find(|line| line.contains("for mentor")).unwrap();
    let host = line.trim().trim_start_matches("http://").split('/').next().unwrap().to_owned();
    assert!(get(&host, "/").text().contains("mentor"));
}
