//! The Typst files and fonts of a theme, ready to set documents on any thread.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::ecow::EcoString;
use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, is_default_ignorable};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

use super::world::{DATA, Desk};
use super::{Fault, Job, Sheets};

/// After how many documents what Typst remembers of them is thrown away. What it remembers of the theme is used
/// by every document, and stays.
const REMEMBERED: usize = 16;

/// The Typst files and fonts of a theme.
pub struct Typesetter {
    pub(super) library: LazyHash<Library>,
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    pub(super) files: HashMap<FileId, FileResult<Source>>,
    documents: AtomicUsize,
    fingerprint: OnceLock<blake3::Hash>,
}

impl Typesetter {
    /// Takes the files of a theme, by their names in its folder; those besides `paper/` and `fonts/` are passed
    /// over.
    ///
    /// # Errors
    /// When a font cannot be read.
    pub fn new(files: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>) -> Result<Self, Fault> {
        let mut sources = HashMap::new();
        let mut fonts = Vec::new();
        for (name, bytes) in files {
            if name.starts_with("paper/") {
                let id = id(&name).map_err(|reason| Fault::Theme { place: name, message: reason })?;
                let text = std::str::from_utf8(&bytes).map_err(|_| FileError::InvalidUtf8);
                sources.insert(id, text.map(|text| Source::new(id, text.to_owned())));
            } else if is_font(&name) {
                let before = fonts.len();
                fonts.extend(Font::iter(shared(bytes)));
                if fonts.len() == before {
                    let message = "is no font that can be read; OpenType and TrueType can".to_owned();
                    return Err(Fault::Theme { place: name, message });
                }
            }
        }
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            files: sources,
            documents: AtomicUsize::new(0),
            fingerprint: OnceLock::new(),
        })
    }

    /// What documents depend on besides their own data, as one hash: the code, the Typst files and the fonts.
    pub fn fingerprint(&self) -> blake3::Hash {
        *self.fingerprint.get_or_init(|| {
            let mut hasher = blake3::Hasher::new();
            let mut add = |bytes: &[u8]| {
                hasher.update(&bytes.len().to_le_bytes());
                hasher.update(bytes);
            };
            add(env!("BAILIWICK_CODE").as_bytes());
            let path = |id: &FileId| id.get().vpath().get_without_slash().to_owned();
            let sources: BTreeMap<_, _> = self.files.iter().map(|(id, source)| (path(id), source)).collect();
            for (path, source) in sources {
                add(path.as_bytes());
                add(source.as_ref().map_or(&[][..], |source| source.text().as_bytes()));
            }
            for font in self.fonts.iter().filter(|font| font.index() == 0) {
                add(font.data());
            }
            hasher.finalize()
        })
    }

    /// The first character of a text that no font has.
    pub fn lacks(&self, text: &str) -> Option<char> {
        let fonts = || self.fonts.iter().map(Font::info);
        let is_seen = |c: char| !c.is_whitespace() && !c.is_control() && !is_default_ignorable(c);
        text.chars().find(|c| is_seen(*c) && !fonts().any(|font| font.coverage.contains(u32::from(*c))))
    }

    /// Lays out a document.
    ///
    /// # Errors
    /// When the Typst file fails, when it is not there, when no font has a character, and when text would lie
    /// outside the page.
    pub fn set<T: Serialize + ?Sized>(&self, job: &Job<T>) -> Result<Sheets, Fault> {
        let place = || job.file.to_owned();
        let main = id(job.file).map_err(|message| Fault::Theme { place: place(), message })?;
        if !self.files.contains_key(&main) {
            return Err(Fault::Theme { place: place(), message: "the theme has no such file".to_owned() });
        }
        let data = serde_json::to_vec(job.page).expect("views always serialise");
        let desk = Desk { typesetter: self, main, data: Bytes::new(data), date: job.date };
        let document = typst::compile::<PagedDocument>(&desk).output;
        if self.documents.fetch_add(1, Ordering::Relaxed) % REMEMBERED == REMEMBERED - 1 {
            typst::comemo::evict(1);
        }
        let document = document.map_err(|faults| desk.fault(&faults, job.file))?;
        Sheets::new(document, job.file)
    }
}

impl Desk<'_> {
    /// The first of the faults, with its place and hints.
    pub(super) fn fault(&self, faults: &[SourceDiagnostic], file: &str) -> Fault {
        let Some(first) = faults.first() else {
            return Fault::Theme { place: file.to_owned(), message: "failed without a reason".to_owned() };
        };
        let hints = first.hints.iter().map(|hint| format!("\nhint: {}", hint.v));
        let message: String = std::iter::once(first.message.to_string()).chain(hints).collect();
        Fault::Theme { place: self.place(first).unwrap_or_else(|| file.to_owned()), message }
    }

    /// Where a fault is, as `paper/proposal.typ:12:5`; of what is called from elsewhere, where that is.
    fn place(&self, fault: &SourceDiagnostic) -> Option<String> {
        use typst::WorldExt;
        let calls = fault.trace.iter().map(|point| point.span.into());
        std::iter::once(fault.span).chain(calls).find_map(|span| {
            let file = span.id()?;
            let source = self.source(file).ok()?;
            let (line, column) = source.lines().byte_to_line_column(self.range(span)?.start)?;
            let path = file.get().vpath().get_without_slash();
            Some(format!("{path}:{}:{}", line + 1, column + 1))
        })
    }
}

/// The name under which Typst knows a file of the theme.
pub(super) fn id(name: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(name).map_err(|_| "is no path within the theme".to_owned())?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// Whether the file is what documents read their view from.
pub(super) fn is_data(file: FileId) -> bool {
    file.get().vpath().get_without_slash() == DATA
}

fn is_font(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    name.starts_with("fonts/") && matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc" | "otc"))
}

fn shared(bytes: Cow<'static, [u8]>) -> Bytes {
    match bytes {
        Cow::Borrowed(bytes) => Bytes::new(bytes),
        Cow::Owned(bytes) => Bytes::new(bytes),
    }
}

/// What Typst says of a file that the theme does not have.
pub(super) fn not_there(file: FileId) -> FileError {
    let name = file.get().vpath().get_without_slash();
    FileError::Other(Some(EcoString::from(format!("the theme has no file `{name}`"))))
}
