//! Where in an entry a change is: `primary.target`, `decision_rights[sending-the-report].delegation`.

use std::borrow::Cow;
use std::fmt;

/// The way from an entry to one of its values. Unlike the paths of `check`, it names items by their key, which
/// stays when the order changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<PathStep>);

/// One step on the way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathStep {
    /// To a field of that name.
    Field(Cow<'static, str>),
    /// To an item of that key.
    Item(String),
}

impl Path {
    /// The path of a field at the top.
    pub fn field(name: &'static str) -> Self {
        Self(vec![PathStep::Field(Cow::Borrowed(name))])
    }

    /// The path one step further.
    pub fn then(&self, step: PathStep) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The steps.
    pub fn steps(&self) -> &[PathStep] {
        &self.0
    }

    /// The name of the field at the top.
    pub fn top(&self) -> Option<&str> {
        match self.0.first()? {
            PathStep::Field(name) => Some(name),
            PathStep::Item(_) => None,
        }
    }

    /// The name of the last field on the way.
    pub fn last_field(&self) -> Option<&str> {
        self.0.iter().rev().find_map(|step| match step {
            PathStep::Field(name) => Some(&**name),
            PathStep::Item(_) => None,
        })
    }

    /// The path without the keys of items: `decision_rights[].delegation`.
    pub fn shape(&self) -> String {
        self.written(|_| "[]".to_owned())
    }

    fn written(&self, item: impl Fn(&str) -> String) -> String {
        let mut text = String::new();
        for step in &self.0 {
            match step {
                PathStep::Field(name) if text.is_empty() => text += name,
                PathStep::Field(name) => text += &format!(".{name}"),
                PathStep::Item(key) => text += &item(key),
            }
        }
        text
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.written(|key| format!("[{key}]")))
    }
}
