//! Days and the school years they belong to.

use crate::units::SchoolYear;

/// The days since 1970-01-01 of `2024-09-01`, or of `1/09/2024` and `1-9-2024` as Excel writes them in Dutch. A time behind the day is allowed.
pub fn parse(text: &str) -> Option<i32> {
    let text = text.trim();
    let (text, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    // A moment in another time zone may be another day here.
    if time.contains(['Z', '+']) && !time.starts_with("00:00") {
        return None;
    }
    let mut parts = text.split(['-', '/']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = [first, second, third].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !digits || parts.next().is_some() {
        return None;
    }
    let number = |part: &str| part.parse::<i32>().ok();
    match (first.len(), second.len(), third.len()) {
        (4, 2, 2) if !text.contains('/') => day(number(first)?, number(second)?, number(third)?),
        (1 | 2, 1 | 2, 4) => day(number(third)?, number(second)?, number(first)?),
        _ => None,
    }
}

/// The days since 1970-01-01 of a day of the Gregorian calendar, where it exists.
pub fn day(year: i32, month: i32, day_of_month: i32) -> Option<i32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=longest).contains(&day_of_month).then(|| days_before(year, month) + day_of_month - 1)
}

/// From 1970-01-01 to the first of a month. Years begin in March, so that the leap day is their last
/// (H. Fliegel and T. van Flandern, Communications of the ACM 11, 1968).
fn days_before(year: i32, month: i32) -> i32 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 - 719_468
}

/// Tells the school year of a day without computing a calendar for each row: a table of all days that are asked for.
#[derive(Debug)]
pub struct Calendar {
    first: i32,
    /// For each day from `first` on the index of its school year, or [`NO_YEAR`].
    years: Vec<u8>,
}

const NO_YEAR: u8 = u8::MAX;

impl Calendar {
    /// Of at most 200 school years, by index.
    pub fn new(years: &[SchoolYear]) -> Self {
        let bounds: Vec<(i32, i32)> = years.iter().map(|year| days_of(*year)).collect();
        let first = bounds.iter().map(|(first, _)| *first).min().unwrap_or_default();
        let end = bounds.iter().map(|(_, last)| *last + 1).max().unwrap_or(first);
        let mut table = vec![NO_YEAR; (end - first) as usize];
        for (index, (start, last)) in bounds.into_iter().enumerate() {
            table[(start - first) as usize..=(last - first) as usize].fill(index as u8);
        }
        Self { first, years: table }
    }

    /// The index of the school year in which a day falls.
    #[inline]
    pub fn year_of(&self, day: i32) -> Option<u8> {
        let at = usize::try_from(day.checked_sub(self.first)?).ok()?;
        self.years.get(at).copied().filter(|year| *year != NO_YEAR)
    }
}

/// The first and last day of a school year: 1 September and 31 August.
pub fn days_of(year: SchoolYear) -> (i32, i32) {
    let first = i32::from(year.first_year());
    (days_before(first, 9), days_before(first + 1, 9) - 1)
}

/// The school year of any day.
pub fn school_year_of(day: i32) -> Option<SchoolYear> {
    // 365,25 days a year is near enough to find the two candidates.
    let near = 1970 + (i64::from(day) * 4).div_euclid(1461) as i32;
    (near - 2..=near + 1).filter_map(|first| SchoolYear::starting_in(u16::try_from(first).ok()?)).find(|year| {
        let (first, last) = days_of(*year);
        (first..=last).contains(&day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_as_people_and_programs_write_them() {
        for (text, days) in
            [("1970-01-01", 0), ("2024-09-01", 19_967), ("1/09/2024", 19_967), ("01-9-2024", 19_967), ("2024-02-29", 19_782)]
        {
            assert_eq!(parse(text), Some(days), "{text}");
        }
        assert_eq!(parse("2024-09-01T10:20:00"), Some(19_967));
        assert_eq!(parse("2024-09-01T00:00:00Z"), Some(19_967));
        assert_eq!(parse("2024-08-31T22:00:00Z"), None);
        for wrong in [
            "",
            "2024-9-1",
            "2023-02-29",
            "2024-13-01",
            "2024-09-31",
            "24-09-01",
            "2024/09/01",
            "1-9-24",
            "morgen",
            "2024-09",
            "2024-09-01-02",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_school_year_begins_in_september() {
        let year = |text: &str| school_year_of(parse(text).unwrap()).unwrap().to_string();
        assert_eq!([year("2024-08-31"), year("2024-09-01"), year("2025-08-31")], ["2023-2024", "2024-2025", "2024-2025"]);
        let calendar = Calendar::new(&[SchoolYear::parse("2023-2024").unwrap()]);
        assert_eq!(
            ["2023-08-31", "2023-09-01", "2024-08-31", "2024-09-01"].map(|day| calendar.year_of(parse(day).unwrap())),
            [None, Some(0), Some(0), None]
        );
    }
}
