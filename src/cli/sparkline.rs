//! A series of figures as one word of blocks.

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// How many of the latest figures are drawn.
const MOST: usize = 24;

/// The latest figures, drawn between the least and the greatest of them and of `marks`: where a figure came from
/// and where it should go, so that a small change looks small. In the middle where all are equal.
pub(super) fn sparkline(values: &[f64], marks: &[f64]) -> String {
    let values = &values[values.len().saturating_sub(MOST)..];
    let all = || values.iter().chain(marks).copied();
    let (least, greatest) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    values.iter().map(|value| BLOCKS[step((value - least) / (greatest - least))]).collect()
}

/// Which block stands for a share of 1; the middle one for what is no share, zero of zero.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lies between 0 and 7")]
fn step(share: f64) -> usize {
    if share.is_finite() { (share.clamp(0.0, 1.0) * 7.0).round() as usize } else { 3 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_of_every_length() {
        assert_eq!(sparkline(&[], &[]), "");
        assert_eq!(sparkline(&[], &[3.0, 2.0]), "");
        assert_eq!(sparkline(&[5.0], &[]), "▄");
        assert_eq!(sparkline(&[5.0, 5.0, 5.0], &[]), "▄▄▄");
        assert_eq!(sparkline(&[1.0, 2.0, 3.0], &[]), "▁▅█");
        assert_eq!(sparkline(&[-1.0, 0.0], &[]), "▁█");
        let many: Vec<f64> = (0..100).map(f64::from).collect();
        let drawn = sparkline(&many, &[]);
        assert_eq!((drawn.chars().count(), drawn.ends_with('█')), (MOST, true));
    }

    #[test]
    fn baseline_and_target_give_the_scale() {
        assert_eq!(sparkline(&[2.0, 2.0], &[3.0, 2.0]), "▁▁");
        assert_eq!(sparkline(&[29.0, 30.0], &[30.0, 8.0]), "██");
    }

    #[test]
    fn the_largest_figures_are_drawn() {
        assert_eq!(sparkline(&[-999_999_999_999_999.0, 999_999_999_999_999.0], &[]), "▁█");
    }
}
