//! What every entry has, and the parts that several kinds share.

use super::record::{Either, List, record, words};
use crate::text::{Date, Id, Number, RightRef, Tag, Text};

/// The fields that every entry has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Common {
    /// What it is called; else the first heading of the text.
    pub title: Option<Text>,
    /// The gist in one sentence.
    pub summary: Option<Text>,
    /// The day it is about; else the date that its id begins with.
    pub date: Option<Date>,
    /// Words to find it by.
    pub tags: List<Tag>,
    /// Who may read it besides me, as written; `None` leaves it to the default of its kind.
    pub readers: Option<List<Text>>,
    /// Ids that it had before.
    pub aliases: List<Id>,
    /// Ids of entries that belong with it.
    pub related: List<Id>,
    /// What it rests on.
    pub evidence: List<Either<Id, Evidence>>,
}

words! {
    /// What a piece of evidence is.
    pub enum EvidenceKind {
        /// A figure that was measured.
        Metric = "metric",
        /// Something that was made and can be looked at.
        Artefact = "artefact",
        /// What somebody else says.
        Testimonial = "testimonial",
        /// What I say myself.
        SelfReport = "self-report",
    }
}

record! {
    /// Something that a claim rests on.
    pub struct Evidence {
        required {
            /// What it is.
            kind: EvidenceKind,
            /// What it is called.
            title: Text,
        }
        optional {
            /// Where it can be seen, as an address.
            link: Text,
            /// Where it can be seen, as a file beside the entry.
            file: Text,
            /// The day it is from.
            date: Date,
            /// What it shows.
            note: Text,
        }
        lists {}
    }
}

words! {
    /// Who decides, in the seven levels of Delegation Poker.
    pub enum Delegation {
        /// The manager decides and tells.
        Tell = "tell",
        /// The manager decides and explains.
        Sell = "sell",
        /// The manager asks, then decides.
        Consult = "consult",
        /// Both decide together.
        Agree = "agree",
        /// The manager advises, I decide.
        Advise = "advise",
        /// I decide, the manager asks afterwards.
        Inquire = "inquire",
        /// I decide, and need not say.
        Delegate = "delegate",
    }
}

impl Delegation {
    /// 1 for `tell` to 7 for `delegate`.
    pub fn level(self) -> u8 {
        self as u8 + 1
    }
}

words! {
    /// Whether a decision can be taken back.
    pub enum Reversibility {
        /// It can be taken back at little cost.
        TwoWayDoor = "two-way-door",
        /// It cannot, or only at great cost.
        OneWayDoor = "one-way-door",
    }
}

words! {
    /// Which way is better.
    pub enum Direction {
        /// More is better.
        Increase = "increase",
        /// Less is better.
        Decrease = "decrease",
    }
}

words! {
    /// How many observations become the one value that is judged.
    pub enum Judge {
        /// The latest.
        Last = "last",
        /// The arithmetic mean.
        Mean = "mean",
        /// The one in the middle; of two in the middle, their mean.
        Median = "median",
        /// The one furthest from what is wanted.
        Worst = "worst",
        /// All together.
        Sum = "sum",
    }
}

record! {
    /// A figure on one day.
    pub struct Observation {
        required {
            /// The day.
            date: Date,
            /// The figure.
            value: Number,
        }
        optional {
            /// What explains it.
            note: Text,
        }
        lists {}
    }
}

/// Figures over time: written out, or in a CSV file beside the entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observations {
    /// The name of the CSV file, seen from the entry.
    pub file: Option<Text>,
    /// The figures in the order of the file.
    pub items: Vec<Observation>,
    /// Whether they belong to something that this reader may not see. Then none are left, which is not the
    /// same as none having been made.
    pub is_hidden: bool,
}

impl<'de> serde::Deserialize<'de> for Observations {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Either::<Text, List<Observation>>::deserialize(deserializer)? {
            Either::Short(file) => Self { file: Some(file), ..Self::default() },
            Either::Long(items) => Self { items: items.to_vec(), ..Self::default() },
        })
    }
}

impl schemars::JsonSchema for Observations {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Observations".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Either::<Text, List<Observation>>::json_schema(generator)
    }
}

/// Declares a figure that is held against a target. What every such figure may have is written down here; a
/// declaration says which way is better and where it should be, and whether that must be said.
macro_rules! held_against_target {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            required { $($(#[$rmeta:meta])* $required:ident: $rtype:ty,)* }
            optional { $($(#[$ometa:meta])* $optional:ident: $otype:ty,)* }
        }
    ) => {
        crate::model::record::record! {
            $(#[$meta])*
            pub struct $name {
                required {
                    /// What is measured.
                    name: crate::text::Text,
                    $($(#[$rmeta])* $required: $rtype,)*
                }
                optional {
                    /// What it is counted in.
                    unit: crate::text::Text,
                    $($(#[$ometa])* $optional: $otype,)*
                    /// Where it stood before.
                    baseline: crate::text::Number,
                    /// How observations become one value; `last` unless said otherwise.
                    judge: crate::model::common::Judge,
                    /// Below how many observations nothing is concluded; 1 unless said otherwise.
                    minimum_observations: crate::text::Count,
                    /// Where the figures come from.
                    source: crate::text::Text,
                    /// The figures, or a CSV file beside the entry with the columns `date,value,note`.
                    observations: crate::model::common::Observations,
                }
                lists {}
            }
        }
    };
}
pub(super) use held_against_target;

held_against_target! {
    /// A figure that tells how well something goes.
    pub struct Metric {
        required {}
        optional {
            /// Which way is better.
            direction: Direction,
            /// Where it should be.
            target: Number,
        }
    }
}

record! {
    /// A decision right moved from one level to another.
    pub struct Shift {
        required {
            /// The right, as `scope-id/right-id`.
            right: RightRef,
            /// The level afterwards.
            to: Delegation,
        }
        optional {
            /// The level before; else the level that the scope names.
            from: Delegation,
        }
        lists {}
    }
}

record! {
    /// What could go wrong and what is done about it.
    pub struct Safeguard {
        required {
            /// What could go wrong.
            risk: Text,
            /// What is done about it.
            mitigation: Text,
        }
        optional {
            /// When it works: before, during or after.
            control: Control,
        }
        lists {}
    }
}

words! {
    /// When a safeguard works.
    pub enum Control {
        /// Keeps it from happening.
        Preventive = "preventive",
        /// Notices that it happens.
        Detective = "detective",
        /// Mends it afterwards.
        Corrective = "corrective",
    }
}

record! {
    /// When somebody else is called in, and what happens then.
    pub struct Escalation {
        required {
            /// What sets it off.
            trigger: Text,
            /// Who is told.
            to: Text,
        }
        optional {
            /// How soon.
            within: crate::text::Duration,
            /// What happens then.
            action: Text,
        }
        lists {
            /// The times it was set off.
            fired: Fired,
        }
    }
}

record! {
    /// One time that an escalation was set off.
    pub struct Fired {
        required {
            /// The day it was set off.
            date: Date,
        }
        optional {
            /// The day somebody was told.
            escalated: Date,
            /// What came of it.
            result: Text,
        }
        lists {}
    }
}

record! {
    /// A day on which something is looked at together.
    pub struct ReviewDay {
        required {
            /// The day it is meant for.
            date: Date,
        }
        optional {
            /// The day it was held.
            held: Date,
            /// What came of it.
            note: Text,
        }
        lists {}
    }
}

/// A review: its day, or more about it.
pub type Review = Either<Date, ReviewDay>;

impl Review {
    /// The day it is meant for.
    pub fn date(&self) -> Date {
        match self {
            Either::Short(date) => *date,
            Either::Long(review) => review.date,
        }
    }

    /// The day it was held, if it was.
    pub fn held(&self) -> Option<Date> {
        match self {
            Either::Short(_) => None,
            Either::Long(review) => review.held,
        }
    }

    /// What came of it.
    pub fn note(&self) -> Option<&Text> {
        match self {
            Either::Short(_) => None,
            Either::Long(review) => review.note.as_ref(),
        }
    }
}
