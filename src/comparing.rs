//! Two reports side by side: editions as they are locked, as they are now, or a lock that somebody kept.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::editions::{self, Difference, Lock};
use crate::project::{Project, read_text_outside};
use crate::report::Mode;
use crate::typeset::{Template, compile_redline};
use crate::{Order, Seal, outputs, walk};

/// Two reports and what differs between them.
#[derive(Debug)]
pub struct Comparison {
    pub old: Side,
    pub new: Side,
    pub difference: Difference,
}

/// One of two reports.
#[derive(Debug)]
pub struct Side {
    /// As a reader knows it: `2022-2023 (slot)`.
    pub title: String,
    pub lock: Lock,
}

/// Compares two reports; with one name, its last final with what it is now. Faults go to the sink.
pub fn compare(project: &Project, old: &str, new: Option<&str>, sink: &mut Sink) -> Option<Comparison> {
    // Both are looked at before either may end it.
    let before = if new.is_some() { locked_or_now(project, old, sink) } else { locked(project, old, sink) };
    let after = as_it_is(project, new.unwrap_or(old), sink);
    let (old, new) = (before?, after?);
    let difference = Difference::between(&old.lock, &new.lock);
    Some(Comparison { old, new, difference })
}

/// The last final of an edition.
fn locked(project: &Project, name: &str, sink: &mut Sink) -> Option<Side> {
    if is_file(name) {
        return of_file(name, sink);
    }
    project.check_edition(name).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
    let Some(lock) = editions::load(project, name, sink)? else {
        let message = format!("de editie {name} heeft geen slot: er is nog geen definitief verslag om mee te vergelijken");
        let help = format!("Maak eerst een definitief verslag met «jaarverslag build {name}», of noem twee edities.");
        sink.push(Diagnostic::error(Code::LockMissing, None, message).help(help));
        return None;
    };
    Some(Side { title: format!("{name} (laatste definitieve verslag)"), lock })
}

fn locked_or_now(project: &Project, name: &str, sink: &mut Sink) -> Option<Side> {
    let has_lock = is_file(name) || project.exists(&editions::lock_path(name));
    if has_lock { locked(project, name, sink) } else { as_it_is(project, name, sink) }
}

/// An edition as its files are now, or a lock that somebody kept.
fn as_it_is(project: &Project, name: &str, sink: &mut Sink) -> Option<Side> {
    if is_file(name) {
        return of_file(name, sink);
    }
    project.check_edition(name).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
    let mut said = Sink::default();
    let made = walk(project, name, &Order::of(Mode::Draft), Seal::Warn, &mut said).filter(|_| !said.has_errors());
    // What is only a warning is the business of who works on it.
    if made.is_none() {
        sink.extend(said);
    }
    Some(Side { title: format!("{name} (zoals nu)"), lock: made?.lock })
}

fn is_file(name: &str) -> bool {
    name.ends_with(".lock")
}

fn of_file(path: &str, sink: &mut Sink) -> Option<Side> {
    let text = read_text_outside(Path::new(path)).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
    let broken =
        |broken: editions::Broken| Diagnostic::error(Code::LockBroken, None, format!("{path} is niet te gebruiken: {}", broken.as_str()));
    let lock = Lock::parse(&text).map_err(|why| sink.push(broken(why))).ok()?;
    Some(Side { title: format!("{} ({path})", lock.edition), lock })
}

/// Writes a comparison as a PDF, in the house style of the newer report, to `out/<editie>/`; gives back the path.
pub fn write_redline(project: &Project, comparison: &Comparison, sink: &mut Sink) -> Option<String> {
    let Comparison { old, new, difference } = comparison;
    let redline = editions::redline((&old.title, &old.lock), (&new.title, &new.lock), difference);
    let json = serde_json::to_string(&redline).unwrap_or_default();
    let template = Template::load(project, &new.lock.style.name, None, sink)?;
    let document = compile_redline(project, &template, json, sink)?;
    let edition = &new.lock.edition;
    let with = if old.lock.edition == *edition { "eerder" } else { &old.lock.edition };
    let pdf = outputs::working_paper(&document, &format!("jaarverslag/{edition}/vergelijking/{with}"), sink)?;
    let path = format!("out/{edition}/vergelijking-met-{with}.pdf");
    project.write(&path, &pdf).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
    Some(path)
}
