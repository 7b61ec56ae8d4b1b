//! What went wrong in a period, and what was learned.

use super::writer::Writer;
use super::{Block, Cell, Line, Part, Span};
use crate::evaluate::period::{Lesson, LessonKind};
use crate::evaluate::track_record::Telling;
use crate::words::phrase;

impl<'a> Writer<'_, 'a> {
    pub(super) fn lessons(&self) -> Option<Part> {
        let lessons = &self.facts.lessons;
        if lessons.is_empty() {
            return None;
        }
        let items = lessons.iter().map(|lesson| self.lesson(lesson)).collect();
        self.part("lessons", "review.part_lessons", vec![Block::List { items }])
    }

    fn lesson(&self, lesson: &Lesson<'a>) -> Cell {
        let mut head = vec![self.day(lesson.date), Span::space(), self.entry(lesson.entry)];
        let mut lines: Vec<Line> = Vec::new();
        match lesson.kind {
            LessonKind::Decision(verdict) => head.extend([Span::space(), self.status(verdict.word())]),
            LessonKind::Pilot(verdict) => head.extend([Span::space(), self.status(verdict.word())]),
            LessonKind::CheckIn => {}
            LessonKind::Escalation { trigger, to, telling } => {
                lines.push(vec![
                    Span::strong(format!(
                        "{} ",
                        self.say(&phrase!("review.named", name = self.words.text("label.escalated")))
                    )),
                    Span::written(trigger),
                    Span::said(" → "),
                    Span::written(to),
                    Span::space(),
                    self.telling(telling),
                ]);
            }
        }
        lines.insert(0, head);
        lines.extend(self.told("label.failed", lesson.failed));
        lines.extend(self.told("label.escalated", lesson.escalated));
        lines.extend(lesson.note.map(|note| vec![Span::written(note)]));
        lines.extend(self.told("label.learned", lesson.learned));
        lines.extend(self.told("label.next", lesson.next));
        lines
    }

    fn telling(&self, telling: Telling) -> Span {
        let word = match telling {
            Telling::InTime => "in-time",
            Telling::Late(_) => "late",
            Telling::Pending(_) => "pending",
            Telling::Never => "never",
        };
        Span { status: Some(word), ..Span::said(self.words.of("telling", word)) }
    }
}
