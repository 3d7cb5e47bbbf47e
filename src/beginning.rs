//! A new edition: from the one before, with everything that is bound to its year marked, or from nothing.

mod delivery;
mod passages;
mod starter;

use crate::content::{self, Content};
use crate::data::{self, Data};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::figures::Figures;
use crate::project::Project;
use crate::report::Mode;
use crate::road::{self, Memory};
use crate::units::{Period, SchoolYear};
use crate::{Order, Seal};

pub use starter::{begin_from_nothing, in_project};

/// What a new edition brought along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// What was written, relative to the project.
    pub files: Vec<String>,
    /// How many passages are to be rewritten.
    pub marked: usize,
    /// How many rows the data steward is asked for.
    pub asked: usize,
}

/// Paths below the project, and what will stand there.
type Files = Vec<(String, Vec<u8>)>;

/// What a new edition is made of.
struct Model<'a> {
    project: &'a Project,
    from: &'a str,
    content: &'a Content,
    data: &'a Data,
    figures: &'a Figures,
    old_year: SchoolYear,
    new_year: SchoolYear,
}

impl Model<'_> {
    /// How many years later the new edition is; none where it is not later.
    fn years(&self) -> usize {
        usize::from(self.new_year.first_year().saturating_sub(self.old_year.first_year()))
    }

    /// The period of the new edition that this one was of the old.
    fn moved(&self, period: Period) -> Period {
        (0..self.years()).fold(period, |period, _| period.next())
    }
}

/// Begins an edition where another ended. Nothing that stands there already is touched.
pub fn begin(project: &Project, edition: &str, from: &str, sink: &mut Sink) -> Option<Begun> {
    let new_year = free_name(project, edition).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
    project.check_edition(from).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
    if let Some(base) = project.base_of(from) {
        let message = format!("de editie {from} heeft geen teksten van zichzelf: ze neemt ze van {base}");
        sink.push(Diagnostic::error(Code::BeginName, None, message).help(format!("Begin van die editie: --from {base}.")));
        return None;
    }
    let mut said = Sink::default();
    let bound = road::bind(project, from, &Order::of(Mode::Draft), Seal::Warn, &mut Memory::default(), &mut said);
    let data = data::load(project, from, None, &mut Sink::default());
    let sound = bound.zip(data).filter(|_| !said.has_errors());
    let Some((bound, data)) = sound else {
        sink.extend(said);
        return None;
    };
    let (content, figures) = (&*bound.content, &*bound.figures);
    let model = Model { project, from, content, data: &data, figures, old_year: content.school_year, new_year };
    if model.years() == 0 {
        let message = format!("{edition} is niet later dan {from}");
        sink.push(Diagnostic::error(Code::BeginName, None, message).help("Een nieuwe editie begint waar een vroegere eindigde."));
        return None;
    }
    let (mut files, marked) = passages::texts(&model, edition, sink)?;
    check_texts(project, edition, &files, sink)?;
    let (list, asked) = delivery::list(&model);
    files.extend(tables(&model, edition, sink)?);
    files.push((format!("{}/te-leveren.md", data::folder(edition)), list.into_bytes()));
    files.sort();
    project.write_all(&files).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
    let sealed = data::seal(&project.renewed_alone(), edition).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
    let files = files.into_iter().map(|(path, _)| path).chain([sealed]).collect();
    Some(Begun { files, marked, asked })
}

/// What was made of the lines of a file must still be the text of a report. The places of what is wrong are those of the
/// files that were not written.
fn check_texts(project: &Project, edition: &str, files: &Files, sink: &mut Sink) -> Option<()> {
    let texts = files.iter().filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)));
    for (path, text) in texts.filter(|(path, _)| path.ends_with(".yaml") || path.ends_with(".yml")) {
        project.carry(path, text);
    }
    let mut said = Sink::default();
    content::load(project, edition, &mut content::Memory::default(), &mut said);
    // The pictures come along, and stand there only when all is written.
    said.drop_codes(&[Code::FileMissing]);
    let sound = !said.has_errors();
    if !sound {
        sink.extend(said);
    }
    sound.then_some(())
}

/// The school year of a new edition, of which nothing may exist yet.
fn free_name(project: &Project, edition: &str) -> Result<SchoolYear, Diagnostic> {
    let year = school_year(edition)?;
    let taken = ["content", "data"].into_iter().find(|folder| project.exists(&format!("{folder}/{edition}")));
    match taken {
        Some(folder) => {
            let message = format!("{folder}/{edition} bestaat al; er is niets gewijzigd");
            Err(Diagnostic::error(Code::BeginName, None, message).help("Kies een ander schooljaar, of verwijder de map eerst zelf."))
        }
        None => Ok(year),
    }
}

fn school_year(edition: &str) -> Result<SchoolYear, Diagnostic> {
    SchoolYear::parse(edition).ok_or_else(|| {
        let message = format!("«{edition}» is geen schooljaar, en een editie heet naar haar schooljaar");
        Diagnostic::error(Code::BeginName, None, message).help("Schrijf bijvoorbeeld 2025-2026.")
    })
}

/// The data as they are: a vintage, to which the rows of the new year are added.
fn tables(model: &Model<'_>, edition: &str, sink: &mut Sink) -> Option<Files> {
    let folder = data::folder(model.from);
    let made = [format!("{folder}/datapackage.json"), format!("{folder}/te-leveren.md")];
    let paths = model.project.paths_below(&folder).into_iter().filter(|path| !made.contains(path));
    copied(model.project, paths, &folder, &data::folder(edition), sink)
}

/// Files of one folder as files of another.
fn copied(project: &Project, paths: impl Iterator<Item = String>, from: &str, to: &str, sink: &mut Sink) -> Option<Files> {
    let copy = |path: String| {
        let bytes = project.read_bytes(&path).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
        Some((path.replacen(from, to, 1), bytes))
    };
    paths.map(copy).collect()
}
