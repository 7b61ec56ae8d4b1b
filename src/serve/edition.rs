//! The state of everything at one moment. What is saved makes the next edition; whoever holds one goes on seeing
//! what belongs together.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use super::faults::Faults;
use super::preview::{Ingredients, Preview};
use crate::model::readers::Reader;
use crate::render::Theme;
use crate::source::discover::Folder;

/// One state of the project.
#[derive(Clone)]
pub(super) struct Edition {
    pub(super) number: u64,
    pub(super) pages: Arc<Pages>,
    pub(super) faults: Arc<Faults>,
}

/// What pages are made from, and the sites that were made so far.
pub(super) struct Pages {
    /// `None` as long as there has never been a readable `portfolio.yaml`.
    pub(super) ingredients: Option<Arc<Ingredients>>,
    pub(super) folder: Arc<Folder>,
    /// The files of the theme that are published as they are, with what tells their bytes from others.
    pub(super) statics: Arc<BTreeMap<String, String>>,
    /// Grows when files of the content folder change that are published as they are.
    pub(super) copies: u64,
    previews: Mutex<HashMap<String, Arc<Preview>>>,
}

impl Pages {
    pub(super) fn new(
        ingredients: Option<Arc<Ingredients>>,
        folder: Arc<Folder>,
        statics: Arc<BTreeMap<String, String>>,
        copies: u64,
    ) -> Self {
        Self { ingredients, folder, statics, copies, previews: Mutex::default() }
    }

    /// The site for a reader, worked out when it is first asked for; `None` if there is no such reader, or no
    /// portfolio.
    pub(super) fn preview(&self, reader: &str) -> Option<Arc<Preview>> {
        let ingredients = self.ingredients.as_ref()?;
        let reader = Reader::parse(reader, &ingredients.portfolio.config).ok()?;
        let mut previews = self.previews.lock().expect("nothing panics while it is held");
        let start = || Arc::new(Preview::start(Arc::clone(ingredients), reader.clone()));
        Some(Arc::clone(previews.entry(reader.name().to_owned()).or_insert_with(start)))
    }
}

/// The files of a theme that are published as they are, with what tells their bytes from others.
pub(super) fn statics_of(theme: &Theme) -> BTreeMap<String, String> {
    let hash = |name: &str| theme.file(name).map(|bytes| blake3::hash(bytes).to_hex()[..32].to_owned());
    theme.statics().filter_map(|name| Some((format!("assets/{name}"), hash(name)?))).collect()
}
