//! The groups behind percentages: a count and its share say how large the whole was, and shares of one whole must say the same.

use std::collections::BTreeMap;

use super::ground::{EVERYONE, Ground, key_of};
use super::wording::{counts, observed, printed};
use crate::data::{Mark, Published, PublishedMeasure};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::units::Interval;
use crate::units::{Period, enumerated};

/// A population does not change more than this in one year, in percent: beyond it, the shares are of another one.
const MOST_CHANGE: i64 = 5;

/// The whole that a count and its share ask for.
struct Implied<'a> {
    row: &'a Published,
    range: Interval,
    /// `30.229 leerlingen en 2,44% vragen een noemer van 1.236.360 tot 1.241.437`
    words: String,
    is_fictitious: bool,
}

/// What the shares of one denominator ask for, by period.
type Periods<'a> = BTreeMap<Period, Vec<Implied<'a>>>;

pub(super) fn review(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    for (&denominator, periods) in &implied(ground) {
        for (period, all) in periods {
            // Against a whole that is observed the shares themselves were computed already.
            if ground.own(denominator, *period, EVERYONE).is_none() {
                let level = |period| level(ground, denominator, periods, period);
                findings.extend(within(ground, *period, all));
                findings.extend(between(ground, *period, all, level));
            }
        }
    }
}

/// By denominator and period: of the whole alone, and of every source.
fn implied<'a>(ground: &Ground<'a>) -> BTreeMap<&'a str, Periods<'a>> {
    let mut all: BTreeMap<&'a str, Periods<'a>> = BTreeMap::new();
    for row in ground.published(PublishedMeasure::Share).filter(|row| key_of(&row.breakdown) == EVERYONE) {
        let denominator = ground.indicator(&row.indicator).and_then(|indicator| indicator.denominator.as_deref());
        if let Some((denominator, one)) = denominator.zip(of_share(ground, row)) {
            all.entry(denominator).or_default().entry(row.period).or_default().push(one);
        }
    }
    all
}

fn of_share<'a>(ground: &Ground<'a>, row: &'a Published) -> Option<Implied<'a>> {
    let count = ground.own(&row.indicator, row.period, EVERYONE)?;
    let range = count.range.divided_by(Interval::of_published(row)?)?;
    let words = format!("{} {} en {} vragen een noemer van {}", observed(count.row), count.row.measure, printed(row), counts(range));
    Some(Implied { row, range, words, is_fictitious: count.has(Mark::Fictitious) })
}

/// Shares of one year are of one whole.
fn within(ground: &Ground<'_>, period: Period, all: &[Implied<'_>]) -> Option<Finding> {
    let fits = |one: &Implied<'_>| all.iter().filter(|other| one.range.meets(other.range)).count();
    // Of several that fit equally few, the last: `min_by_key` alone would give the first.
    let outlier = all.iter().rev().min_by_key(|one| fits(one)).filter(|one| fits(one) < all.len())?;
    let groups: Vec<String> = groups(all).iter().map(|group| names(ground, group)).collect();
    let message = format!("de percentages van {period} zijn niet van dezelfde groep: {}", groups.join(" tegenover "));
    let computed: Vec<&str> = all.iter().map(|one| one.words.as_str()).collect();
    let ids: Vec<&str> = all.iter().map(|one| one.row.indicator.as_str()).collect();
    Some(Finding::of_data(Code::SumDenominator, outlier.row.span, &ids, Some(period), message, computed.join("; ")))
}

/// Values that fit together, each in the first group all of which it fits.
fn groups<'a, 'b>(all: &'b [Implied<'a>]) -> Vec<Vec<&'b Implied<'a>>> {
    let mut groups: Vec<Vec<&'b Implied<'a>>> = Vec::new();
    for one in all {
        match groups.iter_mut().find(|group| group.iter().all(|other| one.range.meets(other.range))) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// `2,46% van «Problematische afwezigheden» en 56% van «Leerlingen in contact met een CLB»`
fn names(ground: &Ground<'_>, group: &[&Implied<'_>]) -> String {
    let names: Vec<String> = group.iter().map(|one| format!("{} van {}", printed(one.row), ground.named(&one.row.indicator))).collect();
    enumerated(&names)
}

/// How large the whole was: as observed, or all that the shares of the period ask for.
fn level<'a>(ground: &Ground<'a>, denominator: &'a str, periods: &Periods<'_>, period: Period) -> Option<Interval> {
    let observed = ground.own(denominator, period, EVERYONE).map(|cell| cell.range);
    observed.or_else(|| {
        let ranges = periods.get(&period)?.iter().map(|one| one.range);
        ranges.reduce(|all, one| Interval { low: all.low.min(one.low), high: all.high.max(one.high) })
    })
}

/// A whole that shrinks or grows for one year is not the same whole.
fn between(ground: &Ground<'_>, period: Period, all: &[Implied<'_>], level: impl Fn(Period) -> Option<Interval>) -> Option<Finding> {
    let here = level(period).filter(|_| all.iter().all(|one| !one.is_fictitious))?;
    let neighbours: Vec<(Period, Interval)> =
        [period.previous(), period.next()].into_iter().filter_map(|near| Some((near, level(near)?))).collect();
    // With one neighbour alone either of the two may be the wrong one: its other neighbour tells.
    let is_vouched = |near: Period, range: Interval| {
        let beyond = if near < period { near.previous() } else { near.next() };
        neighbours.len() > 1 || level(beyond).is_some_and(|beyond| !differ(beyond, range))
    };
    let outlying = neighbours.iter().all(|(near, range)| differ(here, *range) && is_vouched(*near, *range));
    let first = all.first().filter(|_| outlying && !neighbours.is_empty())?;
    let (percentages, fit) = if all.len() == 1 { ("het percentage", "past") } else { ("de percentages", "passen") };
    let names = names(ground, &all.iter().collect::<Vec<_>>());
    let message = format!("{percentages} van {period} {fit} niet bij de groep van de jaren ernaast: {names}");
    let mut computed: Vec<String> = all.iter().map(|one| one.words.clone()).collect();
    computed.extend(neighbours.iter().map(|(near, range)| format!("in {near} is de noemer {}", counts(*range))));
    let ids: Vec<&str> = all.iter().map(|one| one.row.indicator.as_str()).collect();
    Some(Finding::of_data(Code::SumDenominator, first.row.span, &ids, Some(period), message, computed.join("; ")))
}

/// Whether two wholes are further apart than a year can bring them, whatever rounding leaves open.
fn differ(one: Interval, other: Interval) -> bool {
    one.low > other.high.scaled(100 + MOST_CHANGE, 100) || one.high < other.low.scaled(100 - MOST_CHANGE, 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Ratio;

    #[test]
    fn a_year_brings_wholes_five_percent_apart_at_most() {
        let of = |low: i64, high: i64| Interval { low: Ratio::whole(low), high: Ratio::whole(high) };
        let known = of(1_208_093, 1_208_683);
        for (range, expected) in [(of(1_050_568, 1_051_056), true), (of(1_220_523, 1_221_094), false), (of(1_000_000, 1_300_000), false)] {
            assert_eq!(differ(range, known), expected, "{range:?}");
        }
    }
}
