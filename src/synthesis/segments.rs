//! Dividing the national numbers over the seven segments, so that every union holds in each of them.

use super::assumptions::{ROOT, Tree};
use super::other::other_series;
use super::{FIRST_YEAR, SEGMENTS, YEARS, school_year};

/// One number for each segment.
pub(super) type BySegment = [u64; SEGMENTS.len()];

/// Divides a total by weights with the method of the largest remainder; equally where there are no weights.
pub(super) fn apportion(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    if sum == 0 {
        return if weights.is_empty() { Vec::new() } else { apportion(total, &vec![1; weights.len()]) };
    }
    let exact = |&weight: &u64| u128::from(total) * u128::from(weight);
    let mut parts: Vec<u64> = weights.iter().map(|weight| (exact(weight) / sum) as u64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    // A stable sort: of two equal remainders the first in the list gets the unit.
    order.sort_by_key(|&at| std::cmp::Reverse(exact(&weights[at]) % sum));
    let left = total - parts.iter().sum::<u64>();
    order.iter().take(left as usize).for_each(|&at| parts[at] += 1);
    parts
}

/// As [`apportion`], with a ceiling for each segment; the ceilings together must hold the total.
fn apportion_below(total: u64, weights: &BySegment, ceilings: &BySegment) -> BySegment {
    let mut parts = BySegment::default();
    let mut left = total;
    while left > 0 {
        let room: BySegment = std::array::from_fn(|at| ceilings[at] - parts[at]);
        let mut open: BySegment = std::array::from_fn(|at| if room[at] > 0 { weights[at] } else { 0 });
        if open.iter().all(|&weight| weight == 0) {
            open = room;
        }
        if room.iter().all(|&room| room == 0) {
            break;
        }
        for (at, more) in apportion(left, &open).into_iter().enumerate() {
            parts[at] += more.min(room[at]);
        }
        left = total - parts.iter().sum::<u64>();
    }
    parts
}

/// The pupils of every node in every segment. In each segment a union is at least its largest part and at most the sum of its parts.
pub(super) fn divide(tree: &Tree, pupils: &[u64], population: &BySegment) -> Vec<BySegment> {
    let natural = natural(tree, pupils, population);
    let mut parts = vec![BySegment::default(); pupils.len()];
    parts[ROOT] = apportion_below(pupils[ROOT], &natural[ROOT], population);
    for (at, node) in tree.nodes.iter().enumerate() {
        let whole = parts[at];
        for &child in &node.children {
            parts[child] = apportion_below(pupils[child], &natural[child], &whole);
        }
        cover(&mut parts, &node.children, &whole, &natural);
    }
    parts
}

/// Where the pupils of a node would be if no union had to hold: topics by their rates, unions as their topics together.
fn natural(tree: &Tree, pupils: &[u64], population: &BySegment) -> Vec<BySegment> {
    let mut natural = vec![BySegment::default(); pupils.len()];
    for (at, node) in tree.nodes.iter().enumerate().rev() {
        natural[at] = match &node.profile {
            Some(profile) if node.children.is_empty() => {
                let weights: BySegment = std::array::from_fn(|segment| profile.rates[segment] * population[segment]);
                as_segments(&apportion(pupils[at], &weights))
            }
            _ => std::array::from_fn(|segment| node.children.iter().map(|&child| natural[child][segment]).sum()),
        };
    }
    natural
}

fn as_segments(list: &[u64]) -> BySegment {
    std::array::from_fn(|at| list.get(at).copied().unwrap_or(0))
}

/// Where the parts together fall short of the whole, pupils of a part move there from a segment with more than enough.
///
/// There always is one: nationally the parts cover the whole, so the shortages are never larger than the surpluses.
fn cover(parts: &mut [BySegment], children: &[usize], whole: &BySegment, natural: &[BySegment]) {
    for short in 0..SEGMENTS.len() {
        let mut rich = 0;
        while sum(parts, children, short) < whole[short] && rich < SEGMENTS.len() {
            let missing = whole[short] - sum(parts, children, short);
            let spare = sum(parts, children, rich).saturating_sub(whole[rich]);
            let giver = children.iter().copied().filter(|&child| parts[child][rich] > 0).max_by_key(|&child| natural[child][short]);
            match giver.filter(|_| spare > 0 && rich != short) {
                Some(child) => shift(&mut parts[child], rich, short, missing.min(spare)),
                None => rich += 1,
            }
        }
    }
}

fn shift(part: &mut BySegment, from: usize, to: usize, most: u64) {
    let count = part[from].min(most);
    part[from] -= count;
    part[to] += count;
}

fn sum(parts: &[BySegment], children: &[usize], segment: usize) -> u64 {
    children.iter().map(|&child| parts[child][segment]).sum()
}

/// The pupils who go to school in each segment, by school year: the population behind the shares.
pub(super) fn populations() -> Result<Vec<BySegment>, String> {
    let mut years = vec![BySegment::default(); YEARS];
    for row in other_series().iter().filter(|row| row.indicator == "populatie_lars" && row.net == "alle") {
        let year = (0..YEARS).find(|&year| school_year(FIRST_YEAR + year as u16) == row.period);
        let segment = SEGMENTS.iter().position(|&segment| segment == row.segment);
        if let (Some(year), Some(segment)) = (year, segment) {
            years[year][segment] = row.value.parse().map_err(|_| format!("other.csv: «{}» is geen aantal leerlingen", row.value))?;
        }
    }
    Ok(years)
}
