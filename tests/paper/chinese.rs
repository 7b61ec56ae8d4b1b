//! A portfolio in Chinese, with a font that its writer puts into the theme, as the message says.

use std::path::Path;
use std::process::{Command, Output};

use super::aid::{pages, skipped, text};

const CONFIG: &str = "title: 自主权档案\nowner: {name: 王小明, role: 客户报告负责人}\nmanager: {name: 李华}\nlanguage: zh-Hans\n";
const SCOPE: &str = "title: 客户报告\nboundaries: [不改变价格]\n\
                     decision_rights: [{area: 发送每周报告, id: sending, delegation: consult}]\n";
const PILOT: &str = "title: 无需签字的每周报告\nscope: reporting\ntests: {right: reporting/sending, to: inquire}\n\
                     starts: 2026-03-02\nends: 2026-03-29\nreviews: [2026-03-16, 2026-03-30]\nfallback: 恢复签字\n\
                     primary: {name: 从数据到报告的天数, unit: 天, direction: decrease, baseline: 3, target: 2, \
                     observations: [{date: 2026-03-06, value: 3}, {date: 2026-03-13, value: 2.5}]}\n\
                     safeguards: [{risk: 错误的数字到达客户, mitigation: 两人核对清单}]\n";
const PROPOSAL: &str = "title: 我自己发送每周报告\ndate: 2026-03-23\nstatus: sent\nto: 李华\npilot: weekly\n\
                        ask: 请让我在四周内无需签字发送每周客户报告。\nbenefits: [客户提前一天收到报告]\n";

/// Fonts with Chinese, small ones first, where Debian and others put them.
const FONTS: [&str; 4] = [
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
];

#[test]
fn a_chinese_font_in_the_theme_is_all_that_is_needed() {
    let Some(font) = FONTS.into_iter().find(|font| Path::new(font).exists()) else {
        return skipped("a font with Chinese (fonts-wqy-microhei)");
    };
    let root = tempfile::tempdir().expect("a folder for a while");
    let write = |path: &str, text: &str| {
        let path = root.path().join("content").join(path);
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("folders can be made");
        std::fs::write(path, text).expect("files can be written");
    };
    write("portfolio.yaml", CONFIG);
    write("scopes/reporting.yaml", SCOPE);
    write("pilots/weekly.yaml", PILOT);
    write("proposals/send.yaml", PROPOSAL);
    let propose = |paper: &str| -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
        let command = command.current_dir(root.path()).args(["propose", "send", "--today", "2026-03-23"]);
        command.args(["--paper", paper, "--pdf", "send.pdf"]).output().expect("the program runs")
    };

    let refused = propose("a4");
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{told}");
    assert!(told.contains("fix: put the file of a Chinese font"), "{told}");
    let folder = told.split('`').find(|word| word.ends_with("/fonts/")).expect("the message names a folder");

    let folder = root.path().join(folder);
    std::fs::create_dir_all(&folder).expect("folders can be made");
    let name = Path::new(font).file_name().expect("a font has a name");
    std::fs::copy(font, folder.join(name)).expect("the font can be copied");
    for paper in ["a4", "letter"] {
        let made = propose(paper);
        assert!(made.status.success(), "{made:?}");
        let bytes = std::fs::read(root.path().join("send.pdf")).expect("the PDF is there");
        assert!(bytes.len() < 200_000, "{} bytes: the whole font is in it", bytes.len());
        assert!(pages(&bytes).is_none_or(|pages| pages == 1));
        let Some(text) = text(&bytes) else { return };
        let said = [
            // What was written, and what the interface says.
            "我自己发送每周报告",
            "请让我在四周内无需签字发送每周客户报告。",
            "错误的数字到达客户",
            "从数据到报告的天数",
            "王小明",
            "我的请求",
            "2026 年 3 月 16 日",
            "若失败",
        ];
        for phrase in said {
            assert!(text.contains(phrase), "not found: {phrase}\nin: {text}");
        }
    }
}
