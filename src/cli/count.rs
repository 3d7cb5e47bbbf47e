//! `count`: registrations become observations.

use std::path::{Path, PathBuf};

use super::arguments::{Count, CountedHere, MessageFormat, ReportFormat};
use super::progress::Progress;
use super::{Exit, show};
use crate::counting::{self, Counted, NotCounted, Reason, Report, Request};
use crate::data;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::{self, Project};
use crate::units::SchoolYear;

pub(super) fn run(project: Option<&Project>, arguments: &Count) -> Result<Exit, Diagnostic> {
    if let Some(wrong) = wrong_usage(arguments) {
        show::diagnostic(None, &wrong);
        return Ok(Exit::WrongUsage);
    }
    if arguments.internal && project::is_inside_project(&arguments.output) {
        let message = format!("{} ligt in een project", arguments.output.display());
        return Err(Diagnostic::error(Code::CountInProject, None, message));
    }
    project::check_writable(&arguments.output)?;
    check_apart(arguments)?;
    let Some(definitions) = definitions(project, arguments)? else { return Ok(Exit::Faulty) };
    let added = added(arguments, &definitions)?;
    let request = request(arguments, &definitions)?;
    let Some(counted) = counted(arguments, &request, &definitions)? else { return Ok(Exit::Faulty) };
    write(arguments, &counted, added)
}

/// The rows of the tables to add. Those of an internal count go into another one only.
fn added(arguments: &Count, definitions: &data::Definitions) -> Result<Vec<data::RawObservation>, Diagnostic> {
    let is_counted = |id: &str| definitions.indicators.iter().any(|indicator| indicator.id == id && !indicator.topics.is_empty());
    let mut all = Vec::new();
    for path in &arguments.add {
        let rows = data::read_rows(path)?;
        if !arguments.internal && rows.iter().any(|row| data::is_internal_row(row, is_counted)) {
            let message = format!("{} is een interne telling: per centrum, of per net en segment samen", path.display());
            return Err(
                Diagnostic::error(Code::CountInProject, None, message).help("Voeg een telling toe die zonder --internal gemaakt is.")
            );
        }
        all.extend(rows);
    }
    Ok(all)
}

/// The count must not take the place of what is read, nor stand among the registrations.
fn check_apart(arguments: &Count) -> Result<(), Diagnostic> {
    let output = project::real_path(&arguments.output);
    let mut read = arguments.paths.iter().chain(&arguments.add).map(|path| (path, project::real_path(path)));
    let Some((path, real)) = read.find(|(_, real)| output.starts_with(real)) else { return Ok(()) };
    let shown = arguments.output.display();
    let message = match real == output {
        true => format!("{shown} wordt gelezen, en zou overschreven worden"),
        false => format!("{shown} zou tussen de registraties komen, in {}", path.display()),
    };
    Err(Diagnostic::error(Code::FileNotWritten, None, message).help("Kies met --output een bestand in een andere map."))
}

/// Counts registrations for an edition that is being built: the text of a strict table, or nothing where that was refused.
pub(super) fn for_edition(
    project: &Project,
    edition: &str,
    counted_here: CountedHere,
    format: MessageFormat,
) -> Result<Option<String>, Diagnostic> {
    let quiet = format == MessageFormat::Json;
    let report = ReportFormat { format };
    let CountedHere { registrations: paths, accept } = counted_here;
    let arguments = Count { paths, accept, edition: Some(edition.to_owned()), quiet, report, ..Count::default() };
    if let Some(wrong) = wrong_usage(&arguments) {
        return Err(wrong);
    }
    let Some(definitions) = definitions(Some(project), &arguments)? else { return Ok(None) };
    // An edition asks for no later years: folders of the year that is going on are left alone.
    let request = Request { chosen_years: true, ..request(&arguments, &definitions)? };
    let Some(counted) = counted(&arguments, &request, &definitions)? else { return Ok(None) };
    if counted.report.fictief && !data::is_fictitious(edition) {
        let message = "deze registraties zijn verzonnen; ze horen alleen in een voorbeeldeditie";
        return Err(Diagnostic::error(Code::DataFictitious, None, message));
    }
    let source = counting::SOURCES[usize::from(counted.report.fictief)];
    if !data::has_source(project, edition, source) {
        let message = format!("bronnen.yaml van {edition} heeft geen bron «{source}»; die noemen de getelde waarnemingen");
        return Err(Diagnostic::error(Code::DataSource, None, message).help(format!("Beschrijf de bron «{source}» in bronnen.yaml.")));
    }
    if !quiet {
        show::line(counted.report.in_words().trim_end());
    }
    counting::csv(&counted.rows, Vec::new()).map(Some)
}

/// Counts, and shows why where nothing can be used: faults, an interruption or too many rows that do not fit.
fn counted(arguments: &Count, request: &Request, definitions: &data::Definitions) -> Result<Option<Counted>, Diagnostic> {
    let progress = Progress::new("Tellen", arguments.quiet);
    let counted = counting::count(request, definitions, &progress);
    progress.finish();
    match counted {
        Ok(counted) => {
            let refusal = counted.report.refusal();
            if let Some(refusal) = &refusal {
                show_faults(arguments, std::slice::from_ref(refusal), Some(&counted.report));
            }
            Ok(Some(counted).filter(|_| refusal.is_none()))
        }
        Err(NotCounted::Interrupted) => {
            show::note("Onderbroken: er is niets geschreven.");
            Ok(None)
        }
        Err(NotCounted::Faults(faults)) => {
            show_faults(arguments, &faults, None);
            Ok(None)
        }
    }
}

/// Numbers and names on the command line that mean nothing.
fn wrong_usage(arguments: &Count) -> Option<Diagnostic> {
    if let Some(name) = arguments.accept.iter().find(|name| Reason::parse(name).is_none()) {
        let names = Reason::ALL.map(Reason::name);
        let help = format!("Kies uit: {}.", names.join(", "));
        return Some(Diagnostic::error(Code::CountUsage, None, format!("«{name}» is geen reden")).help(help).suggest(name, names));
    }
    if let Some(text) = arguments.years.as_ref().filter(|text| years(text).is_none()) {
        return Some(no_years(text));
    }
    if let Some(text) = arguments.tolerance.as_ref().filter(|text| percent(text).is_none()) {
        let diagnostic = Diagnostic::error(Code::CountUsage, None, format!("«{text}» is geen percentage"));
        return Some(diagnostic.help("Schrijf bijvoorbeeld --tolerance 0,5."));
    }
    None
}

/// The school years of `2024-2025` or `2017-2018/2024-2025`, ascending.
pub(super) fn years(text: &str) -> Option<Vec<SchoolYear>> {
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    let (first, last) = (SchoolYear::parse(first)?, SchoolYear::parse(last)?);
    let years = std::iter::successors(Some(first), |year| Some(year.next())).take_while(|year| *year <= last);
    Some(years.collect::<Vec<_>>()).filter(|years| !years.is_empty() && years.len() <= 200)
}

pub(super) fn no_years(text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::CountUsage, None, format!("«{text}» zijn geen schooljaren"));
    diagnostic.help("Schrijf --years 2024-2025, of van vroeg naar laat --years 2017-2018/2024-2025.")
}

fn percent(text: &str) -> Option<f64> {
    text.trim_end_matches('%').replace(',', ".").parse().ok().filter(|percent| (0.0..=100.0).contains(percent))
}

/// What counts, from an edition of the project or as the program knows it.
fn definitions(project: Option<&Project>, arguments: &Count) -> Result<Option<data::Definitions>, Diagnostic> {
    let mut sink = Sink::default();
    let Some(project) = project else {
        if let Some(edition) = &arguments.edition {
            let message = format!("er is hier geen project waarin de editie «{edition}» kan staan");
            return Err(Diagnostic::error(Code::EditionUnknown, None, message).help("Wijs het project aan met --project MAP."));
        }
        return Ok(data::built_in_definitions(&mut sink));
    };
    if let Some(edition) = &arguments.edition {
        project.check_edition(edition)?;
    }
    let newest = || newest_edition(project, |name| data::has_nomenclature(project, name));
    let Some(edition) = arguments.edition.clone().or_else(newest) else {
        return Err(Diagnostic::error(Code::FileMissing, None, "geen enkele editie van dit project heeft een nomenclatuur.yaml"));
    };
    let definitions = data::load_definitions(project, &edition, &mut sink).filter(|_| !sink.has_errors());
    let faults = sink.into_sorted();
    // A report in JSON is one document.
    if !faults.is_empty() && (definitions.is_none() || arguments.report.format == MessageFormat::Text) {
        show::all(project, &faults, arguments.report.format);
    }
    Ok(definitions)
}

/// The real edition that comes last by name, among those that will do.
pub(super) fn newest_edition(project: &Project, will_do: impl Fn(&str) -> bool) -> Option<String> {
    project.editions().into_iter().filter(|name| !data::is_fictitious(name)).rfind(|name| will_do(name))
}

fn request(arguments: &Count, definitions: &data::Definitions) -> Result<Request, Diagnostic> {
    let all = || years(&format!("{}/{}", definitions.nomenclature.from, definitions.last_year)).unwrap_or_default();
    for name in arguments.indicators.iter().flatten() {
        let counted = definitions.indicators.iter().filter(|indicator| !indicator.topics.is_empty());
        let mut names = counted.map(|indicator| indicator.id.as_str());
        if !names.clone().any(|known| known == name) {
            let message = format!("«{name}» is geen indicator die uit registraties geteld wordt");
            let help = "Schrijf de namen met komma’s ertussen; jaarverslag figures toont ze.";
            return Err(Diagnostic::error(Code::DataIndicator, None, message).help(help).suggest(name, names.by_ref()));
        }
    }
    Ok(Request {
        paths: arguments.paths.clone(),
        years: arguments.years.as_deref().and_then(years).unwrap_or_else(all),
        chosen_years: arguments.years.is_some(),
        sure_of_years: arguments.years.is_some(),
        indicators: arguments.indicators.clone(),
        internal: arguments.internal,
        accepted: arguments.accept.iter().filter_map(|name| Reason::parse(name)).collect(),
        tolerance: arguments.tolerance.as_deref().and_then(percent).unwrap_or(counting::TOLERANCE),
        source: arguments.source.clone(),
    })
}

fn write(arguments: &Count, counted: &Counted, added: Vec<data::RawObservation>) -> Result<Exit, Diagnostic> {
    let rows = counted.rows.len() + added.len();
    let text = counting::csv(&counted.rows, added)?;
    project::write_whole(&arguments.output, text.as_bytes())?;
    match arguments.report.format {
        MessageFormat::Json => show::line(&as_json(&counted.report, Some(&arguments.output), &[])),
        MessageFormat::Text if arguments.quiet => {}
        MessageFormat::Text => {
            show::line(counted.report.in_words().trim_end());
            show::line(&format!("Geschreven: {} ({} rijen)", arguments.output.display(), counting::written(rows as u64)));
        }
    }
    Ok(Exit::Good)
}

fn show_faults(arguments: &Count, faults: &[Diagnostic], report: Option<&Report>) {
    match (arguments.report.format, report) {
        (MessageFormat::Json, Some(report)) => show::line(&as_json(report, None, faults)),
        (MessageFormat::Json, None) => show::line(&show::list_as_json(None, faults)),
        (MessageFormat::Text, _) => {
            if let Some(report) = report {
                show::line(report.in_words().trim_end());
            }
            faults.iter().for_each(|fault| show::diagnostic(None, fault));
            show::line("Er is niets geschreven.");
        }
    }
}

/// The report with where the count was written and what is wrong, as one document.
fn as_json(report: &Report, written: Option<&Path>, faults: &[Diagnostic]) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        #[serde(flatten)]
        report: &'a Report,
        geschreven: Option<PathBuf>,
        meldingen: serde_json::Value,
    }
    let faults = serde_json::from_str(&show::list_as_json(None, faults)).unwrap_or_default();
    serde_json::to_string_pretty(&Whole { report, geschreven: written.map(Path::to_owned), meldingen: faults }).unwrap_or_default()
}
