//! Figures: values with unit, definition, marks and provenance. Observed values are looked up; shares, means,
//! differences and growth are derived on demand, from whole numbers, once.

mod coverage;
mod derive;
mod figure;
mod list;
mod reference;
mod selection;
mod series;
mod table;
mod whole;

use std::collections::BTreeMap;

use crate::data::{self, Data, Observation, Published};
use crate::units::{Period, SchoolYear};

pub use crate::data::is_fictitious;
/// What a figure says of its origin, in the terms of the data.
pub use crate::data::{Break, Breakdown, Indicator, Mark, Marks, NETS, SEGMENTS, Source};
pub use figure::{Figure, Origin};
pub use reference::{Change, Measure, Missing, Reference};
pub use selection::{Panel, Part, Parts, Selection};
pub use series::{Gap, Point, Series};
pub use table::{Cell, Credit, Table, TableRow};

/// What an observation is found by.
type Key = (String, String, Period, Breakdown);

/// Everything that can be said in numbers about one edition.
#[derive(Debug)]
pub struct Figures {
    school_year: SchoolYear,
    /// The marks of every published value.
    published_marks: Marks,
    indicators: BTreeMap<String, Indicator>,
    observations: Vec<Observation>,
    index: BTreeMap<Key, usize>,
    published: Vec<Published>,
    sources: Vec<Source>,
    sources_text: String,
    /// Pairs of observations that give a share or a mean, for listing: rows of `observations`.
    pairs: derive::Pairs,
    /// Paths of the tables, for provenance.
    paths: Paths,
}

#[derive(Debug)]
struct Paths {
    observations: String,
    counted: String,
    published: String,
}

/// Makes the figures of an edition available.
///
/// # Errors
/// When polars cannot join the tables, which is a fault of this program.
pub fn compute(data: &Data, edition: &str, school_year: SchoolYear) -> Result<Figures, String> {
    let pairs = derive::pairs(data).map_err(|error| error.to_string())?;
    let observations = data.observations.rows.clone();
    let index = observations.iter().enumerate().map(|(at, row)| (key(row), at)).collect();
    let folder = data::folder(edition);
    Ok(Figures {
        school_year,
        published_marks: Mark::of_published(data::is_fictitious(edition)),
        indicators: data.indicators.iter().map(|indicator| (indicator.id.clone(), indicator.clone())).collect(),
        observations,
        index,
        published: data.published.clone(),
        sources: data.sources.clone(),
        sources_text: data.sources_text.clone(),
        pairs,
        paths: Paths {
            observations: format!("{folder}/{}", data::OBSERVATIONS),
            counted: data::counted_path(edition),
            published: format!("{folder}/{}", data::PUBLISHED),
        },
    })
}

fn key(row: &Observation) -> Key {
    (row.indicator.clone(), row.measure.clone(), row.period, row.breakdown.clone())
}

impl Figures {
    pub fn school_year(&self) -> SchoolYear {
        self.school_year
    }

    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.get(id)
    }

    /// Ids of all indicators, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.indicators.keys().map(String::as_str)
    }

    /// The sources that figures and text may cite.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter()
    }

    /// The list of sources as it was written, for who sets it.
    pub fn sources_text(&self) -> &str {
        &self.sources_text
    }

    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.key == key)
    }
}
