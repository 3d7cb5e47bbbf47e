//! From assumptions and published values to targets that can exist together.
//!
//! A union is at least its largest part and at most the sum of its parts. What was published stands; what was only assumed moves as
//! little as it must, and every move leaves a note.

use super::assumptions::{Assumptions, Node, ROOT, Tree};
use super::segments::{apportion, populations};
use super::{FIRST_DEMAND_YEAR, FIRST_YEAR, Known, SEGMENTS, Topic, YEARS, school_year};

/// Everything [`generate`](fn@super::generate) needs: the tree and, for every school year, how many pupils and interventions.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) tree: Tree,
    pub(super) years: Vec<YearPlan>,
    notes: Vec<String>,
}

/// National numbers of one school year, by node.
#[derive(Clone, Debug)]
pub(super) struct YearPlan {
    pub pupils: Vec<u64>,
    /// Also for unions: the sum of their topics.
    pub interventions: Vec<u64>,
    /// Pupils who go to school in each segment; no union can be larger there.
    pub population: [u64; SEGMENTS.len()],
}

/// What one node of the plan comes to in one school year.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    pub node: &'a str,
    /// The node that it is a part of.
    pub above: Option<&'a str>,
    pub indicators: &'a [String],
    pub pupils: u64,
    pub interventions: u64,
}

impl Plan {
    /// What moved, and which published values lie outside what is made. Dutch sentences for who edits the assumptions.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The targets of a school year (its first calendar year), in the order of the table; none outside the years that are made.
    pub fn targets(&self, year: u16) -> Vec<Target<'_>> {
        let Some(numbers) = self.year(year) else { return Vec::new() };
        (0..self.tree.nodes.len()).map(|at| self.target(numbers, at)).collect()
    }

    fn target(&self, numbers: &YearPlan, at: usize) -> Target<'_> {
        let node = &self.tree.nodes[at];
        let above = node.parent.map(|up| self.tree.nodes[up].name.as_str());
        Target {
            node: &node.name,
            above,
            indicators: &node.indicators,
            pupils: numbers.pupils[at],
            interventions: numbers.interventions[at],
        }
    }

    pub(super) fn year(&self, year: u16) -> Option<&YearPlan> {
        self.years.get(usize::from(year.checked_sub(FIRST_YEAR)?))
    }
}

/// Makes the targets of all school years. Published values in `known` are kept exactly; those that lie outside what is made are noted.
///
/// # Errors
/// When a table of the assumptions is wrong, a topic has no assumption, or published values exclude each other.
pub fn plan(topics: &[Topic], known: &[Known], assumptions: &Assumptions) -> Result<Plan, String> {
    let tree = Tree::read(assumptions, topics)?;
    let mut notes = Vec::new();
    let fixed = Fixed::read(&tree, known, &mut notes)?;
    let populations = populations()?;
    let solve = |year: usize| solve_year(&Year { tree: &tree, fixed: &fixed, year }, populations[year], &mut notes);
    let years = (0..YEARS).map(solve).collect::<Result<Vec<_>, _>>()?;
    Ok(Plan { tree, years, notes })
}

/// The published values, by node and year.
struct Fixed {
    pupils: Vec<[Option<u64>; YEARS]>,
    interventions: Vec<[Option<u64>; YEARS]>,
    mean: Vec<[Option<f64>; YEARS]>,
}

impl Fixed {
    fn read(tree: &Tree, known: &[Known], notes: &mut Vec<String>) -> Result<Self, String> {
        let count = tree.nodes.len();
        let mut fixed =
            Self { pupils: vec![[None; YEARS]; count], interventions: vec![[None; YEARS]; count], mean: vec![[None; YEARS]; count] };
        for value in known {
            match place(tree, value) {
                Ok((node, year)) => fixed.add(node, year, value)?,
                Err(why) => notes.push(format!("{} in {}: {why}.", value.indicator, school_year(value.year))),
            }
        }
        Ok(fixed)
    }

    fn add(&mut self, node: usize, year: usize, value: &Known) -> Result<(), String> {
        let kept = keep(&mut self.pupils[node][year], value.pupils)
            && keep(&mut self.interventions[node][year], value.interventions)
            && keep(&mut self.mean[node][year], value.mean);
        if kept {
            Ok(())
        } else {
            Err(format!("{} in {}: twee verschillende gepubliceerde waarden", value.indicator, school_year(value.year)))
        }
    }
}

/// Remembers a value; false when another one was remembered before.
fn keep<T: PartialEq + Copy>(slot: &mut Option<T>, value: Option<T>) -> bool {
    let agrees = slot.is_none() || value.is_none() || *slot == value;
    *slot = slot.or(value);
    agrees
}

fn place(tree: &Tree, value: &Known) -> Result<(usize, usize), &'static str> {
    let counted = |node: &Node| node.indicators.contains(&value.indicator);
    let node = tree.nodes.iter().position(counted).ok_or("geen knoop van de aannames telt deze indicator")?;
    let year =
        value.year.checked_sub(FIRST_YEAR).map(usize::from).filter(|&year| year < YEARS).ok_or("dat schooljaar wordt niet gemaakt")?;
    if value.year < FIRST_DEMAND_YEAR && !tree.nodes[node].offered {
        return Err("voor 2017-2018 worden alleen aanbodgestuurde registraties gemaakt, dus staat deze waarde bij de andere reeksen");
    }
    Ok((node, year))
}

/// One school year being solved.
struct Year<'a> {
    tree: &'a Tree,
    fixed: &'a Fixed,
    year: usize,
}

fn solve_year(year: &Year, population: [u64; SEGMENTS.len()], notes: &mut Vec<String>) -> Result<YearPlan, String> {
    let pupils = year.pupils(notes)?;
    let interventions = year.interventions(&pupils, notes)?;
    let everyone: u64 = population.iter().sum();
    if pupils[ROOT] > everyone {
        return Err(format!("{}: {} leerlingen in contact, maar er zijn er maar {everyone}", year.name(), pupils[ROOT]));
    }
    Ok(YearPlan { pupils, interventions, population })
}

/// The least and the most that a union can be.
type Bounds = (u64, u64);

impl Year<'_> {
    fn name(&self) -> String {
        school_year(FIRST_YEAR + self.year as u16)
    }

    /// What is published, or else assumed. A union that is only assumed gives way to its parts: a slip there must not bend them all.
    fn wanted(&self) -> Vec<u64> {
        let mut wanted = vec![0; self.tree.nodes.len()];
        for (at, node) in self.tree.nodes.iter().enumerate().rev() {
            let (largest, sum) = union_bounds(node.children.iter().map(|&child| (wanted[child], wanted[child])));
            let assumed = match node.children.is_empty() {
                true => node.pupils[self.year].unwrap_or(0),
                false => node.pupils[self.year].unwrap_or(sum).clamp(largest, sum),
            };
            wanted[at] = self.fixed.pupils[at][self.year].unwrap_or(assumed);
        }
        wanted
    }

    fn bounds(&self, wanted: &[u64]) -> Result<Vec<Bounds>, String> {
        let mut bounds = vec![(0, 0); wanted.len()];
        for (at, node) in self.tree.nodes.iter().enumerate().rev() {
            let (low, high) = match node.children.is_empty() {
                true if wanted[at] == 0 => (0, 0),
                true => (0, u64::from(u32::MAX)),
                false => union_bounds(node.children.iter().map(|&child| bounds[child])),
            };
            bounds[at] = match self.fixed.pupils[at][self.year] {
                Some(value) if !(low..=high).contains(&value) => return Err(self.excluded(node, value, low, high)),
                Some(value) => (value, value),
                None => (low, high),
            };
        }
        Ok(bounds)
    }

    fn excluded(&self, node: &Node, value: u64, low: u64, high: u64) -> String {
        format!("{}, {}: {value} leerlingen kan niet, want wat eronder gepubliceerd is laat {low} tot {high} toe", self.name(), node.name)
    }

    /// Top down: each union takes what it can nearest to what is wanted, and its parts grow until they cover it.
    fn pupils(&self, notes: &mut Vec<String>) -> Result<Vec<u64>, String> {
        let wanted = self.wanted();
        let bounds = self.bounds(&wanted)?;
        let mut pupils = wanted.clone();
        pupils[ROOT] = wanted[ROOT].clamp(bounds[ROOT].0, bounds[ROOT].1);
        for (at, node) in self.tree.nodes.iter().enumerate().filter(|(_, node)| !node.children.is_empty()) {
            let whole = pupils[at];
            for &child in &node.children {
                pupils[child] = wanted[child].clamp(bounds[child].0, bounds[child].1.min(whole));
            }
            self.cover(&mut pupils, node, whole, &bounds);
        }
        notes.extend((0..pupils.len()).filter_map(|at| self.moved(at, pupils[at])));
        Ok(pupils)
    }

    fn cover(&self, pupils: &mut [u64], node: &Node, whole: u64, bounds: &[Bounds]) {
        loop {
            let missing = whole.saturating_sub(node.children.iter().map(|&child| pupils[child]).sum());
            let room: Vec<u64> = node.children.iter().map(|&child| bounds[child].1.min(whole) - pupils[child]).collect();
            if missing == 0 || room.iter().all(|&room| room == 0) {
                return;
            }
            let weights: Vec<u64> =
                node.children.iter().zip(&room).map(|(&child, &room)| pupils[child].max(1) * u64::from(room > 0)).collect();
            for ((&child, more), room) in node.children.iter().zip(apportion(missing, &weights)).zip(room) {
                pupils[child] += more.min(room);
            }
        }
    }

    fn moved(&self, at: usize, became: u64) -> Option<String> {
        let node = &self.tree.nodes[at];
        let assumed = node.pupils[self.year].filter(|&assumed| assumed != became)?;
        let why = match self.fixed.pupils[at][self.year] {
            Some(_) => "zo is het gepubliceerd",
            None => "anders past het niet bij wat erboven en eronder staat",
        };
        Some(format!("{}, {}: {became} leerlingen in plaats van de aangenomen {assumed}; {why}.", self.name(), node.name))
    }

    /// The interventions of every topic: pupils times the assumed mean, then moved to what a union has to come to.
    fn interventions(&self, pupils: &[u64], notes: &mut Vec<String>) -> Result<Vec<u64>, String> {
        let mut interventions = vec![0; pupils.len()];
        let mut settled = vec![false; pupils.len()];
        for (at, node) in self.tree.nodes.iter().enumerate().filter(|(_, node)| node.children.is_empty()) {
            interventions[at] = times(pupils[at], node.mean[self.year].unwrap_or(1.0)).max(pupils[at]);
        }
        for at in (0..pupils.len()).rev() {
            let (published, assumed) = self.intervention_targets(at, pupils[at]);
            let Some(target) = published.or(assumed) else { continue };
            match self.reach(at, target, pupils, &mut interventions, &mut settled) {
                Err(why) if published.is_some() => return Err(why),
                Err(why) => notes.push(format!("{why}; die aanname vervalt.")),
                Ok(()) => {}
            }
        }
        for at in (0..pupils.len()).rev().filter(|&at| !self.tree.nodes[at].children.is_empty()) {
            interventions[at] = self.tree.nodes[at].children.iter().map(|&child| interventions[child]).sum();
        }
        Ok(interventions)
    }

    /// What a node's interventions have to come to, published and assumed. A topic's assumed mean is only where it starts from.
    fn intervention_targets(&self, at: usize, pupils: u64) -> (Option<u64>, Option<u64>) {
        let (node, year) = (&self.tree.nodes[at], self.year);
        let published = self.fixed.interventions[at][year].or(self.fixed.mean[at][year].map(|mean| times(pupils, mean)));
        let assumed = node.interventions[year].or(node.mean[year].filter(|_| node.topic.is_none()).map(|mean| times(pupils, mean)));
        (published, assumed)
    }

    /// Gives the topics below a node so many interventions together; what is left after one for each pupil grows or shrinks alike.
    fn reach(&self, at: usize, target: u64, pupils: &[u64], interventions: &mut [u64], settled: &mut [bool]) -> Result<(), String> {
        let topics = (at..pupils.len()).filter(|&topic| self.tree.nodes[topic].topic.is_some() && self.is_below(topic, at));
        let (done, open): (Vec<usize>, Vec<usize>) = topics.partition(|&topic| settled[topic]);
        let least = done.iter().map(|&topic| interventions[topic]).sum::<u64>() + open.iter().map(|&topic| pupils[topic]).sum::<u64>();
        let extra = |&topic: &usize| interventions[topic] - pupils[topic];
        // Where nobody was to have more than one intervention, pupils are all there is to go by.
        let none = open.iter().map(extra).all(|extra| extra == 0);
        let weights: Vec<u64> = open.iter().map(|topic| if none { pupils[*topic] } else { extra(topic) }).collect();
        let more = target.checked_sub(least).filter(|&more| more == 0 || open.iter().any(|&topic| pupils[topic] > 0));
        let more = more.ok_or_else(|| self.unreachable(at, target, least))?;
        for (&topic, extra) in open.iter().zip(apportion(more, &weights)) {
            interventions[topic] = pupils[topic] + extra;
            settled[topic] = true;
        }
        Ok(())
    }

    fn unreachable(&self, at: usize, target: u64, least: u64) -> String {
        format!(
            "{}, {}: {target} interventies kan niet, want wat eronder staat komt op minstens {least}",
            self.name(),
            self.tree.nodes[at].name
        )
    }

    fn is_below(&self, node: usize, above: usize) -> bool {
        let mut at = Some(node);
        while at.is_some_and(|place| place > above) {
            at = at.and_then(|place| self.tree.nodes[place].parent);
        }
        at == Some(above)
    }
}

fn union_bounds(parts: impl Iterator<Item = Bounds>) -> Bounds {
    parts.fold((0, 0), |(low, high), part| (low.max(part.0), high + part.1))
}

/// A number of pupils times a mean or a scale, rounded half up. Only multiplication and truncation: the same on every machine.
pub(super) fn times(count: u64, factor: f64) -> u64 {
    (count as f64 * factor + 0.5) as u64
}
