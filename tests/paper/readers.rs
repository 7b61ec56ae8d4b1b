//! A reader's PDF is made from what the reader may see, and from nothing else.

use super::aid::{FOR_ME, Printing, pdf, portfolio, read_back, text};

const CONFIG: &str =
    "title: T\nowner: {name: Robin Vale}\nmanager: {name: Kim Osei}\nreaders: {manager: {}}\n";
const PROPOSAL: &str = "title: T\nreaders: [manager]\nask: A\nscope: s\npilot: p\n\
                        wants: [{right: s/a, to: advise}]\nevidence: [hidden-decision, seen-decision]\n";
const PILOT: &str = "title: zzpilot\nstarts: 2026-09-01\nhypothesis: zzhypothesis\nfallback: zzfallback\n\
                     primary: {name: zzmetric, direction: decrease, baseline: 9, target: 1, observations: [{date: 2026-09-02, value: 7712}]}\n\
                     safeguards: [{risk: zzrisk, mitigation: zzmitigation}]\nreviews: [2026-09-16]\n";
const SCOPE: &str = "title: zzscope\nboundaries: [zzboundary]\ndecision_rights: [{area: zzarea, id: a, delegation: tell, limits: zzlimits}]\n";
const HIDDEN: &str = "title: zzdecision\nscope: s\ndate: 2026-05-01\nresult: {date: 2026-06-01, verdict: setback, failed: zzfailed}\n";
const SEEN: &str = "title: Seen decision\nreaders: [manager]\ndate: 2026-05-02\n";

fn files<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let seen =
        [("portfolio.yaml", CONFIG), ("proposals/q.yaml", PROPOSAL), ("decisions/seen-decision.yaml", SEEN)];
    seen.into_iter().chain(others.iter().copied()).collect()
}

const ALL: [(&str, &str); 3] =
    [("scopes/s.yaml", SCOPE), ("pilots/p.yaml", PILOT), ("decisions/hidden-decision.yaml", HIDDEN)];

#[test]
fn what_is_hidden_is_in_no_byte() {
    let portfolio = portfolio(&files(&ALL));
    let manager = pdf(&portfolio, "q", Printing { reader: "manager", ..FOR_ME });
    let mine = pdf(&portfolio, "q", FOR_ME);
    let uncompressed =
        |bytes: &[u8]| read_back("qpdf", &["--qdf", "--object-streams=disable", "FILE", "-"], bytes);
    let (Some(text), Some(my_text)) = (text(&manager), text(&mine)) else { return };
    let Some(objects) = uncompressed(&manager) else { return };
    assert!(text.contains("Seen decision"));
    for planted in [
        "zzpilot",
        "zzhypothesis",
        "zzfallback",
        "zzmetric",
        "zzrisk",
        "zzmitigation",
        "zzboundary",
        "zzscope",
        "zzarea",
        "zzlimits",
        "zzdecision",
        "7712",
    ] {
        assert!(my_text.contains(planted), "my own copy lacks {planted}");
        assert!(!text.contains(planted), "{planted} is in the text");
        let is_in = |needle: &[u8]| objects.windows(needle.len()).any(|window| window == needle);
        let wide: Vec<u8> = planted.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(!is_in(planted.as_bytes()) && !is_in(&wide), "{planted} is in an object");
    }
    assert!(!text.contains("setback"));
}

#[test]
fn the_file_is_a_function_of_what_is_seen() {
    let whole = portfolio(&files(&ALL));
    // What the reader sees of it, written down as if there had never been more.
    let without = PROPOSAL
        .replace("scope: s\npilot: p\nwants: [{right: s/a, to: advise}]\n", "")
        .replace("hidden-decision, ", "");
    let cut = portfolio(&[
        ("portfolio.yaml", CONFIG),
        ("proposals/q.yaml", &without),
        ("decisions/seen-decision.yaml", SEEN),
    ]);
    let manager = Printing { reader: "manager", ..FOR_ME };
    assert_eq!(pdf(&whole, "q", manager), pdf(&cut, "q", manager));
}
