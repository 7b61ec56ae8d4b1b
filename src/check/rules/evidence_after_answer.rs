//! Evidence that is younger than the answer to its proposal.

use crate::evaluate::proposals::day_after_answer;
use crate::model::Portfolio;
use crate::model::record::Either;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "evidence-after-answer",
    severity: Severity::Warning,
    finds: "evidence of a proposal that is dated after its answer",
    why: "nobody could weigh it before they answered, so the page and the PDF of the proposal leave it out",
    instead: "correct the day, name it under `related:`, or ask anew in a proposal that rests on it",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for proposal in &portfolio.proposals {
        let Some(answer) = &proposal.answer else { continue };
        for (index, evidence) in proposal.header.common.evidence.iter().enumerate() {
            let Some(day) = day_after_answer(portfolio, proposal, evidence) else { continue };
            let name = match evidence {
                Either::Short(id) => id.as_str(),
                Either::Long(evidence) => &evidence.title,
            };
            let message = format!("`{name}` is of {day}, and the answer of {}", answer.date);
            report.add(&RULE, proposal.at(format!("evidence[{index}]")), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn what_rests_on_evidence_is_younger() {
        let proposal = "title: P\nask: A\nanswer: {date: 2026-05-10, decision: accepted}\nevidence:\n  - early\n  - late\n  \
                        - trial\n  - undated\n  - {kind: metric, title: Figures, date: 2026-05-11}\n  \
                        - {kind: metric, title: Same day, date: 2026-05-10}\n";
        let pilot = "title: T\ndate: 2026-05-01\nstarts: 2026-05-12\nprimary: {name: N, direction: increase, target: 1}\n";
        let open = proposal.replace("answer: {date: 2026-05-10, decision: accepted}\n", "");
        let files = [
            ("decisions/early.yaml", "title: E\ndate: 2026-05-10\nresult: {date: 2026-06-01, verdict: mixed}\n"),
            ("check-ins/late.yaml", "title: L\ndate: 2026-05-11\n"),
            ("pilots/trial.yaml", pilot),
            ("pages/undated.yaml", "title: U\n"),
            ("proposals/a.yaml", proposal),
            ("proposals/open.yaml", &open),
        ];
        let expected = [
            "proposals/a.yaml:6:5: `late` is of 2026-05-11, and the answer of 2026-05-10",
            "proposals/a.yaml:7:5: `trial` is of 2026-05-12, and the answer of 2026-05-10",
            "proposals/a.yaml:9:6: `Figures` is of 2026-05-11, and the answer of 2026-05-10",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
