//! What is counted: the indicators with topics, as sets of bits over everything a registration can be about.

use crate::data::{Definitions, FUNCTIONS, Indicator, Validity, functions_of};
use crate::units::{Period, SchoolYear};

/// The indicators to count and what belongs to each. A *kind* is a topic with a function: `topic * 9 + function`.
#[derive(Debug)]
pub struct Scheme {
    /// Ids of the indicators, sorted.
    pub indicators: Vec<String>,
    pub years: Vec<SchoolYear>,
    /// When there was something to count, for each indicator.
    validity: Vec<Validity>,
    /// For each kind the indicators that count it.
    members: Vec<Vec<u16>>,
    /// For each year and topic whether it may be used.
    valid: Vec<Vec<bool>>,
}

pub const FUNCTION_COUNT: usize = FUNCTIONS.len();

impl Scheme {
    /// Of all indicators that name topics, or of those among them in `only`.
    pub fn new(definitions: &Definitions, years: Vec<SchoolYear>, only: Option<&[String]>) -> Self {
        let wanted = |id: &String| only.is_none_or(|only| only.contains(id));
        let counted = definitions.indicators.iter().filter(|indicator| !indicator.topics.is_empty() && wanted(&indicator.id));
        let mut counted: Vec<&Indicator> = counted.collect();
        counted.sort_by(|a, b| a.id.cmp(&b.id));
        let topics = &definitions.nomenclature.topics;
        let mut members = vec![Vec::new(); topics.len() * FUNCTION_COUNT];
        for (index, indicator) in counted.iter().enumerate() {
            let functions = functions_of(indicator);
            for topic in definitions.nomenclature.topics_of(indicator) {
                functions.iter().for_each(|function| members[topic * FUNCTION_COUNT + function].push(index as u16));
            }
        }
        let valid = years.iter().map(|year| topics.iter().map(|topic| topic.is_valid_in(*year)).collect()).collect();
        let validity = counted.iter().map(|indicator| indicator.validity).collect();
        Self { indicators: counted.iter().map(|indicator| indicator.id.clone()).collect(), years, validity, members, valid }
    }

    pub fn kinds(&self) -> usize {
        self.members.len()
    }

    /// Indices in `indicators` of those that count a kind.
    pub fn members(&self, kind: usize) -> &[u16] {
        &self.members[kind]
    }

    /// For each kind its indicators as bits.
    pub fn masks<const W: usize>(&self) -> Vec<Mask<W>> {
        self.members.iter().map(|members| members.iter().fold(Mask::default(), |mask, index| mask.with(*index))).collect()
    }

    /// Whether an indicator, by index, had something to count in a year.
    pub fn exists(&self, indicator: usize, year: SchoolYear) -> bool {
        self.validity[indicator].holds(Period::SchoolYear(year))
    }

    /// Whether an indicator has a topic that may be used in a year, all by index.
    pub fn has_topic(&self, indicator: usize, year: usize) -> bool {
        let mut kinds = self.members.iter().enumerate().filter(|(_, members)| members.contains(&(indicator as u16)));
        kinds.any(|(kind, _)| self.valid[year][kind / FUNCTION_COUNT])
    }

    /// Whether a topic may be used in a year, both by index.
    pub fn is_valid(&self, year: usize, topic: usize) -> bool {
        self.valid[year][topic]
    }
}

/// A set of indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mask<const W: usize>([u64; W]);

impl<const W: usize> Default for Mask<W> {
    fn default() -> Self {
        Self([0; W])
    }
}

impl<const W: usize> Mask<W> {
    /// The most indicators that fit.
    pub const ROOM: usize = 64 * W;

    fn with(mut self, index: u16) -> Self {
        self.0[usize::from(index) / 64] |= 1 << (index % 64);
        self
    }

    #[inline]
    pub fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// The indices of its members, ascending.
    #[inline]
    pub fn each(&self, mut visit: impl FnMut(usize)) {
        for (at, word) in self.0.iter().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                visit(at * 64 + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
    }
}
