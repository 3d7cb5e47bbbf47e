//! The counts as observations: the strict `waarnemingen.csv`.

use std::collections::BTreeSet;

use super::cells::{Cell, Count, Cut, YearCells};
use super::disclosure;
use super::report::{Report, Withheld};
use super::scheme::Scheme;
use crate::data::{OBSERVATION_COLUMNS, RawObservation};
use crate::diagnostic::{Code, Diagnostic};
use crate::units::SchoolYear;

/// One observation. The order is that of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub indicator: String,
    /// `leerlingen` or `interventies`.
    pub measure: &'static str,
    pub period: SchoolYear,
    pub net: &'static str,
    pub centre: String,
    pub segment: &'static str,
    /// Absent where it is withheld.
    pub value: Option<u64>,
    pub status: &'static str,
    /// `primair` where the value itself is too small, `secundair` where it would help to find one; else empty.
    pub secret: &'static str,
    pub source: String,
}

/// The observations of all years, sorted; what is withheld goes into the report.
pub(super) fn rows(
    scheme: &Scheme,
    years: &[(SchoolYear, YearCells)],
    internal: bool,
    fictitious: bool,
    source: &str,
    report: &mut Report,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, indicator) in scheme.indicators.iter().enumerate() {
        let existing = years.iter().filter(|(year, _)| scheme.exists(at, *year));
        let existing: Vec<_> = existing.map(|(year, cells)| (year, cells, withheld_of(cells, at, internal))).collect();
        for (year, _, withheld) in &existing {
            report.geheim.extend(withheld.iter().map(|cut| Withheld::new(indicator, **year, *cut)));
        }
        for (measure, of) in MEASURES {
            for (year, cells, withheld) in &existing {
                rows.extend(cells.cells.iter().map(|(cell, counts)| Row {
                    indicator: indicator.clone(),
                    measure,
                    period: **year,
                    net: cell.net,
                    centre: cell.centre.clone(),
                    segment: cell.segment,
                    value: (!withheld.contains(&cell.cut)).then_some(of(&counts[at])),
                    status: if fictitious { "fictief" } else { "" },
                    secret: secret(withheld.contains(&cell.cut), &counts[at]),
                    source: source.to_owned(),
                }));
            }
        }
    }
    rows
}

type Part = fn(&Count) -> u64;

/// The measures in the order of the file, each with its part of a count.
const MEASURES: [(&str, Part); 2] = [("interventies", |count| count.interventions), ("leerlingen", |count| count.pupils)];

/// The cuts that may not be told of one indicator in one year; an internal count tells all.
fn withheld_of(cells: &YearCells, indicator: usize, internal: bool) -> BTreeSet<Cut> {
    if internal {
        return BTreeSet::new();
    }
    let counts: Vec<(&Cell, Count)> = cells.cells.iter().map(|(cell, counts)| (cell, counts[indicator])).collect();
    disclosure::withheld(&counts)
}

fn secret(withheld: bool, count: &Count) -> &'static str {
    match withheld {
        false => "",
        true if disclosure::is_small(count.pupils) => "primair",
        true => "secundair",
    }
}

/// The observations as the text of `waarnemingen.csv`, with rows of other tables among them.
///
/// # Errors
/// When two rows are of the same thing.
pub fn csv(rows: &[Row], added: Vec<RawObservation>) -> Result<String, Diagnostic> {
    let mut writer = csv::Writer::from_writer(Vec::with_capacity(rows.len() * 80));
    // Writing to memory cannot fail.
    let _ = writer.write_record(OBSERVATION_COLUMNS);
    if added.is_empty() {
        rows.iter().for_each(|row| row.write(&mut writer));
    } else {
        for record in merged(rows, added)? {
            let _ = writer.write_record(&record);
        }
    }
    Ok(String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default())
}

impl Row {
    fn write(&self, writer: &mut csv::Writer<Vec<u8>>) {
        let (period, value) = (self.period.to_string(), self.value.map(|value| value.to_string()).unwrap_or_default());
        let fields = [&self.indicator, self.measure, &period, self.net, &self.centre, self.segment, "alle", "alle", &value];
        let _ = writer.write_record(fields.into_iter().chain(["", "", self.status, self.secret, &self.source, ""]));
    }
}

/// What a row is of: indicator, measure, period and dimensions.
const KEY_FIELDS: usize = 8;

fn merged(rows: &[Row], added: Vec<RawObservation>) -> Result<Vec<RawObservation>, Diagnostic> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| row.write(&mut writer));
    let text = writer.into_inner().unwrap_or_default();
    let own = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_slice()).into_records();
    let mut all: Vec<RawObservation> = own.filter_map(Result::ok).chain(added).collect();
    let key = |record: &RawObservation| record.iter().take(KEY_FIELDS).map(str::to_owned).collect::<Vec<_>>();
    all.sort_by_cached_key(key);
    match all.windows(2).find(|pair| key(&pair[0]) == key(&pair[1])) {
        None => Ok(all),
        Some(pair) => {
            let message = format!("de toegevoegde tabel geeft ook {}", key(&pair[0]).join(" "));
            Err(Diagnostic::error(Code::DataContradiction, None, message).help("Laat die rij weg uit de toegevoegde tabel."))
        }
    }
}
