//! Writes a plan down twice: in full, and as if what is hidden from one reader had never been written.
//!
//! # What deleting something from the sources means
//!
//! - A hidden entry: its file and all files of its folder are gone.
//! - A limited section: its blocks are gone, one blank line stays between what stood before and behind it.
//! - A link to what is hidden, in any notation: `[words]()`; where the words would be a title or an address that
//!   the writer did not type, `…`.
//! - A link to a heading that went with its section: the same. Where a heading of the same words is left that has
//!   the same anchor now, the link stays and leads there.
//! - A link definition whose address is hidden, or which counts for nothing because one of the same label stands
//!   before it: an empty line. A comment: nothing, what stands around it stays.
//! - `{readers=…}`, with the space before it: gone. The entry's own `readers`: only the one reader, who needs no
//!   default then.
//! - Ids of hidden entries in lists and fields, rights of hidden scopes, with the whole shift that names them:
//!   gone. A file of a hidden entry: gone, and where figures came from it, the figures stand in the entry.
//! - A quote without permission, with the word about the permission: gone.
//! - Of `portfolio.yaml`: the other readers, the defaults, a rhythm promised to somebody else, the reason of a
//!   rest.

use std::fmt::Write;

use super::plan::{
    AGREEMENT, Block, CHECK_IN, CONSTRAINT, DECISION, Entry, FEEDBACK, FOLDERS, KINDS, PILOT, PROPOSAL, Plan,
    SCOPE,
};
use crate::aid::Files;

/// Words behind the defining ones of a plan, with which everything here begins that the plan makes up.
pub fn id(entry: usize) -> String {
    format!("zq{entry}e")
}

/// The portfolio of a plan: in full, or for one reader alone.
pub fn content(plan: &Plan, reader: Option<&str>) -> Files {
    Emission { plan, reader, shared: Default::default() }.content()
}

struct Emission<'a> {
    plan: &'a Plan,
    reader: Option<&'a str>,
    /// The files outside of all entries' folders that something points at.
    shared: std::cell::RefCell<std::collections::BTreeSet<String>>,
}

/// The index of the program, which is behind all entries.
const PROGRAM: usize = usize::MAX;

impl Emission<'_> {
    fn content(&self) -> Files {
        let mut files = Files::new();
        files.insert("portfolio.yaml".into(), self.config().into_bytes());
        for (index, entry) in self.plan.entries.iter().enumerate().filter(|(index, _)| self.sees(*index)) {
            files.insert(file(index, entry), self.entry(index, entry).into_bytes());
            if entry.has_folder() {
                let folder = folder(index, entry);
                for name in [own_file(index), "same.txt".into()] {
                    files.insert(
                        format!("{folder}/{name}"),
                        format!("the file {name} of {index}").into_bytes(),
                    );
                }
                files.insert(format!("{folder}/series.csv"), series(index).into_bytes());
            }
        }
        if let Some(entry) = self.plan.program.as_ref().filter(|_| self.sees(PROGRAM)) {
            let name = if entry.form % 2 == 0 { "program.md" } else { "program.yaml" };
            files.insert(name.into(), self.entry(PROGRAM, entry).into_bytes());
        }
        for path in self.shared.borrow().iter() {
            files.insert(path.clone(), format!("shared as {path}").into_bytes());
        }
        files
    }

    fn is_full(&self) -> bool {
        self.reader.is_none()
    }

    fn entry_at(&self, index: usize) -> &Entry {
        if index == PROGRAM {
            self.plan.program.as_ref().expect("there is a program")
        } else {
            &self.plan.entries[index]
        }
    }

    fn sees(&self, index: usize) -> bool {
        let Some(reader) = self.reader else { return true };
        let entry = self.entry_at(index);
        if index != PROGRAM && entry.kind == CONSTRAINT && entry.has(8) {
            return false;
        }
        let default = if index == PROGRAM { None } else { self.plan.defaults[entry.kind] };
        entry.readers.or(default).is_some_and(|names| names.open_to(reader))
    }

    fn config(&self) -> String {
        let with = ["manager", "mentor"][self.plan.check_ins_with];
        let mut text = "title: Portfolio zqtitle\nowner: {name: Zqowner, role: Lead}\n".to_owned();
        let readers: Vec<String> = ["manager", "mentor"]
            .iter()
            .filter(|name| self.reader.is_none_or(|reader| reader == **name))
            .map(|name| format!("{name}: {{title: For zq{name}}}"))
            .collect();
        if !readers.is_empty() {
            writeln!(text, "readers: {{{}}}", readers.join(", ")).unwrap();
        }
        if self.reader.is_none_or(|reader| reader == with) {
            writeln!(text, "check_ins: {{every: 2w, with: {with}}}").unwrap();
        }
        if self.plan.rests {
            let reason = if self.is_full() { ", reason: Because of zqrest" } else { "" };
            writeln!(text, "pause: {{since: 2026-05-02{reason}}}").unwrap();
        }
        if self.is_full() && self.plan.defaults.iter().any(Option::is_some) {
            text.push_str("defaults:\n  readers:\n");
            for (kind, names) in KINDS.iter().zip(&self.plan.defaults) {
                if let Some(names) = names {
                    writeln!(text, "    {kind}: [{}]", names.list(", ")).unwrap();
                }
            }
        }
        text
    }

    fn entry(&self, index: usize, entry: &Entry) -> String {
        let mut fields = String::new();
        let is_yaml = entry.form % 2 == 1;
        let has_heading = entry.has(0);
        if !has_heading {
            writeln!(fields, "title: Title zq{index}t").unwrap();
        }
        self.common(index, entry, &mut fields);
        if index == PROGRAM {
            fields.push_str("starts: 2026-01-12\n");
            self.reference("scope", self.one_of(SCOPE, entry.targets[0], index), &mut fields);
        } else {
            self.kind(index, entry, &mut fields);
        }
        let mut blocks = self.blocks(index, entry);
        if has_heading {
            blocks.insert(0, format!("# Title zq{index}t"));
        }
        let body = if blocks.is_empty() { String::new() } else { blocks.join("\n\n") + "\n" };
        if is_yaml {
            if !body.trim().is_empty() {
                fields.push_str("body: |\n");
                for line in body.trim().lines() {
                    writeln!(fields, "{}{line}", if line.is_empty() { "" } else { "  " }).unwrap();
                }
            }
            return format!("# zq{index}comment\n{fields}");
        }
        let blank = if entry.has(1) { "\n" } else { "" };
        format!("---\n{fields}---\n{blank}{body}")
    }

    fn common(&self, index: usize, entry: &Entry, fields: &mut String) {
        if entry.has(2) {
            writeln!(fields, "summary: Summary zq{index}s").unwrap();
        }
        let needs_date = [DECISION, AGREEMENT, CHECK_IN, FEEDBACK].contains(&entry.kind);
        if index != PROGRAM && (needs_date || entry.has(3)) {
            writeln!(fields, "date: 2026-0{}-1{}", 1 + index % 5, entry.targets[0] % 3).unwrap();
        }
        match (self.reader, entry.readers) {
            (Some(reader), _) => writeln!(fields, "readers: [{reader}]").unwrap(),
            (None, Some(names)) => writeln!(fields, "readers: [{}]", names.list(", ")).unwrap(),
            (None, None) => {}
        }
        if entry.has(4) && index != PROGRAM {
            writeln!(fields, "aliases: [zq{index}alias]").unwrap();
        }
        let tags: std::collections::BTreeSet<String> = entry
            .tags
            .iter()
            .map(|tag| format!("{} zqtag{tag}", if entry.has(5) { "Tag" } else { "tag" }))
            .collect();
        if !tags.is_empty() {
            writeln!(fields, "tags: [{}]", tags.into_iter().collect::<Vec<_>>().join(", ")).unwrap();
        }
        let related = self.any_of(index, &entry.targets[1..3]);
        if !related.is_empty() && entry.has(6) {
            self.references("related", &related, fields);
        }
        self.evidence(index, entry, fields);
    }

    fn evidence(&self, index: usize, entry: &Entry, fields: &mut String) {
        let mut items = Vec::new();
        for (at, (form, to)) in entry.evidence.iter().enumerate() {
            let to = to % self.plan.entries.len();
            match form {
                0 if to != index && self.sees(to) => items.push(id(to)),
                0 => {}
                1 => items.push(format!(
                    "{{kind: metric, title: Proof zq{index}p{at}, link: \"https://e.org/zq{index}p{at}\"}}"
                )),
                _ => {
                    let of = &self.plan.entries[to];
                    let file = match of.has_folder() && *form == 2 {
                        true if self.sees(to) => Some(format!("{}/{}", folder(to, of), own_file(to))),
                        true => None,
                        false => Some(self.shared_file(to % 2)),
                    };
                    let file =
                        file.map(|path| format!(", file: \"{}\"", relative(&self.file_at(index), &path)));
                    items.push(format!(
                        "{{kind: artefact, title: Proof zq{index}p{at}{}, note: Note zq{index}n{at}}}",
                        file.unwrap_or_default()
                    ));
                }
            }
        }
        if !items.is_empty() {
            writeln!(fields, "evidence:").unwrap();
            for item in items {
                writeln!(fields, "  - {item}").unwrap();
            }
        }
    }

    fn kind(&self, index: usize, entry: &Entry, fields: &mut String) {
        let scope = self.one_of(SCOPE, entry.targets[3], index);
        match entry.kind {
            SCOPE => {
                writeln!(fields, "since: 2026-01-0{}", 1 + index % 9).unwrap();
                writeln!(fields, "decision_rights:").unwrap();
                for right in 0..2 {
                    writeln!(
                        fields,
                        "  - {{area: Area zq{index}r{right}, delegation: consult, wanted: inquire}}"
                    )
                    .unwrap();
                }
                writeln!(
                    fields,
                    "outcomes:\n  - {{name: Outcome zq{index}o{}}}",
                    self.observations(index, entry)
                )
                .unwrap();
            }
            DECISION => {
                self.reference("scope", scope, fields);
                if let Some(scope) = scope.filter(|scope| entry.has(9) && self.sees(*scope)) {
                    writeln!(fields, "right: {}", right(scope, entry.targets[4])).unwrap();
                }
                let earlier =
                    self.one_of(DECISION, entry.targets[5], index).filter(|it| *it < index && entry.has(10));
                if let Some(earlier) = earlier
                    .filter(|earlier| self.first_to_supersede(*earlier) == Some(index) && self.sees(*earlier))
                {
                    writeln!(fields, "supersedes: [{}]", id(earlier)).unwrap();
                }
                if self.first_to_supersede(index).is_some() {
                    fields.push_str("status: superseded\n");
                }
                let later = self.first_to_supersede(index).filter(|later| entry.has(13) && self.sees(*later));
                if let Some(later) = later {
                    writeln!(fields, "superseded_by: {}", id(later)).unwrap();
                }
            }
            PILOT => {
                writeln!(fields, "starts: 2026-02-0{}\nends: 2026-05-30", 1 + index % 9).unwrap();
                self.reference("scope", scope, fields);
                if let Some(scope) = scope.filter(|scope| entry.has(9) && self.sees(*scope)) {
                    writeln!(
                        fields,
                        "tests: {{right: {}, from: consult, to: inquire}}",
                        right(scope, entry.targets[4])
                    )
                    .unwrap();
                }
                writeln!(
                    fields,
                    "primary: {{name: Figure zq{index}f, direction: decrease, baseline: 3, target: 2{}}}",
                    self.observations(index, entry)
                )
                .unwrap();
                writeln!(
                    fields,
                    "guardrails:\n  - {{name: Guard zq{index}g, direction: decrease, limit: 9{}}}",
                    self.observations(index, entry)
                )
                .unwrap();
            }
            PROPOSAL => {
                writeln!(fields, "ask: Ask zq{index}a").unwrap();
                self.reference("scope", scope, fields);
                self.reference("pilot", self.one_of(PILOT, entry.targets[4], index), fields);
                self.shifts("wants", scope, entry, fields);
                writeln!(
                    fields,
                    "success_metrics:\n  - {{name: Success zq{index}m{}}}",
                    self.observations(index, entry)
                )
                .unwrap();
            }
            AGREEMENT => {
                self.reference("proposal", self.one_of(PROPOSAL, entry.targets[4], index), fields);
                self.shifts("grants", scope, entry, fields);
            }
            CHECK_IN => {
                if entry.has(9) {
                    self.reference("scope", scope, fields);
                } else {
                    self.reference("pilot", self.one_of(PILOT, entry.targets[4], index), fields);
                }
                writeln!(fields, "changed: Change zq{index}c").unwrap();
            }
            FEEDBACK => {
                writeln!(fields, "from: Person zq{index}p").unwrap();
                self.references("about", &self.any_of(index, &entry.targets[4..6]), fields);
                if entry.has(9) && (self.is_full() || entry.has(10)) {
                    writeln!(fields, "quote: Quote zq{index}q").unwrap();
                }
                if entry.has(10) || self.is_full() && entry.has(11) {
                    writeln!(fields, "quote_permission: {}", entry.has(10)).unwrap();
                }
            }
            CONSTRAINT => {
                writeln!(fields, "type: noise\nreasonable: {}", !entry.has(8)).unwrap();
                self.reference("scope", scope, fields);
            }
            _ => {}
        }
    }

    /// Figures: written out, or in a file of this entry. Those in a file of a hidden one are hidden and said to
    /// be so, which no text without it can say; see `redaction`.
    fn observations(&self, index: usize, entry: &Entry) -> String {
        if entry.has(12) && entry.has_folder() {
            let path = format!("{}/series.csv", folder(index, entry));
            return format!(", observations: \"{}\"", relative(&self.file_at(index), &path));
        }
        ", observations: [{date: 2026-03-06, value: 2}]".into()
    }

    fn first_to_supersede(&self, decision: usize) -> Option<usize> {
        self.plan.entries.iter().enumerate().position(|(index, entry)| {
            entry.kind == DECISION
                && entry.has(10)
                && index > decision
                && self.one_of(DECISION, entry.targets[5], index) == Some(decision)
        })
    }

    fn shifts(&self, field: &str, scope: Option<usize>, entry: &Entry, fields: &mut String) {
        if let Some(scope) = scope.filter(|scope| entry.has(9) && self.sees(*scope)) {
            let right = right(scope, entry.targets[4]);
            writeln!(fields, "{field}:\n  - {{right: {right}, from: consult, to: inquire}}").unwrap();
        }
    }

    /// An entry of a kind other than this one, whether it is hidden or not.
    fn one_of(&self, kind: usize, wanted: usize, but: usize) -> Option<usize> {
        let all: Vec<usize> = (0..self.plan.entries.len())
            .filter(|index| self.plan.entries[*index].kind == kind && *index != but)
            .collect();
        (!all.is_empty()).then(|| all[wanted % all.len()])
    }

    fn any_of(&self, but: usize, wanted: &[usize]) -> Vec<usize> {
        let mut all = Vec::new();
        for to in wanted.iter().map(|to| to % self.plan.entries.len()) {
            if to != but && !all.contains(&to) {
                all.push(to);
            }
        }
        all
    }

    fn reference(&self, field: &str, to: Option<usize>, fields: &mut String) {
        if let Some(to) = to.filter(|to| self.sees(*to)) {
            writeln!(fields, "{field}: {}", id(to)).unwrap();
        }
    }

    fn references(&self, field: &str, to: &[usize], fields: &mut String) {
        let ids: Vec<String> = to.iter().filter(|to| self.sees(**to)).map(|to| id(*to)).collect();
        if !ids.is_empty() {
            writeln!(fields, "{field}: [{}]", ids.join(", ")).unwrap();
        }
    }

    fn file_at(&self, index: usize) -> String {
        if index == PROGRAM { "program.md".into() } else { file(index, &self.plan.entries[index]) }
    }

    fn shared_file(&self, which: usize) -> String {
        let path = if which == 0 { "files/same.txt".to_owned() } else { "files/zqshared.txt".to_owned() };
        self.shared.borrow_mut().insert(path.clone());
        path
    }

    /// Which blocks of an entry's text are in no section that is hidden.
    fn visible_blocks(&self, entry: &Entry) -> Vec<bool> {
        let mut below: Option<u8> = None;
        let mut visible = Vec::new();
        for block in &entry.blocks {
            if let Block::Heading { level, limit, .. } = block {
                if below.is_some_and(|hidden| *level <= hidden) {
                    below = None;
                }
                let hides =
                    |names: &super::plan::Names| self.reader.is_some_and(|reader| !names.open_to(reader));
                if below.is_none() && limit.as_ref().is_some_and(hides) {
                    below = Some(*level);
                }
            }
            visible.push(below.is_none());
        }
        visible
    }

    fn blocks(&self, index: usize, entry: &Entry) -> Vec<String> {
        let visible = self.visible_blocks(entry);
        let blocks = entry.blocks.iter().enumerate().zip(visible);
        blocks.filter(|(_, visible)| *visible).map(|((at, block), _)| self.block(index, at, block)).collect()
    }

    fn block(&self, index: usize, at: usize, block: &Block) -> String {
        let words = format!("words zq{index}b{at}");
        match block {
            Block::Words => words,
            Block::Heading { level, limit, form, to } => self.heading(index, at, *level, *limit, *form, *to),
            Block::Link { to, notation, place } => {
                let to = to % self.plan.entries.len();
                if to == index {
                    return words;
                }
                // In a table, `|` ends a cell.
                let notation = if *place == 2 && matches!(notation % 10, 2 | 7) { 0 } else { *notation };
                let (link, behind) = self.link(index, at, to, None, notation, !self.sees(to));
                match place {
                    0 => format!("> {words} {link}{}", behind.replace('\n', "\n> ")),
                    1 => format!("- {words}\n- {link}{}", behind.replace("\n\n", "\n\n  ")),
                    2 => format!("| {words} | b |\n|---|---|\n| {link} | c |{behind}"),
                    3 => format!("{words}\n: {link}{}", behind.replace("\n\n", "\n\n  ")),
                    _ => format!("**{words} {link}** and *so* on.{behind}"),
                }
            }
            Block::ToHeading { to, nth, notation } => {
                let to = to % self.plan.entries.len();
                let target = self.entry_at(to);
                let headings: Vec<usize> = target
                    .blocks
                    .iter()
                    .enumerate()
                    .filter(|(_, block)| matches!(block, Block::Heading { form: 0 | 2 | 3, .. }))
                    .map(|(at, _)| at)
                    .collect();
                if headings.is_empty() {
                    return words;
                }
                let heading = headings[nth % headings.len()];
                let is_hidden = !self.sees(to) || !self.visible_blocks(target)[heading];
                let anchor = anchor(to, heading, &target.blocks[heading]);
                let (link, behind) = self.link(index, at, to, Some(&anchor), *notation, is_hidden);
                format!("{words} {link}{behind}")
            }
            Block::ToTwin { to, nth, notation } => {
                let to = to % self.plan.entries.len();
                let target = self.entry_at(to);
                let is_twin = |block: &Block| matches!(block, Block::Heading { form: 1, .. });
                let all = target.blocks.iter().filter(|block| is_twin(block)).count();
                if all == 0 {
                    return words;
                }
                let nth = nth % all + 1;
                let left = target.blocks.iter().zip(self.visible_blocks(target));
                let left = left.filter(|(block, visible)| is_twin(block) && *visible).count();
                let anchor = if nth == 1 { "twin".to_owned() } else { format!("twin-{nth}") };
                let is_hidden = !self.sees(to) || nth > left;
                let (link, behind) = self.link(index, at, to, Some(&anchor), *notation, is_hidden);
                format!("{words} {link}{behind}")
            }
            Block::File { of, which, notation } => {
                let of = of % self.plan.entries.len();
                let owner = &self.plan.entries[of];
                if *which < 2 || !owner.has_folder() {
                    return format!(
                        "{words} {}",
                        self.file_link(index, at, &self.shared_file(which % 2), *notation, false)
                    );
                }
                let name = if *which == 2 { own_file(of) } else { "same.txt".to_owned() };
                let path = format!("{}/{name}", folder(of, owner));
                format!("{words} {}", self.file_link(index, at, &path, *notation, !self.sees(of)))
            }
            Block::Picture { to, of } => {
                let (to, of) = (to % self.plan.entries.len(), of % self.plan.entries.len());
                if to == index {
                    return words;
                }
                let owner = &self.plan.entries[of];
                let picture = if owner.has_folder() {
                    self.file_link(index, at, &format!("{}/same.txt", folder(of, owner)), 0, !self.sees(of))
                } else {
                    self.file_link(index, at, &self.shared_file(0), 0, false)
                };
                let comment = if self.is_full() { "<!-- zq hidden -->" } else { "" };
                let address = if self.sees(to) {
                    relative(&self.file_at(index), &self.file_at(to))
                } else {
                    String::new()
                };
                format!("{words} [{picture} and {comment} words]({address})")
            }
            Block::Comment { form } => match (form, self.is_full()) {
                (0, true) => format!("{words} <!-- zq hidden --> more"),
                (0, false) => format!("{words}  more"),
                (1, true) => "<!-- zq\nhidden\n\nlines -->".to_owned(),
                (2, true) => "<?zq hidden?>".to_owned(),
                (3, true) => format!("{words} <!ZQ hidden> more"),
                (3, false) => format!("{words}  more"),
                (4, full) => format!("<div>\n{}{words}</div>", if full { "<!-- zq hidden -->" } else { "" }),
                _ => String::new(),
            },
            Block::Shadowed { to, by } => {
                let (to, by) = (to % self.plan.entries.len(), by % self.plan.entries.len());
                let label = format!("zq{index}d{at}");
                let definition =
                    |to: usize| format!("[{label}]: {}", relative(&self.file_at(index), &self.file_at(to)));
                let first = if self.sees(by) { definition(by) } else { String::new() };
                let second = if self.is_full() { definition(to) } else { String::new() };
                let link = if self.sees(by) { format!("[see][{label}]") } else { "[see]()".to_owned() };
                format!("{first}\n{second}\n\n{words} {link}")
            }
            Block::Note { to } => {
                let to = to % self.plan.entries.len();
                if to == index {
                    return words;
                }
                let (link, _) = self.link(index, at, to, None, to % 3, !self.sees(to));
                format!("{words}[^zq{index}f{at}]\n\n[^zq{index}f{at}]: note {link}")
            }
        }
    }

    fn heading(
        &self,
        index: usize,
        at: usize,
        level: u8,
        limit: Option<super::plan::Names>,
        form: usize,
        to: usize,
    ) -> String {
        let to = to % self.plan.entries.len();
        let limit = limit.filter(|_| self.is_full()).map(|names| format!("readers={}", names.list(",")));
        let attributes = |others: &[&str]| {
            let all: Vec<&str> = others.iter().copied().chain(limit.as_deref()).collect();
            if all.is_empty() { String::new() } else { format!(" {{{}}}", all.join(" ")) }
        };
        let marks = "#".repeat(level.into());
        match form {
            0 => format!("{marks} Heading zq{index}h{at}{}", attributes(&[])),
            1 => format!("{marks} Twin{}", attributes(&[])),
            2 => format!("{marks} Named{}", attributes(&[&format!("#zq{index}x{at}")])),
            3 if level == 2 => format!("Heading zq{index}h{at}{}\n---", attributes(&[])),
            3 => {
                let attributes = limit
                    .as_deref()
                    .map_or(" {.zqclass}".to_owned(), |limit| format!(" {{{limit} .zqclass}}"));
                format!("{marks} Heading zq{index}h{at}{attributes}")
            }
            _ if to == index => format!("{marks} Plain zq{index}h{at}{}", attributes(&[])),
            _ => {
                let (link, _) = self.link(index, at, to, None, at % 3, !self.sees(to));
                format!("{marks} About {link} zq{index}h{at}{}", attributes(&[]))
            }
        }
    }

    /// A link to an entry, or to a heading of one, and the definition that it needs behind its block.
    fn link(
        &self,
        from: usize,
        at: usize,
        to: usize,
        anchor: Option<&str>,
        notation: usize,
        is_hidden: bool,
    ) -> (String, String) {
        let words = format!("link zq{from}l{at}");
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        let own = from == to && !anchor.is_empty();
        let address = if own {
            anchor.clone()
        } else {
            format!("{}{anchor}", relative(&self.file_at(from), &self.file_at(to)))
        };
        let name = if own { anchor.clone() } else { format!("{}{anchor}", id(to)) };
        let label = format!("zq{from}d{at}");
        let alias =
            if self.entry_at(to).has(4) && !own { format!("zq{to}alias{anchor}") } else { name.clone() };
        let link = match notation % 10 {
            1 | 8 if is_hidden => "…".to_owned(),
            4 if is_hidden => format!("[{label}]()"),
            _ if is_hidden => format!("[{words}]()"),
            1 => format!("[[{name}]]"),
            2 => format!("[[{name}|{words}]]"),
            3 => format!("[{words}][{label}]"),
            4 => format!("[{label}]"),
            5 => format!("[{words}](<{address}> \"title\")"),
            6 => format!("[{words}](./{address})").replace("(./#", "(#"),
            7 => format!("[[{alias}|{words}]]"),
            8 => format!("[[{alias}]]"),
            9 if !own => format!("[{words}]({})", address.replacen("/zq", "/%7aq", 1)),
            _ => format!("[{words}]({address})"),
        };
        let behind = match notation % 10 {
            3 | 4 if is_hidden => "\n\n".to_owned(),
            3 | 4 => format!("\n\n[{label}]: {address}"),
            _ => String::new(),
        };
        (link, behind)
    }

    fn file_link(&self, from: usize, at: usize, path: &str, notation: usize, is_hidden: bool) -> String {
        let words = format!("file zq{from}w{at}");
        let address = relative(&self.file_at(from), path);
        match notation % 4 {
            2 if is_hidden => "…".to_owned(),
            _ if is_hidden => format!("[{words}]()"),
            0 => format!("![{words}]({address})"),
            1 => format!("[{words}]({address})"),
            2 => format!("![[{address}]]"),
            _ => format!("![[{address}|{words}]]"),
        }
    }
}

/// The anchor of a heading that has words or a name of its own.
fn anchor(entry: usize, at: usize, block: &Block) -> String {
    match block {
        Block::Heading { form: 2, .. } => format!("zq{entry}x{at}"),
        _ => format!("heading-zq{entry}h{at}"),
    }
}

fn right(scope: usize, which: usize) -> String {
    format!("{}/area-zq{scope}r{}", id(scope), which % 2)
}

fn own_file(index: usize) -> String {
    format!("zq{index}file.txt")
}

fn series(index: usize) -> String {
    format!("date,value,note\n2026-03-06,{index},zq{index}row\n2026-03-13,2,again\n")
}

fn folder(index: usize, entry: &Entry) -> String {
    let between = if entry.form == 3 { "2026/" } else { "" };
    format!("{}/{between}{}", FOLDERS[entry.kind], id(index))
}

fn file(index: usize, entry: &Entry) -> String {
    match entry.form {
        0 => format!("{}/{}.md", FOLDERS[entry.kind], id(index)),
        1 => format!("{}/{}.yaml", FOLDERS[entry.kind], id(index)),
        2 => format!("{}/index.md", folder(index, entry)),
        _ => format!("{}/index.yaml", folder(index, entry)),
    }
}

/// How `to` is written as an address in `from`.
fn relative(from: &str, to: &str) -> String {
    let up = from.matches('/').count();
    format!("{}{to}", "../".repeat(up))
}
