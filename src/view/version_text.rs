//! The text of an entry as it was, for reading: its fields much as they stand in the file, and its body.

use crate::changes::Snapshot;
use crate::model::tree::{Leaf, Tree};

/// The whole of a version.
pub(super) fn version_text(snapshot: &Snapshot) -> String {
    let mut text = format!("{}\n\n", snapshot.title);
    for (name, value) in &snapshot.fields.fields {
        if !matches!(&**name, "title" | "body") {
            write(name, value, 0, &mut text);
        }
    }
    if let Some(Leaf::Text(body)) = snapshot.fields.field("body").leaf() {
        text += &format!("\n{}\n", body.trim_end());
    }
    text
}

/// A field and what is in it, much as it stands in the file.
fn write(name: &str, value: &Tree, indent: usize, text: &mut String) {
    let begin = |text: &mut String, mark: &str| {
        text.extend(std::iter::repeat_n(' ', indent));
        *text += mark;
    };
    match value {
        Tree::Nothing => {}
        Tree::Leaf(leaf) => {
            begin(text, name);
            *text += ": ";
            write_flat(leaf, text);
        }
        Tree::Record(record) => {
            begin(text, name);
            *text += ":\n";
            for (name, value) in &record.fields {
                write(name, value, indent + 2, text);
            }
        }
        Tree::List(items) => {
            begin(text, name);
            *text += ":\n";
            for item in items {
                match item {
                    Tree::Leaf(leaf) => {
                        begin(text, "  - ");
                        write_flat(leaf, text);
                    }
                    Tree::Record(record) => {
                        let start = text.len();
                        for (name, value) in &record.fields {
                            write(name, value, indent + 4, text);
                        }
                        // The first field stands behind the mark of the item.
                        if text.len() > start + indent + 4 {
                            text.replace_range(start + indent + 2..start + indent + 3, "-");
                        }
                    }
                    Tree::List(_) | Tree::Nothing => {}
                }
            }
        }
    }
}

/// A value in one line.
fn write_flat(leaf: &Leaf, text: &mut String) {
    let whole;
    let written = match leaf {
        Leaf::Text(text) => text,
        other => {
            whole = other.to_string();
            &whole
        }
    };
    for (at, word) in written.split_whitespace().enumerate() {
        if at > 0 {
            text.push(' ');
        }
        *text += word;
    }
    text.push('\n');
}
