//! Numbers against a plain slow way of getting them.

use jaarverslag::units::{Decimal, Grouping, Notation, Place, Ratio, Value};
use proptest::prelude::*;

/// Digits of a fraction by long division, rounded half away from zero by looking at what is left.
fn slow_rounding(numerator: i64, denominator: i64, decimals: u32) -> i128 {
    let (mut whole, below) = (i128::from(numerator).abs(), i128::from(denominator).abs());
    whole *= 10_i128.pow(decimals);
    let (quotient, rest) = (whole / below, whole % below);
    let rounded = if rest * 2 >= below { quotient + 1 } else { quotient };
    if (numerator < 0) == (denominator < 0) { rounded } else { -rounded }
}

/// A number as a pupil would write it: from the right, a point after every third digit.
fn slow_grouping(n: i64) -> String {
    let mut written = String::new();
    for (at, digit) in n.abs().to_string().chars().rev().enumerate() {
        if at > 0 && at % 3 == 0 {
            written.push('.');
        }
        written.push(digit);
    }
    if n < 0 {
        written.push('−');
    }
    written.chars().rev().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn rounding_is_long_division(numerator in -10_000_000_i64..10_000_000, denominator in 1_i64..10_000_000, decimals in 0_u8..7) {
        let ratio = Ratio::new(numerator, denominator).expect("a positive denominator");
        prop_assert_eq!(ratio.rounded(decimals), slow_rounding(numerator, denominator, u32::from(decimals)));
    }

    #[test]
    fn tables_group_every_three_digits(n in -2_000_000_000_i64..2_000_000_000) {
        let notation = Notation { place: Place::Table, grouping: Grouping::Point, ..Notation::default() };
        prop_assert_eq!(notation.write(Value::Change(n)), slow_grouping(n));
    }

    #[test]
    fn a_typed_decimal_is_printed_as_typed(whole in 0_u32..1000, fraction in proptest::option::of("[0-9]{1,6}")) {
        let typed = fraction.map_or_else(|| whole.to_string(), |fraction| format!("{whole}.{fraction}"));
        let decimal = Decimal::parse(&typed).expect("a decimal");
        prop_assert_eq!(Notation::default().write(Value::Printed(decimal)), typed.replace('.', ","));
    }

    #[test]
    fn no_number_can_break_over_lines(n in any::<i32>(), share in 1_i64..1_000_000) {
        for grouping in [Grouping::Point, Grouping::Space] {
            let notation = Notation { grouping, ..Notation::default() };
            let percent = Ratio::new(share, 1_000_000).expect("a denominator");
            for value in [Value::Change(i64::from(n)), Value::Share(percent), Value::Points(percent, 2)] {
                let written = notation.write(value);
                prop_assert!(!written.contains([' ', '\n', '-']), "{}", written);
            }
        }
    }
}
