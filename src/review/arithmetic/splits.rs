//! How a whole falls apart: over nets, types, categories, and the segments with their groups.

use std::collections::BTreeMap;

use super::ground::{ALL, CATEGORY, Cell, KIND, Key, NET, SEGMENT, Slice};
use crate::data::NETS;
use crate::units::Interval;
use crate::units::Ratio;

/// Segments that belong to no level, but to everyone.
pub(super) const BESIDE: [&str; 2] = ["niet-ingeschreven", "onbekend"];

/// Parts of a whole that do not overlap.
pub(super) struct Split<'a> {
    pub parts: Vec<Cell<'a>>,
    /// The dimension in which they differ.
    pub dimension: usize,
    /// Whether nothing of the whole is missing; of types and categories nobody knows.
    pub complete: bool,
}

impl Split<'_> {
    /// `None` where the parts leave the range of exact arithmetic.
    pub fn sum(&self) -> Option<Interval> {
        self.parts.iter().try_fold(Interval::exactly(Ratio::whole(0)), |sum, part| sum.plus(part.range))
    }
}

/// A value with every way in which its slice divides it along one dimension.
pub(super) struct Whole<'a> {
    pub cell: Cell<'a>,
    pub splits: Vec<Split<'a>>,
}

/// Every value of a slice that has parts in it.
pub(super) fn wholes<'a>(slice: &Slice<'a>) -> Vec<Whole<'a>> {
    if slice.len() < 2 {
        return Vec::new();
    }
    let named = [NET, KIND, CATEGORY].into_iter().flat_map(|dimension| by_name(slice, dimension));
    let segments = slice.iter().filter_map(|(key, cell)| {
        let splits = by_segment(slice, *key);
        (!splits.is_empty()).then_some(Whole { cell: *cell, splits })
    });
    named.chain(segments).collect()
}

/// Over a dimension whose values have no groups.
fn by_name<'a>(slice: &Slice<'a>, dimension: usize) -> Vec<Whole<'a>> {
    let mut parts: BTreeMap<Key<'a>, Vec<Cell<'a>>> = BTreeMap::new();
    for (key, cell) in slice.iter().filter(|(key, _)| key[dimension] != ALL) {
        let mut whole = *key;
        whole[dimension] = ALL;
        parts.entry(whole).or_default().push(*cell);
    }
    let known = parts.into_iter().filter_map(|(key, parts)| Some((*slice.get(&key)?, parts)));
    let whole = |(cell, parts): (Cell<'a>, Vec<Cell<'a>>)| {
        let complete = dimension == NET && parts.len() == NETS.len() - 1;
        Whole { cell, splits: vec![Split { parts, dimension, complete }] }
    };
    known.map(whole).collect()
}

/// Every way over segments, the complete ones first.
pub(super) fn by_segment<'a>(slice: &Slice<'a>, key: Key<'a>) -> Vec<Split<'a>> {
    let mut splits: Vec<Split<'a>> = ways(key[SEGMENT]).iter().filter_map(|way| along(slice, key, way)).collect();
    splits.sort_by_key(|split| !split.complete);
    splits
}

fn along<'a>(slice: &Slice<'a>, key: Key<'a>, way: &[&'static str]) -> Option<Split<'a>> {
    let mut parts = Vec::new();
    let complete = gather(slice, key, way, &mut parts);
    if parts.is_empty() {
        return None;
    }
    if key[SEGMENT] == ALL {
        parts.extend(BESIDE.into_iter().filter_map(|segment| slice.get(&within(key, segment))));
    }
    Some(Split { parts, dimension: SEGMENT, complete })
}

/// Adds each segment, or where it is not known its own parts; whether nothing is missing.
fn gather<'a>(slice: &Slice<'a>, key: Key<'a>, segments: &[&'static str], parts: &mut Vec<Cell<'a>>) -> bool {
    let mut complete = true;
    for &segment in segments {
        match slice.get(&within(key, segment)) {
            Some(cell) => parts.push(*cell),
            None => complete &= ways(segment).first().is_some_and(|way| gather(slice, key, way, parts)),
        }
    }
    complete
}

fn within<'a>(key: Key<'a>, segment: &'static str) -> Key<'a> {
    let mut key = key;
    key[SEGMENT] = segment;
    key
}

/// The ways in which a segment falls apart; none for those that registrations name.
fn ways(segment: &str) -> &'static [&'static [&'static str]] {
    match segment {
        "alle" => &[
            &["kleuter", "lager", "secundair"],
            &["basis", "buitengewoon-basis", "secundair"],
            &["basis", "buitengewoon", "voltijds-secundair", "dbso"],
        ],
        "kleuter" => &[&["gewoon-kleuter", "buitengewoon-kleuter"]],
        "lager" => &[&["gewoon-lager", "buitengewoon-lager"]],
        "secundair" => &[&["voltijds-secundair", "buitengewoon-secundair", "dbso"]],
        "basis" => &[&["gewoon-kleuter", "gewoon-lager"]],
        "buitengewoon-basis" => &[&["buitengewoon-kleuter", "buitengewoon-lager"]],
        "buitengewoon" => &[&["buitengewoon-basis", "buitengewoon-secundair"]],
        _ => &[],
    }
}

/// Whether a segment is no group of others.
pub(super) fn is_single(segment: &str) -> bool {
    ways(segment).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{REGISTERED_SEGMENTS, SEGMENT_GROUPS};

    /// The single segments of a group, in the order of the registrations.
    fn members(segments: &[&'static str]) -> Vec<&'static str> {
        let mut all: Vec<&str> =
            segments.iter().flat_map(|segment| ways(segment).first().map_or(vec![*segment], |way| members(way))).collect();
        all.sort_by_key(|segment| REGISTERED_SEGMENTS.iter().position(|known| known == segment));
        all
    }

    #[test]
    fn every_way_holds_what_the_group_holds() {
        for (group, indices) in SEGMENT_GROUPS {
            let expected: Vec<&str> = indices.iter().map(|index| REGISTERED_SEGMENTS[*index]).collect();
            assert_eq!(members(ways(group)[0]), expected, "{group}");
        }
        for way in ways(ALL) {
            assert_eq!(members(way), REGISTERED_SEGMENTS, "{way:?}");
        }
    }
}
