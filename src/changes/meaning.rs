//! What a difference means, in a sentence: the kinds of changes that matter have words of their own, every
//! other field is named with what it says.

mod figures;

use super::compare::Difference;
use super::key::key;
use super::{Path, Snapshot};
use crate::model::Kind;
use crate::model::tree::{Leaf, Record, Tree};
use crate::text::Id;
use crate::words::{Argument, Phrase, phrase};

/// Texts of more characters are not quoted in a sentence.
const LONGEST_QUOTE: usize = 100;

/// Whether a value is a text too long to be quoted.
pub(super) fn is_long(value: Option<&Tree>) -> bool {
    matches!(value, Some(Tree::Leaf(Leaf::Text(text))) if text.contains('\n') || text.chars().count() > LONGEST_QUOTE)
}

/// That an entry is new.
pub(super) fn of_entry_added(entry: &Snapshot) -> Phrase {
    phrase!("change.entry_added", kind = kind(entry), title = entry.title.as_str())
}

/// That an entry is gone.
pub(super) fn of_entry_removed(entry: &Snapshot) -> Phrase {
    phrase!("change.entry_removed", kind = kind(entry), title = entry.title.as_str())
}

/// That an entry has another id.
pub(super) fn of_entry_renamed(from: &Id, to: &Id) -> Phrase {
    phrase!("change.entry_renamed", from = from.as_str(), to = to.as_str())
}

/// That an entry is of another kind.
pub(super) fn of_kind(from: &Snapshot, to: &Snapshot) -> Phrase {
    phrase!("change.kind", from = kind(from), to = kind(to))
}

fn kind(entry: &Snapshot) -> Argument {
    Argument::Word("kind", entry.kind.map_or("portfolio", Kind::word).to_owned())
}

/// What a difference in an entry means.
pub(super) fn of(entry: &Snapshot, difference: &Difference) -> Phrase {
    let said = Said {
        entry,
        path: &difference.path,
        from: difference.from,
        to: difference.to,
        within: &difference.within,
    };
    said.special().unwrap_or_else(|| said.general())
}

struct Said<'a> {
    entry: &'a Snapshot,
    path: &'a Path,
    from: Option<&'a Tree>,
    to: Option<&'a Tree>,
    /// The records on the way, the entry first.
    within: &'a [&'a Record],
}

impl Said<'_> {
    /// The words for changes that matter more than others.
    fn special(&self) -> Option<Phrase> {
        let shape = self.path.shape();
        match shape.as_str() {
            "status" => Some(self.status()),
            "body" => Some(match (self.from, self.to) {
                (None, _) => phrase!("change.text_added"),
                (_, None) => phrase!("change.text_removed"),
                _ => phrase!("change.text"),
            }),
            "starts" if self.entry.kind == Some(Kind::Pilot) => {
                self.pair().map(|(from, to)| phrase!("change.start_moved", from = from, to = to))
            }
            "ends" => Some(match (self.from, self.to) {
                (None, Some(to)) => phrase!("change.end_set", to = self.value(to)),
                (Some(from), None) => phrase!("change.end_unset", from = self.value(from)),
                _ => self.pair().map(|(from, to)| phrase!("change.end_moved", from = from, to = to))?,
            }),
            "boundaries[]" => match (self.from, self.to) {
                (None, Some(to)) if !is_long(self.to) => {
                    Some(phrase!("change.boundary_added", text = plain(to)))
                }
                (Some(from), None) if !is_long(self.from) => {
                    Some(phrase!("change.boundary_dropped", text = plain(from)))
                }
                _ => None,
            },
            "verdict" => match (self.from, self.to) {
                (None, Some(to)) => {
                    Some(phrase!("change.verdict_declared", verdict = word(to.field("decision"))))
                }
                (Some(from), None) => {
                    Some(phrase!("change.verdict_withdrawn", verdict = word(from.field("decision"))))
                }
                _ => None,
            },
            "verdict.decision" => {
                self.pair().map(|(from, to)| phrase!("change.verdict_changed", from = from, to = to))
            }
            "result" => {
                let verdict = word(self.to?.field("verdict"));
                self.from.is_none().then(|| phrase!("change.result_known", verdict = verdict))
            }
            "answer" => {
                let to = self.to.filter(|to| matches!(to, Tree::Record(_)))?;
                self.from.is_none().then(|| phrase!("change.answered", answer = word(to.field("decision"))))
            }
            "amendments[]" => {
                let to = self.to.filter(|_| self.from.is_none())?;
                let (date, what) = (self.value(to.field("date")), shortened(&plain(to.field("change"))));
                Some(phrase!("change.amended", date = date, what = what))
            }
            _ if shape.starts_with("decision_rights[]") => self.right(&shape["decision_rights[]".len()..]),
            _ if shape.starts_with("commitments[]") => self.commitment(&shape["commitments[]".len()..]),
            "escalations[].fired[]" => self.escalation(),
            _ if shape.starts_with("reviews[]") => self.review(&shape["reviews[]".len()..]),
            _ if shape.ends_with("observations[]") || shape.ends_with("observations[].value") => {
                self.observation()
            }
            _ => self.figure(),
        }
    }

    fn status(&self) -> Phrase {
        let to = self.to.and_then(Tree::leaf).map(ToString::to_string).unwrap_or_default();
        match (self.entry.kind, to.as_str()) {
            (Some(Kind::Agreement), "agreed") => phrase!("change.in_force"),
            (Some(Kind::Agreement), "expired") => phrase!("change.expired"),
            (Some(Kind::Agreement), "withdrawn") => phrase!("change.withdrawn"),
            _ => match self.pair() {
                Some((from, to)) => phrase!("change.status", from = from, to = to),
                None => self.general(),
            },
        }
    }

    fn right(&self, part: &str) -> Option<Phrase> {
        let of = |right: &Tree| (plain(right.field("area")), level(right.field("delegation")));
        if part.is_empty() {
            return Some(match (self.from, self.to) {
                (_, Some(to)) => {
                    let (area, level) = of(to);
                    phrase!("change.right_added", area = area, level = level)
                }
                (from, None) => {
                    let (area, level) = of(from?);
                    phrase!("change.right_removed", area = area, level = level)
                }
            });
        }
        let area = plain(self.within.last()?.field("area"));
        match (part, self.from, self.to) {
            (".delegation", Some(from), Some(to)) => {
                Some(phrase!("change.right_moved", area = area, from = level(from), to = level(to)))
            }
            (".wanted", Some(from), Some(to)) => {
                Some(phrase!("change.right_wanted", area = area, from = level(from), to = level(to)))
            }
            (".wanted", None, Some(to)) => {
                Some(phrase!("change.right_wanted_set", area = area, to = level(to)))
            }
            (".wanted", Some(from), None) => {
                Some(phrase!("change.right_wanted_unset", area = area, from = level(from)))
            }
            (".limits", _, _) if is_long(self.from) || is_long(self.to) => {
                Some(phrase!("change.right_limits_reworded", area = area))
            }
            (".limits", Some(from), Some(to)) => {
                Some(phrase!("change.right_limits", area = area, from = plain(from), to = plain(to)))
            }
            (".limits", None, Some(to)) => {
                Some(phrase!("change.right_limits_set", area = area, to = plain(to)))
            }
            (".limits", Some(from), None) => {
                Some(phrase!("change.right_limits_unset", area = area, from = plain(from)))
            }
            _ => None,
        }
    }

    fn commitment(&self, part: &str) -> Option<Phrase> {
        if part.is_empty() {
            let of = |it: &Tree| (shortened(&plain(it.field("what"))), self.value(it.field("due")));
            return match (self.from, self.to) {
                (None, Some(to)) => {
                    let (what, due) = of(to);
                    Some(phrase!("change.commitment_added", what = what, due = due))
                }
                (from, _) => Some(phrase!("change.commitment_removed", what = of(from?).0)),
            };
        }
        let what = shortened(&plain(self.within.last()?.field("what")));
        match (part, self.from, self.to) {
            (".kept", None, Some(to)) => {
                Some(phrase!("change.commitment_kept", what = what, date = self.value(to)))
            }
            (".missed", None, Some(to)) => {
                Some(phrase!("change.commitment_missed", what = what, why = shortened(&plain(to))))
            }
            (".due", Some(from), Some(to)) => Some(phrase!(
                "change.commitment_due",
                what = what,
                from = self.value(from),
                to = self.value(to)
            )),
            _ => None,
        }
    }

    fn review(&self, part: &str) -> Option<Phrase> {
        if part.is_empty() {
            let date = |it: &Tree| self.value(it.field("date"));
            return match (self.from, self.to) {
                (None, Some(to)) => Some(phrase!("change.review_planned", date = date(to))),
                (from, _) => Some(phrase!("change.review_dropped", date = date(from?))),
            };
        }
        let date = self.value(self.within.last()?.field("date"));
        match (part, self.from, self.to) {
            (".held", None, Some(to)) => {
                Some(phrase!("change.review_held", date = date, held = self.value(to)))
            }
            (".note", None, Some(to)) if !is_long(self.to) => {
                Some(phrase!("change.review_noted", date = date, text = plain(to)))
            }
            _ => None,
        }
    }

    /// An escalation that was set off.
    fn escalation(&self) -> Option<Phrase> {
        let to = self.to.filter(|_| self.from.is_none())?;
        let (trigger, date) = (self.within.last()?.field("trigger"), to.field("date"));
        Some(phrase!("change.escalated", date = self.value(date), trigger = shortened(&plain(trigger))))
    }

    /// The field by its name, and what it says.
    fn general(&self) -> Phrase {
        let field = self.label();
        let ends_in_item = matches!(self.path.steps().last(), Some(super::PathStep::Item(_)));
        match (self.from, self.to) {
            (None, Some(to)) if ends_in_item => {
                phrase!("change.item_added", field = field, item = self.value(to))
            }
            (Some(from), None) if ends_in_item => {
                phrase!("change.item_removed", field = field, item = self.value(from))
            }
            _ if is_long(self.from) || is_long(self.to) => match (self.from, self.to) {
                (None, _) => phrase!("change.field_written", field = field),
                (_, None) => phrase!("change.field_taken_out", field = field),
                _ => phrase!("change.field_reworded", field = field),
            },
            (None, Some(to)) => phrase!("change.field_set", field = field, to = self.value(to)),
            (Some(from), None) => phrase!("change.field_unset", field = field, from = self.value(from)),
            (Some(from), Some(to)) => {
                phrase!("change.field_moved", field = field, from = self.value(from), to = self.value(to))
            }
            (None, None) => phrase!("change.field_reworded", field = field),
        }
    }

    /// The name of the field; of a field within an item, with the item.
    fn label(&self) -> Argument {
        let name = |name: &str| Argument::Word("field", name.to_owned());
        let field = self.path.last_field().unwrap_or_default();
        let inner = self.within.last().filter(|_| self.within.len() > 1);
        let ends_in_item = matches!(self.path.steps().last(), Some(super::PathStep::Item(_)));
        let top = self.path.top().unwrap_or_default();
        match inner {
            Some(record) if !ends_in_item || self.within.len() > 2 => {
                if let Some((_, Tree::Leaf(Leaf::Date(date)))) = record.fields.first() {
                    let (outer, field) = (name(top), name(field));
                    return phrase!("change.field_of_day", outer = outer, date = *date, field = field).into();
                }
                let item = shortened(&key(&Tree::Record((*record).clone())));
                if item.is_empty() || record.of.is_empty() {
                    phrase!("change.field_within", outer = name(top), field = name(field)).into()
                } else {
                    phrase!("change.field_of_item", outer = name(top), item = item, field = name(field))
                        .into()
                }
            }
            _ => name(field),
        }
    }

    fn pair(&self) -> Option<(Argument, Argument)> {
        Some((self.value(self.from?), self.value(self.to?)))
    }

    /// A value as an argument.
    fn value(&self, value: &Tree) -> Argument {
        match value {
            Tree::Leaf(leaf) => match leaf {
                Leaf::Text(text) => phrase!("change.quoted", text = shortened(text)).into(),
                Leaf::Word(word) => Argument::Word(group(self.path.last_field()), (*word).to_owned()),
                // A tag may be called like an entry and is none.
                Leaf::Name(tag) if self.path.last_field() == Some("tags") => tag.as_str().into(),
                Leaf::Name(name) => Argument::Name(name.clone()),
                Leaf::Date(date) => (*date).into(),
                Leaf::Duration(duration) => duration.to_string().into(),
                Leaf::Number(number) => (*number).into(),
                Leaf::Count(count) => (*count).into(),
                Leaf::Flag(flag) => Argument::Word("flag", flag.to_string()),
            },
            Tree::Record(record) => match (record.of, record.fields.first()) {
                ("Shift", _) => {
                    let right = Argument::Name(plain(record.field("right")));
                    let to = level(record.field("to"));
                    phrase!("change.right_to", right = right, to = to).into()
                }
                (_, Some((_, Tree::Leaf(Leaf::Date(date))))) => (*date).into(),
                _ => phrase!("change.quoted", text = shortened(&key(value))).into(),
            },
            Tree::List(_) | Tree::Nothing => "".into(),
        }
    }
}

/// A scalar as it stands in the file.
fn plain(value: &Tree) -> String {
    value.leaf().map(ToString::to_string).unwrap_or_default()
}

fn level(value: &Tree) -> Argument {
    Argument::Word("delegation", plain(value))
}

/// A verdict or an answer.
fn word(value: &Tree) -> Argument {
    Argument::Word("status", plain(value))
}

/// A text that a sentence can hold.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST_QUOTE) {
        None if line.len() == text.len() => line.to_owned(),
        None => format!("{line} …"),
        Some((limit, _)) => {
            let end = line[..limit].rfind(char::is_whitespace).unwrap_or(limit);
            format!("{} …", line[..end].trim_end())
        }
    }
}

/// The group of messages in which the words of a field stand.
fn group(field: Option<&str>) -> &'static str {
    match field.unwrap_or_default() {
        "delegation" | "wanted" | "from" | "to" => "delegation",
        "reversibility" => "reversibility",
        "report" => "report",
        "judge" => "judge",
        "control" => "control",
        "kind" | "evidence" => "evidence",
        "direction" => "better",
        "type" => "constraint_type",
        "sign" => "sign",
        "driver" => "driver",
        "trigger" => "trigger",
        "risk" => "risk",
        "autonomy" => "autonomy",
        "methods" | "timing" | "priorities" | "outcomes" | "resources" => "degree",
        "stance" => "stance",
        _ => "status",
    }
}
