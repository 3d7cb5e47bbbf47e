//! Published places against each other and against the counts: each place once, and the larger before the smaller.

use std::collections::BTreeMap;

use super::ground::{ALL, CATEGORY, Cell, Ground, KIND, Key, SEGMENT, key_of};
use super::wording::{observed, of_whom};
use crate::data::{Published, PublishedMeasure};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::units::Period;

/// One list: indicator, period, the dimension in which its places differ, and the other dimensions.
type ListKey<'a> = (&'a str, Period, usize, Key<'a>);

pub(super) fn review(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    for rows in lists(ground).values() {
        for (at, row) in rows.iter().enumerate() {
            findings.extend(rows[..at].iter().find_map(|other| tied(ground, other, row).or_else(|| reversed(ground, other, row))));
        }
    }
}

/// Places in the order of the table. A place belongs to every list that its row can be a part of; one alone is no list.
fn lists<'a>(ground: &Ground<'a>) -> BTreeMap<ListKey<'a>, Vec<&'a Published>> {
    let mut all: BTreeMap<ListKey<'a>, Vec<&'a Published>> = BTreeMap::new();
    for row in ground.published(PublishedMeasure::Rank) {
        let key = key_of(&row.breakdown);
        // What is narrowest tells the list: types within a level, categories within a type.
        let Some(dimension) = [CATEGORY, KIND, SEGMENT].into_iter().find(|dimension| key[*dimension] != ALL) else { continue };
        let mut rest = key;
        rest[dimension] = ALL;
        all.entry((&row.indicator, row.period, dimension, rest)).or_default().push(row);
    }
    all
}

fn tied(ground: &Ground<'_>, one: &Published, other: &Published) -> Option<Finding> {
    let place = one.value.filter(|place| other.value == Some(*place) && one.source == other.source)?;
    let message =
        format!("twee keer plaats {} in dezelfde lijst van {} ({})", place.ratio().rounded(0), ground.named(&one.indicator), one.period);
    let computed = format!("regel {} en regel {}: {} en {}", one.line, other.line, label(one), label(other));
    Some(Finding::of_data(Code::SumRank, other.span, &[&one.indicator], Some(one.period), message, computed))
}

fn reversed<'a>(ground: &Ground<'a>, one: &'a Published, other: &'a Published) -> Option<Finding> {
    let count = |row: &'a Published| ground.own(&row.indicator, row.period, key_of(&row.breakdown));
    let (place, other_place) = (one.value?.ratio(), other.value?.ratio());
    if place == other_place || one.source != other.source {
        return None;
    }
    let (first, second) = if place < other_place { (one, other) } else { (other, one) };
    let counts: [Cell<'a>; 2] = [count(first)?, count(second)?];
    if counts[0].range.high >= counts[1].range.low {
        return None;
    }
    let message = format!("de volgorde in {} ({}) is niet die van de aantallen", ground.named(&one.indicator), one.period);
    let computed = format!("{} {} staat voor {} {}", label(first), observed(counts[0].row), label(second), observed(counts[1].row));
    Some(Finding::of_data(Code::SumRank, other.span, &[&one.indicator], Some(one.period), message, computed))
}

/// `segment lager, type 9`
fn label(row: &Published) -> String {
    of_whom(&row.breakdown).trim_start_matches(", ").to_owned()
}
