//! From targets to rows.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::assumptions::{Mix, OFFERED, ROOT, Tree};
use super::calendar::{Days, days, first_day, pick_table};
use super::people::{CENTRE_AT, Identity, MOVES, SEGMENT_AT, scaled_up};
use super::segments::{BySegment, apportion, divide};
use super::solve::{Plan, YearPlan, times};
use super::{Row, SEGMENTS};

// A row, packed in 64 bits. Half the size of a `Row`, and sorted by day with one shift.
const FUNCTION_AT: u32 = 9;
const TOPIC_AT: u32 = 13;
const DAY: u64 = (1 << FUNCTION_AT) - 1;
/// Rows that are handed out at a time.
const BATCH: usize = 8192;
/// Slots in the table of a kind of handling: a random number of 7 bits picks one.
const FUNCTION_SLOTS: usize = 128;

/// Makes the registrations of one school year (its first calendar year), in order of day, and hands them to `sink` in batches.
///
/// `scale` multiplies all numbers of pupils and interventions, each rounded; it is kept between 0,001 and 20. The same plan, year, seed
/// and scale give the same rows on every machine. A year that the plan does not know gives no rows.
pub fn generate(plan: &Plan, year: u16, seed: u64, scale: f64, sink: &mut dyn FnMut(&[Row])) {
    let Some(numbers) = plan.year(year) else { return };
    let scale = if scale >= 0.001 { scale.min(20.0) } else { 0.001 };
    let identity = Identity::new(seed, scale);
    let rows = Maker::new(&plan.tree, &scaled(&plan.tree, numbers, scale), &identity, year, seed).all();
    hand_out(&by_day(rows), &identity, first_day(year), sink);
}

/// The numbers at another scale. Rounding may leave a union a few pupils outside its parts; then the union gives way, not the topic.
fn scaled(tree: &Tree, numbers: &YearPlan, scale: f64) -> YearPlan {
    let count = tree.nodes.len();
    let population = numbers.population.map(|count| scaled_up(count, scale));
    let mut scaled = YearPlan { pupils: vec![0; count], interventions: vec![0; count], population };
    for (at, node) in tree.nodes.iter().enumerate().rev() {
        let parts = node.children.iter().map(|&child| scaled.pupils[child]);
        let (low, high) = if node.children.is_empty() { (0, u64::MAX) } else { (parts.clone().max().unwrap_or(0), parts.sum()) };
        scaled.pupils[at] = times(numbers.pupils[at], scale).clamp(low, high);
        scaled.interventions[at] = times(numbers.interventions[at], scale).max(scaled.pupils[at]);
    }
    scaled
}

/// Makes the packed rows of a school year.
struct Maker<'a> {
    tree: &'a Tree,
    identity: &'a Identity,
    year: u16,
    pupils: Vec<BySegment>,
    interventions: Vec<BySegment>,
    seasons: Vec<Days>,
    mixes: Vec<[Vec<u64>; 2]>,
    random: ChaCha8Rng,
    segment: usize,
    rows: Vec<u64>,
    /// The interventions of one pupil, kept to spare an allocation.
    drawn: Vec<u32>,
}

impl<'a> Maker<'a> {
    fn new(tree: &'a Tree, numbers: &YearPlan, identity: &'a Identity, year: u16, seed: u64) -> Self {
        let pupils = divide(tree, &numbers.pupils, &numbers.population);
        let rows = Vec::with_capacity(all_interventions(tree, numbers) as usize);
        Self {
            tree,
            identity,
            year,
            interventions: interventions(&pupils, numbers),
            pupils,
            seasons: (0..tree.seasons.len()).map(|season| days(&tree.seasons, season, year)).collect(),
            mixes: tree.mixes.iter().map(function_tables).collect(),
            random: random(seed, year),
            segment: 0,
            rows,
            drawn: Vec::new(),
        }
    }

    fn all(mut self) -> Vec<u64> {
        let offered = self.tree.find(OFFERED).unwrap_or(ROOT);
        for segment in 0..SEGMENTS.len() {
            self.segment = segment;
            let everyone = self.identity.members(segment, self.year, self.pupils[offered][segment], self.pupils[ROOT][segment]);
            self.union(ROOT, &everyone);
        }
        self.rows
    }

    /// Deals the pupils of a union out to its parts: each part takes the next so many, and after the last pupil comes the first again.
    /// No part is larger than the union and together they are at least as large, so everyone is dealt out.
    fn union(&mut self, node: usize, members: &[u64]) {
        let tree = self.tree;
        if members.is_empty() {
            return;
        }
        if tree.nodes[node].children.is_empty() {
            return self.topic(node, members);
        }
        let (stride, mut at) = self.walk(node, members.len());
        for &child in &tree.nodes[node].children {
            let mut part = Vec::with_capacity(self.pupils[child][self.segment] as usize);
            for _ in 0..self.pupils[child][self.segment] {
                part.push(members[at]);
                at += stride;
                at -= if at >= members.len() { members.len() } else { 0 };
            }
            self.union(child, &part);
        }
    }

    /// How to walk through the pupils of a union: with steps that come past everyone once, spread over all grades. The root is walked in
    /// order, for there the invited stand first.
    fn walk(&mut self, node: usize, count: usize) -> (usize, usize) {
        if node == ROOT {
            return (1 % count, 0);
        }
        // Near the golden ratio, so that any window is spread evenly.
        let mut stride = count * 618 / 1000 + 1;
        while common_divisor(stride, count) != 1 {
            stride += 1;
        }
        (stride % count, (u64::from(self.random.next_u32()) % count as u64) as usize)
    }

    /// Gives every pupil of a topic one intervention, and deals out the others so that few pupils have many.
    fn topic(&mut self, node: usize, members: &[u64]) {
        let (Some(profile), Some(topic)) = (&self.tree.nodes[node].profile, self.tree.nodes[node].topic) else { return };
        let extra = self.interventions[node][self.segment];
        let mut dealt = 0;
        for (at, &member) in members.iter().enumerate() {
            let due = skewed(extra, at + 1, members.len());
            self.draw(profile.season, due - dealt);
            self.write(member, topic, profile.mix);
            dealt = due;
        }
    }

    /// Draws the days of one pupil's interventions, in order, each with the bits that will pick its function.
    fn draw(&mut self, season: usize, extra: u64) {
        self.drawn.clear();
        for _ in 0..=extra {
            let bits = self.random.next_u32();
            let day = self.seasons[season][(bits & 0xfff) as usize];
            self.drawn.push(u32::from(day) << 7 | bits >> 25);
        }
        self.drawn.sort_unstable();
    }

    fn write(&mut self, member: u64, topic: u16, mix: usize) {
        let moves = member & MOVES != 0;
        let (move_day, moved) = if moves { self.identity.new_school(member, self.year) } else { (0, 0) };
        for (at, drawn) in self.drawn.iter().enumerate() {
            let (day, bits) = (drawn >> 7, (drawn & 0x7f) as usize);
            let function = self.mixes[mix][at.min(1)][bits];
            let school = if moves && day > u32::from(move_day) { moved } else { member };
            self.rows.push(school | u64::from(topic) << TOPIC_AT | function << FUNCTION_AT | u64::from(day));
        }
    }
}

fn all_interventions(tree: &Tree, numbers: &YearPlan) -> u64 {
    let topics = tree.nodes.iter().enumerate().filter(|(_, node)| node.children.is_empty());
    topics.map(|(at, _)| numbers.interventions[at]).sum()
}

/// The interventions beyond the first of each pupil, by segment.
fn interventions(pupils: &[BySegment], numbers: &YearPlan) -> Vec<BySegment> {
    let extra = |at: usize| numbers.interventions[at] - numbers.pupils[at];
    let parts = pupils.iter().enumerate().map(|(at, pupils)| apportion(extra(at), pupils));
    parts.map(|parts| std::array::from_fn(|segment| parts[segment])).collect()
}

fn function_tables(mix: &Mix) -> [Vec<u64>; 2] {
    [&mix.first, &mix.later].map(|weights| pick_table(FUNCTION_SLOTS, weights).into_iter().map(|at| at as u64).collect())
}

/// A stream of random numbers for each seed and school year.
fn random(seed: u64, year: u16) -> ChaCha8Rng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    let mut random = ChaCha8Rng::from_seed(key);
    random.set_stream(u64::from(year));
    random
}

/// Of `total`, how much the first `at` of `count` pupils have together. Slow at first and steep at the end; all of it at the end.
fn skewed(total: u64, at: usize, count: usize) -> u64 {
    let x = at as f64 / count as f64;
    let x2 = x * x;
    let x8 = x2 * x2 * x2 * x2;
    if at == count { total } else { (total as f64 * (0.15 * x + 0.45 * x2 * x + 0.4 * x8)) as u64 }
}

fn common_divisor(mut a: usize, mut b: usize) -> usize {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Sorts packed rows by day: counts the rows of each day, then puts every row in its place.
fn by_day(rows: Vec<u64>) -> Vec<u64> {
    let mut next = [0; DAY as usize + 2];
    rows.iter().for_each(|row| next[(row & DAY) as usize + 1] += 1);
    for day in 1..next.len() {
        next[day] += next[day - 1];
    }
    let mut sorted = vec![0; rows.len()];
    for row in rows {
        let place = &mut next[(row & DAY) as usize];
        sorted[*place] = row;
        *place += 1;
    }
    sorted
}

fn hand_out(rows: &[u64], identity: &Identity, first_day: i32, sink: &mut dyn FnMut(&[Row])) {
    let mut batch = Vec::with_capacity(BATCH);
    for rows in rows.chunks(BATCH) {
        batch.clear();
        batch.extend(rows.iter().map(|&row| unpack(row, identity, first_day)));
        sink(&batch);
    }
}

fn unpack(row: u64, identity: &Identity, first_day: i32) -> Row {
    Row {
        pupil: identity.pseudonym(row),
        day: first_day + (row & DAY) as i32,
        centre: (row >> CENTRE_AT & 0b11_1111) as u8,
        segment: (row >> SEGMENT_AT & 0b111) as u8,
        topic: (row >> TOPIC_AT & 0x3ff) as u16,
        function: (row >> FUNCTION_AT & 0b1111) as u8,
    }
}
