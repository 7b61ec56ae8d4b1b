//! "Did you mean": the nearest of the names that would have been right.

/// The candidate that `word` was most likely meant to be, if any comes near.
///
/// Ties go to the candidate that comes first, so that the answer does not depend on chance.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let reach = word.chars().count().div_ceil(3).clamp(1, 4);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= reach)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Case and the separators `_`, `-` and space do not make two names different to a person.
fn fold(word: &str) -> String {
    word.chars().map(|c| if matches!(c, '_' | ' ') { '-' } else { c }).flat_map(char::to_lowercase).collect()
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
        let words = ["consult", "delegate", "inquire"];
        assert_eq!(nearest("consutl", words), Some("consult"));
        assert_eq!(nearest("Delegate", words), Some("delegate"));
        assert_eq!(nearest("banana", words), None);
        assert_eq!(one_of(words), "`consult`, `delegate` or `inquire`");
    }
}
