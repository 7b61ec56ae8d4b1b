//! The files of the default theme, which is part of the program.

/// Declares files of the default theme, by their names in its folder.
macro_rules! default_files {
    ($(#[$about:meta])+ $list:ident: $($name:literal,)+) => {
        $(#[$about])+
        pub static $list: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../../themes/default/", $name)))),+];
    };
}

default_files! {
    /// The files of the default theme for the site.
    DEFAULT_FILES:
    "static/chart.css",
    "static/icon.svg",
    "static/paper.css",
    "static/search.js",
    "static/site.js",
    "static/style.css",
    "static/vendor/minisearch-LICENSE.txt",
    "static/vendor/minisearch.js",
    "templates/404.html",
    "templates/agreement.html",
    "templates/base.html",
    "templates/changes.html",
    "templates/check-in.html",
    "templates/components.html",
    "templates/constraint.html",
    "templates/cycle.html",
    "templates/decision.html",
    "templates/entry.html",
    "templates/feedback.html",
    "templates/figures.html",
    "templates/history.html",
    "templates/home.html",
    "templates/index.html",
    "templates/moved.html",
    "templates/page.html",
    "templates/pilot.html",
    "templates/program.html",
    "templates/proposal.html",
    "templates/review.html",
    "templates/rights.html",
    "templates/scope.html",
    "templates/search.html",
    "templates/tag.html",
    "templates/tags.html",
    "templates/timeline.html",
    "templates/track-record.html",
    "templates/versions.html",
    "words/de.yaml",
    "words/en.yaml",
    "words/zh-Hans.yaml",
}

default_files! {
    /// The files of the default theme for paper.
    #[cfg(feature = "pdf")]
    PAPER_FILES:
    "fonts/noto-emoji-regular.ttf",
    "fonts/noto-sans-hebrew-regular.ttf",
    "fonts/noto-sans-hebrew-semibold.ttf",
    "fonts/noto-sans-symbols-2-subset.ttf",
    "fonts/source-sans-3-italic.ttf",
    "fonts/source-sans-3-regular.ttf",
    "fonts/source-sans-3-semibold.ttf",
    "fonts/vazirmatn-regular.ttf",
    "fonts/vazirmatn-semibold.ttf",
    "paper/base.typ",
    "paper/proposal.typ",
    "paper/review.typ",
}

/// There is no paper in this build.
#[cfg(not(feature = "pdf"))]
pub static PAPER_FILES: &[(&str, &[u8])] = &[];
