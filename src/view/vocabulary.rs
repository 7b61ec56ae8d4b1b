//! Lists of words, told as numbers of one vocabulary: the words of a portfolio are few, and most of them come often.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rayon::prelude::*;

/// Lists of words that share a vocabulary.
#[derive(Debug, PartialEq, Eq)]
pub struct Packed {
    /// Every word once, those that stand in most lists first, separated by blanks.
    pub vocabulary: String,
    /// For each list its numbers, see [`written`].
    pub lists: Vec<String>,
}

impl Packed {
    /// About how many bytes it takes when it is compressed: words lose two fifths, numbers a fifth.
    pub fn weight(&self) -> usize {
        let numbers: usize = self.lists.iter().map(String::len).sum();
        (self.vocabulary.len() * 3 + numbers * 4) / 5
    }
}

/// Digits that need no escape in JSON, in HTML and in a script.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// How many of the digits end a number, so that the many small ones take one digit each.
const LAST: usize = 48;

/// Packs lists of words; in each they are separated by blanks, and no word comes twice.
pub fn packed(lists: &[String]) -> Packed {
    let mut numbers: HashMap<&str, usize, RandomState> = HashMap::default();
    // A word, and in how many lists it stands.
    let mut words: Vec<(&str, usize)> = Vec::new();
    let in_order_of_sight: Vec<Vec<usize>> = lists
        .iter()
        .map(|list| {
            let number = |word| {
                let number = *numbers.entry(word).or_insert_with(|| {
                    words.push((word, 0));
                    words.len() - 1
                });
                words[number].1 += 1;
                number
            };
            list.split(' ').filter(|word| !word.is_empty()).map(number).collect()
        })
        .collect();

    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_unstable_by_key(|&number| (std::cmp::Reverse(words[number].1), words[number].0));
    let mut places = vec![0; words.len()];
    for (place, &number) in order.iter().enumerate() {
        places[number] = place;
    }
    let vocabulary: Vec<&str> = order.iter().map(|&number| words[number].0).collect();
    let written = |list: Vec<usize>| written(list.into_iter().map(|number| places[number]).collect());
    Packed {
        vocabulary: vocabulary.join(" "),
        lists: in_order_of_sight.into_par_iter().map(written).collect(),
    }
}

/// Different numbers as text: in rising order, each as its distance from the lowest that it could be. A distance is
/// written to base 16, its lowest digit first, with digits from 0 to 63; a digit below [`LAST`] ends it.
fn written(mut numbers: Vec<usize>) -> String {
    numbers.sort_unstable();
    let mut text = String::with_capacity(numbers.len() * 2);
    let mut lowest = 0;
    for number in numbers {
        let mut left = number - lowest;
        while left >= LAST {
            left -= LAST;
            text.push(char::from(DIGITS[LAST + left % 16]));
            left /= 16;
        }
        text.push(char::from(DIGITS[left]));
        lowest = number + 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the search does in the browser.
    fn read(text: &str) -> Vec<usize> {
        let (mut numbers, mut lowest, mut distance, mut weight) = (Vec::new(), 0, 0, 1);
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|digit| *digit == byte).expect("a digit");
            distance += digit * weight;
            weight *= 16;
            if digit < LAST {
                numbers.push(lowest + distance);
                lowest += distance + 1;
                (distance, weight) = (0, 1);
            }
        }
        numbers
    }

    #[test]
    fn common_words_come_first() {
        let lists = ["report late", "", "late for report two", "late"].map(str::to_owned);
        let packed = packed(&lists);
        assert_eq!(packed.vocabulary, "late report for two");
        assert_eq!(packed.lists, ["AA", "", "AAAA", "A"]);
    }

    proptest! {
        #[test]
        fn what_is_written_can_be_read(numbers in proptest::collection::btree_set(0usize..2_000_000, 0..200)) {
            let numbers: Vec<usize> = numbers.into_iter().collect();
            prop_assert_eq!(read(&written(numbers.iter().rev().copied().collect())), numbers);
        }
    }
}
