//! Two texts word by word, as a person would mark the changes: what stays, what went, what came.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A piece of a compared text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Stands in both.
    Same(String),
    /// Stood in the old text.
    Removed(String),
    /// Stands in the new one.
    Added(String),
    /// Text that stands in both and is left out here, because nothing near it changed.
    Gap,
}

/// How many characters that stay are shown beside a change, at most.
const BESIDE: usize = 80;

/// Between two changes, so few words that stay are taken for changed: a sentence with every third word marked
/// cannot be read.
const FEW_WORDS: usize = 2;

/// Above so many words in one changed part, its words are not compared: it was written anew.
const MOST_WORDS: usize = 20_000;

/// What changed from one text to another.
pub fn word_diff(before: &str, after: &str) -> Vec<Span> {
    let (old, new) = (lines(before), lines(after));
    let mut spans = Spans::default();
    for part in capture_diff_slices(Algorithm::Histogram, &old, &new) {
        match part {
            DiffOp::Equal { new_index, len, .. } => spans.same(&joined(&new[new_index..new_index + len])),
            other => {
                let (old, new) = (&old[other.old_range()], &new[other.new_range()]);
                words(&joined(old), &joined(new), &mut spans);
            }
        }
    }
    spans.abridged()
}

/// The lines of a text that say something. Words are compared across the ends of lines, so a text that was
/// only broken anew has not changed.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect()
}

fn joined(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn words(before: &str, after: &str, spans: &mut Spans) {
    let (old, new) = (tokens(before), tokens(after));
    if old.len().max(new.len()) > MOST_WORDS {
        spans.removed(before);
        spans.added(after);
        return;
    }
    let text = |tokens: &[&str], range: &Range<usize>| tokens[range.clone()].concat();
    for (is_same, from, to) in merged(&old, &new) {
        if is_same {
            spans.same(&text(&new, &to));
        } else {
            spans.removed(&text(&old, &from));
            spans.added(&text(&new, &to));
        }
    }
}

/// The parts that stay and those that change, in turn.
fn merged<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(bool, Range<usize>, Range<usize>)> {
    let plain = |tokens: &[&'t str]| tokens.iter().map(|token| token.trim()).collect::<Vec<&'t str>>();
    let parts = capture_diff_slices(Algorithm::Histogram, &plain(old), &plain(new));
    let count = parts.len();
    let mut merged: Vec<(bool, Range<usize>, Range<usize>)> = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        let (from, to) = (part.old_range(), part.new_range());
        let is_equal = matches!(part, DiffOp::Equal { .. });
        let is_word = |token: &&&str| token.chars().any(char::is_alphanumeric);
        let is_between = at > 0 && at + 1 < count;
        let few = is_equal && is_between && new[to.clone()].iter().filter(is_word).count() <= FEW_WORDS;
        let is_same = is_equal && !few;
        match merged.last_mut() {
            Some(last) if last.0 == is_same => {
                last.1.end = from.end;
                last.2.end = to.end;
            }
            _ => merged.push((is_same, from, to)),
        }
    }
    merged
}

/// Words with the blank space behind them, signs, and the letters of scripts that put no space between words.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        let goes_on = last.is_none_or(|last| {
            c.is_whitespace() || is_of_word(last) && is_of_word(c) && !last.is_whitespace()
        });
        if !goes_on {
            tokens.push(&text[start..at]);
            start = at;
        }
        last = Some(c);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

fn is_of_word(c: char) -> bool {
    (c.is_alphanumeric() || matches!(c, '\'' | '’' | '_')) && !is_unspaced(c)
}

/// Chinese, Japanese, Thai and their kin.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF
        | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[derive(Default)]
struct Spans(Vec<Span>);

impl Spans {
    fn same(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Span::Same(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(Span::Same(text.to_owned())),
        }
    }

    fn removed(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.0.push(Span::Removed(text.to_owned()));
        }
    }

    fn added(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.0.push(Span::Added(text.to_owned()));
        }
    }

    /// With what stays cut down to the words beside the changes. Empty if there are none.
    fn abridged(self) -> Vec<Span> {
        let count = self.0.len();
        if self.0.iter().all(|span| matches!(span, Span::Same(_))) {
            return Vec::new();
        }
        let mut spans = Vec::new();
        for (at, span) in self.0.into_iter().enumerate() {
            match span {
                Span::Same(text) => {
                    let head = if at == 0 { 0 } else { head(&text) };
                    let tail = if at + 1 == count { text.len() } else { tail(&text) };
                    if head >= tail {
                        spans.push(Span::Same(text));
                        continue;
                    }
                    let kept = |part: &str| (!part.is_empty()).then(|| Span::Same(part.to_owned()));
                    spans.extend(kept(&text[..head]));
                    spans.push(Span::Gap);
                    spans.extend(kept(&text[tail..]));
                }
                other => spans.push(other),
            }
        }
        spans
    }
}

/// Where the words end that are shown behind a change.
fn head(text: &str) -> usize {
    match text.char_indices().nth(BESIDE) {
        None => text.len(),
        Some((limit, _)) => match text[..limit].char_indices().rfind(|(_, c)| c.is_whitespace()) {
            Some((at, c)) => at + c.len_utf8(),
            None => limit,
        },
    }
}

/// Where the words begin that are shown before a change.
fn tail(text: &str) -> usize {
    match text.char_indices().nth_back(BESIDE) {
        None => 0,
        Some((limit, _)) => match text[limit..].char_indices().find(|(_, c)| c.is_whitespace()) {
            Some((at, c)) => limit + at + c.len_utf8(),
            None => limit,
        },
    }
}
