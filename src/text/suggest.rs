//! "Did you mean": the nearest of the names that would have been right.

/// The candidate that `word` was most likely meant to be, if any comes near.
///
/// Ties go to the candidate that comes first, so that the answer does not depend on chance.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let reach = word.chars().count().div_ceil(3).clamp(1, 4);
    let letters = letters(&folded);
    candidates
        .into_iter()
        // Among ten thousand ids the exact distance would take a tenth of a second: most are out of reach by
        // their letters alone.
        .filter(|candidate| !is_hopeless(&folded, &letters, reach, candidate))
        .filter_map(|candidate| {
            let distance = strsim::damerau_levenshtein(&folded, &fold(candidate));
            (distance <= reach).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether a candidate is out of reach by its length, or by its letters: an edit changes at most two letters, of up
/// to four bytes each.
fn is_hopeless(folded: &str, letters: &[i16; 64], reach: usize, candidate: &str) -> bool {
    if folded.is_ascii() && candidate.is_ascii() {
        return folded.len().abs_diff(candidate.len()) > reach
            || differing(letters, candidate.bytes().map(fold_byte)) > 2 * reach;
    }
    let other = fold(candidate);
    folded.len().abs_diff(other.len()) > 4 * reach || differing(letters, other.bytes()) > 8 * reach
}

/// How often each byte occurs, modulo 64.
fn letters(word: &str) -> [i16; 64] {
    let mut counts = [0; 64];
    for byte in word.bytes() {
        counts[usize::from(byte % 64)] += 1;
    }
    counts
}

/// By how many bytes two words differ in all, whatever their order.
fn differing(letters: &[i16; 64], other: impl Iterator<Item = u8>) -> usize {
    let mut counts = *letters;
    for byte in other {
        counts[usize::from(byte % 64)] -= 1;
    }
    counts.iter().map(|count| usize::from(count.unsigned_abs())).sum()
}

/// Case and the separators `_`, `-` and space do not make two names different to a person.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.bytes().map(|byte| char::from(fold_byte(byte))).collect();
    }
    word.chars().map(|c| if matches!(c, '_' | ' ') { '-' } else { c }).flat_map(char::to_lowercase).collect()
}

/// The same for a letter of one byte.
fn fold_byte(byte: u8) -> u8 {
    if matches!(byte, b'_' | b' ') { b'-' } else { byte.to_ascii_lowercase() }
}

/// The words in backticks, joined for a sentence: "`a`, `b` or `c`".
pub fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_if_near() {
        assert_eq!(nearest("Größe", ["grösse", "größen"]), Some("größen"));
        let words = ["consult", "delegate", "inquire"];
        assert_eq!(nearest("consutl", words), Some("consult"));
        assert_eq!(nearest("Delegate", words), Some("delegate"));
        assert_eq!(nearest("banana", words), None);
        assert_eq!(one_of(words), "`consult`, `delegate` or `inquire`");
    }
}
