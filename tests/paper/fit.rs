//! What fits on one page, how tightly, and what is said of what does not.

use std::collections::BTreeSet;
use std::fmt::Write;

use bailiwick::model::config::Paper;
use bailiwick::paper::{DENSITIES, Fault};

use super::aid::{FOR_ME, Printing, pages, pdf, portfolio, printed, printed_whole, read_back, sample, text};

/// A proposal with so many reasons, and a safeguard for every third.
pub fn with_reasons(count: usize) -> String {
    let mut text =
        "title: A proposal that grows\nask: Let me try it for four weeks and show you.\nto: Kim Osei\n\
                    benefits:\n"
            .to_owned();
    for number in 0..count {
        writeln!(text, "  - Reason {number}, which takes most of a line in its column and a little more")
            .unwrap();
    }
    text += "safeguards:\n  - {risk: It does not work, mitigation: We stop it}\n";
    for number in 0..count / 3 {
        writeln!(
            text,
            "  - {{risk: Risk {number} comes true, mitigation: Somebody looks at it every Friday}}"
        )
        .unwrap();
    }
    text
}

#[test]
fn every_proposal_of_the_sample_is_one_page_on_both_papers() {
    let sample = sample();
    for proposal in &sample.proposals {
        for (paper, width) in [(Paper::A4, "595"), (Paper::Letter, "612")] {
            let id = proposal.id().as_str();
            let printing = Printing { paper: Some(paper), ..FOR_ME };
            let bytes = pdf(&sample, id, printing);
            assert!(bytes.len() < 200_000, "{id}: {} bytes", bytes.len());
            let Some(told) = read_back("pdfinfo", &["FILE"], &bytes) else { return };
            let told = String::from_utf8_lossy(&told).into_owned();
            assert_eq!(pages(&bytes), Some(1), "{id}");
            let size =
                told.lines().find_map(|line| line.strip_prefix("Page size:")).expect("pdfinfo names it");
            assert!(size.trim().starts_with(width), "{id}: {size}");
        }
    }
}

#[test]
fn text_that_grows_meets_every_density_and_then_the_end_of_the_page() {
    let mut met = BTreeSet::new();
    let mut last = 0;
    for count in 1.. {
        let portfolio = portfolio(&[("proposals/p.yaml", &with_reasons(count))]);
        match printed(&portfolio, "p", FOR_ME) {
            Ok(fitted) => {
                assert!(fitted.density >= last, "{count} reasons are set more loosely than {}", count - 1);
                assert_eq!(fitted.sheets.pages(), 1);
                last = fitted.density;
                met.insert(fitted.density);
                // What is written has as many pages as what was laid out.
                if met.len() == fitted.density + 1 && count % 4 == 0 {
                    let bytes = fitted.sheets.pdf().expect("it conforms");
                    assert!(pages(&bytes).is_none_or(|pages| pages == 1));
                }
            }
            Err(Fault::Overflow(overflow)) => {
                // The first that does not fit is too long by little, and the longest section is the one that grew.
                assert!(overflow.pages > 1.0 && overflow.pages < 1.1, "{overflow}");
                assert!((1..=6).contains(&overflow.lines), "{overflow}");
                assert_eq!(overflow.sections[0].name, "Why", "{overflow}");
                assert!(overflow.sections[0].lines > overflow.sections[1].lines);
                break;
            }
            Err(fault) => panic!("{count}: {fault}"),
        }
    }
    assert_eq!(met.into_iter().collect::<Vec<_>>(), (0..DENSITIES).collect::<Vec<_>>());
}

#[test]
fn twice_the_text_is_twice_the_page() {
    let fitting = (1..).find(|count| {
        let portfolio = portfolio(&[("proposals/p.yaml", &with_reasons(*count * 8))]);
        printed(&portfolio, "p", FOR_ME).is_err()
    });
    let count = fitting.expect("some text is too long") * 16;
    let portfolio = portfolio(&[("proposals/p.yaml", &with_reasons(count))]);
    let Err(Fault::Overflow(overflow)) = printed(&portfolio, "p", FOR_ME) else { panic!("it fits") };
    assert!((1.7..2.4).contains(&overflow.pages), "{overflow}");
    let allowed = Printing { may_overflow: true, ..FOR_ME };
    let longer = printed(&portfolio, "p", allowed).expect("it may be longer");
    assert!(longer.sheets.pages() >= 2 && longer.overflow == Some(overflow));
    let bytes = longer.sheets.pdf().expect("it conforms");
    assert!(pages(&bytes).is_none_or(|pages| pages == longer.sheets.pages()));
}

#[test]
fn pictures_are_there_as_long_as_there_is_room_for_all_words() {
    let measure = "success_metrics:\n  - name: Hours\n    direction: decrease\n    baseline: 9\n    target: 2\n    \
                   observations: [{date: 2026-04-03, value: 8}, {date: 2026-04-10, value: 4.25}]\n";
    let drawn = |pdf: &[u8]| {
        let uncompressed = ["--qdf", "--object-streams=disable", "FILE", "-"];
        let objects = read_back("qpdf", &uncompressed, pdf)?;
        Some(String::from_utf8_lossy(&objects).matches("/Alt ").count())
    };
    let mut lacked_them = false;
    for count in (1..).step_by(3) {
        let proposal = format!("{}{measure}", with_reasons(count));
        let portfolio = portfolio(&[("proposals/p.yaml", &proposal)]);
        let printed = match printed_whole(&portfolio, "p", FOR_ME) {
            Ok(printed) => printed,
            // Too long even without: what there is to cut is words.
            Err(Fault::Overflow(overflow)) => {
                assert!(lacked_them && overflow.pages < 1.2, "{overflow}");
                return;
            }
            Err(fault) => panic!("{count}: {fault}"),
        };
        assert!(printed.lacks_pictures >= lacked_them, "{count} reasons have room again");
        if count == 1 || printed.lacks_pictures != lacked_them {
            lacked_them = printed.lacks_pictures;
            let bytes = printed.fitted.sheets.pdf().expect("it conforms");
            let expected = usize::from(!lacked_them);
            assert!(drawn(&bytes).is_none_or(|drawn| drawn == expected), "{count}");
            // The value is in the table either way.
            assert!(text(&bytes).is_none_or(|text| text.contains("4.25")));
        }
    }
}

#[test]
fn the_same_proposal_is_the_same_bytes_on_every_thread() {
    let sample = sample();
    let id = "send-the-weekly-report-without-sign-off";
    let first = pdf(&sample, id, FOR_ME);
    let threads: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..3).map(|_| scope.spawn(|| pdf(&sample, id, FOR_ME))).collect();
        started.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(threads.into_iter().all(|bytes| bytes == first));
    assert!(bailiwick::paper::is_ours(&first));
}
