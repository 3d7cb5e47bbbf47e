//! Exact numbers: fractions of integers, and decimals as they were typed.

use std::cmp::Ordering;

/// An exact fraction. The denominator is always positive.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// `None` where the denominator is zero.
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        Self::reduced(i128::from(numerator), i128::from(denominator))
    }

    pub fn whole(n: i64) -> Self {
        Self { numerator: i128::from(n), denominator: 1 }
    }

    fn reduced(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs()).max(1) as i128;
        let sign = denominator.signum();
        Some(Self { numerator: sign * numerator / divisor, denominator: (denominator / divisor).abs() })
    }

    /// This times `numerator / denominator`; the denominator must not be zero.
    pub fn scaled(self, numerator: i64, denominator: i64) -> Self {
        debug_assert_ne!(denominator, 0);
        Self::reduced(self.numerator * i128::from(numerator), self.denominator * i128::from(denominator)).unwrap_or(self)
    }

    /// `None` where `other` is zero or the result leaves the range of exact arithmetic.
    pub fn divided_by(self, other: Self) -> Option<Self> {
        let numerator = self.numerator.checked_mul(other.denominator)?;
        let denominator = self.denominator.checked_mul(other.numerator)?;
        Self::reduced(numerator, denominator)
    }

    /// `None` where the result leaves the range of exact arithmetic.
    pub fn minus(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::reduced(left.checked_sub(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// `None` where the result leaves the range of exact arithmetic.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.minus(Self { numerator: -other.numerator, ..other })
    }

    /// The value times 10^decimals as a whole number, rounded half away from zero: the one rounding rule of the report.
    pub fn rounded(self, decimals: u8) -> i128 {
        let scaled = self.numerator.saturating_mul(10_i128.pow(u32::from(decimals)));
        let doubled = scaled.saturating_mul(2);
        let half = if doubled < 0 { -self.denominator } else { self.denominator };
        doubled.saturating_add(half) / self.denominator.saturating_mul(2)
    }

    /// How many decimals it is written in exactly; `None` where that is more than `most`.
    pub fn decimals(self, most: u8) -> Option<u8> {
        (0..=most).find(|decimals| 10_i128.pow(u32::from(*decimals)) % self.denominator == 0)
    }

    /// The whole number below it, or itself.
    pub fn floor(self) -> i64 {
        i64::try_from(self.numerator.div_euclid(self.denominator)).unwrap_or_default()
    }

    pub fn as_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }

    pub fn abs(self) -> Self {
        Self { numerator: self.numerator.abs(), ..self }
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.numerator.saturating_mul(other.denominator)).cmp(&other.numerator.saturating_mul(self.denominator))
    }
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// A decimal number that remembers how many decimals were typed: 21,40 is not 21,4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decimal {
    /// The value times 10^decimals.
    units: i64,
    decimals: u8,
}

/// As it was typed: a point, and all its decimals.
impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.*}", usize::from(self.decimals()), self.ratio().as_f64())
    }
}

impl Decimal {
    /// Reads `-12.50`: digits, at most one point, at most six decimals, nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let ends_in_point = digits.contains('.') && fraction.is_empty();
        if whole.is_empty() || ends_in_point || fraction.len() > 6 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let units: i64 = format!("{whole}{fraction}").parse().ok()?;
        (units < 1_000_000_000_000_000).then_some(Self { units: if negative { -units } else { units }, decimals: fraction.len() as u8 })
    }

    /// Reads a number as it is printed in Flanders, `31.825`, `31 825` or `−12,5`: a point or a space stands before three digits,
    /// and the comma begins the decimals. `2.5` is none.
    pub fn parse_flemish(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => ("-", rest),
            None => ("", text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once(',').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
        let mut groups = whole.split(['.', ' ', '\u{a0}']);
        let first = groups.next()?;
        let rest: Vec<&str> = groups.collect();
        let well_grouped = rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
        let point = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
        well_grouped.then(|| Self::parse(&format!("{sign}{first}{}{point}", rest.concat()))).flatten()
    }

    pub fn decimals(self) -> u8 {
        self.decimals
    }

    pub fn ratio(self) -> Ratio {
        Ratio::whole(self.units).scaled(1, 10_i64.pow(u32::from(self.decimals)))
    }

    /// The whole number this is, when it was typed as one: 22.000 may be a Dutch twenty-two thousand.
    pub fn whole(self) -> Option<i64> {
        (self.decimals == 0).then_some(self.units)
    }

    /// The same number without decimals that are zero, as a spreadsheet writes `7626.0`. Not where there are three of
    /// them: those may be thousands.
    pub fn without_zeros(self) -> Self {
        let unit = 10_i64.pow(u32::from(self.decimals));
        if self.decimals != 3 && self.units % unit == 0 { Self { units: self.units / unit, decimals: 0 } } else { self }
    }

    pub fn is_negative(self) -> bool {
        self.units < 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flemish_number_has_points_before_three_digits() {
        for (text, expected) in [
            ("31.825", Some("31825")),
            ("1 224 118", Some("1224118")),
            ("2,44", Some("2.44")),
            ("−12,5", Some("-12.5")),
            ("+12,2", Some("12.2")),
            ("2.5", None),
            ("1234.567", None),
            ("12,", None),
            ("", None),
        ] {
            assert_eq!(Decimal::parse_flemish(text).map(|number| number.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn rounds_half_away_from_zero() {
        for (numerator, denominator, decimals, expected) in
            [(1, 2, 0, 1), (-1, 2, 0, -1), (1, 3, 2, 33), (2, 3, 2, 67), (5, 1000, 2, 1), (-5, 1000, 2, -1), (30_229, 1_224_118, 4, 247)]
        {
            let ratio = Ratio::new(numerator, denominator).unwrap();
            assert_eq!(ratio.rounded(decimals), expected, "{numerator}/{denominator}");
        }
        assert!(Ratio::new(1, 0).is_none());
    }

    #[test]
    fn zeros_behind_the_point_are_no_fraction_and_thousands_stay() {
        for (typed, whole) in [("7626.0", Some(7626)), ("-5.00", Some(-5)), ("22.000", None), ("7626.5", None), ("12", Some(12))] {
            assert_eq!(Decimal::parse(typed).and_then(|number| number.without_zeros().whole()), whole, "{typed}");
        }
    }

    #[test]
    fn reads_decimals_as_typed() {
        assert_eq!(Decimal::parse("21.40").map(Decimal::decimals), Some(2));
        assert_eq!(Decimal::parse("21").and_then(Decimal::whole), Some(21));
        assert_eq!(Decimal::parse("22.000").and_then(Decimal::whole), None);
        assert_eq!(Decimal::parse("-2.34").map(Decimal::is_negative), Some(true));
        for wrong in ["", "-", ".5", "5.", "1.2.3", "1e3", "1,5", "+4", " 4", "1_000", "99999999999999999999", "1.1234567"] {
            assert_eq!(Decimal::parse(wrong), None, "{wrong}");
        }
    }
}
