//! The line through many points: broken where nothing was seen for long, and no finer than can be drawn.

use super::Point;

/// Part of the line.
pub(super) enum Run<'a> {
    /// Points that follow each other.
    Line(Vec<&'a Point<'a>>),
    /// Two points between which more time went by than usual.
    Gap(Vec<&'a Point<'a>>),
}

/// How many times the usual distance is a gap.
const LONG: i32 = 3;

/// Splits points, which are in the order of days, into runs. `breadth` is the width of the picture.
pub(super) fn runs<'a>(points: &[&'a Point<'a>], breadth: f64) -> Vec<Run<'a>> {
    let long = usual_distance(points).map_or(i32::MAX, |days| days.saturating_mul(LONG));
    let mut runs = Vec::new();
    let mut line: Vec<&Point> = Vec::new();
    for point in points {
        if let Some(before) = line.last().copied()
            && before.day.days_until(point.day) > long
        {
            runs.push(Run::Line(thinned(&std::mem::take(&mut line), breadth)));
            runs.push(Run::Gap(vec![before, point]));
        }
        line.push(point);
    }
    if !line.is_empty() {
        runs.push(Run::Line(thinned(&line, breadth)));
    }
    runs
}

/// The median of the days between points; `None` of fewer than four points, which have no usual distance.
fn usual_distance(points: &[&Point]) -> Option<i32> {
    let mut distances: Vec<i32> = points.windows(2).map(|pair| pair[0].day.days_until(pair[1].day)).collect();
    distances.retain(|days| *days > 0);
    distances.sort_unstable();
    (distances.len() >= 3).then(|| distances[distances.len() / 2])
}

/// At most the first, the lowest, the highest and the last point of each column of the picture: the same line
/// to the eye.
fn thinned<'a>(points: &[&'a Point<'a>], breadth: f64) -> Vec<&'a Point<'a>> {
    let columns = breadth.max(1.0);
    if points.len() as f64 <= columns * 2.0 {
        return points.to_vec();
    }
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    let span = f64::from(first.day.days_until(last.day)).max(1.0);
    let column = |point: &Point| (f64::from(first.day.days_until(point.day)) / span * columns) as usize;
    let mut kept: Vec<&Point> = Vec::new();
    for same in points.chunk_by(|a, b| column(a) == column(b)) {
        let by_value = |a: &usize, b: &usize| same[*a].value.total_cmp(&same[*b].value);
        let lowest = (0..same.len()).min_by(by_value).unwrap_or(0);
        let highest = (0..same.len()).max_by(by_value).unwrap_or(0);
        let mut places = [0, lowest, highest, same.len() - 1];
        places.sort_unstable();
        kept.extend(places.chunk_by(|a, b| a == b).map(|place| same[place[0]]));
    }
    kept
}
