//! How wide a text will be, about: nobody knows the reader's font, so this errs on the wide side.

use unicode_width::UnicodeWidthChar;

/// The width of a text in a sans-serif font of this size.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// The width of a character, in parts of the size.
fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' => 0.31,
        ' ' | 'f' | 'r' | 't' | 'I' | '(' | ')' | '[' | ']' | '/' | '-' | '"' => 0.38,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 0.92,
        '0'..='9' | 'a'..='z' => 0.59,
        'A'..='Z' => 0.68,
        other => match other.width() {
            None | Some(0) => 0.0,
            Some(1) => 0.62,
            Some(_) => 1.05,
        },
    }
}

/// A text on at most `lines` lines, none of them wider than `room`; what does not fit is cut and says so by
/// an ellipsis.
pub(super) fn wrapped(text: &str, size: f64, room: f64, lines: usize) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut pieces = pieces(text, size, room).into_iter().peekable();
    while let Some(piece) = pieces.peek() {
        let is_first = line.is_empty();
        let longer = format!("{line}{piece}");
        if is_first || width(longer.trim_end(), size) <= room {
            line = longer;
            pieces.next();
            continue;
        }
        if done.len() + 1 == lines {
            done.push(cut(&longer, size, room));
            return done;
        }
        done.push(std::mem::take(&mut line).trim_end().to_owned());
    }
    if !line.trim_end().is_empty() {
        done.push(line.trim_end().to_owned());
    }
    done
}

/// A text on one line of at most this width.
pub(super) fn shortened(text: &str, size: f64, room: f64) -> String {
    wrapped(text, size, room, 1).into_iter().next().unwrap_or_default()
}

fn cut(text: &str, size: f64, room: f64) -> String {
    let mut kept = text.trim_end().to_owned();
    while !kept.is_empty() && width(&kept, size) + width("…", size) > room {
        kept.pop();
        // A mark above a letter goes with its letter.
        while kept.chars().next_back().is_some_and(|last| last.width() == Some(0)) {
            kept.pop();
        }
    }
    format!("{}…", kept.trim_end())
}

/// The parts between which a line may end: words with the space behind them, wide characters one by one, and
/// words that fit on no line in parts.
fn pieces(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    for character in text.chars() {
        if character.is_whitespace() {
            if !piece.is_empty() {
                piece.push(' ');
                pieces.push(std::mem::take(&mut piece));
            }
            continue;
        }
        let breadth = character.width().unwrap_or(0);
        let is_full = breadth > 0 && width(&piece, size) + advance(character) * size > room;
        if !piece.is_empty() && (breadth > 1 || is_full) && !piece.ends_with('\u{200d}') {
            pieces.push(std::mem::take(&mut piece));
        }
        piece.push(character);
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_wrapped_and_then_cut() {
        for (text, lines, expected) in [
            ("target 2", 1, &["target 2"][..]),
            ("Days from data to report", 2, &["Days", "from da…"]),
            ("Days from data to report", 3, &["Days", "from data", "to report"]),
            ("Donaudampfschifffahrt", 2, &["Donauda", "mpfschi…"]),
            ("決定権の地図", 2, &["決定権の", "地図"]),
            ("", 2, &[]),
            ("   ", 2, &[]),
        ] {
            assert_eq!(wrapped(text, 12.0, 60.0, lines), expected, "{text}");
        }
        for text in [
            "Days from data to report",
            "決定権の地図",
            "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
        ] {
            assert!(wrapped(text, 12.0, 60.0, 2).iter().all(|line| width(line, 12.0) <= 60.0), "{text}");
        }
    }

    #[test]
    fn no_room_at_all_still_ends() {
        assert_eq!(wrapped("ab", 12.0, 0.0, 1), ["…"]);
        assert_eq!(shortened("", 12.0, 0.0), "");
    }
}
