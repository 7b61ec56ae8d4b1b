//! Labels that stand beside each other without touching.

/// A label on a line: where its middle should be, and how much of the line it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) at: f64,
    pub(super) size: f64,
}

/// Where the middles of labels go, in the order given: as near as possible to where they should be, none over
/// another, and all between `low` and `high` as long as they fit there.
pub(super) fn spread(labels: &[Wanted], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|a, b| labels[*a].at.total_cmp(&labels[*b].at));

    // Groups of labels that touch; each stands where the mean of its members wants to be.
    let mut groups: Vec<Group> = Vec::new();
    for at in order {
        let label = labels[at];
        let mut group = Group { members: vec![at], size: label.size, wish: label.at - label.size / 2.0 };
        group.keep_within(low, high);
        while let Some(before) = groups.pop_if(|before| before.start() + before.size > group.start()) {
            group = before.joined(group);
            group.keep_within(low, high);
        }
        groups.push(group);
    }

    let mut places = vec![0.0; labels.len()];
    for group in groups {
        let mut start = group.start();
        for member in group.members {
            places[member] = start + labels[member].size / 2.0;
            start += labels[member].size;
        }
    }
    places
}

struct Group {
    members: Vec<usize>,
    size: f64,
    /// Where it wants to begin.
    wish: f64,
}

impl Group {
    fn start(&self) -> f64 {
        self.wish
    }

    fn keep_within(&mut self, low: f64, high: f64) {
        self.wish = self.wish.min(high - self.size).max(low);
    }

    fn joined(mut self, after: Self) -> Self {
        let (own, other) = (self.members.len() as f64, after.members.len() as f64);
        self.wish = (self.wish * own + (after.wish - self.size) * other) / (own + other);
        self.members.extend(after.members);
        self.size += after.size;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn places(wanted: &[f64], low: f64, high: f64) -> Vec<f64> {
        let labels: Vec<Wanted> = wanted.iter().map(|at| Wanted { at: *at, size: 10.0 }).collect();
        spread(&labels, low, high)
    }

    #[test]
    fn labels_stay_where_they_are_or_share_the_way() {
        assert_eq!(places(&[20.0, 60.0], 0.0, 100.0), [20.0, 60.0]);
        assert_eq!(places(&[50.0, 50.0], 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(places(&[98.0, 2.0, 97.0], 0.0, 100.0), [95.0, 5.0, 85.0]);
    }

    proptest! {
        #[test]
        fn no_label_lies_over_another_or_outside(wanted in prop::collection::vec(-50.0..150.0, 0..10)) {
            let places = places(&wanted, 0.0, 100.0);
            let mut sorted = places.clone();
            sorted.sort_by(f64::total_cmp);
            for pair in sorted.windows(2) {
                prop_assert!(pair[1] - pair[0] > 9.999);
            }
            for place in places {
                prop_assert!((4.999..95.001).contains(&place));
            }
        }
    }
}
