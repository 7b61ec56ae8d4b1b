//! What holds for any two states.

use bailiwick::changes::{Change, Nature, Span, word_diff};
use bailiwick::model::Kind;
use bailiwick::words::Words;
use proptest::prelude::*;
use serde_json::Value;

use super::generator::{Chance, Choice, entry};
use super::portfolios::changes_between;

/// A few entries of few ids, so that two states have some in common.
fn state(seed: u64) -> Vec<(Kind, String, Value)> {
    let mut chance = Chance::new(seed);
    let mut entries = Vec::new();
    for kind in Kind::ALL {
        for name in ["a", "b"] {
            if chance.below(3) > 0 && (*kind != Kind::Program || name == "a") {
                let id = if *kind == Kind::Program {
                    "program".to_owned()
                } else {
                    format!("{}-{name}", kind.word())
                };
                entries.push((*kind, id, without_aliases(entry(*kind, &mut Choice::Some(&mut chance)))));
            }
        }
    }
    entries
}

/// Aliases are the same few words in every entry, and would make all of them one.
fn without_aliases(mut entry: Value) -> Value {
    entry.as_object_mut().expect("an entry is a mapping").remove("aliases");
    entry
}

fn between(before: &[(Kind, String, Value)], after: &[(Kind, String, Value)]) -> Vec<Change> {
    fn lent(state: &[(Kind, String, Value)]) -> Vec<(Kind, &str, &Value)> {
        state.iter().map(|(kind, id, fields)| (*kind, id.as_str(), fields)).collect()
    }
    changes_between(&lent(before), &lent(after))
}

/// The same change seen from the other end.
fn backwards(change: &Change) -> (Option<String>, String, Nature, String, String) {
    let nature = match change.nature {
        Nature::Added => Nature::Removed,
        Nature::Removed => Nature::Added,
        same => same,
    };
    let shown = |value: Option<&_>| format!("{value:?}");
    let id = change.entry.as_ref().map(ToString::to_string);
    (id, change.path.to_string(), nature, shown(change.to()), shown(change.from()))
}

/// A change as it is told: the lists in a value that came or went as a whole keep the order of the file.
fn words_of(change: &Change) -> (Option<String>, String, Nature, String) {
    let id = change.entry.as_ref().map(ToString::to_string);
    (id, change.path.to_string(), change.nature, Words::english().say(&change.meaning))
}

fn forwards(change: &Change) -> (Option<String>, String, Nature, String, String) {
    let shown = |value: Option<&_>| format!("{value:?}");
    let id = change.entry.as_ref().map(ToString::to_string);
    (id, change.path.to_string(), change.nature, shown(change.from()), shown(change.to()))
}

/// Every list of the entries in another order.
fn shuffled(value: &mut Value, chance: &mut Chance) {
    match value {
        Value::Array(items) => {
            for at in (1..items.len()).rev() {
                let other = chance.below(at + 1);
                items.swap(at, other);
            }
            items.iter_mut().for_each(|item| shuffled(item, chance));
        }
        Value::Object(fields) => fields.values_mut().for_each(|field| shuffled(field, chance)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn nothing_changes_from_a_state_to_itself(seed: u64) {
        let state = state(seed);
        prop_assert_eq!(between(&state, &state), []);
    }

    #[test]
    fn the_order_of_lists_is_no_change(seed: u64, order: u64) {
        let before = state(seed);
        let mut after = before.clone();
        let mut chance = Chance::new(order);
        after.iter_mut().for_each(|(_, _, fields)| shuffled(fields, &mut chance));
        prop_assert_eq!(between(&before, &after), []);
        let other = state(order);
        let told = |from: &[(Kind, String, Value)]| between(from, &other).iter().map(words_of).collect::<Vec<_>>();
        prop_assert_eq!(told(&before), told(&after));
    }

    #[test]
    fn backwards_what_came_went(seed: u64, other: u64) {
        let (before, after) = (state(seed), state(other));
        let mut there: Vec<_> = between(&before, &after).iter().map(forwards).collect();
        let mut back: Vec<_> = between(&after, &before).iter().map(backwards).collect();
        there.sort();
        back.sort();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn no_field_is_named_that_neither_side_has(seed: u64, other: u64) {
        let (before, after) = (state(seed), state(other));
        for change in between(&before, &after) {
            let Some(top) = change.path.top() else { continue };
            let id = change.entry.as_ref().expect("the configurations are the same").as_str();
            let has = |state: &[(Kind, String, Value)]| {
                state.iter().any(|(_, own, fields)| own == id && fields.get(top).is_some())
            };
            prop_assert!(has(&before) || has(&after), "{} of {id}", change.path);
            prop_assert!(change.from().is_some() || change.to().is_some());
            prop_assert_ne!(change.from(), change.to());
        }
    }

    /// What stays and went is the old text, what stays and came the new one, but for blank space.
    #[test]
    fn a_word_diff_loses_no_word(old in "([a-d]{1,3}[ \n.,]{1,2}){0,40}", new in "([a-d]{1,3}[ \n.,]{1,2}){0,40}") {
        let spans = word_diff(&old, &new);
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        if spans.contains(&Span::Gap) {
            return Ok(());
        }
        let side = |keep: fn(&Span) -> Option<&str>| letters(&spans.iter().filter_map(keep).collect::<String>());
        let before = side(|span| match span { Span::Same(text) | Span::Removed(text) => Some(text), _ => None });
        let after = side(|span| match span { Span::Same(text) | Span::Added(text) => Some(text), _ => None });
        if letters(&old) != letters(&new) || !spans.is_empty() {
            prop_assert_eq!(before, letters(&old));
            prop_assert_eq!(after, letters(&new));
        }
    }
}
