//! The counting itself. Of each pupil and school year it is kept in which cells (site and segment) they were seen, and
//! for which indicators; of interventions only how many there were.
//!
//! Nearly all pupils are in one cell a year, so they add to all breakdowns alike: they are counted at the finest level
//! alone, and coarser cells are sums of these. Only pupils in several cells are looked at for each breakdown.

use std::sync::{Mutex, PoisonError};

use hashbrown::HashTable;
use rayon::prelude::*;

use super::judge::{BUCKETS, Judged, Packed, SEGMENT_COUNT};
use super::reasons::Rows;
use super::scheme::{Mask, Scheme};

/// What the rows of a count come to, year by year.
pub struct Tally<const W: usize> {
    masks: Vec<Mask<W>>,
    buckets: Vec<Bucket<W>>,
}

/// The pupils of one bucket, by year.
struct Bucket<const W: usize>(Vec<Shard<W>>);

/// The pupils of one bucket and year.
struct Shard<const W: usize> {
    /// Index in `entries`, by pupil.
    index: HashTable<u32>,
    entries: Vec<Entry<W>>,
    /// The second and further cells of pupils.
    more: Vec<More<W>>,
    /// Rows without a key.
    keyless: Vec<Packed>,
}

struct Entry<const W: usize> {
    pupil: u128,
    cell: u32,
    /// The next cell of this pupil in `more`, or [`NO_MORE`].
    more: u32,
    mask: Mask<W>,
}

struct More<const W: usize> {
    cell: u32,
    more: u32,
    mask: Mask<W>,
}

const NO_MORE: u32 = u32::MAX;

/// The cells of one pupil in one year, each with its indicators.
pub type Cells<const W: usize> = Vec<(u32, Mask<W>)>;

impl<const W: usize> Tally<W> {
    pub fn new(scheme: &Scheme) -> Self {
        let bucket = || Bucket(scheme.years.iter().map(|_| Shard::new()).collect());
        Self { masks: scheme.masks(), buckets: (0..BUCKETS).map(|_| bucket()).collect() }
    }

    /// Takes in the rows of some batches.
    pub fn add(&mut self, batches: &[Judged]) {
        let masks = &self.masks;
        self.buckets.par_iter_mut().enumerate().for_each(|(number, bucket)| {
            for batch in batches {
                batch.bucket(number).iter().for_each(|row| bucket.0[row.what.year()].add(row, masks));
            }
        });
    }

    /// Forgets a year, and tells what its pupils come to with `count`: a few sums, each of some of the pupils. Beside them
    /// the rows without a key that equal an earlier one in everything.
    pub fn finish<T: Send>(
        &mut self,
        year: usize,
        new: impl Fn() -> T + Sync + Send,
        count: impl Fn(&mut T, Seen<'_, W>) + Sync + Send,
    ) -> (Vec<T>, Rows) {
        let part = || (new(), Rows::default());
        let parts = self.buckets.par_iter_mut().fold(part, |(mut sum, mut equal), bucket| {
            let shard = std::mem::replace(&mut bucket.0[year], Shard::new());
            shard.each(&mut |seen| count(&mut sum, seen));
            equal.merge(shard.equal_rows());
            (sum, equal)
        });
        let (sums, equal): (Vec<T>, Vec<Rows>) = parts.unzip();
        let all = equal.into_iter().reduce(|mut all, rows| {
            all.merge(rows);
            all
        });
        (sums, all.unwrap_or_default())
    }
}

/// One pupil in one year.
pub enum Seen<'a, const W: usize> {
    InOne(u32, &'a Mask<W>),
    InSeveral(&'a Cells<W>),
}

impl<const W: usize> Shard<W> {
    fn new() -> Self {
        Self { index: HashTable::new(), entries: Vec::new(), more: Vec::new(), keyless: Vec::new() }
    }

    #[inline]
    fn add(&mut self, row: &Packed, masks: &[Mask<W>]) {
        let (hash, cell, mask) = (row.hash(), row.what.cell(), &masks[row.what.kind()]);
        if !row.has_key() {
            self.keyless.push(*row);
        }
        let entries = &mut self.entries;
        match self.index.find(hash, |at| entries[*at as usize].pupil == row.pupil) {
            Some(at) => {
                let entry = &mut entries[*at as usize];
                if entry.cell == cell { entry.mask.join(mask) } else { self.more_of(*at as usize, cell, mask) }
            }
            None => {
                let at = entries.len() as u32;
                entries.push(Entry { pupil: row.pupil, cell, more: NO_MORE, mask: *mask });
                self.index.insert_unique(hash, at, |at| super::judge::hash_of(entries[*at as usize].pupil));
            }
        }
    }

    fn more_of(&mut self, at: usize, cell: u32, mask: &Mask<W>) {
        let mut next = self.entries[at].more;
        while next != NO_MORE {
            let more = &mut self.more[next as usize];
            if more.cell == cell {
                more.mask.join(mask);
                return;
            }
            next = more.more;
        }
        self.more.push(More { cell, more: self.entries[at].more, mask: *mask });
        self.entries[at].more = self.more.len() as u32 - 1;
    }

    fn each(&self, visit: &mut dyn FnMut(Seen<'_, W>)) {
        for entry in &self.entries {
            if entry.more == NO_MORE {
                visit(Seen::InOne(entry.cell, &entry.mask));
                continue;
            }
            let mut cells = vec![(entry.cell, entry.mask)];
            let mut next = entry.more;
            while next != NO_MORE {
                let more = &self.more[next as usize];
                cells.push((more.cell, more.mask));
                next = more.more;
            }
            visit(Seen::InSeveral(&cells));
        }
    }

    /// The rows without a key that equal an earlier one in everything.
    fn equal_rows(mut self) -> Rows {
        let content = |row: &Packed| (row.pupil, row.what);
        self.keyless.sort_unstable_by_key(|row| (content(row), row.place()));
        let mut equal = Rows::default();
        for pair in self.keyless.windows(2).filter(|pair| content(&pair[0]) == content(&pair[1])) {
            equal.add(pair[1].place(), String::new);
        }
        equal
    }
}

/// The number of interventions of every year, cell and kind. Each thread has its own, so that none waits for another.
pub struct Interventions {
    threads: Vec<Mutex<Vec<Vec<u32>>>>,
    years: usize,
    kinds: usize,
}

impl Interventions {
    pub fn new(scheme: &Scheme) -> Self {
        let threads = (0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect();
        Self { threads, years: scheme.years.len(), kinds: scheme.kinds() }
    }

    pub fn add(&self, judged: &Judged) {
        let thread = rayon::current_thread_index().map_or(0, |index| index + 1);
        let mut sites = self.threads[thread].lock().unwrap_or_else(PoisonError::into_inner);
        let size = self.years * SEGMENT_COUNT * self.kinds;
        for row in &judged.rows {
            let (site, segment) = (row.what.cell() as usize / SEGMENT_COUNT, row.what.cell() as usize % SEGMENT_COUNT);
            if sites.len() <= site {
                sites.resize_with(site + 1, Vec::new);
            }
            if sites[site].is_empty() {
                sites[site].resize(size, 0);
            }
            sites[site][(row.what.year() * SEGMENT_COUNT + segment) * self.kinds + row.what.kind()] += 1;
        }
    }

    /// What all threads counted together.
    pub fn merged(self) -> BySite {
        let mut all: Vec<Vec<u32>> = Vec::new();
        for sites in self.threads.into_iter().map(|thread| thread.into_inner().unwrap_or_else(PoisonError::into_inner)) {
            all.resize_with(all.len().max(sites.len()), Vec::new);
            for (sum, counts) in all.iter_mut().zip(sites) {
                sum.resize(sum.len().max(counts.len()), 0);
                sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
        }
        BySite { counts: all, kinds: self.kinds }
    }
}

/// For each site its interventions by year, segment and kind.
pub struct BySite {
    counts: Vec<Vec<u32>>,
    kinds: usize,
}

impl BySite {
    /// All rows of a year.
    pub fn in_year(&self, year: usize) -> u64 {
        let size = SEGMENT_COUNT * self.kinds;
        let of_year = |counts: &Vec<u32>| -> u64 {
            counts.get(year * size..(year + 1) * size).unwrap_or_default().iter().map(|count| u64::from(*count)).sum()
        };
        self.counts.iter().map(of_year).sum()
    }

    /// All rows of a site.
    pub fn total(&self, site: usize) -> u64 {
        self.counts.get(site).map_or(0, |counts| counts.iter().map(|count| u64::from(*count)).sum())
    }

    /// The interventions of a year and cell, by indicator.
    pub fn by_indicator(&self, scheme: &Scheme, year: usize, cell: usize) -> Vec<u64> {
        let (site, segment) = (cell / SEGMENT_COUNT, cell % SEGMENT_COUNT);
        let start = (year * SEGMENT_COUNT + segment) * self.kinds;
        let mut sums = vec![0; scheme.indicators.len()];
        let counts = self.counts.get(site).and_then(|counts| counts.get(start..start + self.kinds)).unwrap_or_default();
        for (kind, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            scheme.members(kind).iter().for_each(|index| sums[usize::from(*index)] += u64::from(*count));
        }
        sums
    }
}
