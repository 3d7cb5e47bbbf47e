//! Disclosure control: no count of one to four pupils leaves, and none that could be had by subtraction from its total or its
//! group. A breakdown that would give one away is withheld as a whole.
//!
//! Each indicator is looked at by itself. What follows from differences between indicators, and from pupils who are in
//! several nets or segments, is left to the steward.

use std::collections::BTreeSet;

use super::cells::{Cell, Count, Cut};
use crate::data::{REGISTERED_SEGMENTS, SEGMENT_GROUPS};

/// Fewer pupils than this, and more than none, are too few.
pub const FEWEST: u64 = 5;

pub fn is_small(pupils: u64) -> bool {
    (1..FEWEST).contains(&pupils)
}

/// The cuts of one indicator and year that must be withheld. `cells` holds those of [`Cut::PUBLIC`].
pub fn withheld(cells: &[(&Cell, Count)]) -> BTreeSet<Cut> {
    let holds_small = |cut: &Cut| cells.iter().any(|(cell, count)| cell.cut == *cut && is_small(count.pupils));
    let mut withheld: BTreeSet<Cut> = Cut::PUBLIC.into_iter().filter(holds_small).collect();
    if withheld.contains(&Cut::All) {
        // Whatever is part of a small total is small or nothing, and would tell the total.
        return Cut::PUBLIC.into_iter().collect();
    }
    if !withheld.contains(&Cut::SegmentGroup) && gives_away(cells, &withheld) {
        withheld.insert(Cut::SegmentGroup);
    }
    withheld
}

/// Whether a small number of pupils follows from the total, the groups of segments and the segments that would be told.
///
/// Each told cell is a set of segments. A set follows by adding and subtracting exactly when its vector lies in the span of
/// the told ones; where a told cell is nothing, so is each segment in it.
fn gives_away(cells: &[(&Cell, Count)], withheld: &BTreeSet<Cut>) -> bool {
    let segments = Told::new(cells, withheld);
    let hidden: Vec<usize> = (0..REGISTERED_SEGMENTS.len()).filter(|at| is_small(segments.pupils[*at])).collect();
    if hidden.is_empty() {
        return false;
    }
    (1_u8..1 << REGISTERED_SEGMENTS.len()).any(|set| is_small(segments.pupils_in(set)) && segments.span.holds(set))
}

/// What an outsider would know of the segments.
struct Told {
    /// Pupils of each segment, told or not.
    pupils: Vec<u64>,
    span: Span,
}

impl Told {
    fn new(cells: &[(&Cell, Count)], withheld: &BTreeSet<Cut>) -> Self {
        let of = |cut: Cut, name: &str| {
            cells.iter().find(|(cell, _)| cell.cut == cut && cell.segment == name).map_or(0, |(_, count)| count.pupils)
        };
        let pupils: Vec<u64> = REGISTERED_SEGMENTS.iter().map(|name| of(Cut::Segment, name)).collect();
        let mut span = Span::default();
        span.tell((1 << REGISTERED_SEGMENTS.len()) - 1);
        for (name, members) in SEGMENT_GROUPS {
            let set = members.iter().fold(0_u8, |set, member| set | 1 << member);
            if of(Cut::SegmentGroup, name) == 0 { span.tell_each(set) } else { span.tell(set) }
        }
        if !withheld.contains(&Cut::Segment) {
            (0..REGISTERED_SEGMENTS.len()).for_each(|at| span.tell(1 << at));
        }
        Self { pupils, span }
    }

    /// The pupils of a set of segments as they come out by adding: who is in two of them counts twice.
    fn pupils_in(&self, set: u8) -> u64 {
        (0..self.pupils.len()).filter(|at| set >> at & 1 == 1).map(|at| self.pupils[at]).sum()
    }
}

/// The sets of segments that follow from what was told: a space of vectors over the fractions, by rows in echelon form.
#[derive(Default)]
struct Span(Vec<[i64; 7]>);

impl Span {
    fn tell(&mut self, set: u8) {
        let rest = self.reduced(vector(set));
        if rest.iter().any(|part| *part != 0) {
            self.0.push(rest);
            self.0.sort_by_key(leading);
        }
    }

    fn tell_each(&mut self, set: u8) {
        (0..7).filter(|at| set >> at & 1 == 1).for_each(|at| self.tell(1 << at));
    }

    fn holds(&self, set: u8) -> bool {
        self.reduced(vector(set)).iter().all(|part| *part == 0)
    }

    /// What is left of a vector after taking out the rows. Whole numbers stay small: the parts are zeros and ones at first.
    fn reduced(&self, mut vector: [i64; 7]) -> [i64; 7] {
        for row in &self.0 {
            let lead = leading(row);
            let (mine, theirs) = (vector[lead], row[lead]);
            if mine != 0 {
                (0..7).for_each(|at| vector[at] = vector[at] * theirs - row[at] * mine);
                let divisor = vector.iter().fold(0, |divisor, part| greatest_common_divisor(divisor, part.abs()));
                vector.iter_mut().filter(|_| divisor > 1).for_each(|part| *part /= divisor);
            }
        }
        vector
    }
}

fn vector(set: u8) -> [i64; 7] {
    std::array::from_fn(|at| i64::from(set >> at & 1))
}

fn leading(row: &[i64; 7]) -> usize {
    row.iter().position(|part| *part != 0).unwrap_or(row.len() - 1)
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cuts that are withheld for so many pupils in each segment, nobody in two of them, and so many in each net.
    fn withheld_of(segments: [u64; 7], nets: [u64; 4]) -> Vec<Cut> {
        let cell = |cut, net: &'static str, segment: &'static str| Cell { net, centre: "alle".to_owned(), segment, cut };
        let count = |pupils| Count { pupils, interventions: pupils };
        let mut cells = vec![(cell(Cut::All, "alle", "alle"), count(segments.iter().sum()))];
        cells.extend(["go", "vrij", "ovsg", "pov"].into_iter().zip(nets).map(|(net, pupils)| (cell(Cut::Net, net, "alle"), count(pupils))));
        cells.extend(REGISTERED_SEGMENTS.into_iter().zip(segments).map(|(name, pupils)| (cell(Cut::Segment, "alle", name), count(pupils))));
        let group = |members: &[usize]| members.iter().map(|at| segments[*at]).sum();
        cells.extend(SEGMENT_GROUPS.map(|(name, members)| (cell(Cut::SegmentGroup, "alle", name), count(group(members)))));
        let cells: Vec<(&Cell, Count)> = cells.iter().map(|(cell, count)| (cell, *count)).collect();
        withheld(&cells).into_iter().collect()
    }

    #[test]
    fn a_breakdown_with_a_small_count_is_withheld_whole() {
        let nets = [90, 90, 90, 90];
        assert_eq!(withheld_of([50; 7], nets), []);
        assert_eq!(withheld_of([50, 50, 50, 50, 50, 50, 0], nets), []);
        assert_eq!(withheld_of([50; 7], [346, 4, 0, 0]), [Cut::Net]);
        assert_eq!(withheld_of([3, 0, 0, 0, 0, 0, 0], [3, 0, 0, 0]), Cut::PUBLIC);
        // The segment itself is withheld; its groups tell nothing of it.
        assert_eq!(withheld_of([50, 50, 3, 50, 50, 50, 50], nets), [Cut::Segment]);
        // Special schools less special primary schools are special secondary schools.
        assert_eq!(withheld_of([50, 50, 50, 50, 50, 4, 50], nets), [Cut::Segment, Cut::SegmentGroup]);
        // No pupils in nursery schools tells that all in special primary schools are older.
        assert_eq!(withheld_of([0, 50, 0, 4, 50, 50, 50], nets), [Cut::Segment, Cut::SegmentGroup]);
        // Two together are withheld where they follow together.
        assert_eq!(withheld_of([50, 50, 50, 50, 2, 50, 2], nets), [Cut::Segment, Cut::SegmentGroup]);
        assert_eq!(withheld_of([50, 50, 2, 50, 50, 50, 2], nets), [Cut::Segment]);
    }
}
