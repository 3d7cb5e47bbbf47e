//! School years, school days and seasons, in whole numbers of days since 1970-01-01.

use super::assumptions::Season;
use crate::counting::day_of;

/// How many slots a [`Days`] table has: a random number of 12 bits picks one.
const SLOTS: usize = 4096;

/// The days of a season, each as often as it is busy; days are counted from 1 September.
pub(super) type Days = Vec<u16>;

/// The day of a date that exists.
fn day(year: i32, month: i32, day: i32) -> i32 {
    day_of(year, month, day).unwrap_or_default()
}

/// The first day of a school year.
pub(super) fn first_day(year: u16) -> i32 {
    day(i32::from(year), 9, 1)
}

/// Monday is 0.
fn weekday(day: i32) -> i32 {
    (day + 3).rem_euclid(7)
}

/// The Monday of the week a day is in; of the next week when the day is in a weekend.
fn monday(day: i32) -> i32 {
    day - weekday(day) + if weekday(day) > 4 { 7 } else { 0 }
}

/// Days without school as first day and length. Fixed rules that come close: Carnival and Easter do not follow the moon here.
fn closed(year: i32) -> [(i32, i32); 8] {
    let next = year + 1;
    [
        (monday(day(year, 11, 1)), 7),
        (day(year, 11, 1), 1),
        (day(year, 11, 11), 1),
        (monday(day(year, 12, 25)), 14),
        (monday(day(next, 2, 17)), 7),
        (monday(day(next, 4, 5)), 14),
        (day(next, 5, 1), 1),
        (day(next, 7, 1), day(next, 8, 24) - day(next, 7, 1)),
    ]
}

/// The days of a school year on which there is school or the centres are open, counted from 1 September, with their month (September is 0).
pub(super) fn school_days(year: u16) -> Vec<(u16, usize)> {
    let year = i32::from(year);
    let closed = closed(year);
    let months: Vec<i32> = (0..=12).map(|month| day(year + (month + 8) / 12, (month + 8) % 12 + 1, 1)).collect();
    let open = |&day: &i32| weekday(day) < 5 && !closed.iter().any(|&(from, length)| (from..from + length).contains(&day));
    let month = |day: i32| months.iter().rposition(|&first| first <= day).unwrap_or(0);
    (months[0]..months[12]).filter(open).map(|day| ((day - months[0]) as u16, month(day))).collect()
}

/// The table of a season in a school year; what holds for that year alone goes before the usual course.
pub(super) fn days(seasons: &[Season], season: usize, year: u16) -> Days {
    let named = |wanted: Option<u16>| seasons.iter().find(|other| other.name == seasons[season].name && other.year == wanted);
    let months = named(Some(year)).or(named(None)).unwrap_or(&seasons[season]).months;
    let open = school_days(year);
    let weights: Vec<u64> = open.iter().map(|&(_, month)| months[month]).collect();
    pick_table(SLOTS, &weights).into_iter().map(|at| open[at].0).collect()
}

/// A table in which each index stands as often as its weight says.
pub(super) fn pick_table(slots: usize, weights: &[u64]) -> Vec<usize> {
    let shares = super::segments::apportion(slots as u64, weights);
    shares.iter().enumerate().flat_map(|(at, &share)| std::iter::repeat_n(at, share as usize)).collect()
}
