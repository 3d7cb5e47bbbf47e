//! Wrong usage, in Dutch. clap finds it; its words are English.

use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Exit, show};

/// Prints help, version or what was typed wrongly.
pub(super) fn explain(error: &clap::Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            show::line(error.to_string().trim_end());
            Exit::Good
        }
        kind => {
            let text = format!("{}\nMeer uitleg: jaarverslag --help\n", sentence(kind, error));
            let _ = std::io::stderr().write_all(text.as_bytes());
            Exit::WrongUsage
        }
    }
}

fn sentence(kind: ErrorKind, error: &clap::Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let suggestion = context(error, ContextKind::SuggestedArg)
        .or_else(|| context(error, ContextKind::SuggestedSubcommand))
        .or_else(|| context(error, ContextKind::SuggestedValue))
        .map(|name| format!(" Bedoelde u «{name}»?"))
        .unwrap_or_default();
    let argument = argument.unwrap_or_default();
    match kind {
        ErrorKind::InvalidSubcommand => {
            let command = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("De opdracht «{command}» bestaat niet.{suggestion}")
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "Er ontbreekt een opdracht.".to_owned(),
        ErrorKind::UnknownArgument => format!("«{argument}» is hier niet bekend.{suggestion}"),
        ErrorKind::MissingRequiredArgument => format!("Er ontbreekt: {}.", argument.trim_end_matches("...")),
        ErrorKind::InvalidValue if value.as_deref().unwrap_or_default().is_empty() => format!("Na «{argument}» ontbreekt een waarde."),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("«{}» is geen waarde voor «{argument}».{suggestion}", value.unwrap_or_default())
        }
        ErrorKind::ArgumentConflict => format!("«{argument}» staat er twee keer of past niet bij de rest."),
        _ => "Deze opdracht is niet te lezen.".to_owned(),
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}
