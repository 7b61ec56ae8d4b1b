//! Chance that comes out the same every time: SplitMix64.

/// A source of numbers that depends on its seed alone.
pub struct Random(u64);

impl Random {
    /// Two seeds, so that every entry of every size has chances of its own.
    pub fn new(size: usize, entry: usize) -> Self {
        let mut random = Self((size as u64) << 32 ^ entry as u64);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `end`; 0 if that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).expect("31 bits fit") % end.max(1)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// Whether something happens that happens in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// Some of several, each at most once, in their order.
    pub fn some<'a, T: ?Sized>(&mut self, count: usize, from: &[&'a T]) -> Vec<&'a T> {
        let mut left = count.min(from.len());
        let mut picked = Vec::new();
        for (index, item) in from.iter().enumerate() {
            if self.below(from.len() - index) < left {
                picked.push(*item);
                left -= 1;
            }
        }
        picked
    }
}
