//! The words of a published value against its number, which stand in one row.

use super::ground::Ground;
use super::wording::{means, of_whom, percents, printed};
use crate::data::{Published, PublishedMeasure};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::review::numbers::value_of;
use crate::units::Interval;
use crate::units::{Target, range_of};

pub(super) fn review(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    findings.extend(ground.data.published.iter().filter_map(|row| differs(ground, row)));
}

/// Of words that name a number; «de meeste» names none.
fn differs(ground: &Ground<'_>, row: &Published) -> Option<Finding> {
    let (nearness, target, percent) = value_of(&row.printed)?;
    let is_percent = matches!(row.measure, PublishedMeasure::Share | PublishedMeasure::Growth);
    let range = Interval::of_published(row).filter(|_| percent == is_percent)?;
    let fits = match (nearness, target) {
        // What is printed without a word on how near it is, is the number itself.
        (None, Target::Number(number)) if row.bounds == [None; 2] => row.value.is_none_or(|value| value.ratio() == number.ratio()),
        _ => range_of(nearness, target, percent).can_hold(range.low, range.high),
    };
    if fits {
        return None;
    }
    let place = format!("{} ({}{})", ground.named(&row.indicator), row.period, of_whom(&row.breakdown));
    let message = format!("«{}» is niet de waarde die ernaast staat, van {place}", row.printed);
    let computed = match row.value {
        Some(_) => format!("gedrukt «{}», waarde {}", row.printed, printed(row)),
        None => format!("gedrukt «{}», grenzen {}", row.printed, if is_percent { percents(range) } else { means(range) }),
    };
    Some(Finding::of_data(Code::SumPrinted, row.span, &[&row.indicator], Some(row.period), message, computed))
}
