//! Periods: school years, calendar years and runs of months.

use std::fmt;

/// From 1 September of the first year up to 31 August of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchoolYear {
    first: u16,
}

impl SchoolYear {
    /// Reads `2024-2025`; the second year must follow the first.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, second) = text.split_once('-')?;
        let (first, second) = (parse_year(first)?, parse_year(second)?);
        (second == first + 1).then_some(Self { first })
    }

    /// The school year that begins in this calendar year.
    pub fn starting_in(year: u16) -> Option<Self> {
        (1900..2199).contains(&year).then_some(Self { first: year })
    }

    /// The calendar year in which it begins.
    pub fn first_year(self) -> u16 {
        self.first
    }

    pub fn previous(self) -> Self {
        Self { first: self.first - 1 }
    }

    pub fn next(self) -> Self {
        Self { first: self.first + 1 }
    }

    /// `’24-’25`, for an axis too narrow for the long form.
    pub fn short(self) -> String {
        format!("’{:02}-’{:02}", self.first % 100, (self.first + 1) % 100)
    }
}

impl fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.first, self.first + 1)
    }
}

/// One month of one year; months are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    pub year: u16,
    pub month: u8,
}

impl Month {
    fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let month: u8 = (month.len() == 2).then(|| month.parse().ok()).flatten()?;
        (1..=12).contains(&month).then_some(Self { year: parse_year(year)?, month })
    }
}

/// What an indicator is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    SchoolYear,
    Year,
    Months,
}

/// When something was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    SchoolYear(SchoolYear),
    /// A calendar year.
    Year(u16),
    /// From the first month up to and including the last.
    Months(Month, Month),
}

impl Period {
    /// Reads `2024-2025`, `2024` or `2020-09/2021-01`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((from, to)) = text.split_once('/') {
            let (from, to) = (Month::parse(from)?, Month::parse(to)?);
            return (from <= to).then_some(Period::Months(from, to));
        }
        SchoolYear::parse(text).map(Period::SchoolYear).or_else(|| parse_year(text).map(Period::Year))
    }

    pub fn kind(self) -> PeriodKind {
        match self {
            Period::SchoolYear(_) => PeriodKind::SchoolYear,
            Period::Year(_) => PeriodKind::Year,
            Period::Months(..) => PeriodKind::Months,
        }
    }

    /// The same period one year earlier.
    pub fn previous(self) -> Self {
        let back = |month: Month| Month { year: month.year - 1, ..month };
        match self {
            Period::SchoolYear(year) => Period::SchoolYear(year.previous()),
            Period::Year(year) => Period::Year(year - 1),
            Period::Months(from, to) => Period::Months(back(from), back(to)),
        }
    }

    /// The same period one year later.
    pub fn next(self) -> Self {
        let on = |month: Month| Month { year: month.year + 1, ..month };
        match self {
            Period::SchoolYear(year) => Period::SchoolYear(year.next()),
            Period::Year(year) => Period::Year(year + 1),
            Period::Months(from, to) => Period::Months(on(from), on(to)),
        }
    }

    /// Every period of this kind from `self` up to and including `last`; empty when `last` is earlier or of another kind.
    pub fn through(self, last: Period) -> Vec<Period> {
        let same_kind = self.kind() == last.kind();
        std::iter::successors(same_kind.then_some(self), |period| Some(period.next())).take_while(|period| *period <= last).collect()
    }

    /// The short form for a narrow axis.
    pub fn short(self) -> String {
        match self {
            Period::SchoolYear(year) => year.short(),
            Period::Year(year) => format!("’{:02}", year % 100),
            Period::Months(..) => self.to_string(),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::SchoolYear(year) => year.fmt(f),
            Period::Year(year) => year.fmt(f),
            Period::Months(from, to) => {
                write!(f, "{}-{:02}/{}-{:02}", from.year, from.month, to.year, to.month)
            }
        }
    }
}

/// Four digits from 1900 up to 2199: far enough for school years, near enough to catch a slip.
fn parse_year(text: &str) -> Option<u16> {
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year: u16 = digits.then(|| text.parse().ok()).flatten()?;
    (1900..2200).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["2024-2025", "2024", "2020-09/2021-01"] {
            assert_eq!(Period::parse(text).unwrap().to_string(), text);
        }
        for wrong in ["2024-2026", "24-25", "2024-25", "2020-13/2021-01", "2021-01/2020-09", "", "alle", "2024 "] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn runs_through_the_years() {
        let years = Period::parse("2022-2023").unwrap().through(Period::parse("2024-2025").unwrap());
        assert_eq!(years.iter().map(|year| year.short()).collect::<Vec<_>>(), ["’22-’23", "’23-’24", "’24-’25"]);
        assert!(Period::parse("2024").unwrap().through(Period::parse("2024-2025").unwrap()).is_empty());
    }
}
