//! `portfolio.yaml`: who, for whom, and what holds unless said otherwise.

use std::collections::BTreeMap;

use super::record::{List, Named, record, words};
use crate::text::{Date, Duration, Text};

record! {
    /// The portfolio as a whole.
    pub struct Config {
        required {
            /// What the site is called.
            title: Text,
            /// Whose portfolio it is.
            owner: Person,
        }
        optional {
            /// Who decides what I may decide.
            manager: Person,
            /// The day it was begun.
            started: Date,
            /// The language of the site, as `en` or `de-AT`; `en` unless said otherwise.
            language: Text,
            /// Who else may read, by name; `me` and `everyone` are built in.
            readers: Named<Reader>,
            /// What holds for entries that do not say.
            defaults: Defaults,
            /// How often I report.
            check_ins: Rhythm,
            /// The size of printed pages; `a4` unless said otherwise.
            paper: Paper,
            /// The theme, by the name of its folder in `themes/`; `default` unless said otherwise.
            theme: Text,
            /// What opens a file in the editor, from the live preview: an address with `{file}`, `{line}` and
            /// `{column}`; `vscode://file{file}:{line}:{column}` unless said otherwise.
            editor_url: Text,
            /// Where the site is published. Links in it are relative all the same.
            base_url: Text,
            /// Which tags name an edition, as a pattern: `review-*`. Each is published beside today's site.
            editions: Text,
            /// Set while the work on autonomy rests.
            pause: Pause,
        }
        lists {}
    }
}

record! {
    /// A person.
    pub struct Person {
        required {
            /// Who.
            name: Text,
        }
        optional {
            /// What they are.
            role: Text,
            /// Where.
            team: Text,
        }
        lists {}
    }
}

record! {
    /// Somebody who may read.
    pub struct Reader {
        required {}
        optional {
            /// What the site for them is called.
            title: Text,
        }
        lists {}
    }
}

record! {
    /// What holds for entries that do not say.
    pub struct Defaults {
        required {}
        optional {
            /// Who may read entries of a kind that name no readers; a kind not listed is for me alone.
            readers: ReadersByKind,
        }
        lists {}
    }
}

/// Names of readers, by kind of entry.
pub type ReadersByKind = BTreeMap<super::Kind, List<Text>>;

record! {
    /// How often I report, and to whom.
    pub struct Rhythm {
        required {
            /// From one to the next.
            every: Duration,
        }
        optional {
            /// To which reader.
            with: Text,
        }
        lists {}
    }
}

words! {
    /// A size of paper.
    pub enum Paper {
        /// 210 by 297 mm.
        A4 = "a4",
        /// 8.5 by 11 in.
        Letter = "letter",
    }
}

record! {
    /// A rest.
    pub struct Pause {
        required {
            /// The first day.
            since: Date,
        }
        optional {
            /// Why.
            reason: Text,
        }
        lists {}
    }
}
