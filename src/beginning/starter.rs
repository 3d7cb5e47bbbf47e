//! An edition to begin with, for who has nothing yet: a whole report of two pages of text that says what comes where.

use std::path::Path;

use super::{Begun, school_year};
use crate::data;
use crate::diagnostic::{Code, Diagnostic};
use crate::project::{Project, begin_folder};

/// Path below its folder, text. `JJJJ-JJJJ` is the school year, `JJJJ` the calendar year in which it ends.
const TEXTS: [(&str, &str); 2] =
    [("verslag.yaml", include_str!("starter/verslag.yaml")), ("01-leerlingen.yaml", include_str!("starter/01-leerlingen.yaml"))];

const TABLES: [(&str, &str); 4] = [
    ("bronnen.yaml", include_str!("starter/bronnen.yaml")),
    ("gepubliceerd.csv", include_str!("starter/gepubliceerd.csv")),
    ("indicatoren.yaml", include_str!("starter/indicatoren.yaml")),
    ("waarnemingen.csv", include_str!("starter/waarnemingen.csv")),
];

/// Begins a project with one edition in a folder that is no project.
///
/// # Errors
/// When the name is no school year, the folder lies in a project or holds `content` or `data` already, or cannot be
/// written.
pub fn begin_from_nothing(folder: &Path, edition: &str) -> Result<Begun, Diagnostic> {
    let year = school_year(edition)?;
    let project = begin_folder(folder)?;
    let (last, before) = (year.next().first_year().to_string(), year.previous().to_string());
    let filled = |text: &str| text.replace("VORIG-JAAR", &before).replace("JJJJ-JJJJ", edition).replace("JJJJ", &last).into_bytes();
    let texts = TEXTS.iter().map(|(name, text)| (format!("content/{edition}/{name}"), filled(text)));
    let tables = TABLES.iter().map(|(name, text)| (format!("{}/{name}", data::folder(edition)), filled(text)));
    let files: Vec<(String, Vec<u8>)> = texts.chain(tables).collect();
    project.write_all(&files)?;
    let sealed = data::seal(&project, edition)?;
    let marked = files.iter().map(|(_, text)| String::from_utf8_lossy(text).matches("herschrijven:").count()).sum();
    let files = files.into_iter().map(|(path, _)| path).chain([sealed]).collect();
    Ok(Begun { files, marked, asked: 0 })
}

/// Said where somebody begins from nothing in a project.
pub fn in_project(project: &Project, edition: &str) -> Diagnostic {
    let editions = project.editions();
    let fits = |name: &&String| *name != edition && !data::is_fictitious(name) && project.base_of(name).is_none();
    let last = editions.iter().rev().find(fits);
    let message = "hier is al een project; zeg van welke editie de nieuwe uitgaat";
    let diagnostic = Diagnostic::error(Code::BeginName, None, message);
    match last {
        Some(last) => diagnostic.help(format!("Voeg --from toe, bijvoorbeeld --from {last}.")),
        None => diagnostic.help("Er is nog geen editie om van uit te gaan. Begin in een map waar nog geen content/ en data/ staat."),
    }
}
