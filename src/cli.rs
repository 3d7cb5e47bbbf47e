//! The command line: arguments as typed, one file per command. The only part that prints.

mod arguments;
mod build;
mod check;
mod compare;
mod count;
mod figures;
mod import;
mod new;
mod preview;
mod progress;
mod regenerate;
mod schema;
mod seal;
mod show;
mod synthesize;
mod usage;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::Order;
use crate::diagnostic::{Diagnostic, Sink};
use crate::project::Project;
use crate::report::Mode;

pub use arguments::Arguments;
use arguments::{Command, DataCommand, MessageFormat};

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
    let format = arguments.command.format();
    let exit = match arguments.command {
        // Where registrations are kept there may be no project; a project that was named must be one.
        Command::Count { count } if arguments.project.is_none() => count::run(project.ok().as_ref(), &count),
        Command::Synthesize { synthesize } => synthesize::run(&synthesize),
        Command::New { new } => new::run(project, arguments.project, &new),
        Command::Data { command: DataCommand::Import { import } } if arguments.project.is_none() => {
            import::run(project.ok().as_ref(), &import)
        }
        command => project.and_then(|project| dispatch(&project, command)),
    };
    let exit = exit.unwrap_or_else(|diagnostic| {
        match format {
            MessageFormat::Json => show::without_project(&diagnostic),
            MessageFormat::Text => show::diagnostic(None, &diagnostic),
        }
        Exit::Faulty
    });
    if exit == Exit::Good && show::failed() { Exit::Faulty } else { exit }
}

fn dispatch(project: &Project, command: Command) -> Result<Exit, Diagnostic> {
    match command {
        Command::Build { edition, draft, strict, locked, style, print, png, charts, counted, report } => {
            let order = Order { mode: mode(draft), print, pages: png, charts, counted: None, style, locked, strict };
            build::run(project, &edition.edition, order, counted, report.format)
        }
        Command::Check { edition, draft, strict, report } => {
            check::run(project, &edition.edition, &Order { strict, ..Order::of(mode(draft)) }, report.format)
        }
        Command::Figures { edition, names, format } => figures::run(project, &edition.edition, &names, format),
        Command::Compare { old, new, pdf } => compare::run(project, &old, new.as_deref(), pdf),
        Command::Regenerate { editions, all, verify } => regenerate::run(project, &editions, all, verify),
        Command::Preview { edition, port, open } => preview::run(project, &edition.edition, port, open),
        Command::Count { count } => count::run(Some(project), &count),
        Command::Synthesize { synthesize } => synthesize::run(&synthesize),
        Command::New { new } => new::run(Ok(project.renewed_alone()), None, &new),
        Command::Schema => schema::run(project),
        Command::Data { command: DataCommand::Import { import } } => import::run(Some(project), &import),
        Command::Data { command: DataCommand::Seal { edition } } => seal::run(project, &edition.edition),
    }
}

fn mode(draft: bool) -> Mode {
    if draft { Mode::Draft } else { Mode::Final }
}

/// Does some work and shows everything that was said on the way.
fn saying<T>(project: &Project, format: MessageFormat, work: impl FnOnce(&mut Sink) -> Option<T>) -> (Vec<Diagnostic>, Option<T>) {
    let (diagnostics, done) = hearing(work);
    show::all(project, &diagnostics, format);
    (diagnostics, done)
}

/// Does some work and keeps everything that was said on the way; with errors nothing came of it.
fn hearing<T>(work: impl FnOnce(&mut Sink) -> Option<T>) -> (Vec<Diagnostic>, Option<T>) {
    let mut sink = Sink::default();
    let done = work(&mut sink).filter(|_| !sink.has_errors());
    (sink.into_sorted(), done)
}
