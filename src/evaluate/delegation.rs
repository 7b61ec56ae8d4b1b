//! The seven levels of delegation in words, from both sides of the table.

use crate::model::Config;
use crate::model::common::Delegation;

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
    pub fn to_manager(self, level: Delegation) -> String {
        let me = self.owner;
        match level {
            Delegation::Tell => format!("you decide and tell {me}"),
            Delegation::Sell => format!("you decide and explain it to {me}"),
            Delegation::Consult => format!("you ask {me}, then decide"),
            Delegation::Agree => format!("you and {me} decide together"),
            Delegation::Advise => format!("you advise, {me} decides"),
            Delegation::Inquire => format!("{me} decides, you ask afterwards"),
            Delegation::Delegate => format!("{me} decides and need not tell you"),
        }
    }

    /// Who decides, said by me: `Kim advises, I decide`.
    pub fn by_me(self, level: Delegation) -> String {
        let manager = self.manager.unwrap_or("my manager");
        match level {
            Delegation::Tell => format!("{manager} decides and tells me"),
            Delegation::Sell => format!("{manager} decides and explains it to me"),
            Delegation::Consult => format!("{manager} asks me, then decides"),
            Delegation::Agree => format!("{manager} and I decide together"),
            Delegation::Advise => format!("{manager} advises, I decide"),
            Delegation::Inquire => format!("I decide, {manager} asks afterwards"),
            Delegation::Delegate => format!("I decide and need not tell {manager}"),
        }
    }

    /// Who decides, said to anybody else: `Kim advises, Robin decides`.
    pub fn to_others(self, level: Delegation) -> String {
        let (me, manager) = (self.owner, self.manager.unwrap_or("the manager"));
        match level {
            Delegation::Tell => format!("{manager} decides and tells {me}"),
            Delegation::Sell => format!("{manager} decides and explains it to {me}"),
            Delegation::Consult => format!("{manager} asks {me}, then decides"),
            Delegation::Agree => format!("{manager} and {me} decide together"),
            Delegation::Advise => format!("{manager} advises, {me} decides"),
            Delegation::Inquire => format!("{me} decides, {manager} asks afterwards"),
            Delegation::Delegate => format!("{me} decides and need not tell {manager}"),
        }
    }
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
        assert_eq!(names.to_others(Delegation::Advise), "Kim advises, Robin decides");
    }

    #[test]
    fn a_sentence_needs_no_full_name() {
        assert_eq!(short("Dr. Kim Osei"), "Kim");
        assert_eq!(short("Kim"), "Kim");
        assert_eq!(short("K."), "K.");
        let alone = Names { owner: "Robin", manager: None };
        assert_eq!(alone.by_me(Delegation::Agree), "my manager and I decide together");
    }

    #[test]
    fn the_last_word_is_mine_from_advise_on() {
        let mine: Vec<bool> = Delegation::ALL.iter().map(|level| is_mine(*level)).collect();
        assert_eq!(mine, [false, false, false, false, true, true, true]);
    }
}
