//! Words that say a number roughly, and for which values they are true.
//!
//! That «een kleine veertig» is less than forty and «een goede twintig» and «ruim zeventig» are more than that, is in the
//! Algemene Nederlandse Spraakkunst (e-ans.ivdnt.org, 14.4.4.6, on numerals with «bijna», «ongeveer», «een kleine», «ruim»).
//! How much less or more it leaves to the speaker; that is settled here. *Slack* is half of the place of the last digit that is
//! not zero, and at most a tenth of the number: «bijna 300» is from 270 up to 300, «ruim 1000» up to 1100, «bijna 2,5%» from
//! 2,45%. «Meer dan» and «minder dan» are true for everything on their side. A fraction by itself is true within 2,5 percentage
//! points and 15 percent of it; with «bijna» or «ruim» within 15 percent of it.

use super::{Decimal, Ratio};

/// In which direction words say that a number is not exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    Almost,
    Small,
    Over,
    Good,
    MoreThan,
    LessThan,
    About,
}

/// Where a number lies that words say roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Below,
    Above,
    Both,
}

/// More letters than any of the words has, with the one before it.
const LONGEST: usize = 20;

impl Nearness {
    /// Every word, the first of each kind the one that is printed.
    const WORDS: [(&'static str, Self); 26] = [
        ("bijna", Self::Almost),
        ("haast", Self::Almost),
        ("nagenoeg", Self::Almost),
        ("net geen", Self::Almost),
        ("krap", Self::Almost),
        ("een kleine", Self::Small),
        ("ruim", Self::Over),
        ("iets meer dan", Self::Over),
        ("iets boven de", Self::Over),
        ("dik", Self::Over),
        ("een goede", Self::Good),
        ("een dikke", Self::Good),
        ("meer dan", Self::MoreThan),
        ("boven de", Self::MoreThan),
        ("minder dan", Self::LessThan),
        ("onder de", Self::LessThan),
        ("nog geen", Self::LessThan),
        ("iets minder dan", Self::Almost),
        ("ongeveer", Self::About),
        ("circa", Self::About),
        ("zowat", Self::About),
        ("zo’n", Self::About),
        ("rond de", Self::About),
        ("rond", Self::About),
        ("om en bij de", Self::About),
        ("afgerond", Self::About),
    ];

    /// On which side of the number that is named the other lies.
    pub fn side(self) -> Side {
        match self {
            Self::Almost | Self::Small | Self::LessThan => Side::Below,
            Self::Over | Self::Good | Self::MoreThan => Side::Above,
            Self::About => Side::Both,
        }
    }

    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, nearness)| *nearness == self).map_or("", |(word, _)| word)
    }

    /// The nearness that a text ends in, and how many bytes of it are its words.
    pub fn at_end_of(text: &str) -> Option<(Self, usize)> {
        // No more than the longest of them is looked at: a text is long, and asks this of every number.
        let text = text.trim_end();
        let start = text.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
        let lower = text[start..].to_lowercase();
        let ends = |word: &str| lower.strip_suffix(word).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        let found = Self::WORDS.iter().filter(|(word, _)| ends(word)).max_by_key(|(word, _)| word.len())?;
        Some((found.1, found.0.len()))
    }

    /// The nearness that these words are.
    pub fn of_words(words: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(word, _)| *word == words).map(|(_, nearness)| *nearness)
    }

    /// The words that a text begins with, and how many bytes they take.
    pub fn at_start_of(text: &str) -> Option<(Self, usize)> {
        let begins = |word: &str| text.strip_prefix(word).is_some_and(|rest| rest.starts_with(char::is_whitespace));
        let found = Self::WORDS.iter().filter(|(word, _)| begins(word)).max_by_key(|(word, _)| word.len())?;
        Some((found.1, found.0.len()))
    }
}

/// A number or a fraction that a value is said to be near to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// As written; percent for percentages.
    Number(Decimal),
    /// Of a whole: numerator and denominator.
    Fraction(i64, i64),
}

/// Words that say a value roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approximation {
    pub nearness: Option<Nearness>,
    /// Absent for the nearest round number on the right side.
    pub target: Option<Target>,
}

/// The values for which words are true. An end is left out where the words say less or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub low: Option<Ratio>,
    pub high: Option<Ratio>,
    pub without_low: bool,
    pub without_high: bool,
}

impl Range {
    /// Whether some value of `from` up to `to` is in it.
    pub fn can_hold(&self, from: Ratio, to: Ratio) -> bool {
        let above = self.low.is_none_or(|low| if self.without_low { to > low } else { to >= low });
        let below = self.high.is_none_or(|high| if self.without_high { from < high } else { from <= high });
        above && below
    }

    /// Whether every value of `from` up to `to` is in it.
    pub fn holds(&self, from: Ratio, to: Ratio) -> bool {
        self.can_hold(from, from) && self.can_hold(to, to)
    }
}

/// For which values words about a number are true; `percent` where the number is one, and the values are fractions of 1.
pub fn range_of(nearness: Option<Nearness>, target: Target, percent: bool) -> Range {
    let (center, slack) = match target {
        Target::Number(number) if percent => (number.ratio().scaled(1, 100), slack(number).scaled(1, 100)),
        Target::Number(number) => (number.ratio(), slack(number)),
        Target::Fraction(above, below) => {
            let center = Ratio::whole(above).scaled(1, below);
            let slack = center.scaled(15, 100);
            (center, if nearness.is_some() { slack } else { slack.min(Ratio::whole(25).scaled(1, 1000)) })
        }
    };
    let (low, high) = (center.minus(slack), center.plus(slack));
    let closed = |low, high| Range { low, high, without_low: false, without_high: false };
    match (nearness, target) {
        (Some(Nearness::Almost | Nearness::Small), _) => Range { without_high: true, ..closed(low, Some(center)) },
        (Some(Nearness::Over | Nearness::Good), _) => Range { without_low: true, ..closed(Some(center), high) },
        (Some(Nearness::MoreThan), _) => Range { without_low: true, ..closed(Some(center), None) },
        (Some(Nearness::LessThan), _) => Range { without_high: true, ..closed(None, Some(center)) },
        (Some(Nearness::About), _) | (None, Target::Fraction(..)) => closed(low, high),
        // A number by itself says all that rounds to it.
        (None, Target::Number(number)) => {
            let half = Ratio::whole(5).scaled(1, 10_i64.pow(u32::from(number.decimals()) + 1));
            let half = if percent { half.scaled(1, 100) } else { half };
            let half = if number.decimals() == 0 && !percent { Ratio::whole(0) } else { half };
            closed(center.minus(half), center.plus(half))
        }
    }
}

/// Half of the place of the last digit that is not zero, and at most a tenth of the number.
fn slack(number: Decimal) -> Ratio {
    let scale = 10_i64.pow(u32::from(number.decimals()));
    let digits = number.ratio().abs().scaled(scale, 1).rounded(0);
    let mut place: i64 = 1;
    while digits != 0 && digits % (i128::from(place) * 10) == 0 {
        place *= 10;
    }
    let half = Ratio::whole(place).scaled(1, 2 * scale);
    half.min(number.ratio().abs().scaled(1, 10))
}

/// The round number next to a value that words of this nearness can truly name: a whole percent or two digits of a count where
/// that is near enough, and otherwise the half or the tenth of that.
pub fn round_near(value: Ratio, nearness: Nearness, percent: bool) -> Decimal {
    let shown = if percent { value.scaled(100, 1) } else { value };
    let digits = shown.abs().rounded(0).to_string().len();
    // In tenths, so that half a percent is a whole number of them.
    let widest: i64 = if percent || digits < 3 { 10 } else { 10_i64.pow(digits as u32 - 1) };
    let finest = if percent { 1 } else { 10 };
    let steps = [widest, widest / 2, widest / 10].into_iter().filter(|step| *step >= finest && step % finest == 0);
    let rounds = steps.map(|step| beside(shown, nearness, step));
    let is_true = |round: &Decimal| range_of(Some(nearness), Target::Number(*round), percent).holds(value, value);
    let first = beside(shown, nearness, widest);
    rounds.into_iter().find(is_true).unwrap_or(first)
}

/// The multiple of so many tenths on the side of a value that words name.
fn beside(shown: Ratio, nearness: Nearness, step: i64) -> Decimal {
    let steps = shown.scaled(10, step);
    let tenths = match nearness.side() {
        Side::Both => i64::try_from(steps.rounded(0)).unwrap_or_default(),
        Side::Below => steps.floor().saturating_add(1),
        // Of a round number itself, the one before: nothing is more than itself.
        Side::Above => (-steps.scaled(-1, 1).floor()).saturating_sub(1),
    };
    let tenths = tenths.saturating_mul(step);
    let (whole, rest) = (tenths / 10, (tenths % 10).abs());
    let written = if rest == 0 { whole.to_string() } else { format!("{whole}.{rest}") };
    Decimal::parse(&written).unwrap_or_default()
}

/// Words for fractions, as they are written.
const FRACTIONS: [(&str, i64, i64); 26] = [
    ("de helft", 1, 2),
    ("een derde", 1, 3),
    ("twee derde", 2, 3),
    ("een kwart", 1, 4),
    ("een vierde", 1, 4),
    ("driekwart", 3, 4),
    ("drie kwart", 3, 4),
    ("een vijfde", 1, 5),
    ("twee vijfde", 2, 5),
    ("drie vijfde", 3, 5),
    ("vier vijfde", 4, 5),
    ("een zesde", 1, 6),
    ("een achtste", 1, 8),
    ("een tiende", 1, 10),
    ("twee vierde", 2, 4),
    ("drie vierde", 3, 4),
    ("een zevende", 1, 7),
    ("een negende", 1, 9),
    ("een twintigste", 1, 20),
    ("een honderdste", 1, 100),
    ("eenderde", 1, 3),
    ("tweederde", 2, 3),
    ("eenvierde", 1, 4),
    ("drievierde", 3, 4),
    ("eenvijfde", 1, 5),
    ("andere helft", 1, 2),
];

/// The fraction that these words name.
pub fn fraction_of(words: &str) -> Option<Target> {
    let unstressed = words.strip_prefix("één ").map(|rest| format!("een {rest}"));
    let words = unstressed.as_deref().unwrap_or(words);
    let found = FRACTIONS.iter().find(|(name, ..)| *name == words);
    found.map(|(_, above, below)| Target::Fraction(*above, *below))
}

/// The words for a fraction.
pub fn fraction_words(above: i64, below: i64) -> &'static str {
    FRACTIONS.iter().find(|(_, a, b)| (*a, *b) == (above, below)).map_or("", |(words, ..)| words)
}

/// Every word for a fraction.
pub fn fractions() -> impl Iterator<Item = &'static str> {
    FRACTIONS.iter().map(|(words, ..)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Target {
        Target::Number(Decimal::parse(text).unwrap())
    }

    #[test]
    fn words_are_true_on_their_own_side() {
        use Nearness::*;
        let tenths = |tenths: i64| Ratio::whole(tenths).scaled(1, 10);
        for (nearness, target, tenths_of_value, expected) in [
            (Some(Almost), "300", 2700, true),
            (Some(Almost), "300", 2690, false),
            (Some(Almost), "300", 3000, false),
            (Some(Small), "19000", 186_000, true),
            (Some(Over), "1000", 11_000, true),
            (Some(Over), "1000", 11_010, false),
            (Some(Over), "1000", 10_000, false),
            (Some(MoreThan), "1200", 50_000, true),
            (Some(MoreThan), "1200", 12_000, false),
            (Some(LessThan), "10", 99, true),
            (Some(About), "14.6", 146, true),
            (None, "54", 540, true),
            (None, "54", 541, false),
        ] {
            let value = tenths(tenths_of_value);
            assert_eq!(range_of(nearness, number(target), false).holds(value, value), expected, "{nearness:?} {target} {tenths_of_value}");
        }
    }

    #[test]
    fn a_fraction_is_near_and_a_percentage_is_what_rounds_to_it() {
        let share = |hundredths: i64| Ratio::whole(hundredths).scaled(1, 10_000);
        let half = fraction_of("de helft").unwrap();
        for (nearness, target, hundredths, expected) in [
            (None, half, 4751, true),
            (None, half, 4749, false),
            (Some(Nearness::Over), half, 5647, true),
            (Some(Nearness::Over), half, 5000, false),
            (None, number("2.44"), 244, true),
            (None, number("2.4"), 244, true),
            (None, number("2.5"), 244, false),
            (Some(Nearness::Almost), number("2.5"), 246, true),
        ] {
            let value = share(hundredths);
            assert_eq!(range_of(nearness, target, true).holds(value, value), expected, "{nearness:?} {target:?} {hundredths}");
        }
    }

    #[test]
    fn the_round_number_lies_on_the_side_of_the_words() {
        use Nearness::*;
        let share = Ratio::new(244, 10_000).unwrap();
        for (value, nearness, percent, expected) in [
            (Ratio::whole(30_229), Over, false, "30000"),
            (Ratio::whole(30_229), Almost, false, "31000"),
            (Ratio::whole(7), MoreThan, false, "6"),
            (share, Almost, true, "3"),
            (share, Over, true, "2.4"),
            (share, About, true, "2.4"),
            (Ratio::new(247, 10_000).unwrap(), Almost, true, "2.5"),
            (Ratio::new(296, 10_000).unwrap(), Almost, true, "3"),
            (Ratio::whole(1247), Almost, false, "1250"),
        ] {
            let round = round_near(value, nearness, percent);
            assert_eq!(round.to_string(), expected, "{value:?} {nearness:?}");
        }
    }

    #[test]
    fn the_longest_words_before_a_number_count() {
        assert_eq!(Nearness::at_end_of("in 2018 iets meer dan "), Some((Nearness::Over, 13)));
        assert_eq!(Nearness::at_end_of("Ruim"), Some((Nearness::Over, 4)));
        assert_eq!(Nearness::at_end_of("leerkracht"), None);
    }
}
