//! A second build takes over what would come out the same: that must never show.

use std::collections::BTreeMap;
use std::fs;

use crate::build::{built, files};
use crate::needs_git;
use crate::support::Repo;

const CONFIG: &str = "title: T\nowner: {name: N}\nreaders: {manager: {}, mentor: {}}\n\
     defaults:\n  readers: {page: [manager], pilot: [manager], scope: [manager]}\n";

const PILOT: &str = "title: P\nhypothesis: It helps.\nscope: s\nstarts: 2026-01-10\nends: 2026-03-01\n\
     primary: {name: Errors, unit: per report, baseline: 4, target: 2, direction: decrease}\n";

fn begun() -> Repo {
    let repo = Repo::new();
    fs::write(repo.path(".gitignore"), "site\nfresh-*\n").expect("it can be written");
    repo.write("portfolio.yaml", CONFIG).write("scopes/s.md", "# S\n\nmine\n").commit("begin");
    repo.write("scopes/s.md", "# S\n");
    repo.write("pages/a.md", "# A\n\nfirst words of [[b]]\n").write("pages/b.md", "# B\n\nof b\n");
    repo.write("pilots/p.yaml", PILOT).next_day().commit("write");
    repo.write("pages/a.md", "# A\n\nother words of [[b]]\n").next_day().commit("reword");
    repo
}

const SCOPE: &str = "# S\n";

/// The same with so many changes that months have pages of their own, with changes that name other entries, and with
/// an agreement that holds a scope where it stood.
fn grown() -> Repo {
    let repo = begun();
    let scope = |level: &str| {
        let right = format!("decision_rights: [{{area: Doors, delegation: {level}}}]");
        repo.write("scopes/s.md", &format!("---\nboundaries: [None yet]\n{right}\n---\n{SCOPE}"));
    };
    scope("tell");
    for number in 0..60 {
        repo.write(&format!("pages/n{number}.md"), &format!("---\nrelated: [a]\n---\n# N {number}\n"));
    }
    let agreement = "title: G\ndate: 2026-01-06\nparties: [N]\nstatus: agreed\n\
                     grants: [{right: s/doors, from: tell, to: sell}]\n";
    repo.write("agreements/g.yaml", agreement).next_day().commit("agree");
    scope("sell");
    for number in 0..60 {
        repo.write(&format!("pages/n{number}.md"), &format!("---\nrelated: [b]\n---\n# N {number}\n"));
    }
    (0..40).for_each(|_| {
        repo.next_day();
    });
    repo.commit("relate");
    scope("consult");
    repo.next_day().commit("consult");
    (0..45).for_each(|number| {
        repo.write(&format!("pages/n{number}.md"), &format!("---\nrelated: [b, p]\n---\n# N {number}\n"));
    });
    repo.next_day().commit("relate more");
    repo
}

fn commit(repo: &Repo, message: &str) {
    repo.next_day().commit(message);
}

/// Builds for everybody over the last build and into new folders, and holds each against the other.
fn check(repo: &Repo, number: &mut usize, what: &str) {
    *number += 1;
    for reader in ["me", "manager"] {
        let fresh = repo.path(&format!("fresh-{number}/{reader}"));
        fs::create_dir_all(fresh.parent().expect("it is in a folder")).expect("a folder can be made");
        built(repo, &["--today", "2026-04-01", "--for", reader]);
        built(repo, &["--today", "2026-04-01", "--for", reader, "--out", &fresh.to_string_lossy()]);
        let (again, fresh) = (files(&repo.path(&format!("site/{reader}"))), files(&fresh));
        assert_eq!(differing(&again, &fresh), Vec::<&String>::new(), "{what}, for {reader}");
    }
}

fn differing<'f>(
    one: &'f BTreeMap<String, Vec<u8>>,
    other: &'f BTreeMap<String, Vec<u8>>,
) -> Vec<&'f String> {
    let all = one.keys().chain(other.keys());
    all.filter(|path| one.get(*path) != other.get(*path)).collect()
}

#[test]
fn whatever_happens_a_second_build_is_as_good_as_a_first_one() {
    needs_git!();
    let repo = begun();
    let mut number = 0;
    let mut step = |what: &str, act: &dyn Fn()| {
        act();
        check(&repo, &mut number, what);
    };
    step("nothing yet", &|| {});
    step("an edit that is not committed", &|| {
        repo.write("pages/a.md", "# A\n\nthird words of [[b]]\n");
    });
    step("the same committed", &|| commit(&repo, "third"));
    step("moved goalposts, and another title, which other pages name", &|| {
        repo.write("pages/b.md", "# Called otherwise\n\nof b\n");
        repo.write("pilots/p.yaml", &PILOT.replace("target: 2", "target: 3"));
        commit(&repo, "move");
    });
    step("a tag on an old commit", &|| {
        repo.git(&["tag", "-m", "then", "noted", "HEAD~2"]);
    });
    step("an entry closed", &|| {
        repo.write("pages/b.md", "---\nreaders: [mentor]\n---\n# Called otherwise\n\nof b\n");
        repo.git(&["tag", "-d", "noted"]);
        commit(&repo, "close");
    });
    step("and opened again", &|| {
        repo.write("pages/b.md", "---\nreaders: [manager]\n---\n# B\n\nof b\n");
        commit(&repo, "open");
    });
    step("other rules", &|| {
        repo.write("portfolio.yaml", &CONFIG.replace("page: [manager]", "page: [mentor]"));
        commit(&repo, "rules");
    });
    step("another language", &|| {
        repo.write("portfolio.yaml", &CONFIG.replace("title: T", "title: T\nlanguage: de"));
        commit(&repo, "language");
    });
    step("a file moved to another id", &|| {
        repo.git(&["mv", "content/pages/a.md", "content/pages/c.md"]);
        commit(&repo, "move");
    });
    step("another entry under the old id", &|| {
        repo.write("pages/a.md", "# Another A\n\nnothing of the first\n");
        commit(&repo, "again");
    });
    step("an entry deleted", &|| {
        repo.git(&["rm", "-q", "content/pages/c.md"]);
        commit(&repo, "delete");
    });
    step("a commit amended", &|| {
        repo.write("pages/a.md", "# Another A\n\nsomething else\n");
        repo.git(&["commit", "-q", "-a", "--amend", "-m", "amended"]);
    });
    step("a template of one's own", &|| {
        fs::create_dir_all(repo.path("themes/default/templates")).expect("a folder can be made");
        let history = fs::read_to_string("themes/default/templates/history.html").expect("it is there");
        fs::write(
            repo.path("themes/default/templates/history.html"),
            history.replace("{% endblock", "<p>Ours</p>{% endblock"),
        )
        .expect("it can be written");
    });
}

#[test]
fn names_of_today_reach_what_is_told_of_the_past() {
    needs_git!();
    let repo = grown();
    let mut number = 0;
    let mut step = |what: &str, act: &dyn Fn()| {
        act();
        check(&repo, &mut number, what);
    };
    step("nothing yet", &|| {});
    assert!(repo.path("site/me/changes/2026-01/index.html").is_file(), "months have pages");
    step("an entry that many changes name is called otherwise, uncommitted", &|| {
        repo.write("pages/b.md", "# Called otherwise\n\nof b\n");
    });
    step("committed", &|| commit(&repo, "title"));
    let page = fs::read_to_string(repo.path("site/me/changes/2026-02/index.html")).expect("it is there");
    assert!(page.contains("Related: “Called otherwise” added"), "{page}");
    step("the right that an agreement grants is called otherwise", &|| {
        let right = "decision_rights: [{id: doors, area: All doors, delegation: consult}]";
        repo.write("scopes/s.md", &format!("---\nboundaries: [None yet]\n{right}\n---\n{SCOPE}"));
    });
    step("committed", &|| commit(&repo, "right"));
    step("a scope is called otherwise, of which others are part", &|| {
        let right = "decision_rights: [{id: doors, area: All doors, delegation: consult}]";
        repo.write("scopes/s.md", &format!("---\nboundaries: [None yet]\n{right}\n---\n# Another S\n"));
        commit(&repo, "scope");
    });
    step("an entry comes to belong to a scope", &|| {
        repo.write("scopes/t.md", "# T\n");
        repo.write("pilots/p.yaml", &PILOT.replace("scope: s", "scope: t"));
        commit(&repo, "belong");
    });
    step("a named entry is closed to some", &|| {
        repo.write("pages/b.md", "---\nreaders: [mentor]\n---\n# Called otherwise\n\nof b\n");
        commit(&repo, "close");
    });
    step("an old commit gets a name", &|| {
        repo.git(&["tag", "-m", "then", "noted", "HEAD~6"]);
    });
}

#[test]
fn a_record_that_is_torn_or_of_another_reader_changes_nothing() {
    needs_git!();
    let repo = begun();
    let build = |reader: &str| built(&repo, &["--today", "2026-04-01", "--for", reader]);
    let _ = ["me", "manager"].map(build);
    let record = |reader: &str, name: &str| repo.path(&format!("site/.bailiwick/{reader}/{name}"));
    let expected = ["me", "manager"].map(|reader| files(&repo.path(&format!("site/{reader}"))));
    for name in ["kept", "versions", "versions-later", "history"] {
        let [own, other] =
            ["manager", "me"].map(|reader| fs::read(record(reader, name)).expect("it is kept"));
        for bytes in [&own[..own.len() / 2], &other[..], b""] {
            fs::write(record("manager", name), bytes).expect("it can be written");
            let said = build("manager");
            assert!(said.contains(" 0 of them new or changed"), "{said}");
            assert_eq!(files(&repo.path("site/manager")), expected[1], "{name}");
        }
    }
    assert_eq!(files(&repo.path("site/me")), expected[0]);
}

#[test]
fn a_kept_page_that_somebody_changed_is_not_kept() {
    needs_git!();
    let repo = begun();
    built(&repo, &["--today", "2026-04-01"]);
    let page = repo.path("site/me/pages/a/history.html");
    let text = fs::read_to_string(&page).expect("it is there");
    fs::write(&page, text.replacen("words", "WORDS", 1)).expect("it can be written");
    let output = crate::build::build(&repo, &["--today", "2026-04-01"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("pages/a/history.html"), "{said}");
}
