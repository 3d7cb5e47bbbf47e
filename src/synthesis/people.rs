//! Fictitious pupils: who is in a segment, how they live on over the years, and which centre they have.
//!
//! A birth year is a line of places. A pupil is a place in a birth year, and that never changes: next year the same line is one grade
//! higher. In each year and segment a window on each line says who had contact. The windows move on: half of the places slowly, so that
//! some pupils come back for years, half of them fast.

use super::solve::times;
use super::{FIRST_YEAR, LAST_YEAR};

/// A centre for pupil guidance. The codes are fictitious.
#[derive(Clone, Copy, Debug)]
pub struct Centre {
    pub code: &'static str,
    /// `go`, `vrij`, `ovsg` or `pov`.
    pub net: &'static str,
    /// Its pupils in every 10.000.
    pub weight: u16,
}

/// The centres, as many as there were in 2024-2025. A line of the table that cannot be read is left out; a test keeps it whole.
pub fn centres() -> &'static [Centre] {
    static CENTRES: std::sync::LazyLock<Vec<Centre>> =
        std::sync::LazyLock::new(|| include_str!("centres.csv").lines().skip(1).filter_map(centre).collect());
    &CENTRES
}

fn centre(line: &'static str) -> Option<Centre> {
    let [code, net, weight] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
    Some(Centre { code, net, weight: weight.parse().ok()? })
}

/// Where the pupils of a segment stand on the lines of the birth years, at scale 1.
struct Layout {
    /// Grades, counted from the first year of kleuter. First those that are invited; the order decides who is invited first.
    grades: &'static [u16],
    /// First place on the line.
    base: u64,
    /// Number of places on the line; more than ever are at school.
    places: u64,
    /// Kleuter, lager or secundair.
    level: u64,
}

/// One layout for each segment. Special education has the far end of the line, so nobody stands in two segments at once.
const LAYOUTS: [Layout; 7] = [
    Layout { grades: &[0, 1, 2], base: 0, places: 90_000, level: 0 },
    Layout { grades: &[3, 6, 8, 7, 5, 4], base: 0, places: 76_000, level: 1 },
    Layout { grades: &[0, 1, 2], base: 90_000, places: 1_200, level: 0 },
    Layout { grades: &[3, 6, 8, 7, 5, 4], base: 90_000, places: 5_500, level: 1 },
    Layout { grades: &[11, 9, 10, 12, 13, 14], base: 0, places: 82_000, level: 2 },
    Layout { grades: &[11, 9, 10, 12, 13, 14], base: 90_000, places: 5_000, level: 2 },
    Layout { grades: &[12, 13, 14], base: 82_000, places: 4_000, level: 2 },
];

/// The oldest birth year on record is in the last grade in the first school year.
const OLDEST: u16 = FIRST_YEAR - 14;
/// Bits for a place on a line; 95.500 places at the largest scale fit.
const PLACE_BITS: u32 = 21;

// A pupil in a school year, packed in 64 bits: nothing in the 23 lowest, where a row has its day, function and topic.
/// First bit of the segment.
pub(super) const SEGMENT_AT: u32 = 23;
/// First bit of the centre.
pub(super) const CENTRE_AT: u32 = 26;
/// The bit that says that the pupil changes school during the year.
pub(super) const MOVES: u64 = 1 << 32;
/// First bit of the birth year and place.
pub(super) const PUPIL_AT: u32 = 33;
/// Where segment and centre stand.
const SCHOOL: u64 = (0b111 << SEGMENT_AT) | (0b11_1111 << CENTRE_AT);

/// Where else a pupil of each segment may go to: to or from special education, or to dbso.
const OTHER_SEGMENT: [u64; 7] = [2, 3, 0, 1, 5, 4, 4];

/// All that is drawn by a pupil's number alone, so that it is the same in every year.
pub(super) struct Identity {
    seed: u64,
    centres: Vec<u64>,
    scale: f64,
}

impl Identity {
    pub fn new(seed: u64, scale: f64) -> Self {
        let weights: Vec<u64> = centres().iter().map(|centre| u64::from(centre.weight)).collect();
        let centres = super::calendar::pick_table(CENTRE_SLOTS, &weights).into_iter().map(|at| at as u64).collect();
        Self { seed, centres, scale }
    }

    /// The pupils of a segment who had contact: first `invited`, then the others up to `total`.
    pub fn members(&self, segment: usize, year: u16, invited: u64, total: u64) -> Vec<u64> {
        let window = Window::new(&LAYOUTS[segment], year.clamp(FIRST_YEAR, LAST_YEAR), self.scale);
        let (first, grades) = window.grades(invited, total);
        let (early, late) = LAYOUTS[segment].grades.split_at(grades);
        let mut members = Vec::with_capacity(total as usize);
        for (count, grades) in [(first, early), (total - first, late)] {
            let wide = grades.len().max(1) as u64;
            members.extend((0..count).map(|at| self.member(segment, year, window.pupil(grades[(at % wide) as usize], at / wide))));
        }
        members
    }

    fn member(&self, segment: usize, year: u16, pupil: u64) -> u64 {
        let chance = mix(self.seed ^ mix(pupil << 16 | u64::from(year)));
        // One in 48 changes school.
        let moves = if chance.is_multiple_of(48) { MOVES } else { 0 };
        pupil << PUPIL_AT | moves | self.centre(pupil, LAYOUTS[segment].level) << CENTRE_AT | (segment as u64) << SEGMENT_AT
    }

    /// The centre stays the same, but for one pupil in eight at each step from level to level.
    fn centre(&self, pupil: u64, level: u64) -> u64 {
        let own = mix(self.seed.wrapping_add(pupil << 8));
        let again = mix(own ^ (level + 1));
        let other = level > 0 && again.is_multiple_of(8);
        self.centres[((if other { again >> 8 } else { own }) % CENTRE_SLOTS as u64) as usize]
    }

    /// The day (from 1 September) and the school, packed as in a member, of the move of a pupil who moves.
    pub fn new_school(&self, member: u64, year: u16) -> (u16, u64) {
        let drawn = mix(self.seed ^ mix(member ^ u64::from(year)));
        let segment = member >> SEGMENT_AT & 0b111;
        // One in eight of those who move goes to another kind of school too.
        let segment = if drawn.is_multiple_of(8) { OTHER_SEGMENT[segment as usize] } else { segment };
        let centre = self.centres[((drawn >> 16) % CENTRE_SLOTS as u64) as usize];
        (60 + (drawn >> 40) as u16 % 200, member & !SCHOOL | segment << SEGMENT_AT | centre << CENTRE_AT)
    }

    /// The pseudonym of a packed pupil. Every step can be undone, so no two pupils share one; another seed gives other pseudonyms.
    pub fn pseudonym(&self, packed: u64) -> u64 {
        let key = mix(self.seed);
        let mut code = (packed >> PUPIL_AT) as u32 ^ key as u32;
        code = code.wrapping_mul((key >> 32) as u32 | 1);
        code ^= code >> 15;
        code = code.wrapping_mul(0x2c1b_3c6d);
        u64::from(code ^ code >> 12)
    }
}

/// Slots in the table that gives a pupil a centre.
const CENTRE_SLOTS: usize = 10_000;

/// The windows of one segment and school year.
struct Window<'a> {
    layout: &'a Layout,
    year: u16,
    base: u64,
    /// Even and odd places each have so many.
    half: u64,
    slow: u64,
    fast: u64,
}

impl<'a> Window<'a> {
    fn new(layout: &'a Layout, year: u16, scale: f64) -> Self {
        // Up to one pair of places more than at scale 1, and a gap before the next segment for it.
        let half = (layout.places as f64 * scale / 2.0) as u64 + 1;
        let base = (layout.base as f64 * scale) as u64 + layout.base / 10_000;
        let passed = u64::from(year - FIRST_YEAR);
        Self { layout, year, base, half, slow: passed * half / 45 % half, fast: passed * half * 2 / 13 % half }
    }

    /// How many pupils stand in the invited grades, and how many grades that takes.
    fn grades(&self, invited: u64, total: u64) -> (u64, usize) {
        let all = self.layout.grades.len();
        let needed = (invited.div_ceil(self.half * 2) as usize).clamp(1, all);
        let room = (all - needed) as u64 * self.half * 2;
        if total - invited <= room { (invited, needed) } else { (total, all) }
    }

    fn pupil(&self, grade: u16, at: u64) -> u64 {
        let shift = if at & 1 == 0 { self.slow } else { self.fast };
        let pair = (at / 2 + shift) % self.half;
        u64::from(self.year - grade - OLDEST) << PLACE_BITS | (self.base + pair * 2 + (at & 1))
    }
}

/// The people who go to school at a scale; never fewer than a part of them.
pub(super) fn scaled_up(count: u64, scale: f64) -> u64 {
    times(count, scale) + 1
}

/// Mixes the bits of a number. The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counting::MADE_UP_CENTRE;

    #[test]
    fn every_line_is_a_centre_that_says_it_is_made_up() {
        let lines = include_str!("centres.csv").lines().count() - 1;
        assert_eq!((centres().len(), lines), (59, 59));
        assert!(centres().iter().all(|centre| centre.code.starts_with(MADE_UP_CENTRE)));
    }
}
