//! `synthesize`: fictitious registrations, to try everything out.

use super::arguments::Synthesize;
use super::progress::Progress;
use super::{Exit, count, show};
use crate::counting::written;
use crate::data;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::synthesis::{self, Assumptions, CONFLICTS, FIRST_YEAR, LAST_YEAR, NotWritten, OTHER_SERIES, Order, PUBLISHED, REGISTRATIONS};

pub(super) fn run(arguments: &Synthesize) -> Result<Exit, Diagnostic> {
    let order = match order(arguments) {
        Ok(order) => order,
        Err(wrong) => {
            show::diagnostic(None, &wrong);
            return Ok(Exit::WrongUsage);
        }
    };
    let fault = |message: String| Diagnostic::error(Code::Synthesis, None, message);
    // Always from the tables that the program carries: the same command makes the same files everywhere.
    let data = data::built_in_data(&mut Sink::default()).ok_or_else(|| fault("de meegeleverde gegevens zijn niet te lezen".to_owned()))?;
    let plan = synthesis::plan(&synthesis::topics_of(&data), &synthesis::known(&data), &Assumptions::built_in()).map_err(fault)?;
    let progress = Progress::new("Verzinnen", arguments.quiet);
    let made = synthesis::write(&order, &data, &plan, &progress);
    progress.finish();
    match made {
        Ok(made) => {
            if !arguments.quiet {
                summarize(arguments, made);
            }
            Ok(Exit::Good)
        }
        Err(NotWritten::Interrupted) => {
            show::note("Onderbroken: er is niets geschreven.");
            Ok(Exit::Faulty)
        }
        Err(NotWritten::Fault(message)) => Err(fault(message)),
    }
}

fn order(arguments: &Synthesize) -> Result<Order, Diagnostic> {
    let all = format!("{FIRST_YEAR}-{}/{LAST_YEAR}-{}", FIRST_YEAR + 1, LAST_YEAR + 1);
    let text = arguments.years.as_ref().unwrap_or(&all);
    let years: Vec<u16> = count::years(text).ok_or_else(|| count::no_years(text))?.iter().map(|year| year.first_year()).collect();
    if years.iter().any(|year| !(FIRST_YEAR..=LAST_YEAR).contains(year)) {
        let message = format!("voor {text} zijn er geen aannames");
        return Err(Diagnostic::error(Code::CountUsage, None, message).help(format!("Kies schooljaren uit {all}.")));
    }
    let scale = arguments.scale.as_deref().map_or(Some(1.0), |text| text.replace(',', ".").parse().ok());
    let scale = scale.filter(|scale| (0.001..=20.0).contains(scale)).ok_or_else(|| {
        let text = arguments.scale.as_deref().unwrap_or_default();
        Diagnostic::error(Code::CountUsage, None, format!("«{text}» is geen schaal van 0,001 tot 20"))
            .help("Schrijf bijvoorbeeld --scale 0,1.")
    })?;
    Ok(Order { folder: arguments.folder.clone(), years, seed: arguments.seed, scale })
}

fn summarize(arguments: &Synthesize, made: synthesis::Written) {
    let path = |name: &str| arguments.folder.join(name).display().to_string();
    let years = if made.years == 1 { "schooljaar" } else { "schooljaren" };
    show::line(&format!("Geschreven: {} ({} verzonnen registraties, {} {years})", path(REGISTRATIONS), written(made.rows), made.years));
    show::line(&format!("Geschreven: {} (reeksen die niet uit registraties komen)", path(OTHER_SERIES)));
    show::line(&format!("Geschreven: {} (rangen en andere cijfers waarvan niets te tellen valt)", path(PUBLISHED)));
    show::line(&format!("Geschreven: {} (gepubliceerde cijfers die niet samen waar kunnen zijn)", path(CONFLICTS)));
}
