//! What a reader may not see changes no byte of their site, in whatever revision it stands.

use std::collections::BTreeMap;

use super::repository::{Repository, files, has_git};

const CONFIG: &str = "title: T\nowner: {name: Robin Vale}\nreaders: {manager: {}, mentor: {}}\n\
                      defaults: {readers: {decision: manager, pilot: manager, scope: manager}}\n";

/// A history in which `secret` stands wherever the manager must not look, with `more` commits of such alone.
fn story(secret: &str, more: usize) -> Repository {
    let repository = Repository::new();
    let write = |path: &str, text: &str| repository.write(&format!("content/{path}"), text);
    repository.write(".gitignore", "site/\n");
    write("portfolio.yaml", CONFIG);
    write("scopes/doors.md", "---\ntitle: Doors\n---\nOpen from the first day.\n");
    // It is opened later, without what it said before.
    write("decisions/opened.md", &format!("---\ntitle: Opened\nreaders: me\n---\n{secret} of the draft.\n"));
    write(&format!("decisions/{secret}.md"), &format!("---\ntitle: {secret}\nreaders: me\n---\n{secret}\n"));
    repository.commit("2026-03-01", &format!("{secret} begins"));
    for at in 0..more {
        write(
            &format!("decisions/{secret}.md"),
            &format!("---\ntitle: {secret}\nreaders: me\n---\n{secret} {at}\n"),
        );
        repository.commit("2026-03-02", &format!("{secret} once more"));
    }
    write("decisions/opened.md", "---\ntitle: Opened\n---\nFor others.\n");
    write("decisions/closed.md", &format!("---\ntitle: Closed {secret}\n---\nRead for a while: {secret}.\n"));
    repository.commit("2026-03-03", &format!("open {secret}"));
    let sections =
        format!("---\ntitle: Opened\n---\nFor others, and more.\n\n# Notes {{readers=mentor}}\n\n{secret}\n");
    write("decisions/opened.md", &sections);
    write(
        "decisions/closed.md",
        &format!("---\ntitle: Closed {secret}\nreaders: me\n---\nRead for a while: {secret}.\n"),
    );
    repository.commit("2026-03-04", "sections");
    // The name of a hidden entry in a text that is open.
    write(
        "scopes/doors.md",
        &format!("---\ntitle: Doors\nrelated: [{secret}]\n---\nOpen. See [[{secret}|that]].\n"),
    );
    repository.commit("2026-03-05", "link");
    repository.remove(&format!("content/decisions/{secret}.md"));
    write("scopes/doors.md", "---\ntitle: Doors\n---\nOpen. See that.\n");
    repository.git("2026-03-05", &["tag", "--annotate", "--message", secret, "review-1"]);
    repository.commit("2026-03-06", &format!("remove {secret}"));
    write("decisions/not-committed.md", &format!("---\ntitle: {secret}\nreaders: me\n---\n{secret}\n"));
    repository
}

/// Takes away what was closed last, and moves what is open, without a commit.
fn displace(repository: &Repository, secret: &str) {
    repository.remove("content/decisions/closed.md");
    repository.remove("content/decisions/opened.md");
    let moved = format!(
        "---\ntitle: Opened\n---\nFor others, and more.\n\n# Notes {{readers=mentor}}\n\nMoved {secret}\n"
    );
    repository.write("content/decisions/opened/index.md", &moved);
}

fn built(repository: &Repository, reader: &str) -> BTreeMap<String, Vec<u8>> {
    repository.run(&["build", "--quiet", "--for", reader, "--today", "2026-06-01"]);
    files(&repository.path().join("site").join(reader))
}

#[track_caller]
fn assert_same_for_others(one: &Repository, other: &Repository) {
    for reader in ["manager", "everyone"] {
        let (site, same) = (built(one, reader), built(other, reader));
        let differing: Vec<&String> = site
            .iter()
            .filter(|(path, bytes)| same.get(*path) != Some(bytes))
            .map(|(path, _)| path)
            .collect();
        assert!(differing.is_empty() && site.len() == same.len(), "for {reader}: {differing:?}");
        for (path, bytes) in &site {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            assert!(!text.contains("xylophone") && !path.contains("xylophone"), "{path} for {reader}");
            assert!(!text.contains("r@example.org") && !text.contains("robin@example.org"), "{path}");
        }
    }
}

#[test]
fn hidden_words_of_any_revision_change_no_byte() {
    if !has_git() {
        return;
    }
    let (one, other) = (story("xylophone", 0), story("quixotically", 3));
    assert_same_for_others(&one, &other);
    displace(&one, "xylophone");
    displace(&other, "quixotically");
    assert_same_for_others(&one, &other);
    // There is a history to be seen at all, and the writer sees the whole of it.
    let told = built(&one, "manager");
    assert!(told.contains_key("scopes/doors/history.html") && told.contains_key("changes/index.html"));
    let mine = built(&one, "me");
    let changes = String::from_utf8_lossy(&mine["changes/index.html"]).into_owned();
    assert!(changes.contains("xylophone"), "the writer's page tells of it");
}
