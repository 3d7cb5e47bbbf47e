//! Where the road meets the lock of an edition: what must be looked at before it, and what becomes of it afterwards.

use std::collections::BTreeMap;

use super::TypesetEdition;
use super::approval::claimants;
use crate::content::Published;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::editions::{self, Difference, HouseStyle, Lock, Made, Verdict};
use crate::project::{Project, hash_of};
use crate::report::Mode;
use crate::typeset::{Template, fonts_sha256, own_fonts};
use crate::units::SchoolYear;
use crate::{Edition, Order};

/// The lock that there is. The outer `None` when the walk must not begin: the lock is broken, or was asked for and is not
/// there.
pub(crate) fn before(project: &Project, edition: &str, order: &Order, sink: &mut Sink) -> Option<Option<Lock>> {
    if order.mode == Mode::Draft {
        return Some(None);
    }
    let lock = editions::load(project, edition, sink)?;
    if order.locked && lock.is_none() {
        let message = format!("de editie {edition} heeft geen slot ({} ontbreekt)", editions::lock_path(edition));
        let help = format!("Maak eerst een definitief verslag met «jaarverslag build {edition}»; dat schrijft het slot.");
        sink.push(Diagnostic::error(Code::LockMissing, None, message).help(help));
        return None;
    }
    Some(lock)
}

/// The new lock to write, where what was made has one of its own and it is not the one that stands there. A report that is
/// out may only change with an erratum; without one that is an error.
pub(crate) fn renewed(order: &Order, locked: Option<&Lock>, made: &Edition, sink: &mut Sink) -> Option<Lock> {
    if order.mode == Mode::Draft || order.locked {
        return Some(made.lock.clone()).filter(|_| !order.locked && order.is_plain());
    }
    let new = match (locked, made.content.published) {
        (Some(old), Some(published)) => of_published(order, old, made, published, sink)?,
        (None, Some(published)) => {
            let message = "het verslag is verschenen en heeft geen slot: of er sindsdien iets veranderde, is niet na te kijken";
            sink.push(Diagnostic::warning(Code::LockMissing, published.span, message));
            made.lock.clone()
        }
        _ => made.lock.clone(),
    };
    Some(new).filter(|new| order.is_plain() && locked != Some(new))
}

/// The lock of a report that is out. What another program makes of it with other bytes is the same report: the PDF that is
/// out stays the one that is known by its hash.
fn of_published(order: &Order, old: &Lock, made: &Edition, published: Published, sink: &mut Sink) -> Option<Lock> {
    let new = made.lock.clone();
    let name = Order::of(Mode::Final).name(&new.edition);
    let difference = Difference::between(old, &new);
    let same_program = old.program == new.program;
    let other_bytes = order.is_plain() && same_program && old.outputs.get(&name) != new.outputs.get(&name);
    if difference.is_empty() && !other_bytes {
        return Some(if same_program { new } else { new.with_outputs_of(old) });
    }
    let pdf = old.outputs.get(&name).cloned().unwrap_or_default();
    if made.content.errata.iter().any(|erratum| erratum.pdf.value == pdf) {
        return Some(new);
    }
    let message = format!("het verslag is verschenen op {} en zou nu veranderen: {}", published.date, in_words(&difference));
    let help = format!("Zet in verslag.yaml wat er verbeterd is: «errata: [{{ datum: jaar-maand-dag, pdf: {pdf}, tekst: … }}]».");
    sink.push(Diagnostic::error(Code::Erratum, published.span, message).help(help));
    None
}

/// How much differs.
fn in_words(difference: &Difference) -> String {
    let figures = difference.changed.len() + difference.added.len() + difference.gone.len();
    let counted = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {more}")),
    };
    let parts = [counted(figures, "cijfer", "cijfers"), counted(difference.passages.len(), "passage", "passages")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "het uitzicht, of wat een beeld zegt".to_owned() } else { parts.join(" en ") }
}

/// Compares with the lock where that was asked. What differs is in the sink, also where nothing could be made.
pub(crate) fn compare(
    project: &Project,
    edition: &str,
    order: &Order,
    locked: Option<&Lock>,
    made: Option<&Edition>,
    sink: &mut Sink,
) -> Option<Verdict> {
    let locked = locked.filter(|_| order.locked)?;
    let mut of_files = Sink::default();
    editions::check_inputs(project, locked, &inputs(project, edition), &mut of_files);
    if let Some(made) = made {
        editions::check_style(locked, &made.lock, &mut of_files);
    }
    let same_files = !of_files.has_errors();
    sink.extend(of_files);
    let made = made?;
    editions::check_printed(locked, &made.lock, same_files, &made.report, sink)
}

/// Whether all that an edition is made of and all that was made of it is as the lock of this same program says.
pub(crate) fn is_untouched(project: &Project, edition: &str) -> bool {
    let mut sink = Sink::default();
    let Some(Some(lock)) = editions::load(project, edition, &mut sink) else { return false };
    let style = || {
        let template = Template::load(project, &lock.style.name, None, &mut Sink::default());
        template.is_some_and(|template| style_of(project, &lock.style.name, &template) == lock.style)
    };
    let as_written = |(name, hash): (&String, &String)| {
        let bytes = project.read_bytes(&format!("out/{edition}/{name}"));
        bytes.is_ok_and(|bytes| hash_of(&bytes) == *hash)
    };
    let same_files = || lock.inputs == inputs(project, edition) && lock.earlier == earlier(project, edition, &lock.school_year);
    let alone = claimants(project, edition, &lock.school_year).is_empty();
    alone && lock.program == editions::program() && same_files() && style() && lock.outputs.iter().all(as_written)
}

/// Whether the lock of an edition is of the earlier editions as they are now.
pub(crate) fn knows_earlier(project: &Project, edition: &str) -> bool {
    let lock = editions::load(project, edition, &mut Sink::default()).flatten();
    lock.is_none_or(|lock| lock.earlier == earlier(project, edition, &lock.school_year))
}

fn earlier(project: &Project, edition: &str, school_year: &str) -> BTreeMap<String, String> {
    let Some(school_year) = SchoolYear::parse(school_year) else { return BTreeMap::new() };
    let names = editions::earlier_editions(project, edition, school_year);
    editions::named(&editions::locks_of(project, &names, &mut Sink::default()))
}

/// What an edition is made of. A list of the data steward's or a letter may lie beside it and change.
const OF_AN_EDITION: [&str; 9] = [".yaml", ".yml", ".csv", ".json", ".png", ".jpg", ".jpeg", ".gif", ".svg"];

fn inputs(project: &Project, edition: &str) -> BTreeMap<String, String> {
    let files = project.paths_of_edition(edition, &["content", "data"]).into_iter();
    project.hashes(files.filter(|path| OF_AN_EDITION.iter().any(|ending| path.to_lowercase().ends_with(ending))))
}

/// The lock of what was made, with these outputs.
pub(crate) fn record(project: &Project, edition: &str, order: &Order, set: &TypesetEdition, outputs: &[(String, &Vec<u8>)]) -> Lock {
    let name = order.style.as_ref().unwrap_or(&set.content.house_style.value);
    let style = style_of(project, name, &set.template);
    let inputs = inputs(project, edition);
    let outputs = outputs.iter().map(|(name, bytes)| (name.clone(), hash_of(bytes))).collect();
    let earlier = set.earlier.clone();
    editions::record(&set.report, &set.document, Made { style, inputs, earlier, outputs })
}

fn style_of(project: &Project, name: &str, template: &Template) -> HouseStyle {
    let fonts = own_fonts(project);
    let of_fonts = fonts.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let own: Vec<(&str, &[u8])> = template.own().chain(of_fonts).collect();
    HouseStyle {
        name: name.to_owned(),
        template: template.sha256(),
        fonts: fonts_sha256(&fonts),
        own: if own.is_empty() { String::new() } else { Project::hash_of_files(own) },
    }
}
