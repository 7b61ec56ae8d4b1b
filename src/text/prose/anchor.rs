//! The names by which links point at headings.

use std::collections::HashMap;

/// Gives each heading an anchor of its own.
#[derive(Default)]
pub(super) struct Anchors(HashMap<String, usize>);

impl Anchors {
    pub(super) fn claim(&mut self, wanted: &str, heading: &str) -> String {
        let base = match anchor(wanted) {
            given if !given.is_empty() => given,
            _ => anchor(heading),
        };
        let base = if base.is_empty() { "section".to_owned() } else { base };
        let mut name = base.clone();
        while self.0.contains_key(&name) {
            let count = self.0.get_mut(&base).expect("the base was claimed first");
            *count += 1;
            name = format!("{base}-{count}");
        }
        self.0.insert(name.clone(), 1);
        name
    }
}

/// A heading's words as an anchor: letters and digits of any script in lower case, joined by hyphens.
pub fn anchor(heading: &str) -> String {
    let mut anchor = String::new();
    for c in heading.chars() {
        if c.is_alphanumeric() {
            anchor.extend(c.to_lowercase());
        } else if !anchor.is_empty() && !anchor.ends_with('-') && !matches!(c, '\'' | '’') {
            anchor.push('-');
        }
    }
    anchor.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::Prose;

    #[test]
    fn anchors_are_unique_and_of_any_script() {
        let prose = Prose::new("# A b\n# A b\n# A b 2\n# 決定 権\n# !\n# x {#A-b}\n");
        let anchors: Vec<_> = prose.headings.iter().map(|heading| heading.anchor.as_str()).collect();
        assert_eq!(anchors, ["a-b", "a-b-2", "a-b-2-2", "決定-権", "section", "a-b-3"]);
    }
}
