//! Parts that are counted once each: never more than their whole, and where they are all, not less.

use super::ground::{ALL, Cell, Ground, KIND, SEGMENT, key_of};
use super::splits::{BESIDE, Split, Whole, by_segment, wholes};
use super::wording::{counts, observed, of_whom, percents, printed};
use crate::data::{Indicator, Mark, Observation, Published, PublishedMeasure};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::units::Interval;
use crate::units::{Ratio, enumerated};

pub(super) fn review(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    for (_, slice) in ground.slices.iter().filter(|((id, measure, _), _)| ground.is_additive(id, measure)) {
        for whole in wholes(slice) {
            findings.extend(too_much(ground, &whole).or_else(|| too_little(ground, &whole)));
        }
    }
    for indicator in ground.data.indicators.iter().filter(|indicator| !indicator.sum_of.is_empty()) {
        findings.extend(against_sum(ground, indicator));
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
    format!("{} zijn samen {}", enumerated(&words), counts(sum))
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

/// The same of a whole that is the sum of other indicators: what each of them leaves.
fn rest_of_sum<'a>(ground: &Ground<'a>, whole: Cell<'a>) -> Option<Rest> {
    let row = whole.row;
    let parts = addends(ground, ground.indicator(&row.indicator)?, row)?;
    let rests: Vec<Rest> = parts.into_iter().map(|part| rest_of(ground, part)).collect::<Option<_>>()?;
    let range = rests.iter().try_fold(Interval::exactly(Ratio::whole(0)), |sum, rest| sum.plus(rest.range))?;
    let words: Vec<String> = rests.into_iter().map(|rest| rest.words).collect();
    Some(Rest { range, words: format!("{}, samen {}", enumerated(&words), counts(range)) })
}

/// The values that one is said to be the sum of; `None` where one of them is not known, or it is no sum.
fn addends<'a>(ground: &Ground<'a>, indicator: &'a Indicator, row: &'a Observation) -> Option<Vec<Cell<'a>>> {
    let at = |part: &'a String| ground.cell(part, &row.measure, row.period, key_of(&row.breakdown));
    let parts: Vec<Cell<'a>> = indicator.sum_of.iter().map(at).collect::<Option<_>>()?;
    (!parts.is_empty()).then_some(parts)
}

/// A declared sum is what its parts are together, in every breakdown. What was made up for an example has no truth.
fn against_sum<'a>(ground: &Ground<'a>, indicator: &'a Indicator) -> Vec<Finding> {
    let own = ground.slices.iter().filter(|((id, _, _), _)| *id == indicator.id);
    let values = own.flat_map(|(_, slice)| slice.values()).filter(|cell| !cell.has(Mark::Fictitious));
    let wrong = values.filter_map(|whole| {
        let parts = addends(ground, indicator, whole.row)?;
        let sum = parts.iter().try_fold(Interval::exactly(Ratio::whole(0)), |sum, part| sum.plus(part.range))?;
        (!sum.meets(whole.range)).then(|| {
            let row = whole.row;
            let words: Vec<String> =
                parts.iter().map(|part| format!("{} {}", ground.named(&part.row.indicator), observed(part.row))).collect();
            let message = format!("{} is niet de som van zijn delen", place(ground, row));
            let computed = format!("{} zijn samen {}; er staat {}", enumerated(&words), counts(sum), observed(row));
            let ids: Vec<&str> = std::iter::once(indicator.id.as_str()).chain(indicator.sum_of.iter().map(String::as_str)).collect();
            Finding::of_data(Code::SumParts, row.span, &ids, Some(row.period), message, computed)
        })
    });
    wrong.collect()
}
