//! What the appendix holds: the tables behind the charts, the definitions of what was counted, the legend of marks.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::charts::Chart;
use crate::figures::{Break, Figures, Indicator, Mark, Marks, Table};
use crate::report::{ChartRequest, Report};
use crate::review::{Accounting, Excuse};

#[derive(Serialize)]
pub(super) struct Appendix {
    tables: Vec<ChartTable>,
    definitions: Vec<Definition>,
    breaks: Vec<BreakInSeries>,
    marks: Vec<Legend>,
    accounting: Account,
}

/// What accounts for the numbers and statements of the report.
#[derive(Serialize)]
struct Account {
    sentences: Vec<String>,
    /// Words of the text that stand without a figure, with the reason.
    words: Vec<Excuse>,
    /// Values that clash, and stand all the same.
    data: Vec<Excuse>,
    /// Series of the edition before that are gone or changed.
    series: Vec<Excuse>,
}

#[derive(Serialize)]
struct ChartTable {
    key: String,
    number: usize,
    title: String,
    /// The label of its chart; the table of the cover has none.
    chart: Option<String>,
    #[serde(flatten)]
    table: Table,
}

#[derive(Serialize)]
struct Definition {
    title: String,
    definition: String,
    /// Of everything printed of it: interventions beside pupils, and a rank has none of its own.
    units: Vec<String>,
    denominator: Option<String>,
    /// Keys of the sources of its printed figures.
    sources: Vec<String>,
}

#[derive(Serialize)]
struct BreakInSeries {
    /// Of the indicator.
    title: String,
    from: String,
    reason: String,
}

#[derive(Serialize)]
struct Legend {
    letter: char,
    name: &'static str,
    text: &'static str,
}

pub(super) fn of(report: &Report, charts: &[(ChartRequest, Chart)], figures: &Figures, accounting: &Accounting) -> Appendix {
    let used = used(report, figures);
    Appendix {
        tables: charts.iter().map(table).chain(cover(report, charts.len() + 1)).collect(),
        definitions: used.iter().map(|indicator| definition(indicator, report, figures)).collect(),
        breaks: used.iter().flat_map(|indicator| breaks(indicator)).collect(),
        marks: legend(report, charts),
        accounting: account(accounting),
    }
}

fn account(accounting: &Accounting) -> Account {
    Account {
        sentences: accounting.sentences(),
        words: accounting.words.clone(),
        data: accounting.data.clone(),
        series: accounting.series.clone(),
    }
}

fn table((request, chart): &(ChartRequest, Chart)) -> ChartTable {
    ChartTable {
        key: format!("tabel-{}", request.number),
        number: request.number,
        title: request.title.clone(),
        chart: Some(format!("grafiek-{}", request.number)),
        table: chart.table.clone(),
    }
}

/// What the dots on the cover stand for.
fn cover(report: &Report, number: usize) -> Option<ChartTable> {
    let table = report.cover.table.clone()?;
    Some(ChartTable { key: "tabel-omslag".to_owned(), number, title: "De stippen op de omslag".to_owned(), chart: None, table })
}

/// Every indicator that something printed was counted by, in the order of their titles.
fn used<'a>(report: &Report, figures: &'a Figures) -> Vec<&'a Indicator> {
    let ids: BTreeSet<&str> =
        report.printed.iter().flat_map(|printed| &printed.figure.origins).map(|origin| origin.indicator.as_str()).collect();
    let by_title: BTreeMap<(&str, &str), &Indicator> = ids
        .into_iter()
        .filter_map(|id| figures.indicator(id))
        .map(|indicator| ((indicator.title.as_str(), indicator.id.as_str()), indicator))
        .collect();
    by_title.into_values().collect()
}

fn breaks(indicator: &Indicator) -> impl Iterator<Item = BreakInSeries> {
    let of = |series_break: &Break| BreakInSeries {
        title: indicator.title.clone(),
        from: series_break.from.to_string(),
        reason: series_break.reason.clone(),
    };
    indicator.breaks.iter().map(of)
}

impl Appendix {
    /// Keys of every source it names.
    pub(super) fn sources(&self) -> impl Iterator<Item = String> {
        let tables = self.tables.iter().flat_map(|table| &table.table.sources);
        tables.chain(self.definitions.iter().flat_map(|definition| &definition.sources)).cloned()
    }
}

fn definition(indicator: &Indicator, report: &Report, figures: &Figures) -> Definition {
    let denominator = indicator.denominator.as_deref().and_then(|id| figures.indicator(id));
    Definition {
        title: indicator.title.clone(),
        definition: indicator.definition.clone(),
        units: units(indicator, report),
        denominator: denominator.map(|denominator| denominator.title.clone()),
        sources: sources(indicator, report),
    }
}

/// The units in which it is printed, its own first; a percentage says itself what it is.
fn units(indicator: &Indicator, report: &Report) -> Vec<String> {
    let of_indicator = report.printed.iter().map(|printed| &printed.figure).filter(|figure| figure.reference.indicator == indicator.id);
    let others: BTreeSet<&str> =
        of_indicator.map(|figure| figure.unit.as_str()).filter(|unit| !["%", &indicator.unit].contains(unit)).collect();
    std::iter::once(indicator.unit.as_str()).chain(others).map(str::to_owned).collect()
}

fn sources(indicator: &Indicator, report: &Report) -> Vec<String> {
    let origins = report.printed.iter().flat_map(|printed| &printed.figure.origins);
    let keys: BTreeSet<&str> = origins.filter(|origin| origin.indicator == indicator.id).map(|origin| origin.source.as_str()).collect();
    keys.into_iter().map(str::to_owned).collect()
}

/// Only the marks that stand somewhere in this report.
fn legend(report: &Report, charts: &[(ChartRequest, Chart)]) -> Vec<Legend> {
    let mut used: Marks = report.printed.iter().flat_map(|printed| printed.figure.marks.iter().copied()).collect();
    let tables = charts.iter().map(|(_, chart)| &chart.table).chain(report.tables());
    let in_tables: Vec<char> =
        tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells).flat_map(|cell| cell.marks.clone()).collect();
    used.extend(Mark::ALL.into_iter().filter(|mark| in_tables.contains(&mark.letter())));
    used.into_iter().map(|mark| Legend { letter: mark.letter(), name: mark.name(), text: mark.meaning() }).collect()
}
