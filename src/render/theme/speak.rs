//! The filters by which templates speak the language of the site: `say`, `word`, `day`, `span` and `number`.
//!
//! They hold the words and nothing of the portfolio. What they return is HTML: the words are escaped here, and
//! so is every argument that is not HTML already.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use foldhash::fast::RandomState;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value, escape_html};

use crate::text::{Date, Duration, Scalar};
use crate::words::{Category, Message, Piece, Words};

/// Teaches the templates to speak.
pub(super) fn register(tera: &mut Tera, words: &Arc<Words>) {
    let voice = Arc::new(Voice::new(Arc::clone(words)));

    let own = Arc::clone(&voice);
    tera.register_filter("say", move |key: &str, arguments: Kwargs, _: &State| own.say(key, &arguments));

    let own = Arc::clone(&voice);
    tera.register_filter("word", move |word: &str, arguments: Kwargs, _: &State| {
        let group = arguments.must_get::<&str>("of")?;
        own.say(&[group, ".", word].concat(), &Kwargs::default())
    });

    let own = Arc::clone(&voice);
    tera.register_filter("day", move |day: &Value, arguments: Kwargs, _: &State| {
        own.day(day, arguments.get("short")?.unwrap_or(false))
    });

    let own = Arc::clone(&voice);
    tera.register_filter("span", move |span: &str, _: Kwargs, _: &State| {
        let duration = Duration::parse(span).map_err(Error::message)?;
        TeraResult::Ok(Value::safe_string(&escaped(&own.words.duration(duration))?))
    });

    tera.register_filter("number", move |number: &Value, _: Kwargs, _: &State| voice.argument(number));
}

struct Voice {
    words: Arc<Words>,
    /// The messages that take no arguments, as HTML.
    plain: HashMap<String, Value, RandomState>,
    /// The days that were said already, as HTML, by what they were read from: most stand on many pages.
    days: RwLock<HashMap<String, Value, RandomState>>,
    /// The same, said without their year.
    short_days: RwLock<HashMap<String, Value, RandomState>>,
}

impl Voice {
    fn new(words: Arc<Words>) -> Self {
        let plain = words.messages().iter().filter_map(|(key, message)| {
            Some((key.clone(), Value::safe_string(&escaped(message.plain()?).ok()?)))
        });
        Self { plain: plain.collect(), days: RwLock::default(), short_days: RwLock::default(), words }
    }

    fn say(&self, key: &str, arguments: &Kwargs) -> TeraResult<Value> {
        if let Some(said) = self.plain.get(key) {
            return Ok(said.clone());
        }
        match self.words.message(key) {
            Some(message) => self.fill(key, message, arguments),
            None => Err(Error::message(format!("there are no words for `{key}`"))),
        }
    }

    fn fill(&self, key: &str, message: &Message, arguments: &Kwargs) -> TeraResult<Value> {
        let count = arguments.get::<&Value>("count")?.and_then(Value::as_u64);
        let category = count.map_or(Category::Other, |count| self.words.category(count));
        let mut said = String::new();
        for piece in message.pieces(category) {
            match piece {
                Piece::Text(text) => said += &escaped(text)?,
                Piece::Slot(name) => {
                    let value = arguments.get::<&Value>(name)?.filter(|value| !value.is_undefined());
                    let value =
                        value.ok_or_else(|| Error::message(format!("the words of `{key}` need `{name}`")))?;
                    said += &self.argument(value)?.to_string();
                }
            }
        }
        Ok(Value::safe_string(&said))
    }

    /// An argument as HTML; numbers in the way of the language.
    fn argument(&self, value: &Value) -> TeraResult<Value> {
        if value.is_number() {
            return Ok(Value::safe_string(&escaped(&self.words.number(&value.to_string()))?));
        }
        match value.as_str() {
            Some(_) if value.is_safe() => Ok(value.clone()),
            Some(text) => Ok(Value::safe_string(&escaped(text)?)),
            None => Err(Error::message(format!("`{value}` is neither text nor a number"))),
        }
    }

    /// A day as an element that machines can read, too; nothing for no day. `short` leaves out the year.
    fn day(&self, day: &Value, short: bool) -> TeraResult<Value> {
        if day.is_none() {
            return Ok(Value::safe_string(""));
        }
        let day = day.as_str().ok_or_else(|| Error::message("`day` takes a date as YYYY-MM-DD"))?;
        let known = if short { &self.short_days } else { &self.days };
        if let Some(said) = known.read().expect("nothing panics while it is held").get(day) {
            return Ok(said.clone());
        }
        let date = Date::parse(day).map_err(Error::message)?;
        let shown = if short { self.words.short_day(date) } else { self.words.date(date) };
        let shown = escaped(&shown)?;
        let said = Value::safe_string(&format!("<time datetime=\"{date}\">{shown}</time>"));
        let mut days = known.write().expect("nothing panics while it is held");
        Ok(days.entry(day.to_owned()).or_insert(said).clone())
    }
}

fn escaped(text: &str) -> TeraResult<String> {
    let mut html = Vec::with_capacity(text.len());
    escape_html(text, &mut html)?;
    Ok(String::from_utf8(html)?)
}
