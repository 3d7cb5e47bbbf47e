//! Rows with the same key. Keys mostly rise from row to row, which one look tells; only where they do not, all keys are compared.

use std::collections::BTreeMap;

use super::judge::What;
use super::reasons::Place;

/// The keys of one run of rows, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyRun {
    first: u128,
    last: u128,
    rising: bool,
}

impl KeyRun {
    /// Of the rows that have a key; `None` where none has.
    pub fn of(keys: &[u128]) -> Option<Self> {
        let mut known = keys.iter().copied().filter(|key| *key != 0);
        let first = known.next()?;
        let (mut last, mut rising) = (first, true);
        for key in known {
            rising &= key > last;
            last = key;
        }
        Some(Self { first, last, rising })
    }
}

/// Whether runs may hold a key twice: certainly not where each rises and none overlaps another.
pub fn may_hold_doubles(runs: &[KeyRun]) -> bool {
    let mut sorted = runs.to_vec();
    sorted.sort_by_key(|run| run.first);
    sorted.iter().any(|run| !run.rising) || sorted.windows(2).any(|pair| pair[0].last >= pair[1].first)
}

/// A portion of all keys: equal keys are in the same one.
#[derive(Debug, Clone, Copy)]
pub struct Portion {
    number: u64,
    of: u64,
}

/// Keys held at once, each 16 bytes.
const KEYS_AT_ONCE: u64 = 1 << 25;

impl Portion {
    /// So many that about [`KEYS_AT_ONCE`] of the keys of so many rows fall into each.
    pub fn all(rows: u64) -> Vec<Self> {
        let of = rows.div_ceil(KEYS_AT_ONCE).max(1);
        (0..of).map(|number| Self { number, of }).collect()
    }

    /// Whether a key is in it: the lower half of a key tells as well as all of it.
    pub fn holds(self, key: u128) -> bool {
        key as u64 % self.of == self.number
    }
}

/// The keys that occur more than once, sorted.
pub fn doubled(mut keys: Vec<u128>) -> Vec<u128> {
    use rayon::slice::ParallelSliceMut;
    keys.par_sort_unstable();
    let mut doubled: Vec<u128> = keys.windows(2).filter(|pair| pair[0] == pair[1] && pair[0] != 0).map(|pair| pair[0]).collect();
    doubled.dedup();
    doubled
}

/// A row with a doubled key: its place, its pupil and of what it is.
pub type Claim = (Place, u128, What);

/// The rows that do not count: where all rows of a key say the same, those behind the first; where they differ, all, for
/// nobody can tell which is right.
pub fn excluded(claims: BTreeMap<u128, Vec<Claim>>) -> Vec<Place> {
    let mut places = Vec::new();
    for mut rows in claims.into_values() {
        rows.sort_unstable_by_key(|(place, _, _)| *place);
        let same = rows.windows(2).all(|pair| (pair[0].1, pair[0].2) == (pair[1].1, pair[1].2));
        places.extend(rows.into_iter().skip(usize::from(same)).map(|(place, _, _)| place));
    }
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rising_runs_that_stay_apart_hold_no_doubles() {
        let runs = |runs: &[&[u128]]| may_hold_doubles(&runs.iter().filter_map(|keys| KeyRun::of(keys)).collect::<Vec<_>>());
        assert!(!runs(&[&[5, 6, 0, 9], &[1, 2], &[], &[0]]));
        assert!(runs(&[&[5, 6], &[6, 7]]));
        assert!(runs(&[&[5, 5]]));
        assert!(runs(&[&[1, 9], &[4, 5]]));
        assert_eq!(doubled(vec![3, 1, 3, 0, 0, 3, 2, 2]), [2, 3]);
    }

    #[test]
    fn every_key_is_in_one_portion() {
        let portions = Portion::all(3 * KEYS_AT_ONCE - 1);
        assert_eq!((portions.len(), Portion::all(0).len()), (3, 1));
        for key in [0, 1, 2, 3, u128::from(u64::MAX), u128::MAX - 1] {
            assert_eq!(portions.iter().filter(|portion| portion.holds(key)).count(), 1, "{key}");
        }
    }
}
