//! The seven levels of delegation in words, from both sides of the table.

use crate::model::Config;
use crate::model::common::Delegation;
use crate::words::{Argument, Phrase, phrase};

/// What the two sides are called in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names<'a> {
    /// Whose portfolio it is.
    pub owner: &'a str,
    /// Who decides what they may decide; `None` if the portfolio names nobody.
    pub manager: Option<&'a str>,
}

impl<'a> Names<'a> {
    /// The names as the portfolio gives them, by the first word that is no title: `Kim` for `Dr. Kim Osei`.
    pub fn of(config: &'a Config) -> Self {
        Self {
            owner: short(&config.owner.name),
            manager: config.manager.as_ref().map(|manager| short(&manager.name)),
        }
    }

    /// Who decides, said to the manager: `you advise, Robin decides`.
    pub fn to_manager(self, level: Delegation) -> Phrase {
        Phrase::new(by_level(&TO_MANAGER, level), vec![("me", self.owner.into())])
    }

    /// Who decides, said by me: `Kim advises, I decide`.
    pub fn by_me(self, level: Delegation) -> Phrase {
        let manager = self.manager.map_or_else(|| phrase!("rights.my_manager").into(), Argument::from);
        Phrase::new(by_level(&BY_ME, level), vec![("manager", manager)])
    }

    /// Who decides, said to anybody else: `Kim advises, Robin decides`.
    pub fn to_others(self, level: Delegation) -> Phrase {
        let manager = self.manager.map_or_else(|| phrase!("rights.the_manager").into(), Argument::from);
        Phrase::new(by_level(&TO_OTHERS, level), vec![("me", self.owner.into()), ("manager", manager)])
    }
}

// The messages for the seven levels, from `tell` to `delegate`.
const TO_MANAGER: [&str; 7] = [
    "to_manager.tell",
    "to_manager.sell",
    "to_manager.consult",
    "to_manager.agree",
    "to_manager.advise",
    "to_manager.inquire",
    "to_manager.delegate",
];
const BY_ME: [&str; 7] = [
    "by_me.tell",
    "by_me.sell",
    "by_me.consult",
    "by_me.agree",
    "by_me.advise",
    "by_me.inquire",
    "by_me.delegate",
];
const TO_OTHERS: [&str; 7] = [
    "to_others.tell",
    "to_others.sell",
    "to_others.consult",
    "to_others.agree",
    "to_others.advise",
    "to_others.inquire",
    "to_others.delegate",
];

fn by_level(keys: &[&'static str; 7], level: Delegation) -> &'static str {
    keys[usize::from(level.level()) - 1]
}

/// Whether the owner of the portfolio has the last word at this level.
pub fn is_mine(level: Delegation) -> bool {
    level >= Delegation::Advise
}

fn short(name: &str) -> &str {
    name.split_whitespace().find(|word| !word.ends_with('.')).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_reads_from_both_sides() {
        let names = Names { owner: "Robin", manager: Some("Kim") };
        let shown: Vec<String> = Delegation::ALL
            .iter()
            .map(|level| format!("{} | {}", names.to_manager(*level), names.by_me(*level)))
            .collect();
        let expected = [
            "you decide and tell Robin | Kim decides and tells me",
            "you decide and explain it to Robin | Kim decides and explains it to me",
            "you ask Robin, then decide | Kim asks me, then decides",
            "you and Robin decide together | Kim and I decide together",
            "you advise, Robin decides | Kim advises, I decide",
            "Robin decides, you ask afterwards | I decide, Kim asks afterwards",
            "Robin decides and need not tell you | I decide and need not tell Kim",
        ];
        assert_eq!(shown, expected);
        assert_eq!(names.to_others(Delegation::Advise).to_string(), "Kim advises, Robin decides");
    }

    #[test]
    fn a_sentence_needs_no_full_name() {
        assert_eq!(short("Dr. Kim Osei"), "Kim");
        assert_eq!(short("Kim"), "Kim");
        assert_eq!(short("K."), "K.");
        let alone = Names { owner: "Robin", manager: None };
        assert_eq!(alone.by_me(Delegation::Agree).to_string(), "my manager and I decide together");
    }

    #[test]
    fn the_last_word_is_mine_from_advise_on() {
        let mine: Vec<bool> = Delegation::ALL.iter().map(|level| is_mine(*level)).collect();
        assert_eq!(mine, [false, false, false, false, true, true, true]);
    }
}
