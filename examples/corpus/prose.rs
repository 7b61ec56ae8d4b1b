//! The Markdown of an entry: a few hundred words, with links, lists, tables and footnotes now and then.

use super::random::Random;
use super::words::{CLAUSES, HEADINGS, ITEMS, LINKING, SENTENCES, any, filled};

/// Writes a text with all `links` in it.
pub fn body(links: &[String], image: Option<&str>, random: &mut Random) -> String {
    let wanted = random.between(90, 330);
    let mut writer = Writer { text: String::new(), links: links.to_vec(), footnotes: Vec::new() };
    let mut headings = random.some(4, &HEADINGS).into_iter();
    let private = random.chance(8);
    writer.paragraph(random);
    while writer.text.split_whitespace().count() < wanted {
        match random.below(10) {
            0 | 1 => {
                if let Some(heading) = headings.next() {
                    writer.block(&format!("## {heading}"));
                }
                writer.paragraph(random);
            }
            2 => writer.list(random),
            3 if random.chance(60) => writer.table(random),
            4 if random.chance(40) => writer.footnote(random),
            5 if random.chance(30) => writer.block(&format!("> {}", any(&SENTENCES, random))),
            6 if random.chance(15) => writer.block("```text\nload alder && check alder\n```"),
            7 if random.chance(20) => writer.terms(random),
            _ => writer.paragraph(random),
        }
    }
    while !writer.links.is_empty() {
        writer.paragraph(random);
    }
    if let Some(image) = image {
        writer.block(&format!("![{}]({image})", any(&CLAUSES, random)));
    }
    if private {
        writer.block("## What I am unsure about {readers=mentor}");
        writer.paragraph(random);
    }
    let footnotes = std::mem::take(&mut writer.footnotes);
    for note in footnotes {
        writer.block(&note);
    }
    writer.text
}

struct Writer {
    text: String,
    links: Vec<String>,
    footnotes: Vec<String>,
}

impl Writer {
    fn block(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn paragraph(&mut self, random: &mut Random) {
        let mut sentences: Vec<String> = (0..random.between(2, 5)).map(|_| any(&SENTENCES, random)).collect();
        sentences.dedup();
        if let Some(link) = self.links.pop() {
            let at = random.below(sentences.len() + 1);
            sentences.insert(at, random.pick(&LINKING).replace("{link}", &link));
        }
        if random.chance(25) {
            let at = random.below(sentences.len());
            sentences[at] = emphasised(&sentences[at]);
        }
        self.block(&sentences.join(" "));
    }

    fn list(&mut self, random: &mut Random) {
        let items = random.some(3, &ITEMS);
        let marks: [&str; 3] =
            *random.pick(&[&["- ", "- ", "- "], &["1. ", "2. ", "3. "], &["- [x] ", "- [ ] ", "- [ ] "]]);
        let lines: Vec<String> =
            marks.iter().zip(items).map(|(mark, item)| format!("{mark}{}", filled(item, random))).collect();
        self.block(&lines.join("\n"));
    }

    fn table(&mut self, random: &mut Random) {
        let mut rows = vec!["| Month | Cases | Late |".to_owned(), "|---|---:|---:|".to_owned()];
        for month in ["March", "April", "May", "June"] {
            rows.push(format!("| {month} | {} | {} |", random.between(10, 60), random.below(9)));
        }
        self.block(&rows.join("\n"));
    }

    fn footnote(&mut self, random: &mut Random) {
        let number = self.footnotes.len() + 1;
        self.footnotes.push(format!("[^{number}]: {}", any(&SENTENCES, random)));
        let sentence = any(&SENTENCES, random);
        self.block(&format!("{sentence}[^{number}]"));
    }

    fn terms(&mut self, random: &mut Random) {
        let terms: Vec<String> = ["Morning", "Friday"]
            .iter()
            .map(|term| format!("{term}\n: {}", any(&SENTENCES, random)))
            .collect();
        self.block(&terms.join("\n\n"));
    }
}

/// The sentence with one of its longer words in italics; the same letters within a link's id stay as they are.
fn emphasised(sentence: &str) -> String {
    let mut words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
    let long = words.iter_mut().find(|word| word.len() > 6 && word.chars().all(char::is_alphabetic));
    if let Some(word) = long {
        *word = format!("*{word}*");
    }
    words.join(" ")
}
