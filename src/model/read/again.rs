//! Reads a portfolio again when some of its files have changed, and leaves the others alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::assemble::fill;
use super::{Content, Parsed, assemble, parse};
use crate::model::Portfolio;
use crate::report::Report;
use crate::source::{SourceFile, SourceMap, SourcePath};

/// How many files are read between two words about it.
const PORTION: usize = 500;

/// A portfolio that is kept while its files change.
///
/// A file that cannot be used stands in it as it was when it last could be, so that a slip of the pen does not take
/// a page away. What is wrong is in [`Reading::latest`] all the same.
#[derive(Default)]
pub struct Reading {
    files: BTreeMap<SourcePath, File>,
    portfolio: Option<Portfolio>,
}

/// One file as it was read.
struct File {
    latest: Arc<Parsed>,
    /// As it was when nothing was wrong with it.
    sound: Option<Arc<Parsed>>,
}

impl File {
    fn new(parsed: Parsed, before: Option<Self>) -> Self {
        let latest = Arc::new(parsed);
        let sound = if latest.report.has_errors() {
            before.and_then(|it| it.sound)
        } else {
            Some(Arc::clone(&latest))
        };
        Self { latest, sound }
    }

    fn shown(&self) -> &Parsed {
        self.sound.as_ref().unwrap_or(&self.latest)
    }
}

impl Reading {
    /// Reads all files; tells from time to time how many are done.
    pub fn new(sources: &SourceMap, mut progress: impl FnMut(usize)) -> Self {
        let all: Vec<_> = sources.iter().collect();
        let mut files = BTreeMap::new();
        for portion in all.chunks(PORTION) {
            let read = |(path, file): &(&SourcePath, &SourceFile)| {
                ((*path).clone(), File::new(parse(path, file), None))
            };
            files.extend(portion.par_iter().map(read).collect::<Vec<_>>());
            progress(files.len());
        }
        let mut reading = Self { files, portfolio: None };
        reading.assemble(sources);
        reading
    }

    /// Reads the files again that have changed, come or gone since the last time.
    pub fn update(&mut self, changed: &[SourcePath], sources: &SourceMap) {
        let parse = |path: &SourcePath| (path.clone(), sources.get(path).map(|file| parse(path, file)));
        let parsed: Vec<_> = changed.par_iter().map(parse).collect();
        let mut is_same_set = true;
        for (path, parsed) in parsed {
            let before = self.files.remove(&path);
            is_same_set &= before.is_some() && parsed.is_some();
            if let Some(parsed) = parsed {
                self.files.insert(path, File::new(parsed, before));
            }
        }
        if !(is_same_set && changed.iter().all(|path| self.replace(path, sources))) {
            self.assemble(sources);
        }
    }

    /// The portfolio; `None` as long as `portfolio.yaml` has never been readable.
    pub fn portfolio(&self) -> Option<&Portfolio> {
        self.portfolio.as_ref()
    }

    /// All files as they are now, whatever is wrong with them, in the order of their paths.
    pub fn latest(&self) -> impl Iterator<Item = &Arc<Parsed>> {
        self.files.values().map(|file| &file.latest)
    }

    /// What is wrong with a file by itself.
    pub fn report_of(&self, path: &SourcePath) -> Report {
        self.files.get(path).map(|file| file.latest.report.clone()).unwrap_or_default()
    }

    fn assemble(&mut self, sources: &SourceMap) {
        // Without a portfolio there are no pages, so the last one stays.
        if let (Some(portfolio), _) = assemble(self.files.values().map(File::shown), sources) {
            self.portfolio = Some(portfolio);
        }
    }

    /// Takes over a change of one file that changes nothing else; `false` if it might.
    fn replace(&mut self, path: &SourcePath, sources: &SourceMap) -> bool {
        let (Some(portfolio), Some(file)) = (&mut self.portfolio, self.files.get(path)) else { return false };
        match (&file.shown().content, sources.get(path)) {
            (Content::Entry(entry), _) => {
                let mut entry = entry.clone();
                fill(&mut entry, sources, &mut Report::default());
                portfolio.replace(&entry)
            }
            (Content::Attachment, Some(SourceFile::Asset(asset))) => {
                portfolio.assets.insert(path.clone(), *asset).is_some()
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "title: T\nowner: {name: N}\n";

    fn reading(files: &[(&str, &str)]) -> (Reading, SourceMap) {
        let sources: SourceMap = files.iter().copied().chain([("portfolio.yaml", CONFIG)]).collect();
        (Reading::new(&sources, |_| ()), sources)
    }

    fn change(reading: &mut Reading, sources: &mut SourceMap, path: &str, text: Option<&str>) {
        let path = SourcePath::new(path);
        match text {
            Some(text) => sources.insert(path.clone(), SourceFile::Text(text.into())),
            None => drop(sources.remove(&path)),
        }
        reading.update(&[path], sources);
    }

    fn title(reading: &Reading, id: &str) -> Option<String> {
        Some(reading.portfolio()?.header(id)?.title().to_owned())
    }

    #[test]
    fn a_file_that_cannot_be_used_stays_as_it_was() {
        let (mut reading, mut sources) = reading(&[("pages/a.md", "# One\n"), ("pages/b.md", "# Other\n")]);
        change(&mut reading, &mut sources, "pages/a.md", Some("---\ntitle: {\n---\n"));
        assert_eq!(title(&reading, "a").as_deref(), Some("One"));
        assert!(reading.report_of(&SourcePath::new("pages/a.md")).has_errors());
        change(&mut reading, &mut sources, "pages/a.md", Some("# Two\n"));
        assert_eq!(title(&reading, "a").as_deref(), Some("Two"));
        assert!(!reading.report_of(&SourcePath::new("pages/a.md")).has_errors());
        change(&mut reading, &mut sources, "portfolio.yaml", Some("title: [\n"));
        assert_eq!(title(&reading, "b").as_deref(), Some("Other"));
        // A file that is gone takes its page with it.
        change(&mut reading, &mut sources, "pages/a.md", None);
        assert_eq!(title(&reading, "a"), None);
    }

    #[test]
    fn what_is_read_again_is_what_would_be_read_anew() {
        let pilot = "---\ntitle: P\nstarts: 2026-01-01\nprimary: {name: x, direction: increase, observations: p.csv}\n---\n";
        let steps: [(&str, Option<&str>); 9] = [
            ("pages/a.md", Some("---\naliases: old\n---\n# One\n")),
            ("pages/b.md", Some("See [[old]].\n\n# B\n")),
            ("pilots/p.md", Some(pilot)),
            ("pilots/p.csv", Some("date,value\n2026-01-02,3\n")),
            ("pilots/p.csv", Some("date,value\n2026-01-02,4\n")),
            ("pages/a.md", Some("---\naliases: older\n---\n# One\n")),
            ("decisions/a.md", Some("# The same id\n")),
            ("pages/a.md", None),
            ("pilots/p.csv", None),
        ];
        let (mut reading, mut sources) = reading(&[]);
        for (path, text) in steps {
            change(&mut reading, &mut sources, path, text);
            let (anew, report) = crate::model::read::read(&sources);
            assert_eq!(reading.portfolio(), anew.as_ref(), "{path}");
            let (again, same) = assemble(reading.latest().map(|parsed| &**parsed), &sources);
            assert_eq!(again, anew, "{path}");
            assert_eq!(same.diagnostics(), report.diagnostics(), "{path}");
        }
    }
}
