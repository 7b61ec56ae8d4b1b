//! The rules of the format itself, found while reading.

use crate::report::{Rule, Severity};

/// Declares rules and the list of them all.
macro_rules! rules {
    ($($name:ident: $severity:ident $code:literal finds $finds:literal why $why:literal instead $instead:literal;)+) => {
        $(
            #[doc = concat!("Finds ", $finds, ".")]
            pub static $name: Rule = Rule {
                code: $code,
                severity: Severity::$severity,
                finds: $finds,
                why: $why,
                instead: $instead,
            };
        )+

        /// All rules of the format.
        pub static ALL: &[&Rule] = &[$(&$name),+];
    };
}

rules! {
    UNREADABLE_FILE: Error "unreadable-file"
        finds "a file that cannot be read: no right to, no UTF-8, too large, a device"
        why "what is in it would be missing from the record without a word"
        instead "mend the file, or take it out of the content folder";
    UNFIT_PICTURE: Error "unfit-picture"
        finds "a picture that is none, that is broken, or that is too large to be cleaned of what it tells of its maker"
        why "a site would show a gap, or tell where and when it was taken"
        instead "save it again as PNG or JPEG, or take it out of the entry";
    LINK_NOT_FOLLOWED: Warning "link-not-followed"
        finds "a symbolic link in the content folder"
        why "a link could lead out of the repository, to what was never meant to be read"
        instead "put the file itself there";
    NO_PORTFOLIO: Error "no-portfolio"
        finds "a content folder without `portfolio.yaml`"
        why "it says whose portfolio this is and who may read it"
        instead "add `portfolio.yaml` with `title:` and `owner: {name: …}`, or run `bailiwick init`";
    UNKNOWN_FOLDER: Error "unknown-folder"
        finds "an entry in a folder that gives no kind"
        why "the folder says what an entry is, so this one would be left out"
        instead "move it to one of `scopes`, `decisions`, `pilots`, `proposals`, `agreements`, `check-ins`, `feedback`, `constraints` or `pages`";
    MISNAMED_FILE: Error "misnamed-file"
        finds "an entry called `index` that has no folder of its own, or one that ends in `.yml` or `.MD`"
        why "the name of the file, or of its folder, is the id of the entry"
        instead "call it `id.md`, `id.yaml`, or put it as `index.md` into a folder named by the id";
    BAD_ID: Error "bad-id"
        finds "a name that is no id: lowercase words joined by hyphens"
        why "ids are addresses and file names on every system, and stay for ever"
        instead "use lowercase letters, digits and single hyphens only";
    TWO_FILES: Error "two-files-for-one-id"
        finds "an id that two files of the same kind claim"
        why "only one of them could be shown, and the other would be lost"
        instead "join the two files, or rename one";
    DUPLICATE_ID: Error "duplicate-id"
        finds "an id that two entries of different kinds have"
        why "links and references name entries by id alone"
        instead "rename one of them, and keep the old id under `aliases:` if it was linked to";
    EMPTY_FILE: Error "empty-file"
        finds "an entry with nothing in it"
        why "an empty page looks like a record of nothing"
        instead "write the entry, or remove the file";
    UNTERMINATED_FRONT_MATTER: Error "unterminated-front-matter"
        finds "front matter that begins with `---` and never ends"
        why "the text below would be read as fields"
        instead "put a line with `---` behind the last field";
    MISPLACED_FRONT_MATTER: Error "misplaced-front-matter"
        finds "front matter that does not begin on the first line of the file"
        why "its fields would be shown as text and change nothing: `readers:` would keep nothing from anybody"
        instead "move it to the first line of the file";
    BAD_YAML: Error "bad-yaml"
        finds "text that is not plain YAML"
        why "nothing in the file can be relied upon until it is"
        instead "check quotes, colons and indentation at that place";
    UNKNOWN_FIELD: Error "unknown-field"
        finds "a field that the format does not have"
        why "a misspelt field would be left out without a word"
        instead "remove it, or put what it says into the text";
    DUPLICATE_FIELD: Error "duplicate-field"
        finds "a field that is written twice"
        why "only one of the two could count"
        instead "keep one of them";
    MISSING_FIELD: Error "missing-field"
        finds "an entry without a field that it needs"
        why "it cannot be understood without"
        instead "add the field";
    EMPTY_FIELD: Error "empty-field"
        finds "a field with nothing behind it"
        why "an empty field reads as if something had been meant"
        instead "give it a value, or remove the line; a value that begins with `#` needs quotes";
    WRONG_TYPE: Error "wrong-type"
        finds "a value of another form than the field takes"
        why "it cannot be read as what the field means"
        instead "write it in the form that the field takes";
    UNKNOWN_WORD: Error "unknown-word"
        finds "a word that is none of those which a field takes"
        why "a misspelt word would change the meaning without a word of warning"
        instead "use one of the words that the field takes";
    BAD_VALUE: Error "bad-value"
        finds "a value that is not what the field takes: no date of the calendar, no number, no duration"
        why "read loosely, it could turn into something that nobody wrote"
        instead "write dates as `2026-03-02`, numbers as `1.5`, durations as `10d`, `2w` or `3mo`";
    NEEDS_QUOTES: Error "needs-quotes"
        finds "a number or a boolean where a text is meant"
        why "programs that read YAML take such values differently, and `1.10` could become `1.1`"
        instead "put the value in quotes";
    MISSING_OBSERVATIONS: Error "missing-observations"
        finds "observations in a file that is not there"
        why "figures that cannot be read cannot be judged"
        instead "put the CSV file beside the entry, or write the observations into it";
    BAD_ROW: Error "bad-csv-row"
        finds "a row of a CSV file that is no observation"
        why "a figure that is left out would change the result"
        instead "write `date,value,note` with a date as `2026-03-02` and a plain number";
    SUSPICIOUS_CHARACTER: Warning "suspicious-character"
        finds "a character that is not seen and changes how a text reads: a turn of direction, a space of no width"
        why "the text looks like something that it does not say"
        instead "delete the character, and type the words around it again";
    BODY_TWICE: Error "body-twice"
        finds "a Markdown file whose front matter has a `body:` as well"
        why "only one of the two texts could be shown"
        instead "move the text below the front matter";
}
