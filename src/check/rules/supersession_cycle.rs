//! Decisions and agreements that take each other's place in a circle.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::supersession_contradiction::{Edge, edges};
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::{Date, Id};

pub(super) static RULE: Rule = Rule {
    code: "supersession-cycle",
    severity: Severity::Error,
    finds: "decisions or agreements that supersede each other in a circle",
    why: "none of them is in force, and none is the first",
    instead: "take out the `supersedes` or `superseded_by` that is wrong",
};

/// What each entry supersedes.
type Graph<'a> = BTreeMap<&'a Id, BTreeSet<&'a Id>>;

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    let edges = edges(portfolio);
    let mut graph = Graph::new();
    for edge in edges.iter().filter(|edge| edge.newer != edge.older) {
        graph.entry(edge.newer).or_default().insert(edge.older);
        graph.entry(edge.older).or_default();
    }
    // What is left lies on circles, or on a way from one to another. Of an order without circles nothing is.
    let graph = reversed(&without_ends(reversed(&without_ends(graph))));

    let mut reported: BTreeSet<&Id> = BTreeSet::new();
    for start in graph.keys().copied() {
        if reported.contains(start) {
            continue;
        }
        let Some(circle) = circle(&graph, start) else { continue };
        reported.extend(circle.iter().copied());
        report_circle(&circle, &edges, report);
    }
}

/// The graph without what supersedes nothing, and without what supersedes nothing then, and so on.
fn without_ends(mut graph: Graph) -> Graph {
    let newers = reversed(&graph);
    let is_end = |(_, olders): &(&&Id, &BTreeSet<&Id>)| olders.is_empty();
    let mut ends: Vec<&Id> = graph.iter().filter(is_end).map(|(id, _)| *id).collect();
    while let Some(end) = ends.pop() {
        graph.remove(end);
        for newer in newers.get(end).into_iter().flatten() {
            let olders = graph.get_mut(newer).expect("it supersedes what was only now taken out");
            olders.remove(end);
            if olders.is_empty() {
                ends.push(newer);
            }
        }
    }
    graph
}

fn reversed<'a>(graph: &Graph<'a>) -> Graph<'a> {
    let mut reversed: Graph = graph.keys().map(|id| (*id, BTreeSet::new())).collect();
    for (id, olders) in graph {
        for older in olders {
            reversed.entry(older).or_default().insert(id);
        }
    }
    reversed
}

/// A shortest way from `start` back to itself, `start` standing first only.
fn circle<'a>(graph: &Graph<'a>, start: &'a Id) -> Option<Vec<&'a Id>> {
    let mut came_from: BTreeMap<&Id, &Id> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(id) = queue.pop_front() {
        for older in graph.get(id).into_iter().flatten() {
            if *older == start {
                let mut way = vec![id];
                while let Some(before) = came_from.get(way[way.len() - 1]) {
                    way.push(before);
                }
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(older) {
                came_from.insert(older, id);
                queue.push_back(older);
            }
        }
    }
    None
}

fn report_circle(circle: &[&Id], edges: &[Edge], report: &mut Report) {
    let first = edges
        .iter()
        .find(|edge| edge.newer == circle[0] && edge.older == circle[1])
        .expect("the circle was made of these edges");
    let ids: Vec<&str> = circle.iter().chain(circle.first()).map(|id| id.as_str()).collect();
    let message = format!("these supersede each other in a circle: `{}`", ids.join(" → "));
    report.add(&RULE, first.from.at(first.field.as_str()), message);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn a_circle_is_listed_once() {
        let files = [
            ("decisions/a.yaml", "title: A\nsupersedes: [b, x]\n"),
            ("decisions/b.yaml", "title: B\nsupersedes: c\n"),
            ("decisions/c.yaml", "title: C\nsuperseded_by: b\nsupersedes: a\n"),
            ("decisions/x.yaml", "title: X\n"),
            ("agreements/m.yaml", "title: M\nsupersedes: n\n"),
            ("agreements/n.yaml", "title: N\nsupersedes: m\n"),
        ];
        let expected = [
            "agreements/m.yaml:2:13: these supersede each other in a circle: `m → n → m`",
            "decisions/a.yaml:2:14: these supersede each other in a circle: `a → b → c → a`",
        ];
        assert_eq!(findings(check, &files), expected);
    }

    #[test]
    fn a_long_order_is_no_circle() {
        let files: Vec<(String, String)> = (1..400)
            .map(|n| (format!("decisions/d{n}.yaml"), format!("title: D\nsupersedes: d{}\n", n - 1)))
            .chain([("decisions/d0.yaml".into(), "title: D\nsuperseded_by: d1\n".into())])
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(findings(check, &files), [""; 0]);
    }
}
