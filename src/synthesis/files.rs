//! Fictitious registrations as Parquet: a folder a school year, and beside them what is not counted from registrations.

#![allow(clippy::disallowed_methods, reason = "files too large to hold are written as they are made, under a name that is theirs alone")]

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use rayon::prelude::*;

use super::other::{OtherRow, other_series};
use super::solve::Plan;
use super::{FUNCTIONS, Order, Row, SEGMENTS, Topic, centres, conflicts, generate, school_year};
use crate::counting::{Column, FICTITIOUS, ParquetWriter, Watch};
use crate::data::{Data, OBSERVATION_COLUMNS, PUBLISHED_COLUMNS, Published, PublishedMeasure};
use crate::project::write_whole;

/// Rows in a row group.
const GROUP: usize = 250_000;

/// Keys of rows: so many are kept free for each school year.
const KEYS_A_YEAR: i64 = 1_000_000_000;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub rows: u64,
    pub years: usize,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum NotWritten {
    /// In Dutch.
    Fault(String),
    Interrupted,
}

/// The name of the folder of registrations within the folder that was asked for.
pub const REGISTRATIONS: &str = "registraties";
/// The table of series that are not counted from registrations.
pub const OTHER_SERIES: &str = "overige-reeksen.csv";
/// The table of published values that nothing here can be computed from, such as ranks.
pub const PUBLISHED: &str = "gepubliceerd.csv";
/// The list of what cannot hold together.
pub const CONFLICTS: &str = "niet-te-verzoenen.txt";

/// Makes the registrations of all years of the order, and puts them in place when all of them stand there.
///
/// # Errors
/// When the folder holds registrations already or cannot be written, or the watch wants to stop.
pub fn write(order: &Order, data: &Data, plan: &Plan, watch: &dyn Watch) -> Result<Written, NotWritten> {
    let fault = |what: String| NotWritten::Fault(what);
    let goal = order.folder.join(REGISTRATIONS);
    if let Some(name) = [REGISTRATIONS, OTHER_SERIES, PUBLISHED, CONFLICTS].into_iter().find(|name| order.folder.join(name).exists()) {
        return Err(fault(format!("{} bevat al {name}", order.folder.display())));
    }
    let unwritable = |error: std::io::Error| fault(format!("{} kan niet beschreven worden ({error})", order.folder.display()));
    fs::create_dir_all(&order.folder).map_err(unwritable)?;
    let waiting = tempfile::Builder::new().prefix(".registraties-").tempdir_in(&order.folder).map_err(unwritable)?;
    watch.begin(order.years.iter().map(|year| expected(plan, *year, order.scale)).sum());
    let words = Words::new(&super::topics_of(data));
    let rows = order.years.par_iter().map(|year| write_year(order, *year, &words, plan, waiting.path(), watch));
    let rows = rows.collect::<Result<Vec<u64>, NotWritten>>()?;
    let texts = [(OTHER_SERIES, other_as_csv(&order.years)), (PUBLISHED, published_as_csv(data)), (CONFLICTS, conflicts_in_words(plan))];
    for (name, text) in texts {
        write_whole(&order.folder.join(name), text.as_bytes()).map_err(|diagnostic| fault(diagnostic.message))?;
    }
    // Whoever sees this folder sees all of it.
    fs::rename(waiting.path(), goal).map_err(unwritable)?;
    let _ = waiting.keep();
    Ok(Written { rows: rows.iter().sum(), years: order.years.len() })
}

fn expected(plan: &Plan, year: u16, scale: f64) -> u64 {
    let all = plan.targets(year).first().map_or(0, |root| root.interventions);
    super::solve::times(all, scale)
}

/// The words of the columns, by the numbers that rows have for them.
struct Words {
    centres: Vec<String>,
    nets: Vec<String>,
    segments: Vec<String>,
    topics: Vec<String>,
    functions: Vec<String>,
}

impl Words {
    fn new(topics: &[Topic]) -> Self {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            centres: centres().iter().map(|centre| centre.code.to_owned()).collect(),
            nets: centres().iter().map(|centre| centre.net.to_owned()).collect(),
            segments: owned(&SEGMENTS),
            topics: topics.iter().map(|topic| topic.code.clone()).collect(),
            functions: owned(&FUNCTIONS),
        }
    }

    /// The columns of a row group of which the first row has this key.
    fn columns<'a>(&'a self, rows: &[Row], key: i64) -> Vec<(&'static str, Column<'a>)> {
        let codes = |of: &dyn Fn(&Row) -> u32| rows.iter().map(of).collect::<Vec<u32>>();
        let centres = codes(&|row| u32::from(row.centre));
        vec![
            ("registratie", Column::Number((key..).take(rows.len()).map(Some).collect())),
            ("leerling", Column::Text(rows.iter().map(|row| Some(format!("L{:08x}", row.pupil))).collect())),
            ("datum", Column::Date(rows.iter().map(|row| Some(row.day)).collect())),
            ("centrum", Column::Words(centres.clone(), &self.centres)),
            ("net", Column::Words(centres, &self.nets)),
            ("segment", Column::Words(codes(&|row| u32::from(row.segment)), &self.segments)),
            ("onderwerp", Column::Words(codes(&|row| u32::from(row.topic)), &self.topics)),
            ("functie", Column::Words(codes(&|row| u32::from(row.function)), &self.functions)),
        ]
    }
}

fn write_year(order: &Order, year: u16, words: &Words, plan: &Plan, folder: &Path, watch: &dyn Watch) -> Result<u64, NotWritten> {
    let fault = |error: std::io::Error| NotWritten::Fault(format!("schooljaar {} kan niet geschreven worden ({error})", school_year(year)));
    let folder = folder.join(format!("schooljaar={}", school_year(year)));
    fs::create_dir_all(&folder).map_err(fault)?;
    let file = BufWriter::new(File::create(folder.join("deel-0.parquet")).map_err(fault)?);
    let mut writer = ParquetWriter::new(file, &words.columns(&[], 0)).map_err(NotWritten::Fault)?;
    let mut group: Vec<Row> = Vec::with_capacity(GROUP);
    let (mut key, mut rows) = (i64::from(year - super::FIRST_YEAR) * KEYS_A_YEAR, 0);
    let mut stopped = None;
    let mut write_group = |group: &mut Vec<Row>| {
        let columns = words.columns(group, key);
        let written = writer.write(columns).map_err(NotWritten::Fault);
        let goes_on = watch.goes_on(group.len() as u64);
        rows += group.len() as u64;
        key += group.len() as i64;
        group.clear();
        written.and(if goes_on { Ok(()) } else { Err(NotWritten::Interrupted) })
    };
    generate(plan, year, order.seed, order.scale, &mut |batch| {
        if stopped.is_some() {
            return;
        }
        group.extend_from_slice(batch);
        if group.len() >= GROUP {
            stopped = write_group(&mut group).err();
        }
    });
    if stopped.is_none() && !group.is_empty() {
        stopped = write_group(&mut group).err();
    }
    if let Some(stopped) = stopped {
        return Err(stopped);
    }
    writer.finish(Some(FICTITIOUS)).map_err(NotWritten::Fault)?;
    Ok(rows)
}

/// The other series as a strict table, without school years later than were made.
fn other_as_csv(years: &[u16]) -> String {
    let last = years.last().copied().unwrap_or_default();
    let mut rows: Vec<OtherRow> = other_series().into_iter().filter(|row| is_within(row.period, last)).collect();
    rows.sort_by_key(|row| (row.indicator, row.measure, row.period, row.net, row.centre, row.segment, row.kind, row.category));
    let mut text = OBSERVATION_COLUMNS.join(",");
    text.push('\n');
    for row in rows {
        let key = [row.indicator, row.measure, row.period, row.net, row.centre, row.segment, row.kind, row.category].join(",");
        let status = if row.bounds == ["", ""] { "fictief" } else { "afgerond fictief" };
        text.push_str(&format!("{key},{},{},{status},,{},\n", row.value, row.bounds.join(","), crate::counting::SOURCES[1]));
    }
    text
}

/// Whether a school year or calendar year begins no later than the last school year ends.
fn is_within(period: &str, last: u16) -> bool {
    let first = period.split('-').next().and_then(|year| year.parse::<u16>().ok());
    first.is_some_and(|first| first <= last + u16::from(!period.contains('-')))
}

/// Published ranks, and shares of what has no population, as a strict table: no count of ours gives them.
fn published_as_csv(data: &Data) -> String {
    let is_kept = |row: &&Published| match row.measure {
        PublishedMeasure::Rank => true,
        PublishedMeasure::Share => !has_denominator(data, &row.indicator),
        PublishedMeasure::Mean | PublishedMeasure::Growth => false,
    };
    let mut text = PUBLISHED_COLUMNS.join(",");
    text.push('\n');
    for row in data.published.iter().filter(is_kept) {
        let base = row.base.map(|base| base.to_string()).unwrap_or_default();
        let key = [row.indicator.as_str(), row.measure.name(), &row.period.to_string(), &base].join(",");
        let breakdown =
            [&row.breakdown.net, &row.breakdown.segment, &row.breakdown.kind, &row.breakdown.category].map(String::as_str).join(",");
        let numbers = [row.bounds[0], row.value, row.bounds[1]].map(|number| number.map(|number| number.to_string()).unwrap_or_default());
        let [lower, value, upper] = numbers;
        text.push_str(&format!("{key},{breakdown},{value},{lower},{upper},,afdrukken,{},\n", crate::counting::SOURCES[1]));
    }
    text
}

fn has_denominator(data: &Data, id: &str) -> bool {
    data.indicators.iter().any(|indicator| indicator.id == id && indicator.denominator.is_some())
}

/// What was published and does not come out, to read.
fn conflicts_in_words(plan: &Plan) -> String {
    let mut text = String::from("Wat gepubliceerd is en niet samen waar kan zijn, of niet nagebootst wordt.\n\n");
    for conflict in conflicts() {
        text.push_str(&format!("- {}\n  {}\n", conflict.what, conflict.why));
    }
    text.push_str("\nWaar de aannames moesten wijken:\n\n");
    plan.notes().iter().for_each(|note| text.push_str(&format!("- {note}\n")));
    text
}
