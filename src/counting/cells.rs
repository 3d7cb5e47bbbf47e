//! From pupils to cells: how many pupils and interventions every breakdown has, for each indicator of one school year.

use super::judge::{SEGMENT_COUNT, Site};
use super::reasons::Rows;
use super::scheme::{Mask, Scheme};
use super::tally::{BySite, Cells, Seen, Tally};
use crate::data::{NETS, REGISTERED_SEGMENTS, SEGMENT_GROUPS};

/// Of which pupils a cell is. The order is that of the observations.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// `alle`, or a name of its dimension.
    pub net: &'static str,
    pub centre: String,
    pub segment: &'static str,
    pub cut: Cut,
}

/// By what pupils are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cut {
    All,
    Net,
    Segment,
    SegmentGroup,
    Centre,
    NetSegment,
    CentreSegment,
}

impl Cut {
    /// What leaves the secured side.
    pub const PUBLIC: [Cut; 4] = [Cut::All, Cut::Net, Cut::Segment, Cut::SegmentGroup];
    pub const ALL: [Cut; 7] = [Cut::All, Cut::Net, Cut::Segment, Cut::SegmentGroup, Cut::Centre, Cut::NetSegment, Cut::CentreSegment];

    /// In Dutch, as the report of a count says it.
    pub fn name(self) -> &'static str {
        match self {
            Cut::All => "alle",
            Cut::Net => "net",
            Cut::Segment => "segment",
            Cut::SegmentGroup => "groepen van segmenten",
            Cut::Centre => "centrum",
            Cut::NetSegment => "net en segment",
            Cut::CentreSegment => "centrum en segment",
        }
    }
}

/// Pupils and interventions of one cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub pupils: u64,
    pub interventions: u64,
}

/// All cells of one school year, each with its counts by indicator.
#[derive(Debug)]
pub struct YearCells {
    pub cells: Vec<(Cell, Vec<Count>)>,
}

/// How the cells of each cut are numbered, and to which of them a finest cell (site and segment) belongs.
struct Layout {
    indicators: usize,
    /// For each site its net, counted from 0.
    nets: Vec<usize>,
}

const NET_COUNT: usize = NETS.len() - 1;

impl Layout {
    fn new(scheme: &Scheme, sites: &[Site]) -> Self {
        Self { indicators: scheme.indicators.len(), nets: sites.iter().map(|site| usize::from(site.net) - 1).collect() }
    }

    /// How many cells a cut has.
    fn size(&self, cut: Cut) -> usize {
        match cut {
            Cut::All => 1,
            Cut::Net => NET_COUNT,
            Cut::Segment => SEGMENT_COUNT,
            Cut::SegmentGroup => SEGMENT_GROUPS.len(),
            Cut::Centre => self.nets.len(),
            Cut::NetSegment => NET_COUNT * SEGMENT_COUNT,
            Cut::CentreSegment => self.nets.len() * SEGMENT_COUNT,
        }
    }

    /// The cells of a cut that a finest cell (site and segment) belongs to.
    fn parts(&self, cut: Cut, finest: usize) -> Parts {
        let (site, segment) = (finest / SEGMENT_COUNT, finest % SEGMENT_COUNT);
        let one = |at: usize| Parts { at: [at, 0, 0, 0], count: 1 };
        match cut {
            Cut::All => one(0),
            Cut::Net => one(self.nets[site]),
            Cut::Segment => one(segment),
            Cut::SegmentGroup => groups_of(segment),
            Cut::Centre => one(site),
            Cut::NetSegment => one(self.nets[site] * SEGMENT_COUNT + segment),
            Cut::CentreSegment => one(finest),
        }
    }
}

/// A few cells of one cut.
struct Parts {
    at: [usize; 4],
    count: usize,
}

impl Parts {
    fn iter(&self) -> impl Iterator<Item = usize> {
        self.at[..self.count].iter().copied()
    }
}

fn groups_of(segment: usize) -> Parts {
    let mut parts = Parts { at: [0; 4], count: 0 };
    for (group, _) in SEGMENT_GROUPS.iter().enumerate().filter(|(_, (_, members))| members.contains(&segment)) {
        parts.at[parts.count] = group;
        parts.count += 1;
    }
    parts
}

/// Pupils of a part of the buckets: those in one cell by that cell, the others by every cut.
struct Pupils {
    in_one: Vec<u32>,
    in_several: Vec<Vec<u32>>,
}

impl Pupils {
    fn new(layout: &Layout) -> Self {
        let zeros = |cut: Cut| vec![0; layout.size(cut) * layout.indicators];
        Self { in_one: zeros(Cut::CentreSegment), in_several: Cut::ALL.iter().map(|cut| zeros(*cut)).collect() }
    }

    fn add<const W: usize>(&mut self, seen: Seen<'_, W>, layout: &Layout) {
        match seen {
            Seen::InOne(cell, mask) => add_mask(&mut self.in_one, cell as usize, mask, layout.indicators),
            Seen::InSeveral(cells) => {
                for (cut, counts) in Cut::ALL.into_iter().zip(&mut self.in_several) {
                    for (cell, mask) in joined(cells, |finest| layout.parts(cut, finest)) {
                        add_mask(counts, cell, &mask, layout.indicators);
                    }
                }
            }
        }
    }

    fn merge(&mut self, other: &Pupils) {
        let pairs = self.in_several.iter_mut().zip(&other.in_several).chain([(&mut self.in_one, &other.in_one)]);
        pairs.for_each(|(mine, others)| mine.iter_mut().zip(others).for_each(|(mine, other)| *mine += other));
    }
}

fn add_mask<const W: usize>(counts: &mut [u32], cell: usize, mask: &Mask<W>, indicators: usize) {
    let of_cell = &mut counts[cell * indicators..(cell + 1) * indicators];
    mask.each(|indicator| of_cell[indicator] += 1);
}

/// The cells of a cut that a pupil is in, each once, with the indicators met there.
fn joined<const W: usize>(cells: &Cells<W>, parts: impl Fn(usize) -> Parts) -> Vec<(usize, Mask<W>)> {
    let mut found: Vec<(usize, Mask<W>)> = Vec::new();
    for (finest, mask) in cells {
        for part in parts(*finest as usize).iter() {
            match found.iter_mut().find(|(cell, _)| *cell == part) {
                Some((_, joined)) => joined.join(mask),
                None => found.push((part, *mask)),
            }
        }
    }
    found
}

/// Finishes a school year: counts its pupils and forgets them. Also gives the rows without a key that equal another.
pub fn pupils_of_year<const W: usize>(tally: &mut Tally<W>, scheme: &Scheme, year: usize, sites: &[Site]) -> (YearPupils, Rows) {
    let layout = Layout::new(scheme, sites);
    let (parts, equal) = tally.finish(year, || Pupils::new(&layout), |pupils, seen| pupils.add(seen, &layout));
    let mut all = Pupils::new(&layout);
    parts.iter().for_each(|part| all.merge(part));
    (YearPupils { pupils: all, sites: sites.len() }, equal)
}

/// The pupils of a finished year, by the numbers of sites as they were then.
pub struct YearPupils {
    pupils: Pupils,
    sites: usize,
}

/// Makes the cells of a year for these cuts, with the interventions beside the pupils.
pub fn cells_of_year(year: &YearPupils, at: usize, scheme: &Scheme, sites: &[Site], interventions: &BySite, cuts: &[Cut]) -> YearCells {
    let layout = Layout::new(scheme, sites);
    let finest = finest_counts(year, at, scheme, sites, interventions);
    let mut cells = Vec::new();
    for cut in cuts {
        let mut counts = vec![vec![Count::default(); layout.indicators]; layout.size(*cut)];
        for (cell, of_cell) in finest.iter().enumerate() {
            for part in layout.parts(*cut, cell).iter() {
                counts[part].iter_mut().zip(of_cell).for_each(|(sum, count)| {
                    sum.pupils += count.pupils;
                    sum.interventions += count.interventions;
                });
            }
        }
        add_several(&mut counts, year, *cut, layout.indicators);
        cells.extend(counts.into_iter().enumerate().map(|(number, counts)| (name(*cut, number, sites), counts)));
    }
    cells.sort_by(|a, b| a.0.cmp(&b.0));
    YearCells { cells }
}

/// The pupils in one cell and all interventions, by the finest cells.
fn finest_counts(year: &YearPupils, at: usize, scheme: &Scheme, sites: &[Site], interventions: &BySite) -> Vec<Vec<Count>> {
    let indicators = scheme.indicators.len();
    let pupils_in = |cell: usize, indicator: usize| match cell / SEGMENT_COUNT < year.sites {
        true => u64::from(year.pupils.in_one[cell * indicators + indicator]),
        // A site that was first met in a later year.
        false => 0,
    };
    let count = |cell: usize| {
        let interventions = interventions.by_indicator(scheme, at, cell);
        let counts = interventions.into_iter().enumerate();
        counts.map(|(indicator, interventions)| Count { pupils: pupils_in(cell, indicator), interventions }).collect()
    };
    (0..sites.len() * SEGMENT_COUNT).map(count).collect()
}

fn add_several(counts: &mut [Vec<Count>], year: &YearPupils, cut: Cut, indicators: usize) {
    let several = Cut::ALL.iter().position(|other| *other == cut).map(|at| &year.pupils.in_several[at]);
    for (number, pupils) in several.into_iter().flatten().enumerate() {
        counts[number / indicators][number % indicators].pupils += u64::from(*pupils);
    }
}

fn name(cut: Cut, number: usize, sites: &[Site]) -> Cell {
    let mut cell = Cell { cut, net: "alle", centre: "alle".to_owned(), segment: "alle" };
    match cut {
        Cut::All => {}
        Cut::Net => cell.net = NETS[number + 1],
        Cut::Segment => cell.segment = REGISTERED_SEGMENTS[number],
        Cut::SegmentGroup => cell.segment = SEGMENT_GROUPS[number].0,
        Cut::Centre => cell.centre.clone_from(&sites[number].centre),
        Cut::NetSegment => (cell.net, cell.segment) = (NETS[number / SEGMENT_COUNT + 1], REGISTERED_SEGMENTS[number % SEGMENT_COUNT]),
        Cut::CentreSegment => {
            cell.centre.clone_from(&sites[number / SEGMENT_COUNT].centre);
            cell.segment = REGISTERED_SEGMENTS[number % SEGMENT_COUNT];
        }
    }
    cell
}
