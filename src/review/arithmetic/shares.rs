//! Percentages: against their count and denominator, and against 100.

use std::collections::BTreeMap;

use super::ground::{ALL, CATEGORY, Cell, EVERYONE, Ground, KIND, Key, NET, PUPILS, SEGMENT, key_of};
use super::splits::is_single;
use super::wording::{counts, of_whom, percents, printed};
use crate::data::{Published, PublishedMeasure};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::units::Interval;
use crate::units::{Period, Ratio, enumerated};

pub(super) fn review(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    findings.extend(ground.published(PublishedMeasure::Share).filter_map(|row| against_counts(ground, row)));
    for (whole, rows) in &divided(ground) {
        findings.extend(against_hundred(ground, whole, rows));
    }
}

fn against_counts<'a>(ground: &Ground<'a>, row: &'a Published) -> Option<Finding> {
    let said = Interval::of_published(row)?;
    let count = ground.own(&row.indicator, row.period, key_of(&row.breakdown))?;
    let whole = denominator(ground, row)?;
    let computed = count.range.divided_by(whole.range)?;
    if said.meets(computed) {
        return None;
    }
    let (title, place) = (ground.named(&row.indicator), of_whom(&row.breakdown));
    let message = format!("{} van {title} ({}{place}) volgt niet uit het aantal en de noemer", printed(row), row.period);
    let words = format!(
        "{} van de {} ({}) is {}; {} kan alleen {} zijn",
        counts(count.range),
        counts(whole.range),
        ground.named(&whole.row.indicator),
        percents(computed),
        printed(row),
        percents(said)
    );
    Some(Finding::of_data(Code::SumShare, row.span, &[&row.indicator, &whole.row.indicator], Some(row.period), message, words))
}

/// The whole of a share. A population has no categories, those are of what was counted: a share of one category is a share of
/// the whole population. Where the denominator itself is known for nobody, it is all pupils as the very source of the share
/// counts them.
fn denominator<'a>(ground: &Ground<'a>, row: &'a Published) -> Option<Cell<'a>> {
    let indicator = ground.indicator(&row.indicator)?;
    let key = key_of(&row.breakdown);
    let mut without_category = key;
    without_category[CATEGORY] = ALL;
    let own = indicator.denominator.as_deref().and_then(|id| {
        let own = ground.own(id, row.period, key);
        own.or_else(|| ground.own(id, row.period, without_category))
    });
    let of_everyone = indicator.unit == PUPILS && without_category == EVERYONE;
    own.or_else(|| ground.population_of(&row.source, row.period).filter(|whole| of_everyone && whole.row.indicator != row.indicator))
}

/// What shares of one whole have in common: indicator, period, the dimension in which they differ, and the other dimensions.
type WholeKey<'a> = (&'a str, Period, usize, Key<'a>);

/// The shares that are parts of one whole, each part once.
fn divided<'a>(ground: &Ground<'a>) -> BTreeMap<WholeKey<'a>, Vec<&'a Published>> {
    let mut wholes: BTreeMap<WholeKey<'a>, Vec<&'a Published>> = BTreeMap::new();
    for row in ground.published(PublishedMeasure::Share) {
        let key = key_of(&row.breakdown);
        for dimension in [NET, SEGMENT, KIND, CATEGORY] {
            if key[dimension] == ALL || !divides(ground, row, dimension) {
                continue;
            }
            let mut whole = key;
            whole[dimension] = ALL;
            let parts = wholes.entry((&row.indicator, row.period, dimension, whole)).or_default();
            if parts.iter().all(|part| part.breakdown != row.breakdown) {
                parts.push(row);
            }
        }
    }
    wholes
}

/// Whether a share is a part of a whole that its dimension divides. Not where every part is taken of a denominator of its own,
/// nor where one pupil stands in several parts.
fn divides(ground: &Ground<'_>, row: &Published, dimension: usize) -> bool {
    let Some(indicator) = ground.indicator(&row.indicator) else { return false };
    let is_named = matches!(dimension, KIND | CATEGORY);
    let overlaps = indicator.unit == PUPILS && dimension == CATEGORY;
    let one_denominator = indicator.denominator.is_none() || (is_named && indicator.unit != PUPILS);
    one_denominator && !overlaps && (dimension != SEGMENT || is_single(&row.breakdown.segment))
}

fn against_hundred(ground: &Ground<'_>, (id, period, ..): &WholeKey<'_>, rows: &[&Published]) -> Option<Finding> {
    let last = rows.last().filter(|_| rows.len() > 1)?;
    let ranges: Option<Vec<Interval>> = rows.iter().map(|row| Interval::of_published(row)).collect();
    let sum = ranges?.into_iter().try_fold(Interval::exactly(Ratio::whole(0)), Interval::plus)?;
    let hundred = Ratio::whole(1);
    let looks_complete = (0.95..=1.05).contains(&sum.middle());
    let title = ground.named(id);
    let message = if sum.low > hundred {
        format!("de percentages van {title} ({period}) zijn samen meer dan 100%")
    } else if looks_complete && !sum.holds(hundred) {
        format!("de percentages van {title} ({period}) zijn samen geen 100%")
    } else {
        return None;
    };
    let words: Vec<String> = rows.iter().map(|row| printed(row)).collect();
    let computed = format!("{} zijn samen {}", enumerated(&words), percents(sum));
    Some(Finding::of_data(Code::SumHundred, last.span, &[id], Some(*period), message, computed))
}
