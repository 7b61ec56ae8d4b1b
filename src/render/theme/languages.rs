//! The languages of a theme: which there are, and the words of the one that is asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::{DEFAULT_FILES, Layer};
use crate::report::Report;
use crate::source::SourcePath;
use crate::words::{ENGLISH, Message, Source, Words};

/// The languages that the default theme and these layers have words of, in the order of letters.
pub fn languages(layers: &[Layer]) -> Vec<String> {
    let own = DEFAULT_FILES.iter().map(|(name, _)| *name);
    let names = own.chain(layers.iter().flat_map(|layer| layer.files.keys().map(String::as_str)));
    let languages: BTreeSet<String> = names.filter_map(language_of).map(str::to_owned).collect();
    languages.into_iter().collect()
}

/// The language among those there are that comes nearest to what is asked for: itself, without its last parts
/// (`de` for `de-AT`), or one with the same first part (`zh-Hans` for `zh-CN`).
pub fn nearest_language<'l>(asked: &str, languages: &'l [String]) -> Option<&'l str> {
    let find = |tag: &str| languages.iter().find(|known| known.eq_ignore_ascii_case(tag));
    let mut tag = asked;
    let shorter = std::iter::from_fn(|| {
        let now = tag;
        tag = tag.rsplit_once('-')?.0;
        Some(now)
    });
    let tags: Vec<&str> = shorter.collect();
    let first = asked.split('-').next().unwrap_or(asked);
    let related = || {
        languages
            .iter()
            .find(|known| known.split('-').next().is_some_and(|own| own.eq_ignore_ascii_case(first)))
    };
    tags.into_iter().find_map(find).or_else(|| find(first)).or_else(related).map(String::as_str)
}

/// The words of a language, those of the highest layer first; English where there are none.
pub(super) fn words(layers: &[Layer], asked: &str, report: &mut Report) -> Words {
    let known = languages(layers);
    let language = nearest_language(asked, &known).unwrap_or(ENGLISH);
    let own = own_keys(layers);
    // A theme that adds words for its own templates says them in English; other languages fall back to that.
    let mut messages: BTreeMap<String, Message> = BTreeMap::new();
    for wanted in [ENGLISH, language] {
        let name = format!("words/{wanted}.yaml");
        if wanted != ENGLISH {
            let built_in = DEFAULT_FILES.iter().find(|(file, _)| *file == name);
            let text = built_in.and_then(|(_, bytes)| std::str::from_utf8(bytes).ok()).unwrap_or_default();
            let file = SourcePath::new(name.as_str());
            messages.extend(Source { file: &file, text, own: &own }.read(&mut Report::default()));
        }
        for layer in layers {
            let Some(bytes) = layer.files.get(&name) else { continue };
            let file = layer.path(&name);
            let text = String::from_utf8_lossy(bytes);
            let source = Source { file: &file, text: &text, own: &own };
            messages.extend(source.read(report));
            if wanted != ENGLISH {
                source.note_missing(wanted, &messages, report);
            }
        }
        if language == ENGLISH {
            break;
        }
    }
    Words::new(language, messages)
}

/// The keys that themes add for their own templates: those of their English words.
fn own_keys(layers: &[Layer]) -> BTreeSet<String> {
    let name = format!("words/{ENGLISH}.yaml");
    let texts = layers.iter().filter_map(|layer| layer.files.get(&name));
    let none = BTreeSet::new();
    let file = SourcePath::new(name.as_str());
    texts
        .flat_map(|bytes| {
            let text = String::from_utf8_lossy(bytes);
            Source { file: &file, text: &text, own: &none }.read(&mut Report::default()).into_keys()
        })
        .collect()
}

fn language_of(file: &str) -> Option<&str> {
    file.strip_prefix("words/")?.strip_suffix(".yaml").filter(|language| !language.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_nearest_name() {
        let known: Vec<String> = ["de", "en", "zh-Hans"].map(str::to_owned).to_vec();
        let found = |asked| nearest_language(asked, &known);
        assert_eq!(found("de"), Some("de"));
        assert_eq!(found("de-AT"), Some("de"));
        assert_eq!(found("DE"), Some("de"));
        assert_eq!(found("zh"), Some("zh-Hans"));
        assert_eq!(found("zh-Hans-CN"), Some("zh-Hans"));
        assert_eq!(found("fr"), None);
    }

    #[test]
    fn a_theme_changes_a_language_key_by_key() {
        let file = ("words/de.yaml".to_owned(), b"nav.home: Anfang\n".to_vec());
        let layer = Layer { folder: "../themes/t".to_owned(), files: BTreeMap::from([file]) };
        let mut report = Report::default();
        let words = words(&[layer], "de-AT", &mut report);
        assert_eq!((words.text("nav.home"), words.text("kinds.scope")), ("Anfang", "Bereiche"));
        assert!(report.diagnostics().is_empty(), "{report:?}");
    }
}
