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
}
