//! `figures`: lists figures with their origin; «where does this number come from?» in one command.

use serde::Serialize;

use super::arguments::ListFormat;
use super::arguments::MessageFormat;
use super::{Exit, show};
use crate::diagnostic::{Diagnostic, Sink};
use crate::figures::{Figure, Figures};
use crate::outputs::Entry;
use crate::project::Project;
use crate::report;
use crate::units::Notation;

pub(super) fn run(project: &Project, edition: &str, names: &[String], format: ListFormat) -> Result<Exit, Diagnostic> {
    project.check_edition(edition)?;
    let mut sink = Sink::default();
    let figures = crate::figures_of(project, edition, &mut sink).filter(|_| !sink.has_errors());
    let Some(figures) = figures else {
        show::all(project, &sink.into_sorted(), MessageFormat::Text);
        return Ok(Exit::Faulty);
    };
    let found = match select(&figures, names) {
        Ok(found) => found,
        Err(faults) => {
            show::all(project, &faults, MessageFormat::Text);
            return Ok(Exit::Faulty);
        }
    };
    if found.is_empty() && format == ListFormat::Text {
        show::line("Van deze indicator is geen enkel cijfer bekend.");
    }
    match format {
        ListFormat::Text => found.iter().for_each(|figure| show::line(&described(&figures, figure))),
        ListFormat::Json => show::line(&serde_json::to_string_pretty(&rows(&found)).unwrap_or_default()),
        ListFormat::Csv => show::line(as_csv(&found).trim_end()),
    }
    Ok(Exit::Good)
}

/// All figures, or those of the names: an indicator's, or the one an expression points at.
fn select(figures: &Figures, names: &[String]) -> Result<Vec<Figure>, Vec<Diagnostic>> {
    if names.is_empty() {
        return Ok(figures.list(None));
    }
    let of_name = |name: &String| match figures.indicator(name) {
        Some(_) => Ok(figures.list(Some(name))),
        None => {
            let reference = report::look_up(figures, name)?;
            figures.resolve(&reference).map(|figure| vec![figure]).map_err(|missing| missing.diagnostic(None))
        }
    };
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for name in names {
        match of_name(name) {
            Ok(figures) => found.extend(figures),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// A figure in a few lines: name, value, what it is, where it comes from.
fn described(figures: &Figures, figure: &Figure) -> String {
    let marks: String = figure.mark_letters().iter().map(|letter| format!(" [{letter}]")).collect();
    // Percentages, points and ranks carry their unit in the number itself.
    let in_number = ["%", "procentpunt", "rang"].contains(&figure.unit.as_str());
    let unit = if in_number { String::new() } else { format!(" {}", figure.unit) };
    let value = if figure.is_secret() { "niet vrijgegeven".to_owned() } else { format!("{}{unit}", figure.write(&Notation::default())) };
    let mut lines = vec![figure.reference.to_string(), format!("    {value}{marks}"), format!("    {}", figure.definition)];
    for origin in &figure.origins {
        let title = figures.source(&origin.source).map(|source| source.title.as_str()).unwrap_or_default();
        lines.push(format!("    {}:{}  {}: {title}", origin.file, origin.line, origin.source));
        lines.extend(origin.note.as_ref().map(|note| format!("        {note}")));
    }
    lines.join("\n")
}

fn rows(figures: &[Figure]) -> Vec<Entry> {
    figures.iter().map(|figure| Entry::of(figure, &figure.write(&Notation::default()))).collect()
}

/// One figure a row, for a spreadsheet.
#[derive(Serialize)]
struct CsvRow {
    naam: String,
    indicator: String,
    maat: String,
    periode: String,
    basisperiode: String,
    net: String,
    centrum: String,
    segment: String,
    r#type: String,
    categorie: String,
    /// A whole number without a point: a spreadsheet in Dutch would read one as a thousands sign.
    waarde: String,
    eenheid: String,
    gedrukt: String,
    merktekens: String,
    herkomst: String,
    bronnen: String,
}

fn as_csv(figures: &[Figure]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for figure in figures {
        // Writing to memory cannot fail.
        let _ = writer.serialize(csv_row(figure));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn csv_row(figure: &Figure) -> CsvRow {
    let joined = |parts: Vec<String>| parts.join("; ");
    CsvRow {
        naam: figure.reference.to_string(),
        indicator: figure.reference.indicator.clone(),
        maat: figure.measure.clone(),
        periode: figure.period.to_string(),
        basisperiode: figure.base.map(|base| base.to_string()).unwrap_or_default(),
        net: figure.breakdown.net.clone(),
        centrum: figure.breakdown.centre.clone(),
        segment: figure.breakdown.segment.clone(),
        r#type: figure.breakdown.kind.clone(),
        categorie: figure.breakdown.category.clone(),
        waarde: figure.value.map(|value| value.as_f64().to_string()).unwrap_or_default(),
        eenheid: figure.unit.clone(),
        gedrukt: figure.write(&Notation::default()),
        merktekens: figure.mark_letters().into_iter().collect(),
        herkomst: joined(figure.origins.iter().map(|origin| format!("{}:{}", origin.file, origin.line)).collect()),
        bronnen: joined(figure.origins.iter().map(|origin| origin.source.clone()).collect()),
    }
}
