//! Keys by their names, as the protocol wants them.

use serde_json::{Value, json};

/// The event of a key such as `Enter`, `/`, `a` or `Shift+Tab`; `kind` is `keyDown` or `keyUp`.
pub(super) fn event(name: &str, kind: &str) -> Value {
    let mut modifiers = 0;
    let mut key = name;
    while let Some((modifier, rest)) = key.split_once('+').filter(|(_, rest)| !rest.is_empty()) {
        modifiers |= match modifier {
            "Alt" => 1,
            "Control" => 2,
            "Meta" => 4,
            "Shift" => 8,
            other => panic!("there is no modifier `{other}`"),
        };
        key = rest;
    }
    let (code, number, text) = match key {
        "Enter" => ("Enter".to_owned(), 13, "\r".to_owned()),
        "Tab" => ("Tab".to_owned(), 9, String::new()),
        "Escape" => ("Escape".to_owned(), 27, String::new()),
        "Backspace" => ("Backspace".to_owned(), 8, String::new()),
        "Delete" => ("Delete".to_owned(), 46, String::new()),
        "PageUp" => ("PageUp".to_owned(), 33, String::new()),
        "PageDown" => ("PageDown".to_owned(), 34, String::new()),
        "End" => ("End".to_owned(), 35, String::new()),
        "Home" => ("Home".to_owned(), 36, String::new()),
        "ArrowLeft" => ("ArrowLeft".to_owned(), 37, String::new()),
        "ArrowUp" => ("ArrowUp".to_owned(), 38, String::new()),
        "ArrowRight" => ("ArrowRight".to_owned(), 39, String::new()),
        "ArrowDown" => ("ArrowDown".to_owned(), 40, String::new()),
        " " => ("Space".to_owned(), 32, " ".to_owned()),
        "/" => ("Slash".to_owned(), 191, "/".to_owned()),
        key if key.chars().count() == 1 => {
            let upper = key.to_ascii_uppercase();
            let number = upper.chars().next().map_or(0, u32::from);
            (format!("Key{upper}"), number, key.to_owned())
        }
        key => panic!("there is no key `{key}`"),
    };
    let mut event = json!({
        "type": kind, "key": key, "code": code, "modifiers": modifiers, "windowsVirtualKeyCode": number,
    });
    // With Control, Alt or Meta held, a key types nothing.
    if kind == "keyDown" && !text.is_empty() && modifiers & 7 == 0 {
        event["text"] = json!(text);
    }
    event
}
