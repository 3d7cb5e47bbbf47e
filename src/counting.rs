//! From registrations to observations: unique pupils and interventions for every indicator, school year and breakdown.
//!
//! This half of the program runs where the records of pupils are kept and leaves only counts.
//!
//! 1. [`intake`] finds the files and opens them: Parquet by row group ([`parquet`]), CSV from the front ([`delimited`]). Both
//!    give a [`batch`] of rows with the [`fields`] and [`dates`] of the contract.
//! 2. [`judge`] looks at each row: does it fit, and of which topic, function, site and school year is it? What does not fit
//!    is counted by reason ([`reasons`]); rows with the same key are told from equal interventions ([`doubles`]).
//! 3. [`tally`] keeps in which cells each pupil was seen, and for which indicators ([`scheme`]).
//! 4. [`cells`] adds these up for every breakdown, and [`disclosure`] withholds what would tell of a few pupils.
//! 5. [`run`] leads the way: wave by wave, and once more where rows turn out not to count.
//! 6. [`table`] writes what is left as `waarnemingen.csv`, and [`report`] says what was not counted.

#![allow(clippy::disallowed_methods, reason = "registrations stand outside any project: this is where they are opened")]

mod batch;
mod cells;
mod dates;
mod delimited;
mod disclosure;
mod doubles;
mod fields;
mod intake;
mod judge;
mod parquet;
mod parquet_writer;
mod reasons;
mod report;
mod run;
mod scheme;
mod table;
mod tally;

use std::path::PathBuf;

use crate::data::Definitions;
use crate::diagnostic::{Code, Diagnostic};
use crate::units::SchoolYear;

use cells::{Cut, YearCells, cells_of_year};
use intake::Intake;
use judge::Site;
use run::{Run, Stopped};
use scheme::{Mask, Scheme};

pub use dates::day as day_of;
pub use fields::MADE_UP_CENTRE;
pub use parquet::FICTITIOUS;
pub use parquet_writer::{Column, ParquetWriter};
pub use reasons::Reason;
pub use report::{Report, written};
pub use table::{Row, csv};

/// What to count.
#[derive(Debug, Clone)]
pub struct Request {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// The school years that a row may be of, ascending.
    pub years: Vec<SchoolYear>,
    /// Whether folders of other school years are left alone.
    pub chosen_years: bool,
    /// Whether somebody named the years: then one of few rows is no mistake, and one without any is told.
    pub sure_of_years: bool,
    /// Only these indicators.
    pub indicators: Option<Vec<String>>,
    /// Also by centre, and unprotected.
    pub internal: bool,
    /// Reasons that may exceed the tolerance.
    pub accepted: Vec<Reason>,
    /// The part of all rows that may fall under one reason, in percent.
    pub tolerance: f64,
    /// The key in `bronnen.yaml` that the observations name.
    pub source: Option<String>,
}

/// The tolerance where none is given, in percent.
pub const TOLERANCE: f64 = 0.1;

/// The source that observations name where none is given: of real registrations, and of made-up ones.
pub const SOURCES: [&str; 2] = ["registraties", "synthese"];

/// Looks on while rows are read.
pub trait Watch: Sync {
    /// So many rows are going to be read.
    fn begin(&self, rows: u64);
    /// So many more have been; false to stop.
    fn goes_on(&self, rows: u64) -> bool;
}

/// Observations, and what was not counted.
#[derive(Debug)]
pub struct Counted {
    /// Sorted.
    pub rows: Vec<Row>,
    pub report: Report,
}

/// Why there is no count.
#[derive(Debug)]
pub enum NotCounted {
    Faults(Vec<Diagnostic>),
    Interrupted,
}

/// Counts registrations. The result is the same whatever the order of the rows, the number of files or of threads.
///
/// A count in which too many rows do not fit is given all the same; [`Report::refusal`] says so.
///
/// # Errors
/// When a file cannot be used, or the watch stops the count.
pub fn count(request: &Request, definitions: &Definitions, watch: &dyn Watch) -> Result<Counted, NotCounted> {
    let wanted = |year: SchoolYear| !request.chosen_years || request.years.contains(&year);
    let intake = Intake::open(&request.paths, &wanted, watch)?;
    let scheme = Scheme::new(definitions, request.years.clone(), request.indicators.as_deref());
    let run = Run { intake: &intake, scheme: &scheme, definitions, watch };
    let result = match scheme.indicators.len() {
        0..=64 => run.whole::<1>(),
        65..=128 => run.whole::<2>(),
        129..=Mask::<8>::ROOM => run.whole::<8>(),
        more => Err(Diagnostic::error(Code::CountFile, None, format!("{more} indicatoren zijn er te veel om samen te tellen")).into()),
    };
    let result = result.map_err(|stopped| match stopped {
        Stopped::Fault(diagnostic) => NotCounted::Faults(vec![*diagnostic]),
        Stopped::Interrupted => NotCounted::Interrupted,
    })?;
    let fictitious = intake.is_fictitious() || is_made_up(&result.sites).map_err(|fault| NotCounted::Faults(vec![fault]))?;
    let years = cells_of_all_years(&result, &scheme, if request.internal { &Cut::ALL } else { &Cut::PUBLIC });
    let mut report = Report::new(request, &intake, &result, &scheme, &years, fictitious);
    let source = request.source.as_deref().unwrap_or(SOURCES[usize::from(report.fictief)]);
    let rows = table::rows(&scheme, &years, request.internal, report.fictief, source, &mut report);
    Ok(Counted { rows, report })
}

/// Whether the centres are those of made-up registrations.
///
/// # Errors
/// When some are and some are not: real and made-up pupils are never counted together.
fn is_made_up(sites: &[Site]) -> Result<bool, Diagnostic> {
    let (made_up, real): (Vec<&Site>, Vec<&Site>) = sites.iter().partition(|site| site.centre.starts_with(MADE_UP_CENTRE));
    let first = |sites: &[&Site]| sites.iter().map(|site| site.centre.clone()).min();
    if let (Some(made_up), Some(real)) = (first(&made_up), first(&real)) {
        let message = format!("het centrum «{made_up}» is verzonnen (door synthesize gemaakt) en «{real}» niet");
        return Err(Diagnostic::error(Code::CountFile, None, message).help("Tel verzonnen en echte registraties apart."));
    }
    Ok(!made_up.is_empty())
}

/// The cells of the school years in which anything was registered.
fn cells_of_all_years(result: &run::Found, scheme: &Scheme, cuts: &[Cut]) -> Vec<(SchoolYear, YearCells)> {
    let years = scheme.years.iter().zip(&result.years).enumerate().filter(|(at, _)| result.interventions.in_year(*at) > 0);
    let cells = years.map(|(at, (year, pupils))| {
        let cells = cells_of_year(pupils, at, scheme, &result.sites, &result.interventions, cuts);
        (*year, cells)
    });
    cells.collect()
}
