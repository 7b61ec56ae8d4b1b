//! Words planted wherever something can be hidden, and the search for them, in every spelling, in all that the
//! real program writes and says for a reader.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::aid::{self, Files, files, messages, program, tree};

/// Begins every planted word. Its letters stand in no other word.
const MARK: &str = "zxq";

/// Planted where the manager may not look; shown to me.
const HIDDEN: &[&str] = &[
    "zxqreader",
    "zxqreadertitle",
    "zxqreason",
    "zxqentry",
    "zxqtitle",
    "zxqsummary",
    "zxqtag",
    "zxqalias",
    "zxqbody",
    "zxqfolder",
    "zxqpicture",
    "zxqpicturealt",
    "zxqdatafile",
    "zxqdatacontent",
    "zxqnote",
    "zxqproof",
    "zxqprooffile",
    "zxqprooflink",
    "zxqheading",
    "zxqsection",
    "zxqfootnote",
    "zxqdefinition",
    "zxqlinktitle",
    "zxqcomment",
    "zxqblockcomment",
    "zxqinstruction",
    "zxqquote",
    "zxqunreasonable",
    "zxqright",
    "zxqlimits",
    "zxqstakeholder",
    "zxqprogram",
    "zxqpilot",
    "zxqhypothesis",
    "zxqshadowed",
    "zxqhiddenfile",
];

/// Planted where nobody is shown it.
const NEVER: &[&str] = &["zxqyamlcomment", "zxqconfigcomment", "zxqunused", "zxqpng"];

/// Planted where the manager may look, so that the search is known to find something.
const SHOWN: &[&str] = &["zxqshown", "zxqlinkwords", "zxqopen"];

fn portfolio() -> Files {
    let mut content = files([
        (
            "portfolio.yaml",
            "# zxqconfigcomment\ntitle: Portfolio\nowner: {name: N}\n\
             readers: {manager: {title: For Kim}, zxqreader: {title: For zxqreadertitle}}\n\
             defaults: {readers: {decision: [zxqreader]}}\ncheck_ins: {every: 2w, with: zxqreader}\n\
             pause: {since: 2026-05-02, reason: zxqreason}\n",
        ),
        (
            "pages/shown.md",
            "---\nreaders: [manager, zxqreader] # zxqyamlcomment\naliases: [shown-once]\nrelated: [zxqentry]\n\
             evidence: [zxqentry, {kind: metric, title: Kept, file: ../decisions/zxqfolder/zxqprooffile.txt}]\n---\n\
             # Shown zxqshown\n\n\
             [zxqlinkwords](../decisions/zxqentry.md \"zxqlinktitle\") [[zxqentry]] [[zxqalias]] [[zxqentry|one]]\n\
             [two][zxqdefinition] ![words](../decisions/zxqfolder/zxqpicture.png) [three](#zxqheading)\n\
             [[shown#zxqheading]] ![[../decisions/zxqfolder/zxqpicture.png]] [four](../pilots/zxqpilot/zxqdatafile.csv)\n\
             text <!-- zxqcomment --> text <?zxqinstruction?> [five] [open](https://e.org/zxqopen)\n\n\
             <!--\nzxqblockcomment\n-->\n\n\
             [zxqdefinition]: ../decisions/zxqentry.md\n[five]: https://e.org\n[five]: ../decisions/zxqshadowed.md\n\n\
             ## zxqheading {readers=zxqreader}\n\nzxqsection[^n]\n\n[^n]: zxqfootnote\n\n\
             ## Also limited {readers=manager,zxqreader}\n\nopen\n",
        ),
        (
            "decisions/zxqentry.md",
            "---\ntitle: zxqtitle\nsummary: zxqsummary\ndate: 2026-03-01\ntags: [zxqtag]\naliases: [zxqalias]\n\
             scope: zxqright\nright: zxqright/zxqright\n\
             evidence: [{kind: metric, title: zxqproof, link: \"https://e.org/zxqprooflink\", note: zxqnote}]\n---\n\
             zxqbody [[shown]]\n",
        ),
        ("decisions/zxqshadowed.md", "---\ndate: 2026-03-01\n---\n# Shadowed\n"),
        (
            "decisions/zxqfolder/index.md",
            "---\ndate: 2026-03-02\n---\n# Folder\n\n![zxqpicturealt](zxqpicture.png) [f](zxqprooffile.txt)\n",
        ),
        ("decisions/zxqfolder/zxqprooffile.txt", "zxqhiddenfile"),
        (
            "scopes/zxqright.yaml",
            "title: Scope\nstakeholders: [{name: zxqstakeholder}]\n\
             decision_rights: [{area: zxqright, delegation: consult, limits: zxqlimits}]\n",
        ),
        (
            "pilots/zxqpilot/index.yaml",
            "title: Pilot\nstarts: 2026-03-01\nends: 2026-05-01\nhypothesis: zxqhypothesis\n\
             primary: {name: P, direction: decrease, target: 1, observations: zxqdatafile.csv}\n",
        ),
        ("pilots/zxqpilot/zxqdatafile.csv", "date,value,note\n2026-03-02,1,zxqdatacontent\n"),
        (
            "pilots/shown-pilot.yaml",
            "title: Shown pilot\nreaders: [manager]\nstarts: 2026-03-01\nends: 2026-05-01\nscope: zxqright\n\
             tests: {right: zxqright/zxqright, to: agree}\n\
             primary: {name: P, direction: decrease, target: 1, observations: shown-figures.csv}\n",
        ),
        ("pilots/shown-figures.csv", "date,value,note\n2026-03-02,1,open\n"),
        (
            "feedback/shown-feedback.yaml",
            "title: Feedback\nreaders: [manager]\ndate: 2026-03-03\nabout: [zxqentry, shown]\nquote: zxqquote\n",
        ),
        (
            "constraints/c.yaml",
            "title: zxqunreasonable\ntype: noise\nreasonable: false\nreaders: [manager, everyone]\n",
        ),
        ("program.yaml", "title: zxqprogram\nstarts: 2026-01-12\nscope: zxqright\n"),
        ("files/zxqunused.txt", "zxqunused"),
    ]);
    let picture = picture();
    content.insert("decisions/zxqfolder/zxqpicture.png".into(), picture.clone());
    content.insert("pages/open.png".into(), picture);
    let open = "---\nreaders: [manager]\n---\n# Open\n\n![an open picture](open.png)\n";
    content.insert("pages/open.md".into(), open.into());
    content
}

/// A picture with a planted word in it.
fn picture() -> Vec<u8> {
    let clean = include_bytes!("../assets/still.png");
    let chunk = [b"tEXt".as_slice(), b"Comment\0zxqpng"].concat();
    let length = u32::try_from(chunk.len() - 4).expect("it is short").to_be_bytes();
    let sum = crc(&chunk).to_be_bytes();
    // Behind the signature and the header, which are 8 and 25 bytes.
    [&clean[..33], &length, &chunk, &sum, &clean[33..]].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    })
}

/// Every way in which a word could stand in a file.
fn spellings(word: &str) -> Vec<Vec<u8>> {
    let each = |spell: &dyn Fn(u8) -> String| word.bytes().map(spell).collect::<String>().into_bytes();
    let mut all = vec![
        word.as_bytes().to_vec(),
        each(&|byte| format!("%{byte:02x}")),
        each(&|byte| format!("&#{byte};")),
        each(&|byte| format!("&#x{byte:x};")),
        each(&|byte| format!("\\u{byte:04x}")),
        each(&|byte| format!("{byte:02x}")),
        word.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        word.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ];
    for before in 0..3 {
        let padded = [&b"\0\0"[..before], word.as_bytes()].concat();
        let text = STANDARD.encode(padded);
        // The first and the last letters also stand for the bytes around the word.
        let start = [0, 2, 3][before];
        let end = text.trim_end_matches('=').len() - 1;
        all.push(text[start..end].to_ascii_lowercase().into_bytes());
    }
    all
}

/// The planted words that occur in files, in names or contents, whatever their case.
fn found(files: &Files, words: &[&'static str]) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let lower: Vec<(&String, Vec<u8>)> = files
        .iter()
        .map(|(path, bytes)| (path, [path.as_bytes(), b"\n", bytes].concat().to_ascii_lowercase()))
        .collect();
    for word in words {
        let spellings = spellings(word);
        for (path, bytes) in &lower {
            if spellings.iter().any(|spelling| contains(bytes, spelling)) {
                found.push((*word, (*path).clone()));
            }
        }
    }
    found
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn no_planted_word_gets_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    aid::write(root, &portfolio());

    let mine = aid::built(root, "me");
    for word in HIDDEN.iter().chain(SHOWN) {
        assert!(!found(&mine, &[word]).is_empty(), "`{word}` is nowhere in the site for me");
    }
    assert_eq!(found(&mine, NEVER), [], "in the site for me");

    let output = program(root, &["build", "--for", "manager"]).output().expect("the program runs");
    assert!(output.status.success(), "{}", messages(&output));
    let theirs = tree(&root.join("site/manager"));
    for word in SHOWN {
        assert!(!found(&theirs, &[word]).is_empty(), "`{word}` is nowhere in the site for the manager");
    }
    assert_eq!(found(&theirs, HIDDEN), []);
    assert_eq!(found(&theirs, NEVER), []);

    // What is kept beside the site, and what is said while it is made. (94)
    let beside = tree(&root.join("site/.bailiwick/manager"));
    assert_eq!(found(&beside, HIDDEN), []);
    let said = [("stdout", &output.stdout), ("stderr", &output.stderr)];
    let said: Files = said.into_iter().map(|(name, bytes)| (name.to_owned(), bytes.clone())).collect();
    assert_eq!(found(&said, &[MARK]), []);
}

/// Case 94: what a build for somebody else complains about, perhaps where others read along.
#[test]
fn complaints_tell_nothing_that_is_hidden() {
    let mut content = portfolio();
    let faulty = "---\ntitle: zxqtitle\nzxqfield: zxqvalue\ndate: zxqdate\ntags: [zxqtag\n---\nzxqbody [[zxqnowhere]]\n";
    content.insert("pages/faulty.md".into(), faulty.into());
    content.insert("pages/other.md".into(), "---\nrelated: zxqnowhere\n---\n# zxqtitle\n".into());
    let folder = tempfile::tempdir().expect("a folder");
    aid::write(folder.path(), &content);
    for arguments in [&["build", "--for", "manager"][..], &["export", "json", "--for", "manager"]] {
        let output = program(folder.path(), arguments).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(1), "{}", messages(&output));
        assert!(messages(&output).contains("pages/faulty.md"), "{}", messages(&output));
        let said = Files::from([("said".to_owned(), [output.stdout, output.stderr].concat())]);
        assert_eq!(found(&said, &[MARK]), [], "{}", String::from_utf8_lossy(&said["said"]));
    }
}

/// What is hidden is not even there to be shown by mistake, in whatever page or format comes next.
#[test]
fn nothing_hidden_is_left_to_be_shown() {
    let portfolio = aid::sound(&portfolio());
    let left = |reader: &str| {
        Files::from([("left".to_owned(), format!("{:?}", aid::cut(&portfolio, reader)).into_bytes())])
    };
    assert_eq!(found(&left("manager"), HIDDEN), []);
    let (mine, nowhere) = (left("me"), ["zxqpng", "zxqdatacontent", "zxqhiddenfile"]);
    for word in HIDDEN.iter().chain(SHOWN).filter(|word| !nowhere.contains(word)) {
        assert!(!found(&mine, &[word]).is_empty(), "`{word}` is not there for me");
    }
    for word in SHOWN {
        assert!(!found(&left("manager"), &[word]).is_empty(), "`{word}` is not there for the manager");
    }
}

#[test]
fn every_spelling_would_be_found() {
    let page = |text: &[u8]| Files::from([("page".to_owned(), text.to_vec())]);
    for before in ["", "a", "ab", "abc"] {
        let text = STANDARD.encode(format!("{before}zxqbody and more"));
        assert_eq!(found(&page(text.as_bytes()), &["zxqbody"]).len(), 1, "{text}");
    }
    for text in ["ZxqBody", "%7A%78%71%62%6F%64%79", "\\u007a\\u0078\\u0071\\u0062\\u006f\\u0064\\u0079"] {
        assert_eq!(found(&page(text.as_bytes()), &["zxqbody"]).len(), 1, "{text}");
    }
    assert!(found(&page(b"nothing of the kind"), HIDDEN).is_empty());
    assert_eq!(found(&Files::from([("zxqbody.html".to_owned(), Vec::new())]), &["zxqbody"]).len(), 1);
}

#[test]
fn a_folder_that_holds_the_site_of_another_reader_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    aid::write(root, &portfolio());
    let mine = aid::built(root, "me");
    let out = root.join("site/me");
    let mut command = program(root, &["build", "--for", "manager"]);
    let output = command.arg("--out").arg(&out).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2), "{}", messages(&output));
    assert!(messages(&output).contains("`me`"), "{}", messages(&output));
    assert!(tree(&out) == mine, "the site for me was touched");
}
