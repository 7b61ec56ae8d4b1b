//! Versions of one site beside each other: that of today, and those that were given a name.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::text::{Date, slug};

/// The folder that holds them, at the root of the site.
pub const FOLDER: &str = "editions";

/// All versions that are published together.
#[derive(Debug, Default)]
pub struct Editions {
    /// Those with a name, the latest first.
    editions: Vec<Edition>,
    /// The files of today's site.
    today: BTreeSet<String>,
}

/// A version with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// What it is called.
    pub name: String,
    /// The name of its folder.
    pub folder: String,
    /// The day of which it tells.
    pub date: Date,
    /// Its files, seen from its own root.
    pub paths: BTreeSet<String>,
}

/// Which of the versions a site is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// That of today.
    #[default]
    Today,
    /// One with a name, by its place among them.
    Edition(usize),
    /// That of an earlier day, which was asked for and has no other beside it.
    AsOf(Date),
}

/// What a page says of the version that it belongs to, and the way to the others.
#[derive(Debug, Serialize)]
pub struct Versions<'a> {
    /// The day of which this version tells, if it is not today's.
    as_of: Option<Date>,
    /// What this version is called, if it has a name.
    name: Option<&'a str>,
    /// Today's version of the page, seen from the root of this site; `None` if this is it or there is none.
    today: Option<String>,
    /// The versions with a name.
    editions: Vec<Choice<'a>>,
}

/// One of the versions.
#[derive(Debug, Serialize)]
struct Choice<'a> {
    name: &'a str,
    date: Date,
    /// The same page there, or else its start page, seen from the root of this site.
    href: String,
    is_this: bool,
}

impl Edition {
    /// The folder for a version of that name: the name itself, where every system and address takes it.
    pub fn folder_for(name: &str) -> String {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
        if name.chars().all(is_plain)
            && name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && !name.ends_with('.')
        {
            name.to_owned()
        } else {
            slug(name)
        }
    }
}

impl Editions {
    /// The versions with a name, the latest first, beside a site of these files.
    pub fn new(editions: Vec<Edition>, today: BTreeSet<String>) -> Self {
        Self { editions, today }
    }

    /// Where the site of a version has its root, seen from that of today's.
    pub fn root(&self, standing: Standing) -> String {
        match standing {
            Standing::Edition(at) => format!("{FOLDER}/{}/", self.editions[at].folder),
            Standing::Today | Standing::AsOf(_) => String::new(),
        }
    }

    /// What the page of that path says in that version; `None` if there is but one version, of today.
    pub fn versions(&self, standing: Standing, path: &str) -> Option<Versions<'_>> {
        let own = match standing {
            Standing::Edition(at) => self.editions.get(at),
            _ => None,
        };
        let as_of = match standing {
            Standing::Today => None,
            Standing::AsOf(date) => Some(date),
            Standing::Edition(_) => own.map(|edition| edition.date),
        };
        if self.editions.is_empty() && as_of.is_none() {
            return None;
        }
        let page_in =
            |paths: &BTreeSet<String>| if paths.contains(path) { path } else { "index.html" }.to_owned();
        let up = if own.is_some() { "../../" } else { "" };
        let editions = self.editions.iter().enumerate().map(|(at, edition)| Choice {
            name: &edition.name,
            date: edition.date,
            href: format!("{up}{FOLDER}/{}/{}", edition.folder, page_in(&edition.paths)),
            is_this: standing == Standing::Edition(at),
        });
        Some(Versions {
            as_of,
            name: own.map(|edition| edition.name.as_str()),
            today: own.map(|_| format!("../../{}", page_in(&self.today))),
            editions: editions.collect(),
        })
    }
}

/// Whether a name fits a pattern, in which `*` stands for any characters and `?` for one.
pub fn fits(name: &str, pattern: &str) -> bool {
    let (name, pattern): (Vec<char>, Vec<char>) = (name.chars().collect(), pattern.chars().collect());
    let (mut at, mut in_pattern) = (0, 0);
    // Where the last star stood, and how much of the name it has taken.
    let mut star: Option<(usize, usize)> = None;
    while at < name.len() {
        match pattern.get(in_pattern) {
            Some('*') => {
                star = Some((in_pattern, at));
                in_pattern += 1;
            }
            Some(c) if *c == '?' || *c == name[at] => {
                at += 1;
                in_pattern += 1;
            }
            _ => match star {
                Some((before, taken)) => {
                    star = Some((before, taken + 1));
                    (at, in_pattern) = (taken + 1, before + 1);
                }
                None => return false,
            },
        }
    }
    pattern[in_pattern..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_that_of_a_shell() {
        for (pattern, name, does_fit) in [
            ("review-*", "review-2026-1", true),
            ("review-*", "review-", true),
            ("review-*", "preview-1", false),
            ("*", "anything", true),
            ("v?", "v1", true),
            ("v?", "v10", false),
            ("*-*-final", "a-b-c-final", true),
            ("*-*-final", "a-final", false),
            ("", "", true),
            ("a", "", false),
        ] {
            assert_eq!(fits(name, pattern), does_fit, "{pattern} {name}");
        }
    }

    #[test]
    fn a_folder_is_named_as_every_system_takes_it() {
        for (name, folder) in [
            ("review-2026.1", "review-2026.1"),
            ("reviews/Spring 26", "reviews-spring-26"),
            ("V1", "v1"),
            ("v1.", "v1"),
        ] {
            assert_eq!(Edition::folder_for(name), folder);
        }
    }

    #[test]
    fn each_version_leads_to_the_same_page_of_the_others() {
        let date = |day| Date::new(2026, 3, day).unwrap();
        let paths = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect();
        let edition = |name: &str, day, files: &[&str]| Edition {
            name: name.to_owned(),
            folder: name.to_owned(),
            date: date(day),
            paths: paths(files),
        };
        let all = ["index.html", "pages/a/index.html"];
        let editions =
            Editions::new(vec![edition("two", 2, &all), edition("one", 1, &all[..1])], paths(&all));
        let hrefs = |standing, path| -> Vec<String> {
            let versions = editions.versions(standing, path).unwrap();
            versions
                .today
                .into_iter()
                .chain(versions.editions.into_iter().map(|choice| choice.href))
                .collect()
        };
        let page = all[1];
        assert_eq!(
            hrefs(Standing::Today, page),
            ["editions/two/pages/a/index.html", "editions/one/index.html"]
        );
        assert_eq!(
            hrefs(Standing::Edition(0), page),
            [
                "../../pages/a/index.html",
                "../../editions/two/pages/a/index.html",
                "../../editions/one/index.html"
            ]
        );
        assert!(Editions::default().versions(Standing::Today, page).is_none());
        assert_eq!(Editions::default().versions(Standing::AsOf(date(1)), page).unwrap().as_of, Some(date(1)));
    }
}
