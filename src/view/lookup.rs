//! Finds the file of the site that has a path, without listing all of them.

use super::routes::{Page, Route, route};
use super::site::Site;
use crate::model::Kind;

impl Site<'_> {
    /// The file of that path: the one among [`Site::routes`], found without making ten thousand others.
    /// `is_static` says whether the theme has a file of that name.
    pub fn route(&self, path: &str, is_static: impl Fn(&str) -> bool) -> Option<Route> {
        let mut routes = self.overall();
        if path.starts_with("changes/") {
            routes.extend(self.months_told());
        }
        if let Some(name) = path.strip_prefix("assets/").filter(|name| is_static(name)) {
            routes.push(route(path, Page::Static(name.to_owned())));
        }
        if let Some(key) = path.strip_prefix("tags/").and_then(|rest| rest.strip_suffix("/index.html"))
            && self.tags().contains_key(key)
        {
            routes.push(route(path, Page::Tag(key.to_owned())));
        }
        let mut parts = path.split('/');
        let kind = parts.next().and_then(Kind::of_folder);
        let id = match kind {
            Some(_) => parts.next().unwrap_or_default(),
            None => Kind::Program.word(),
        };
        let portfolio = self.portfolio();
        // A proposal on paper is `ID.pdf` beside the folder of its page.
        let id = id.strip_suffix(".pdf").unwrap_or(id);
        for header in portfolio.header(id).into_iter().chain(portfolio.header_or_alias(id)) {
            self.push_entry(header, &mut routes);
        }
        routes.into_iter().find(|route| route.path == path)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::evaluate::testing::{day, sample};
    use crate::model::readers::Reader;
    use crate::redact::redact;
    use crate::render::Theme;
    use crate::view::Site;

    #[test]
    fn every_file_of_the_site_is_found_by_its_path_and_nothing_else() {
        let redacted = redact(&sample(), &Reader::Me);
        let site = Site::new(&redacted, day("2026-10-12"));
        let theme = Theme::new(BTreeMap::new()).unwrap();
        let is_static = |name: &str| theme.file(name).is_some();
        let routes = site.routes(theme.statics().map(str::to_owned));
        assert!(routes.len() > 50);
        for route in &routes {
            assert_eq!(site.route(&route.path, is_static).as_ref(), Some(route));
            for other in [format!("{}x", route.path), format!("x{}", route.path), format!("x/{}", route.path)]
            {
                assert_eq!(site.route(&other, is_static), None, "{other}");
            }
        }
        for other in
            ["", "/", "program", "decisions", "tags/index", "assets/", "index.html/", "tags//index.html"]
        {
            assert_eq!(site.route(other, is_static), None, "{other}");
        }
    }
}
