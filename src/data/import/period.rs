//! Periods as people write them.

use crate::units::Period;

/// What a text says when it is read as a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// As the strict table writes it: `2024-2025`, `2024` or `2020-09/2021-01`.
    Period(String),
    /// `09-10` and `2011-12` are years, or months.
    MonthOrYear,
    /// Days, months with names, or the bare number that Excel keeps for a date.
    Date,
    NoPeriod,
}

/// Reads a trimmed text.
pub(super) fn read(text: &str) -> Reading {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '‘')).map(hyphen).collect();
    if Period::parse(&plain).is_some() {
        return Reading::Period(plain);
    }
    match plain.split_once(['-', '/']).map(|(first, second)| (first, second, school_year(first, second))) {
        Some((_, second, Some(_))) if second.len() == 2 && second <= "12" => Reading::MonthOrYear,
        Some((.., Some(first))) => Reading::Period(format!("{first}-{}", first + 1)),
        _ if looks_like_date(&plain) => Reading::Date,
        _ => Reading::NoPeriod,
    }
}

fn hyphen(letter: char) -> char {
    if matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { letter }
}

/// The first year of `24-25`, `2024-25`, `2024/2025`.
fn school_year(first: &str, second: &str) -> Option<u16> {
    let start = year(first).or_else(|| two_digits(first).map(|short| 2000 + short))?;
    let next = start + 1;
    (year(second) == Some(next) || two_digits(second) == Some(next % 100)).then_some(start)
}

fn year(text: &str) -> Option<u16> {
    let year: u16 = Some(text).filter(|text| text.len() == 4 && is_digits(text))?.parse().ok()?;
    (1900..2200).contains(&year).then_some(year)
}

fn two_digits(text: &str) -> Option<u16> {
    Some(text).filter(|text| text.len() == 2 && is_digits(text))?.parse().ok()
}

/// `1/09/2024`, `sep-24`, or 45536: the day's number that is left of a date when its format is taken off.
fn looks_like_date(text: &str) -> bool {
    let parts = text.split(['-', '/', '.']).filter(|part| is_digits(part)).count();
    let month = ["jan", "feb", "mrt", "maart", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    let named = text.contains('-') && month.iter().any(|name| text.to_lowercase().contains(name));
    let serial = text.len() == 5 && is_digits(text);
    parts == 3 || named || serial
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
