//! The command line: arguments as typed, one file per command. The only part that prints.

mod arguments;
mod build;
mod check;
mod figures;
mod schema;
mod seal;
mod show;
mod usage;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::diagnostic::Diagnostic;
use crate::project::Project;

pub use arguments::Arguments;
use arguments::{Command, DataCommand};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Good,
    /// The edition has errors, or a file could not be read or written.
    Faulty,
    WrongUsage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Good => 0,
            Exit::Faulty => 1,
            Exit::WrongUsage => 2,
        })
    }
}

/// Parses the arguments, runs the command and prints what it has to say.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return usage::explain(&error),
    };
    let project = match &arguments.project {
        Some(root) => Project::open(root),
        None => Project::find(&std::env::current_dir().unwrap_or_default()),
    };
    let outcome = project.and_then(|project| dispatch(&project, arguments.command));
    outcome.unwrap_or_else(|diagnostic| {
        show::diagnostic(None, &diagnostic);
        Exit::Faulty
    })
}

fn dispatch(project: &Project, command: Command) -> Result<Exit, Diagnostic> {
    match command {
        Command::Build { edition, draft, report } => build::run(project, &edition.edition, draft, report.format),
        Command::Check { edition, draft, report } => check::run(project, &edition.edition, draft, report.format),
        Command::Figures { edition, name, format } => figures::run(project, &edition.edition, name.as_deref(), format),
        Command::Schema => schema::run(project),
        Command::Data { command: DataCommand::Seal { edition } } => seal::run(project, &edition.edition),
    }
}
