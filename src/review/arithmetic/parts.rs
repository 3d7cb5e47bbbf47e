//! Parts that are counted once each: never more than their whole, and where they are all, not less.

use super::ground::{ALL, Cell, Ground, KIND, SEGMENT, SliceKey, key_of};
use super::splits::{BESIDE, Split, Whole, by_segment, wholes};
use super::wording::{counts, listed, observed, of_whom, percents, printed};
use crate::data::{Observation, Published, PublishedMeasure};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::review::interval::Interval;

pub(super) fn review(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    for (_, slice) in ground.slices.iter().filter(|((id, measure, _), _)| ground.is_additive(id, measure)) {
        for whole in wholes(slice) {
            findings.extend(too_much(ground, &whole).or_else(|| too_little(ground, &whole)));
        }
    }
    for row in ground.published(PublishedMeasure::Share).filter(|row| BESIDE.contains(&row.breakdown.segment.as_str())) {
        findings.extend(against_rest(ground, row));
    }
}

fn too_much(ground: &Ground<'_>, whole: &Whole<'_>) -> Option<Finding> {
    let cell = whole.cell;
    let (split, sum) = whole.splits.iter().filter_map(|split| Some((split, split.sum()?))).find(|(_, sum)| sum.low > cell.range.high)?;
    let message = format!("de delen van {} zijn samen meer dan het geheel", place(ground, cell.row));
    let computed = format!("{}; het geheel is {}", addition(split, sum), counts(cell.range));
    Some(Finding::of_data(Code::SumParts, cell.row.span, &[&cell.row.indicator], Some(cell.row.period), message, computed))
}

fn too_little(ground: &Ground<'_>, whole: &Whole<'_>) -> Option<Finding> {
    let cell = whole.cell;
    let complete = whole.splits.iter().filter(|split| split.complete);
    let (split, sum) = complete.filter_map(|split| Some((split, split.sum()?))).find(|(_, sum)| sum.high < cell.range.low)?;
    let rest = cell.range.minus(sum)?;
    let words = format!("{} ({})", counts(rest), percents(rest.divided_by(cell.range)?));
    let message = format!("de delen van {} laten {words} over", place(ground, cell.row));
    let computed = format!("{}; het geheel is {}", addition(split, sum), counts(cell.range));
    Some(Finding::of_data(Code::SumRest, cell.row.span, &[&cell.row.indicator], Some(cell.row.period), message, computed))
}

/// `«IAC-verslagen» (2024-2025, segment lager)`
pub(super) fn place(ground: &Ground<'_>, row: &Observation) -> String {
    format!("{} ({}{})", ground.named(&row.indicator), row.period, of_whom(&row.breakdown))
}

/// `kleuter 2.608, lager 7.094 en secundair 1.886 zijn samen 11.588`
pub(super) fn addition(split: &Split<'_>, sum: Interval) -> String {
    let of = |row: &Observation| key_of(&row.breakdown)[split.dimension].to_owned();
    let label = if split.dimension == KIND { "type " } else { "" };
    let words: Vec<String> = split.parts.iter().map(|part| format!("{label}{} {}", of(part.row), observed(part.row))).collect();
    format!("{} zijn samen {}", listed(&words), counts(sum))
}

/// What a source says that belongs to no level, against what the levels leave of the whole.
fn against_rest<'a>(ground: &Ground<'a>, row: &'a Published) -> Option<Finding> {
    let mut key = key_of(&row.breakdown);
    let part = ground.own(&row.indicator, row.period, key);
    key[SEGMENT] = ALL;
    let whole = ground.own(&row.indicator, row.period, key)?;
    let said = Interval::of_published(row)?;
    let Rest { range, words } = match part {
        Some(part) => Rest { range: part.range, words: observed(part.row) },
        None => rest_of(ground, whole).or_else(|| rest_of_sum(ground, whole))?,
    };
    let share = range.divided_by(whole.range)?;
    if share.meets(said) {
        return None;
    }
    let message = format!("{} {} van {} is niet wat de delen overlaten", printed(row), row.breakdown.segment, place(ground, whole.row));
    let computed = format!("{words}, op {}: {}; {} kan alleen {} zijn", counts(whole.range), percents(share), printed(row), percents(said));
    Some(Finding::of_data(Code::SumRest, row.span, &[&row.indicator], Some(row.period), message, computed))
}

/// What the levels leave of a whole, and how that was computed.
struct Rest {
    range: Interval,
    words: String,
}

/// Along the way over segments of which most is known.
fn rest_of<'a>(ground: &Ground<'a>, whole: Cell<'a>) -> Option<Rest> {
    let row = whole.row;
    let slice = ground.slices.get(&(row.indicator.as_str(), row.measure.as_str(), row.period))?;
    let rests = by_segment(slice, key_of(&row.breakdown)).into_iter().filter_map(|split| whole.range.minus(split.sum()?));
    let range = rests.min_by_key(|rest| rest.low)?;
    Some(Rest { range, words: format!("van {} blijft {} over", ground.named(&row.indicator), counts(range)) })
}

/// The same of a whole that is the sum of two other indicators: what both leave.
fn rest_of_sum<'a>(ground: &Ground<'a>, whole: Cell<'a>) -> Option<Rest> {
    let row = whole.row;
    let is_beside = |(id, measure, period): &SliceKey<'a>| *measure == row.measure && *period == row.period && *id != row.indicator;
    let slices = ground.slices.iter().filter(|(key, _)| is_beside(key));
    let beside: Vec<Cell<'a>> = slices.filter_map(|(_, slice)| slice.get(&key_of(&row.breakdown)).copied()).collect();
    let mut pairs = beside.iter().enumerate().flat_map(|(at, one)| beside[at + 1..].iter().map(move |other| (*one, *other)));
    let (one, other) = pairs.find(|(one, other)| one.range.plus(other.range) == Some(whole.range))?;
    let (first, second) = (rest_of(ground, one)?, rest_of(ground, other)?);
    let range = first.range.plus(second.range)?;
    Some(Rest { range, words: format!("{} en {}, samen {}", first.words, second.words, counts(range)) })
}
