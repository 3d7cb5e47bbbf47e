//! `datapackage.json`: the tables of an edition as a Frictionless Data Package, with the hash each table was sealed with.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{OBSERVATIONS, PUBLISHED, folder, observations, published};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::source::{SourceFile, Span};

const PACKAGE: &str = "datapackage.json";

/// What a package is called when the office gave it no name of its own; the edition follows.
const NAME: &str = "jaarverslag-clb-";
const TITLE: &str = "Cijfers van het jaarverslag van de CLB-sector, editie ";

/// A name of the office's own stays; a usual one follows the edition, as in a folder copied from last year.
fn own_or_usual(written: Option<String>, usual: &str, edition: &str) -> String {
    written.filter(|name| !name.starts_with(usual)).unwrap_or_else(|| format!("{usual}{edition}"))
}

/// The part of a data package that this program relies on.
#[derive(Debug, Deserialize)]
struct Package {
    resources: Vec<Resource>,
}

/// What the office may have said of the package as a whole; sealing keeps it.
#[derive(Debug, Default, Deserialize)]
struct Described {
    name: Option<String>,
    title: Option<String>,
    licenses: Option<Vec<Json>>,
    sources: Option<Vec<Json>>,
    description: Option<String>,
    contributors: Option<Vec<Json>>,
}

/// An unreadable package is not overwritten: somebody wrote it.
fn described(project: &Project, path: &str) -> Result<Described, Diagnostic> {
    if !project.exists(path) {
        return Ok(Described::default());
    }
    let file = project.read(path)?;
    serde_json::from_str(&file.text).map_err(|error| not_a_package(&file, &error))
}

fn not_a_package(file: &SourceFile, error: &serde_json::Error) -> Diagnostic {
    let start = file.offset(error.line(), error.column());
    let diagnostic = Diagnostic::error(Code::DataPackage, Span::new(file.id, start, start), "dit is geen geldig gegevenspakket");
    diagnostic.help("Herstel de JSON, of verwijder het bestand en verzegel opnieuw met «jaarverslag data seal <editie>».")
}

#[derive(Debug, Deserialize)]
struct Resource {
    path: String,
    hash: Option<String>,
}

/// Compares the tables with the hashes they were sealed with. Differences are warnings; a final build makes them errors.
pub fn verify(project: &Project, edition: &str, sink: &mut Sink) {
    let path = format!("{}/{PACKAGE}", folder(edition));
    if !project.exists(&path) {
        sink.push(Diagnostic::warning(Code::DataSeal, None, format!("{path} ontbreekt: de tabellen zijn nog nooit verzegeld")));
        return;
    }
    let Some(file) = project.read_into(&path, sink) else { return };
    let package: Package = match serde_json::from_str(&file.text) {
        Ok(package) => package,
        Err(error) => {
            sink.push(not_a_package(&file, &error));
            return;
        }
    };
    for table in [OBSERVATIONS, PUBLISHED] {
        let sealed = package.resources.iter().find(|resource| resource.path == table).and_then(|resource| resource.hash.as_deref());
        let Ok(file) = project.read(&format!("{}/{table}", folder(edition))) else { continue };
        if sealed.and_then(|hash| hash.strip_prefix("sha256:")) != file.sha256.as_deref() {
            let message = format!("{table} is veranderd sinds de tabel verzegeld is");
            sink.push(Diagnostic::warning(Code::DataSeal, Span::start_of(file.id), message));
        }
    }
}

/// Writes the package with the hashes of the tables as they stand; returns the path. What the office wrote about the
/// package as a whole (name, title, description, licence, sources, contributors) stays.
///
/// # Errors
/// When a table cannot be read or the package cannot be written.
pub fn seal(project: &Project, edition: &str) -> Result<String, Diagnostic> {
    let folder = folder(edition);
    let resources = [
        resource(project, &folder, OBSERVATIONS, "waarnemingen", &observations::COLUMNS)?,
        resource(project, &folder, PUBLISHED, "gepubliceerd", published::COLUMNS)?,
    ];
    let path = format!("{folder}/{PACKAGE}");
    let described = described(project, &path)?;
    let licence = || vec![json!({ "name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/" })];
    let sources = || vec![json!({ "title": "bronnen.yaml, per rij in de kolom bron", "path": "bronnen.yaml" })];
    let package = Sealed {
        schema: "https://datapackage.org/profiles/2.0/datapackage.json",
        name: own_or_usual(described.name, NAME, edition),
        title: own_or_usual(described.title, TITLE, edition),
        licenses: described.licenses.unwrap_or_else(licence),
        sources: described.sources.unwrap_or_else(sources),
        description: described.description,
        contributors: described.contributors,
        resources: resources.to_vec(),
    };
    let mut text = serde_json::to_string_pretty(&package)
        .map_err(|error| Diagnostic::error(Code::DataPackage, None, format!("het pakket kon niet gemaakt worden ({error})")))?;
    text.push('\n');
    project.write(&path, text.as_bytes())?;
    Ok(path)
}

#[derive(Serialize)]
struct Sealed {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: String,
    title: String,
    licenses: Vec<Json>,
    sources: Vec<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contributors: Option<Vec<Json>>,
    resources: Vec<Json>,
}

fn resource(project: &Project, folder: &str, table: &str, name: &str, columns: &[&str]) -> Result<Json, Diagnostic> {
    let path = format!("{folder}/{table}");
    let hash = project.sha256(&path)?;
    let bytes = project.read_bytes(&path)?.len();
    let fields: Vec<Json> = columns.iter().map(|column| field(column)).collect();
    Ok(json!({
        "name": name, "path": table, "type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "bytes": bytes, "hash": format!("sha256:{hash}"),
        "schema": { "fields": fields, "missingValues": [""] },
    }))
}

/// The Table Schema of one column.
fn field(column: &str) -> Json {
    let number = matches!(column, "waarde" | "ondergrens" | "bovengrens");
    let optional = number || matches!(column, "basisperiode" | "status" | "geheim" | "noot" | "gedrukt");
    let kind = if number { "number" } else { "string" };
    if optional {
        json!({ "name": column, "type": kind })
    } else {
        json!({ "name": column, "type": kind, "constraints": { "required": true } })
    }
}
