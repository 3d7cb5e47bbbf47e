//! Shares: against their count and denominator, against each other through the denominator that they imply, and against 100.

use std::collections::BTreeMap;

use super::{Tables, of_whom, percent, printed, value_of};
use crate::data::{Breakdown, Observation, Published, PublishedMeasure};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::review::interval::Interval;
use crate::units::{Period, Ratio};

/// A population does not change more than this from one year to the next, in percent: more is another population.
const MOST_CHANGE: i64 = 5;

pub(super) fn review(tables: &Tables<'_>, findings: &mut Vec<Finding>) {
    for row in tables.published(PublishedMeasure::Share) {
        findings.extend(against_count(tables, row));
    }
    let implied = implied(tables);
    for ((_, period), all) in &implied {
        findings.extend(within_a_year(tables, *period, all));
    }
    findings.extend(implied.iter().filter_map(|((id, period), all)| against_neighbours(tables, &implied, id, *period, all)));
    hundred(tables, findings);
}

fn against_count(tables: &Tables<'_>, row: &Published) -> Option<Finding> {
    let above = tables.own(&row.indicator, row.period, &row.breakdown)?;
    let below = denominator_of(tables, row)?;
    let denominator = &below.indicator;
    let computed = Interval::of_observation(above)?.divided_by(Interval::of_observation(below)?)?;
    let said = Interval::of_published(row)?;
    if said.meets(computed) {
        return None;
    }
    let title = tables.title(&row.indicator);
    let message = format!("«{}» volgt niet uit de aantallen: {title}, {}{}", printed(row), row.period, of_whom(&row.breakdown));
    let group = tables.title(denominator);
    let words = format!("{} op {} ({group}) is {}", value_of(above), value_of(below), percent(computed));
    Some(Finding::of_data(Code::SumShare, row.span, &[&row.indicator, denominator], Some(row.period), message, words))
}

/// What a share is a part of: the denominator of its indicator, or, where that is known for nobody, all pupils as the very
/// source of the share counts them.
fn denominator_of<'a>(tables: &Tables<'a>, row: &Published) -> Option<&'a Observation> {
    let indicator = tables.indicator(&row.indicator)?;
    let own = indicator.denominator.as_deref().and_then(|id| tables.own(id, row.period, &row.breakdown));
    let everyone = || {
        let wide = row.breakdown.narrowed().iter().all(|(name, _)| *name == "categorie") && indicator.unit == "leerlingen";
        let all = Breakdown::default();
        let of_source = tables.observed.values().copied().filter(|other| other.source == row.source && other.period == row.period);
        of_source
            .filter(|other| wide && tables.is_population(&other.indicator) && other.indicator != row.indicator)
            .find(|other| other.breakdown == all)
    };
    own.or_else(everyone)
}

/// The denominator that a share asks of its count.
struct Implied<'a> {
    row: &'a Published,
    range: Interval,
    words: String,
}

/// By denominator and period, where the denominator itself is not known.
type AllImplied<'a> = BTreeMap<(&'a str, Period), Vec<Implied<'a>>>;

fn implied<'a>(tables: &Tables<'a>) -> AllImplied<'a> {
    let mut all: AllImplied<'a> = BTreeMap::new();
    let whole = Breakdown::default();
    for row in tables.published(PublishedMeasure::Share).filter(|row| row.breakdown == whole) {
        let Some(denominator) = tables.indicator(&row.indicator).and_then(|indicator| indicator.denominator.as_deref()) else { continue };
        let observed = tables.own(&row.indicator, row.period, &whole).filter(|row| !super::is_fictitious(row));
        let (Some(count), Some(share)) = (observed, Interval::of_published(row)) else { continue };
        let Some(range) = Interval::of_observation(count).and_then(|count| count.divided_by(share)) else { continue };
        if tables.own(denominator, row.period, &whole).is_some() {
            continue;
        }
        let words = format!("{} is {} van {}", value_of(count), printed(row), super::range(range));
        all.entry((denominator, row.period)).or_default().push(Implied { row, range, words });
    }
    all
}

/// Shares of one year are parts of one group.
fn within_a_year(tables: &Tables<'_>, period: Period, all: &[Implied<'_>]) -> Option<Finding> {
    let fits = |one: &Implied<'_>| all.iter().filter(|other| one.range.meets(other.range)).count();
    let worst = all.iter().rev().min_by_key(|one| fits(one)).filter(|one| fits(one) < all.len())?;
    let computed: Vec<String> = all.iter().map(|one| format!("{}: {}", tables.title(&one.row.indicator), one.words)).collect();
    let message =
        format!("de percentages van {period} zijn niet van dezelfde groep: {} past niet bij de andere", tables.title(&worst.row.indicator));
    let ids: Vec<&str> = all.iter().map(|one| one.row.indicator.as_str()).collect();
    Some(Finding::of_data(Code::SumDenominator, worst.row.span, &ids, Some(period), message, computed.join("; ")))
}

/// A group does not suddenly shrink or grow and come back.
fn against_neighbours(tables: &Tables<'_>, implied: &AllImplied<'_>, id: &str, period: Period, all: &[Implied<'_>]) -> Option<Finding> {
    let middle = |period: Period| {
        let known = tables.own(id, period, &Breakdown::default()).and_then(Interval::of_observation).map(Interval::middle);
        known.or_else(|| {
            let all = implied.get(&(id, period))?;
            Some(all.iter().map(|one| one.range.middle()).sum::<f64>() / all.len() as f64)
        })
    };
    let far = |a: f64, b: f64| (a / b - 1.0).abs() * 100.0 > MOST_CHANGE as f64;
    let own = middle(period)?;
    let neighbours: Vec<(Period, f64)> =
        [period.previous(), period.next()].into_iter().filter_map(|near| Some((near, middle(near)?))).collect();
    // With one neighbour alone either of the two may be the wrong one; the neighbour's own neighbour tells.
    let vouched = |near: Period, value: f64| {
        let other = if near < period { near.previous() } else { near.next() };
        neighbours.len() > 1 || middle(other).is_some_and(|other| !far(value, other))
    };
    let outlying = !neighbours.is_empty() && neighbours.iter().all(|(near, value)| far(own, *value) && vouched(*near, *value));
    let one = all.first().filter(|_| outlying)?;
    let beside: Vec<String> =
        neighbours.iter().map(|(near, value)| format!("{near}: ongeveer {}", super::whole(Ratio::whole(value.round() as i64)))).collect();
    let message = format!(
        "{} en het percentage van {period} passen niet bij elkaar: de groep erachter wijkt sterk af van de jaren ernaast",
        tables.title(&one.row.indicator)
    );
    let computed = format!("{period}: {}; {}", one.words, beside.join("; "));
    Some(Finding::of_data(Code::SumDenominator, one.row.span, &[&one.row.indicator], Some(period), message, computed))
}

/// What the shares of one whole have in common, and the dimension in which they differ.
type WholeKey<'a> = (&'a str, Period, &'static str, Breakdown);

/// Shares of one whole are 100% together, or less where parts are missing.
fn hundred(tables: &Tables<'_>, findings: &mut Vec<Finding>) {
    let mut wholes: BTreeMap<WholeKey<'_>, Vec<&Published>> = BTreeMap::new();
    for row in tables.published(PublishedMeasure::Share) {
        let narrowed = row.breakdown.narrowed();
        for (name, _) in narrowed.iter().filter(|(name, _)| ["type", "categorie", "net"].contains(name)) {
            wholes.entry((row.indicator.as_str(), row.period, name, without(&row.breakdown, name))).or_default().push(row);
        }
    }
    for ((id, period, ..), rows) in wholes.iter().filter(|(_, rows)| rows.len() > 1) {
        // Of what several topics count, one pupil may be in all.
        let heads = tables.indicator(id).is_some_and(|indicator| indicator.unit == "leerlingen") && !tables.is_population(id);
        let parts: Option<Vec<Interval>> = rows.iter().map(|row| Interval::of_published(row)).collect();
        let sum = parts.and_then(|parts| parts.into_iter().try_fold(Interval::exactly(Ratio::whole(0)), Interval::plus));
        let Some(sum) = sum.filter(|_| !heads) else { continue };
        let one = Ratio::whole(1);
        let nearly = (0.95..=1.05).contains(&sum.middle());
        if sum.low > one || (nearly && !sum.holds(one)) {
            let listed: Vec<String> = rows.iter().map(|row| format!("{}{}", printed(row), of_whom(&row.breakdown))).collect();
            let message = format!("de percentages van {} in {period} zijn samen geen 100%", tables.title(id));
            let computed = format!("{} is samen {}", listed.join(" + "), percent(sum));
            findings.push(Finding::of_data(Code::SumHundred, rows[rows.len() - 1].span, &[id], Some(*period), message, computed));
        }
    }
}

fn without(breakdown: &Breakdown, name: &str) -> Breakdown {
    let mut whole = breakdown.clone();
    let all = "alle".to_owned();
    match name {
        "type" => whole.kind = all,
        "categorie" => whole.category = all,
        _ => whole.net = all,
    }
    whole
}
