//! All that a number can be: what rounding, approximation or derivation leaves open.

use super::{Decimal, Ratio};

/// From the least to the most, both included; percentages as a fraction of 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub low: Ratio,
    pub high: Ratio,
}

impl Interval {
    pub fn exactly(value: Ratio) -> Self {
        Self { low: value, high: value }
    }

    /// All numbers that are written so: 2,44 is anything from 2,435 up to 2,445.
    pub fn of_rounded(number: Decimal) -> Self {
        let half = Ratio::whole(5).scaled(1, 10_i64.pow(u32::from(number.decimals()) + 1));
        let value = number.ratio();
        Self { low: value.minus(half).unwrap_or(value), high: value.plus(half).unwrap_or(value) }
    }

    pub fn scaled(self, numerator: i64, denominator: i64) -> Self {
        Self { low: self.low.scaled(numerator, denominator), high: self.high.scaled(numerator, denominator) }
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.plus(other.low)?, high: self.high.plus(other.high)? })
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.minus(other.high)?, high: self.high.minus(other.low)? })
    }

    /// Of two ranges above zero; `None` where the other reaches zero.
    pub fn divided_by(self, other: Self) -> Option<Self> {
        let positive = !other.low.is_negative() && other.low != Ratio::whole(0);
        positive.then_some(())?;
        // A negative end is furthest from zero over the smallest divisor.
        let low = self.low.divided_by(if self.low.is_negative() { other.low } else { other.high })?;
        let high = self.high.divided_by(if self.high.is_negative() { other.high } else { other.low })?;
        Some(Self { low, high })
    }

    pub fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    pub fn holds(self, value: Ratio) -> bool {
        self.low <= value && value <= self.high
    }

    pub fn middle(self) -> f64 {
        (self.low.as_f64() + self.high.as_f64()) / 2.0
    }
}
