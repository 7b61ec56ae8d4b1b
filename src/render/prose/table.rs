//! Tables of a text.

use pulldown_cmark::{Alignment, Tag, TagEnd};

/// A table, whose columns are aligned by classes: pages allow no styles of their own.
#[derive(Default)]
pub(super) struct Table {
    columns: Vec<Alignment>,
    next: usize,
    in_head: bool,
}

impl Table {
    pub(super) fn start(&mut self, tag: Tag) -> String {
        match tag {
            Tag::Table(columns) => {
                self.columns = columns;
                "<div class=\"table\" tabindex=\"0\"><table>".to_owned()
            }
            Tag::TableHead => {
                (self.next, self.in_head) = (0, true);
                "<thead><tr>".to_owned()
            }
            Tag::TableRow => {
                self.next = 0;
                "<tr>".to_owned()
            }
            _ => {
                let class = match self.columns.get(self.next) {
                    Some(Alignment::Left) => " class=\"align-left\"",
                    Some(Alignment::Center) => " class=\"align-center\"",
                    Some(Alignment::Right) => " class=\"align-right\"",
                    Some(Alignment::None) | None => "",
                };
                self.next += 1;
                format!("<{}{class}>", self.cell())
            }
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) -> String {
        match tag {
            TagEnd::Table => "</tbody></table>\n</div>\n".to_owned(),
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead><tbody>\n".to_owned()
            }
            TagEnd::TableRow => "</tr>\n".to_owned(),
            _ => format!("</{}>", self.cell()),
        }
    }

    fn cell(&self) -> &'static str {
        if self.in_head { "th" } else { "td" }
    }
}
