//! Readers that nobody declared.

use crate::model::Portfolio;
use crate::model::readers::Reader;
use crate::report::{Place, Report, Rule, Severity};
use crate::source::SourcePath;
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "unknown-reader",
    severity: Severity::Error,
    finds: "a name under `readers` that is neither declared in `portfolio.yaml` nor `me` or `everyone`",
    why: "a misspelt name opens nothing, and the one who was meant would miss it",
    instead: "correct the name, or declare it in `portfolio.yaml` under `readers:`",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    let config = SourcePath::new("portfolio.yaml");
    let by_kind = portfolio.config.defaults.iter().flat_map(|defaults| &defaults.readers).flatten();
    for (kind, names) in by_kind {
        for (index, name) in names.iter().enumerate() {
            let place = Place::field(&config, format!("defaults.readers.{}[{index}]", kind.word()));
            check_name(portfolio, name, place, report);
        }
    }
    if let Some(with) = portfolio.config.check_ins.as_ref().and_then(|rhythm| rhythm.with.as_ref()) {
        let place = Place::field(&config, "check_ins.with");
        match Reader::parse(with, &portfolio.config) {
            Ok(Reader::Named(_)) => {}
            Ok(Reader::Me | Reader::Everyone) => {
                report
                    .add(&RULE, place, format!("`{with}` is nobody to hold check-ins with"))
                    .fix("name one of the readers that are declared under `readers:`");
            }
            Err(_) => check_name(portfolio, with, place, report),
        }
    }
    for header in portfolio.headers() {
        for (index, name) in header.common.readers.iter().flatten().enumerate() {
            check_name(portfolio, name, header.at(format!("readers[{index}]")), report);
        }
        for heading in &header.body.headings {
            for name in heading.readers.iter().flatten() {
                let place = Place::body(&header.file, header.body.attribute(heading, name));
                check_name(portfolio, name, place, report);
            }
        }
    }
}

fn check_name(portfolio: &Portfolio, name: &str, place: Place, report: &mut Report) {
    let Err(unknown) = Reader::parse(name, &portfolio.config) else { return };
    report
        .add(&RULE, place, format!("there is no reader `{name}`"))
        .label("not declared")
        .did_you_mean(unknown.meant.as_deref());
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn readers_are_declared() {
        let config = "title: T\nowner: {name: N}\nreaders: {manager: {}}\n\
                      defaults: {readers: {pilot: [manager, mangaer]}}\ncheck_ins: {every: 2w, with: me}\n";
        let page = "---\nreaders: [me, everyone, Manager]\n---\n# A\n\n## B {readers=manager,mentor}\n";
        let expected = [
            "pages/a.md:2:25: there is no reader `Manager`",
            "pages/a.md:6:23: there is no reader `mentor`",
            "portfolio.yaml:4:39: there is no reader `mangaer`",
            "portfolio.yaml:5:30: `me` is nobody to hold check-ins with",
        ];
        assert_eq!(findings(check, &[("portfolio.yaml", config), ("pages/a.md", page)]), expected);
    }
}
