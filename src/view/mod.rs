//! What a site shows: pages and their contents, made from what one reader may see and from nothing else.

mod arranged;
mod backlinks;
mod card;
mod changes;
mod cycle;
mod due;
mod editions;
mod feed;
mod fields;
mod figure;
mod filters;
mod goalposts;
mod history;
mod ladder;
mod lookup;
mod marks;
mod metrics;
mod pages;
mod parts;
mod program;
mod proposal;
mod review;
mod revision;
mod rights;
mod routes;
mod search;
mod site;
mod stations;
#[cfg(test)]
mod tests;
mod timeline;
mod track_record;
mod verdict;
mod version_text;
mod vocabulary;
mod words;

pub use arranged::TagGroup;
pub use backlinks::Backlinks;
pub use card::Card;
pub use changes::{ChangesPage, SinceReview};
pub use cycle::CyclePage;
pub use due::Due;
pub use editions::{Edition, Editions, Standing, Versions, fits};
pub use feed::Feed;
pub use fields::{AnyView, View};
pub use figure::{Column, Figure, Table, TableCell};
pub use filters::{Choice, Filter, Row};
pub use history::{HistoryPage, HistoryView};
pub use metrics::{MetricFigures, MetricPicture};
pub use pages::{EntryPage, EntryPast, HomePage, IndexPage, RightView, TagPage, TagsPage};
pub use program::ProgramProgress;
pub use proposal::{
    AnswerLine, DayKind, DayMark, EscalationLine, EvidenceLine, MetricLine, PersonLine, ProposalPage,
    RecordLine, SafeguardLine, TrialLine, WantLine,
};
pub use review::{Block, Cell, Fact, Line, Part, Picture, ReviewPacket, Span, Tally};
pub use rights::RightsPage;
pub use routes::{Computed, Page, Route, paper_address};
pub use search::SearchLines;
pub use site::Site;
pub use timeline::TimelinePage;
pub use track_record::TrackRecordPage;
pub use verdict::RunningPilot;
pub use words::{Level, SafetyWords};

use crate::model::Kind;
use crate::text::Id;

/// The address of an entry's page, seen from the root of the site.
pub fn address(kind: Kind, id: &Id) -> String {
    match kind {
        Kind::Program => "program/".to_owned(),
        kind => [kind.folder(), "/", id.as_str(), "/"].concat(),
    }
}
