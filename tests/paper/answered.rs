//! A proposal that was answered stands as it was answered: what came later is not what it rested on.

use super::aid::{FOR_ME, pdf, portfolio, text};

const SCOPE: (&str, &str) =
    ("scopes/s.yaml", "title: S\ndecision_rights: [{area: A, id: a, delegation: consult}]\n");
const EARLIER: (&str, &str) = (
    "decisions/earlier.yaml",
    "title: Earlier\nscope: s\ndate: 2026-03-01\nresult: {date: 2026-04-01, verdict: as-expected}\n",
);

/// A proposal, a decision that it rests on, another pilot and its own pilot. `later` says whether the files hold
/// what came after the answer, or would come after it.
fn files(answer: &str, later: bool) -> Vec<(&'static str, String)> {
    let keep = |text: &str| if later { text.to_owned() } else { String::new() };
    let proposal = format!(
        "title: P\ndate: 2026-05-01\nask: A\nscope: s\npilot: own\nevidence: [rested-on, tried{}]\n\
         success_metrics:\n  - name: Hours\n    direction: decrease\n    baseline: 9\n    target: 2\n    \
         observations:\n      - {{date: 2026-04-03, value: 8}}\n      - {{date: 2026-04-10, value: 7}}\n{}{answer}",
        keep(", later, {kind: metric, title: zzfigures, date: 2026-06-02}"),
        keep("      - {date: 2026-07-01, value: 3771}\n"),
    );
    let decision = format!(
        "title: Rested on\nscope: s\ndate: 2026-02-01\n{}",
        keep("result: {date: 2026-07-01, verdict: setback, failed: zzfailed}\n")
    );
    let other = format!(
        "title: zzother\nscope: s\ndate: 2026-02-02\n{}",
        keep("result: {date: 2026-06-02, verdict: setback, failed: zzfailed}\n")
    );
    let tried = format!(
        "title: Tried\nscope: s\nstarts: 2026-05-04\nends: 2026-06-30\n\
         primary: {{name: N, direction: decrease, baseline: 9, target: 1, observations: [{{date: 2026-05-08, value: 8}}{}]}}\n{}",
        keep(", {date: 2026-06-20, value: 20}"),
        keep("verdict: {date: 2026-07-01, decision: revert, by: Kim}\n"),
    );
    let own = format!(
        "title: Own\nscope: s\nstarts: 2026-06-08\nends: 2026-07-08\ntests: {{right: s/a, to: advise}}\n\
         primary: {{name: N, direction: decrease, baseline: 9, target: 1{}}}\n",
        keep(", observations: [{date: 2026-06-20, value: 4}]"),
    );
    vec![
        ("proposals/p.yaml", proposal),
        ("decisions/rested-on.yaml", decision),
        ("decisions/other.yaml", other),
        ("pilots/tried.yaml", tried),
        ("pilots/own.yaml", own),
        ("pages/later.yaml", "title: zzlater\ndate: 2026-06-02\n".to_owned()),
    ]
}

fn printed(answer: &str, later: bool) -> Vec<u8> {
    let files = files(answer, later);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let portfolio = portfolio(&[&files[..], &[SCOPE, EARLIER]].concat());
    pdf(&portfolio, "p", FOR_ME)
}

const ANSWER: &str = "status: declined\nanswer: {date: 2026-06-01, decision: declined, note: No}\n";

#[test]
fn what_came_after_the_answer_changes_nothing() {
    assert_eq!(printed(ANSWER, true), printed(ANSWER, false));
}

#[test]
fn while_it_is_open_it_rests_on_all_that_is_known() {
    let open = printed("status: sent\n", true);
    assert_ne!(open, printed("status: sent\n", false));
    let (Some(open), Some(answered)) = (text(&open), text(&printed(ANSWER, true))) else { return };
    // The latest setback, the value that came last, how the trial ended.
    for told in ["2 setbacks", "revert", "3771", "zzlater", "zzfigures"] {
        assert!(open.contains(told), "no {told} in {open}");
    }
    for kept_back in ["setback", "revert", "3771", "zzlater", "zzfigures"] {
        assert!(!answered.contains(kept_back), "{kept_back} in {answered}");
    }
    assert!(answered.contains("1 decision as expected") && answered.contains("improving"), "{answered}");
}
