//! The Flemish way of writing numbers: 30.229 · 2,47% · 4,9 · −2,3% · 1829 in running text, 1.829 in tables.
//!
//! Sources of the convention: taaladvies.net on large numbers (a point or a space between groups of three, numbers of
//! four digits without one in running text, with one in columns) and on the percent sign (set against the number).

use serde::Deserialize;

use super::{Approximation, Nearness, Ratio, Target, Value, fraction_words, round_near};

/// What stands between groups of three digits; an edition chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, schemars::JsonSchema)]
pub enum Grouping {
    /// 30.229
    #[default]
    #[serde(rename = "punt")]
    Point,
    /// 30 229, with a space that does not break
    #[serde(rename = "spatie")]
    Space,
}

/// Where a number stands: four digits are grouped in columns and not in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    #[default]
    Text,
    Table,
}

/// Which signs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sign {
    /// A minus for negative values.
    #[default]
    Negative,
    /// A plus for positive values as well.
    Always,
    /// None: the words beside the number say which way it went.
    Never,
}

/// How a value is written. Filters change only this, never the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Notation {
    pub grouping: Grouping,
    pub place: Place,
    pub sign: Sign,
    /// Instead of what is usual for the kind of value.
    pub decimals: Option<u8>,
    /// Whole numbers up to twenty, and places up to the tenth, in words.
    pub in_words: bool,
    /// A share as so many out of a hundred, in whole numbers.
    pub per_hundred: bool,
    /// Words that say it roughly, instead of the number itself.
    pub approximation: Option<Approximation>,
}

impl Notation {
    /// As written in columns: tables, and the values of charts.
    pub fn table(grouping: Grouping) -> Self {
        Self { grouping, place: Place::Table, ..Self::default() }
    }

    pub fn write(&self, value: Value) -> String {
        let percent = value.is_percent();
        let decimals = self.decimals.unwrap_or_else(|| value.default_decimals());
        if let Some(approximation) = self.approximation {
            return self.write_roughly(approximation, value);
        }
        let ratio = if percent { value.ratio().scaled(100, 1) } else { value.ratio() };
        if let Some(word) = self.word(value) {
            return word.to_owned();
        }
        let number = self.write_number(ratio, decimals);
        match value {
            Value::Points(..) => format!("{number}\u{a0}procentpunt"),
            Value::Rank(_) => format!("{number}e"),
            _ if percent => format!("{number}%"),
            _ => number,
        }
    }

    /// «bijna 31.000», «een vijfde»: spaces in it do not break.
    fn write_roughly(&self, approximation: Approximation, value: Value) -> String {
        let percent = value.is_percent();
        let target = approximation
            .target
            .unwrap_or_else(|| Target::Number(round_near(value.ratio(), approximation.nearness.unwrap_or(Nearness::About), percent)));
        let number = match target {
            Target::Fraction(above, below) => fraction_words(above, below).to_owned(),
            Target::Number(number) => {
                let sign = if percent { "%" } else { "" };
                format!("{}{sign}", self.write_number(number.ratio(), number.decimals()))
            }
        };
        let word = approximation.nearness.map(|nearness| format!("{} ", nearness.word())).unwrap_or_default();
        format!("{word}{number}").replace(' ', "\u{a0}")
    }

    /// The word for a value, where words were asked for and there is one.
    fn word(&self, value: Value) -> Option<&'static str> {
        match value {
            Value::Count(count) if self.in_words => number_in_words(count),
            Value::Rank(rank) if self.in_words => place_in_words(rank),
            _ => None,
        }
    }

    fn write_number(&self, ratio: Ratio, decimals: u8) -> String {
        let rounded = ratio.rounded(decimals);
        let digits = format!("{:0>width$}", rounded.unsigned_abs(), width = usize::from(decimals) + 1);
        let (whole, fraction) = digits.split_at(digits.len() - usize::from(decimals));
        let sign = self.sign_of(rounded);
        let whole = self.grouped(whole);
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{fraction}") }
    }

    fn sign_of(&self, rounded: i128) -> &'static str {
        match (self.sign, rounded.signum()) {
            (Sign::Never, _) | (_, 0) => "",
            (_, -1) => "−",
            (Sign::Always, _) => "+",
            (Sign::Negative, _) => "",
        }
    }

    fn grouped(&self, digits: &str) -> String {
        if digits.len() <= 3 || (digits.len() == 4 && self.place == Place::Text) {
            return digits.to_owned();
        }
        let separator = match self.grouping {
            Grouping::Point => '.',
            Grouping::Space => '\u{a0}',
        };
        let first = (digits.len() - 1) % 3 + 1;
        let mut written = digits[..first].to_owned();
        for group in digits.as_bytes()[first..].chunks(3) {
            written.push(separator);
            written.extend(group.iter().map(|byte| char::from(*byte)));
        }
        written
    }
}

/// The Dutch word for a whole number up to twenty: larger ones read better in digits.
pub fn number_in_words(n: i64) -> Option<&'static str> {
    const WORDS: [&str; 21] = [
        "nul",
        "een",
        "twee",
        "drie",
        "vier",
        "vijf",
        "zes",
        "zeven",
        "acht",
        "negen",
        "tien",
        "elf",
        "twaalf",
        "dertien",
        "veertien",
        "vijftien",
        "zestien",
        "zeventien",
        "achttien",
        "negentien",
        "twintig",
    ];
    WORDS.get(usize::try_from(n).ok()?).copied()
}

/// The Dutch word for a place in an order, up to the tenth.
fn place_in_words(rank: i64) -> Option<&'static str> {
    const WORDS: [&str; 10] = ["eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende"];
    WORDS.get(usize::try_from(rank).ok()?.checked_sub(1)?).copied()
}

/// `a, b en c`
pub fn enumerated<S: AsRef<str>>(words: &[S]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} en {last}", before.join(", ")),
    }
}

/// With its first letter as a capital.
pub fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Decimal;

    #[test]
    fn the_last_of_several_stands_behind_en() {
        for (words, expected) in [(&[][..], ""), (&["a"], "a"), (&["a", "b"], "a en b"), (&["a", "b", "c"], "a, b en c")] {
            assert_eq!(enumerated(words), expected);
        }
    }

    fn text(value: Value) -> String {
        Notation::default().write(value)
    }

    #[test]
    fn writes_as_the_flemish_do() {
        let share = Ratio::new(30_229, 1_224_118).unwrap();
        let cases = [
            (Value::Count(30_229), "30.229"),
            (Value::Count(1829), "1829"),
            (Value::Count(1_224_118), "1.224.118"),
            (Value::Count(0), "0"),
            (Value::Share(share), "2,47%"),
            (Value::Mean(Ratio::new(49, 10).unwrap()), "4,9"),
            (Value::Growth(Ratio::new(-23, 1000).unwrap()), "−2,3%"),
            (Value::Growth(Ratio::new(-1, 100_000).unwrap()), "0,0%"),
            (Value::Points(Ratio::new(-2, 10_000).unwrap(), 2), "−0,02\u{a0}procentpunt"),
            (Value::PrintedPercent(Decimal::parse("12.2").unwrap()), "12,2%"),
            (Value::PrintedPercent(Decimal::parse("21.40").unwrap()), "21,40%"),
            (Value::Change(-25), "−25"),
            (Value::Rank(2), "2e"),
        ];
        for (value, expected) in cases {
            assert_eq!(text(value), expected, "{value:?}");
        }
    }

    #[test]
    fn place_grouping_and_filters_change_only_the_notation() {
        let table = Notation { place: Place::Table, ..Notation::default() };
        assert_eq!(table.write(Value::Count(1829)), "1.829");
        let space = Notation { grouping: Grouping::Space, ..Notation::default() };
        assert_eq!(space.write(Value::Count(1_224_118)), "1\u{a0}224\u{a0}118");
        let words = Notation { in_words: true, ..Notation::default() };
        assert_eq!((words.write(Value::Count(5)), words.write(Value::Count(54))), ("vijf".to_owned(), "54".to_owned()));
        assert_eq!((words.write(Value::Rank(2)), words.write(Value::Rank(11))), ("tweede".to_owned(), "11e".to_owned()));
        let unsigned = Notation { sign: Sign::Never, ..Notation::default() };
        assert_eq!(unsigned.write(Value::Change(-25)), "25");
        let one = Notation { decimals: Some(1), ..Notation::default() };
        assert_eq!(one.write(Value::Share(Ratio::new(244, 10_000).unwrap())), "2,4%");
    }
}
