//! Who may read what. Decides only; `redact` cuts.

use std::fmt;

use super::{Config, Header, Kind, Portfolio};
use crate::text::{Id, Text, nearest};

/// Somebody for whom a site can be built.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reader {
    /// The writer, who reads all.
    Me,
    /// Anybody: reads only what is open to everyone.
    Everyone,
    /// One who is declared under `readers:` in `portfolio.yaml`.
    Named(Id),
}

/// A name that is no reader's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownReader {
    /// The name as it was given.
    pub name: String,
    /// The reader who was probably meant.
    pub meant: Option<String>,
}

impl fmt::Display for UnknownReader {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "there is no reader `{}`", self.name)?;
        self.meant.as_ref().map_or(Ok(()), |meant| write!(f, "; did you mean `{meant}`?"))
    }
}

impl std::error::Error for UnknownReader {}

impl Reader {
    /// The reader of that name.
    ///
    /// # Errors
    /// When the portfolio declares none of that name.
    pub fn parse(name: &str, config: &Config) -> Result<Self, UnknownReader> {
        match name {
            "me" => Ok(Self::Me),
            "everyone" => Ok(Self::Everyone),
            _ => match config.readers.as_ref().and_then(|readers| readers.get_key_value(name)) {
                Some((id, _)) => Ok(Self::Named(id.clone())),
                None => {
                    let declared = config.readers.iter().flat_map(|readers| readers.keys().map(Id::as_str));
                    let known = declared.chain(["me", "everyone"]);
                    Err(UnknownReader {
                        name: name.to_owned(),
                        meant: nearest(name, known).map(str::to_owned),
                    })
                }
            },
        }
    }

    /// The name, as it stands in `readers:` and behind `--for`.
    pub fn name(&self) -> &str {
        match self {
            Self::Me => "me",
            Self::Everyone => "everyone",
            Self::Named(id) => id.as_str(),
        }
    }

    /// The writer, and all who are declared, in the order of their names.
    pub fn all(config: &Config) -> Vec<Self> {
        let declared = config.readers.iter().flat_map(|readers| readers.keys().cloned().map(Self::Named));
        std::iter::once(Self::Me).chain(declared).collect()
    }

    /// Whether a list of names opens something to this reader. `everyone` opens it to all, `me` to nobody else.
    fn is_named(&self, names: impl IntoIterator<Item = impl AsRef<str>>) -> bool {
        *self == Self::Me
            || names.into_iter().any(|name| name.as_ref() == "everyone" || name.as_ref() == self.name())
    }
}

/// Whom an entry names as its readers, or else its kind by default. Nobody but me where neither says.
pub fn entry_readers<'a>(config: &'a Config, header: &'a Header) -> &'a [Text] {
    if let Some(own) = &header.common.readers {
        return own;
    }
    let by_kind = config.defaults.as_ref().and_then(|defaults| defaults.readers.as_ref());
    by_kind.and_then(|readers| readers.get(&header.kind)).map_or(&[], |readers| readers.as_slice())
}

/// Whether a reader may know that an entry exists, and read it but for its limited sections.
pub fn may_read(portfolio: &Portfolio, header: &Header, reader: &Reader) -> bool {
    if *reader == Reader::Me {
        return true;
    }
    let is_unreasonable = header.kind == Kind::Constraint
        && portfolio.constraint(&header.id).is_some_and(|constraint| constraint.reasonable == Some(false));
    !is_unreasonable && may_read_by(&portfolio.config, header, reader)
}

/// Whether a portfolio of these settings opens an entry to a reader, as far as its header tells.
pub fn may_read_by(config: &Config, header: &Header, reader: &Reader) -> bool {
    reader.is_named(entry_readers(config, header).iter().map(Text::as_str))
}

/// Whether a reader of an entry may also read the section whose heading limits it to these names.
pub fn may_read_section(names: &[String], reader: &Reader) -> bool {
    reader.is_named(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::read::read;
    use crate::source::SourceMap;

    const CONFIG: &str = "title: T\nowner: {name: N}\nreaders: {manager: {}, mentor: {}}\n\
                          defaults: {readers: {page: [manager], constraint: everyone}}\n";

    fn readers_of(path: &str, fields: &str) -> String {
        let text = format!("---\n{fields}\n---\n# A\n");
        let sources: SourceMap = [("portfolio.yaml", CONFIG), (path, text.as_str())].into_iter().collect();
        let (portfolio, report) = read(&sources);
        assert!(!report.has_errors(), "{report:?}");
        let portfolio = portfolio.expect("the portfolio is sound");
        let header = portfolio.header("a").expect("the entry was read");
        let mut readers = Reader::all(&portfolio.config);
        readers.push(Reader::Everyone);
        let who: Vec<&str> =
            readers.iter().filter(|reader| may_read(&portfolio, header, reader)).map(Reader::name).collect();
        who.join(" ")
    }

    #[test]
    fn what_is_not_opened_is_for_me_alone() {
        assert_eq!(readers_of("decisions/a.md", ""), "me");
        assert_eq!(readers_of("pages/a.md", ""), "me manager");
        assert_eq!(readers_of("pages/a.md", "readers: me"), "me");
        assert_eq!(readers_of("pages/a.md", "readers: []"), "me");
        assert_eq!(readers_of("pages/a.md", "readers: [mentor]"), "me mentor");
        assert_eq!(readers_of("pages/a.md", "readers: everyone"), "me manager mentor everyone");
        // A name that nobody declared opens nothing.
        assert_eq!(readers_of("pages/a.md", "readers: audiance"), "me");
    }

    #[test]
    fn an_unreasonable_constraint_is_for_me_alone_whatever_it_says() {
        let fields = "type: blocker\nreaders: everyone";
        assert_eq!(readers_of("constraints/a.md", fields), "me manager mentor everyone");
        assert_eq!(readers_of("constraints/a.md", &format!("{fields}\nreasonable: false")), "me");
    }

    #[test]
    fn a_section_is_for_those_it_names() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let mentor = Reader::Named(crate::text::Scalar::parse("mentor").unwrap());
        assert!(may_read_section(&names(&["mentor"]), &mentor));
        assert!(may_read_section(&names(&["everyone"]), &mentor));
        assert!(!may_read_section(&names(&["manager"]), &mentor));
        assert!(!may_read_section(&names(&["mentor"]), &Reader::Everyone));
        assert!(!may_read_section(&[], &mentor));
        assert!(may_read_section(&[], &Reader::Me));
    }

    #[test]
    fn a_misspelt_reader_is_told_from_a_declared_one() {
        let config = crate::source::yaml::read::<Config>(CONFIG).unwrap();
        assert_eq!(Reader::parse("mentor", &config).unwrap().name(), "mentor");
        let unknown = Reader::parse("manger", &config).unwrap_err();
        assert_eq!(unknown.to_string(), "there is no reader `manger`; did you mean `manager`?");
        assert_eq!(Reader::parse("stranger", &config).unwrap_err().meant, None);
    }
}
