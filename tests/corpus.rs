//! The portfolios that are made for measuring are sound, and the same every time.

#[path = "../examples/corpus/generate.rs"]
mod generate;

use std::collections::BTreeSet;

use bailiwick::check;
use bailiwick::model::{Kind, read};
use bailiwick::report::{Format, Style, printed};
use bailiwick::source::discover::Folder;
use bailiwick::source::{SourceMap, SourcePath, decode};
use bailiwick::text::{Date, Scalar};
use generate::{LAST_DAY, portfolio};

#[expect(clippy::disallowed_methods, reason = "the rule is for the program, which publishes all or nothing")]
fn write(folder: &std::path::Path, count: usize) {
    for file in portfolio(count, &[]) {
        let path = folder.join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
}

#[test]
fn a_portfolio_of_any_size_is_sound() {
    for count in [1, 2, 10, 300] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), count);
        let sources = Folder::open(&folder.path().join("content")).unwrap().read().unwrap();
        let (found, mut report) = read::read(&sources);
        let found = found.unwrap();
        let style = Format::Human(Style { color: false, width: 100 });
        assert!(report.diagnostics().is_empty(), "{}", printed(&report, &sources, "", style));
        check::run(&found, Date::parse(LAST_DAY).unwrap(), &mut report);
        assert!(!report.has_errors(), "{}", printed(&report, &sources, "", style));
        assert_eq!(found.headers().count(), count);
        for kind in Kind::folders().filter(|_| count == 300) {
            assert!(found.of_kind(kind).count() > 0, "{kind:?}");
        }
    }
}

#[test]
fn a_kind_can_be_left_out() {
    for without in [&[Kind::Proposal][..], &[Kind::Pilot, Kind::Proposal, Kind::Page]] {
        let files = portfolio(300, without);
        let sources: SourceMap = files
            .into_iter()
            .map(|file| {
                let path = file.path.strip_prefix("content/").unwrap().to_owned();
                (SourcePath::new(path.as_str()), decode::source_file(&path, file.bytes))
            })
            .collect();
        let (found, report) = bailiwick::read(&sources, Date::parse(LAST_DAY).unwrap());
        assert!(!report.has_errors());
        let found = found.unwrap();
        assert_eq!(found.headers().count(), 300);
        for kind in Kind::folders() {
            assert_eq!(found.of_kind(kind).count() == 0, without.contains(&kind), "{kind:?}");
        }
    }
}

#[test]
fn the_same_size_gives_the_same_bytes() {
    for count in [1, 10, 300] {
        let (once, again) = (portfolio(count, &[]), portfolio(count, &[]));
        assert!(once.iter().zip(&again).all(|(a, b)| a.path == b.path && a.bytes == b.bytes));
        assert_eq!(once.len(), again.len());
        let paths: BTreeSet<&str> = once.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths.len(), once.len());
    }
}
