//! `data import`: the office's table becomes the strict `waarnemingen.csv`.

use std::path::PathBuf;

use super::arguments::Import;
use super::{Exit, count, show};
use crate::data;
use crate::data::import::{self, Fault, Grid, Imported, Refused};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::{self, Project};

/// Nobody mends more cells than this before trying again.
const MOST_SHOWN: usize = 25;

pub(super) fn run(project: Option<&Project>, arguments: &Import) -> Result<Exit, Diagnostic> {
    if let (Some(project), Some(edition)) = (project, &arguments.edition) {
        project.check_edition(edition)?;
    }
    let bytes = project::read_outside(&arguments.file)?;
    let unusable = |message: String| {
        let diagnostic = Diagnostic::error(Code::Import, None, format!("{}: {message}", arguments.file.display()));
        diagnostic.help("Kies zo nodig een blad met --sheet, of bewaar de tabel in Excel als .xlsx of als «CSV UTF-8».")
    };
    let (grid, mut changes) = import::read(&bytes, arguments.sheet.as_deref()).map_err(unusable)?;
    let imported = match import::strict(&grid) {
        Ok(imported) => imported,
        Err(Refused { faults, sound }) => {
            let misfits = sound.and_then(|sound| misfits(project, arguments, &grid, &sound));
            return Ok(refuse(faults.into_iter().map(shown).chain(misfits.into_iter().flatten()).collect()));
        }
    };
    let output = output(arguments)?;
    let misfits = misfits(project, arguments, &grid, &imported);
    if let Some(faults) = misfits.as_ref().filter(|faults| !faults.is_empty()) {
        return Ok(refuse(faults.clone()));
    }
    project::write_whole(&output, imported.csv.as_bytes())?;
    changes.extend(imported.changes);
    import::summarized(&changes).iter().for_each(|line| show::line(&format!("Gewijzigd: {line}")));
    let rows = match imported.rows.len() {
        1 => "1 rij".to_owned(),
        count => format!("{} rijen", crate::counting::written(count as u64)),
    };
    show::line(&format!("Geschreven: {} ({rows})", output.display()));
    if misfits.is_none() {
        show::line("Niet nagekeken tegen een editie: hier is geen project met indicatoren en bronnen.");
    }
    Ok(Exit::Good)
}

/// Where the strict table goes: never over the table it is made from, nor unasked over one that is there.
fn output(arguments: &Import) -> Result<PathBuf, Diagnostic> {
    const USUAL: &str = "waarnemingen.csv";
    let output = arguments.output.clone().unwrap_or_else(|| PathBuf::from(USUAL));
    let fault = |message: String| Diagnostic::error(Code::FileNotWritten, None, message);
    if output.canonicalize().is_ok_and(|path| arguments.file.canonicalize().is_ok_and(|file| file == path)) {
        let message = format!("{} zou zichzelf overschrijven", output.display());
        return Err(fault(message).help("Kies met --output een ander bestand."));
    }
    if arguments.output.is_none() && output.exists() {
        let message = format!("{USUAL} bestaat hier al");
        return Err(fault(message).help(format!("Kies met --output een ander bestand, of schrijf «--output {USUAL}» om het te vervangen.")));
    }
    project::check_writable(&output)?;
    Ok(output)
}

fn shown(fault: Fault) -> Diagnostic {
    Diagnostic::error(Code::Import, None, format!("{}: {}", fault.place, fault.message)).help(fault.help)
}

fn refuse(faults: Vec<Diagnostic>) -> Exit {
    faults.iter().take(MOST_SHOWN).for_each(|fault| show::diagnostic(None, fault));
    if faults.len() > MOST_SHOWN {
        show::note(&format!("… en nog {} meldingen.", faults.len() - MOST_SHOWN));
    }
    show::line("Er is niets geschreven.");
    Exit::Faulty
}

/// What does not fit the edition, each named after the cell it came from, behind the faults of the table itself; `None`
/// where there is nothing to fit.
fn misfits(project: Option<&Project>, arguments: &Import, grid: &Grid, imported: &Imported) -> Option<Vec<Diagnostic>> {
    const TABLE: &str = "(ingevoerde tabel)";
    let project = project?;
    let edition = arguments.edition.clone().or_else(|| count::newest_edition(project, |_| true))?;
    let mut sink = Sink::default();
    data::check_observations(project, &edition, TABLE, &imported.csv, &mut sink);
    let named = |diagnostic: Diagnostic| match diagnostic.span.and_then(|span| Some((project.file(span.file)?, span))) {
        Some((file, span)) if file.path == TABLE => {
            let (line, _) = file.position(span.start as usize);
            let byte = span.start as usize - file.line_range(line).start;
            let place = imported.origin(grid, line, file.line_text(line), byte);
            Diagnostic { span: None, message: format!("{place}: {}", diagnostic.message), ..diagnostic }
        }
        _ => diagnostic,
    };
    Some(sink.into_sorted().into_iter().map(named).collect())
}
