//! Points, areas and boxes on the page, all in points from the top left corner.

/// A place on the drawing: x to the right, y downwards.
pub type Place = (f64, f64);

/// A rectangle with upright sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { left, top, right, bottom }
    }

    /// A square around a place, `reach` to each side.
    pub fn around((x, y): Place, reach: f64) -> Self {
        Self::new(x - reach, y - reach, x + reach, y + reach)
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether the two have more than an edge in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether the other lies wholly inside this one, but for rounding.
    pub fn holds(&self, other: &Self) -> bool {
        let outer = self.grown(1e-6);
        outer.left <= other.left && outer.right >= other.right && outer.top <= other.top && outer.bottom >= other.bottom
    }

    /// The area with each side moved outwards; inwards when `by` is negative.
    pub fn grown(&self, by: f64) -> Self {
        Self::new(self.left - by, self.top - by, self.right + by, self.bottom + by)
    }

    /// The area `x` points to the right and `y` down.
    pub fn moved(&self, (x, y): Place) -> Self {
        Self::new(self.left + x, self.top + y, self.right + x, self.bottom + y)
    }

    /// The smallest area that holds both.
    pub fn with(&self, other: &Self) -> Self {
        let (left, top) = (self.left.min(other.left), self.top.min(other.top));
        Self::new(left, top, self.right.max(other.right), self.bottom.max(other.bottom))
    }

    pub fn is_empty(&self) -> bool {
        self.width() <= 0.0 || self.height() <= 0.0
    }
}

/// The parts of `left..right` that are not covered by one of the intervals.
pub fn uncovered(left: f64, right: f64, mut covered: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    covered.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = Vec::new();
    let mut from = left;
    for (start, end) in covered {
        if start > from {
            free.push((from, start.min(right)));
        }
        from = from.max(end);
    }
    if from < right {
        free.push((from, right));
    }
    free
}

/// Diagonal lines `step` points apart, from bottom left to top right, clipped to the area.
pub fn diagonals(area: &Area, step: f64) -> Vec<(Place, Place)> {
    let (first, last) = (area.left + area.top, area.right + area.bottom);
    let count = ((last - first) / step).max(0.0) as usize;
    let lines = (1..=count).map(|index| first + index as f64 * step).map(|sum| {
        // On such a line x + y is constant, so clipping x on both sides clips y as well.
        let left = area.left.max(sum - area.bottom);
        let right = area.right.min(sum - area.top);
        ((left, sum - left), (right, sum - right))
    });
    lines.filter(|(from, to)| from.0 < to.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_areas_do_not_overlap() {
        let area = Area::new(0.0, 0.0, 2.0, 2.0);
        assert!(!area.overlaps(&Area::new(2.0, 0.0, 3.0, 2.0)));
        assert!(area.overlaps(&Area::new(1.9, 1.9, 3.0, 3.0)));
    }

    #[test]
    fn covered_parts_are_cut_out() {
        let free = uncovered(0.0, 10.0, vec![(8.0, 12.0), (2.0, 3.0), (2.5, 4.0)]);
        assert_eq!(free, [(0.0, 2.0), (4.0, 8.0)]);
    }

    #[test]
    fn diagonals_stay_inside() {
        let area = Area::new(10.0, 20.0, 17.0, 50.0);
        let lines = diagonals(&area, 3.0);
        assert!(lines.len() > 8);
        for (from, to) in lines {
            assert!(area.grown(1e-9).holds(&Area::new(from.0, to.1, to.0, from.1)));
        }
    }
}
