//! Round numbers for an axis.

/// More grid lines would ask for attention.
const MOST: f64 = 5.0;

/// The numbers of an axis, from low to high.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    pub values: Vec<f64>,
    /// How many decimals tell them apart.
    pub decimals: usize,
}

/// At most five multiples of 1, 2 or 5 × 10ⁿ from `low` to `high`. Whole values get no ticks between whole numbers. The
/// two must be at least a billionth of their size apart.
pub fn ticks(low: f64, high: f64, whole: bool) -> Ticks {
    let least = ((high - low) / MOST).log10().floor() as i32;
    let first = if whole { least.max(0) } else { least };
    let steps = (first..).flat_map(|power| [1.0, 2.0, 5.0].map(|digit| (digit, power)));
    let fitting = steps.map(|(digit, power)| Steps { digit, power }).find(|steps| steps.count(low, high) <= MOST);
    fitting.map_or(Ticks { values: vec![low], decimals: 0 }, |steps| steps.ticks(low, high))
}

/// Multiples of `digit` × 10 to the `power`.
struct Steps {
    digit: f64,
    power: i32,
}

impl Steps {
    fn ticks(&self, low: f64, high: f64) -> Ticks {
        let first = self.first(low);
        let count = self.count(low, high) as usize;
        let values = (0..count).map(|index| self.value(first + index as f64)).collect();
        Ticks { values, decimals: usize::try_from(-self.power).unwrap_or(0) }
    }

    fn count(&self, low: f64, high: f64) -> f64 {
        // A hair of tolerance, or 0,3 / 0,1 would not reach 3.
        (self.index(high) + 1e-9).floor() - self.first(low) + 1.0
    }

    fn first(&self, low: f64) -> f64 {
        (self.index(low) - 1e-9).ceil()
    }

    /// Divides by whole powers of ten where that is exact: 3 / 10 is 0,3, and 3 × 0,1 is not.
    fn value(&self, index: f64) -> f64 {
        let digits = index * self.digit;
        if self.power < 0 { digits / 10f64.powi(-self.power) } else { digits * 10f64.powi(self.power) }
    }

    fn index(&self, value: f64) -> f64 {
        let digits = if self.power < 0 { value * 10f64.powi(-self.power) } else { value / 10f64.powi(self.power) };
        digits / self.digit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(low: f64, high: f64, whole: bool, values: &[f64], decimals: usize) {
        assert_eq!(ticks(low, high, whole), Ticks { values: values.to_vec(), decimals });
    }

    #[test]
    fn ticks_are_round() {
        check(0.0, 30_254.0, true, &[0.0, 10_000.0, 20_000.0, 30_000.0], 0);
        check(0.0, 3.0, true, &[0.0, 1.0, 2.0, 3.0], 0);
        check(0.0, 2.0, true, &[0.0, 1.0, 2.0], 0);
        check(0.0, 0.3, false, &[0.0, 0.1, 0.2, 0.3], 1);
        check(-12.0, 9.0, false, &[-10.0, -5.0, 0.0, 5.0], 0);
        check(97.1, 97.9, false, &[97.2, 97.4, 97.6, 97.8], 1);
    }

    proptest! {
        #[test]
        fn at_most_five_ticks(low in -1e15..1e15f64, share in 1e-9..2.0f64, whole: bool) {
            let found = ticks(low, low + low.abs() * share, whole);
            prop_assert!(found.values.len() <= 5);
            prop_assert!(found.values.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
