//! Fictitious registrations: no row is about a child, and all rows together count up to what was published.
//!
//! 1. [`assumptions`]: tables that a colleague can edit, how many pupils and interventions each topic, category and domain has a
//!    school year.
//! 2. [`solve`]: published values go before assumptions; what is assumed moves until every union can exist.
//! 3. [`segments`]: every number is divided over the seven kinds of school, so that the unions still hold in each of them.
//! 4. [`people`]: pupils who live on from year to year, each with a centre; [`calendar`]: the days on which schools are open.
//! 5. [`mod@generate`]: the pupils of a union are dealt out to its parts in cyclic windows, which makes every union exact.
//! 6. [`files`]: the rows as Parquet, a folder a school year, and beside them the series that are not counted from
//!    registrations ([`other`]). What cannot hold together is listed ([`conflicts()`]).

mod assumptions;
mod calendar;
mod conflicts;
mod files;
mod generate;
mod other;
mod people;
mod segments;
mod solve;
mod tables;

use std::path::PathBuf;

use crate::data::{Breakdown, Data, FUNCTIONS as FUNCTION_LIST, PublishedMeasure, REGISTERED_SEGMENTS, Use};
use crate::units::{Period, SchoolYear, Value};

pub use assumptions::Assumptions;
pub use conflicts::{Conflict, conflicts};
pub use files::{CONFLICTS, NotWritten, OTHER_SERIES, PUBLISHED, REGISTRATIONS, Written, write};
pub use generate::generate;
pub use other::{OtherRow, other_series};
pub use people::{Centre, centres};
pub use solve::{Plan, Target, plan};

/// The first school year that is made, by the calendar year in which it begins.
pub const FIRST_YEAR: u16 = 2012;
/// The last school year that is made.
pub const LAST_YEAR: u16 = 2024;
/// From this school year on there are questions (vraaggestuurd) too; before it only what the centres offer to everyone
/// (aanbodgestuurd).
pub const FIRST_DEMAND_YEAR: u16 = 2017;

/// Where a pupil goes to school; [`Row::segment`] is an index in this list.
const SEGMENTS: [&str; 7] = REGISTERED_SEGMENTS;

/// Kinds of handling; [`Row::function`] is an index in this list.
const FUNCTIONS: [&str; 9] = {
    let mut names = [""; FUNCTION_LIST.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = FUNCTION_LIST[at].0;
        at += 1;
    }
    names
};

/// How many school years there are.
const YEARS: usize = (LAST_YEAR - FIRST_YEAR) as usize + 1;

/// What to make.
#[derive(Debug, Clone)]
pub struct Order {
    /// A new folder.
    pub folder: PathBuf,
    /// First calendar years of the school years to make, ascending.
    pub years: Vec<u16>,
    pub seed: u64,
    /// Times the number of pupils in reality, from 0,001 up to 20.
    pub scale: f64,
}

/// A topic of the nomenclature.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Full code, such as `leerplicht.problematische-afwezigheden`.
    pub code: String,
    pub category: String,
    pub domain: String,
    /// First calendar year of the first school year in which the topic may be used.
    pub from: u16,
    /// First calendar year of the last school year in which it may be used.
    pub until: u16,
}

/// What was published about one indicator in one school year; it comes out exactly.
#[derive(Clone, Debug)]
pub struct Known {
    pub indicator: String,
    /// First calendar year of the school year.
    pub year: u16,
    pub pupils: Option<u64>,
    pub interventions: Option<u64>,
    /// Interventions per pupil, as printed.
    pub mean: Option<f64>,
}

/// One registration: one intervention for one pupil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Pseudonym, the same over the years and centres.
    pub pupil: u64,
    /// Days since 1970-01-01.
    pub day: i32,
    /// Index in [`centres`].
    pub centre: u8,
    /// Index in the segments of registrations.
    pub segment: u8,
    /// Index in the topics that the plan was made from.
    pub topic: u16,
    /// Index in the functions of registrations.
    pub function: u8,
}

/// The topics that the registrations of an edition can be about.
pub fn topics_of(data: &Data) -> Vec<Topic> {
    let topic = |topic: &crate::data::Topic| Topic {
        code: topic.code.clone(),
        category: topic.category.clone(),
        domain: topic.domain.name().to_owned(),
        from: topic.from.map_or(FIRST_YEAR, SchoolYear::first_year),
        until: topic.until.map_or(u16::MAX - 1, SchoolYear::first_year),
    };
    data.nomenclature.iter().flat_map(|nomenclature| &nomenclature.topics).map(topic).collect()
}

/// What the tables of an edition hold of indicators that are counted from registrations.
pub fn known(data: &Data) -> Vec<Known> {
    let counted = |id: &str| data.indicators.iter().any(|indicator| indicator.id == id && !indicator.topics.is_empty());
    let observed = data.observations.rows.iter().filter(|row| counted(&row.indicator) && row.breakdown == Breakdown::default());
    let observed = observed.filter_map(|row| {
        let count = row.value.and_then(|value| if let Value::Count(count) = value { u64::try_from(count).ok() } else { None })?;
        let (pupils, interventions) = if row.measure == "leerlingen" { (Some(count), None) } else { (None, Some(count)) };
        Some(Known { indicator: row.indicator.clone(), year: first_year(row.period)?, pupils, interventions, mean: None })
    });
    let printed = data.published.iter().filter(|row| row.measure == PublishedMeasure::Mean && row.purpose == Use::Print);
    let means = printed.filter(|row| counted(&row.indicator)).filter_map(|row| {
        let mean = row.value.map(|value| value.ratio().as_f64());
        Some(Known { indicator: row.indicator.clone(), year: first_year(row.period)?, pupils: None, interventions: None, mean })
    });
    observed.chain(means).collect()
}

fn first_year(period: Period) -> Option<u16> {
    if let Period::SchoolYear(year) = period { Some(year.first_year()) } else { None }
}

/// How a school year is written: `2024-2025`.
fn school_year(year: u16) -> String {
    format!("{year}-{}", u32::from(year) + 1)
}
