//! Other people's words, of which it is not said whether they may be shown.

use crate::model::Portfolio;
use crate::model::readers::{Reader, may_read};
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "quote-without-permission",
    severity: Severity::Warning,
    finds: "a quote in feedback without a word on whether it may be shown",
    why: "words that were said to you are theirs; without permission the quote is left out for every other reader",
    instead: "ask, and add `quote_permission: true` or `quote_permission: false`",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for feedback in portfolio.feedback.iter().filter(|feedback| feedback.quote.is_some()) {
        let whose = feedback.from.as_ref().map_or("somebody", |from| from.as_str());
        match feedback.quote_permission {
            Some(true) => {}
            None => {
                let message = format!("the words of {whose} are quoted without a permission");
                report.add(&RULE, feedback.at("quote"), message).label("for me alone until it is there");
            }
            Some(false) => {
                let others: Vec<Reader> = Reader::all(&portfolio.config)
                    .into_iter()
                    .filter(|reader| *reader != Reader::Me && may_read(portfolio, &feedback.header, reader))
                    .collect();
                if !others.is_empty() {
                    let names: Vec<String> = others.iter().map(|reader| format!("`{}`", reader.name())).collect();
                    let message = format!("{} read this without the quote of {whose}", names.join(", "));
                    report
                        .add(&RULE, feedback.at("quote_permission"), message)
                        .severity(Severity::Note)
                        .why("a quote without permission is for me alone, whatever `readers` says")
                        .fix("nothing to mend, if that is what you want");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn a_quote_needs_a_word_on_permission() {
        let files = [
            ("feedback/a.yaml", "title: A\nfrom: Ann\nquote: Well done.\n"),
            ("feedback/b.yaml", "title: B\nquote: Well done.\nquote_permission: true\nreaders: mentor\n"),
            ("feedback/c.yaml", "title: C\nfrom: Cem\nquote: Well done.\nquote_permission: false\nreaders: mentor\n"),
            ("feedback/d.yaml", "title: D\nquote: Well done.\nquote_permission: false\n"),
        ];
        let expected = [
            "feedback/a.yaml:3:8: the words of Ann are quoted without a permission",
            "feedback/c.yaml:4:19: note `mentor` read this without the quote of Cem",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
