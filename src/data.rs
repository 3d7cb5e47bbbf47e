//! What the numbers of an edition are: indicators, sources, observations and published values, read strictly and with
//! the line each came from.

mod breakdown;
mod definitions;
mod fields;
pub mod import;
mod indicators;
mod nomenclature;
mod observations;
mod package;
mod published;
mod sources;
mod table;
mod terms;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;

pub use breakdown::Breakdown;
pub use definitions::{Definitions, built_in_data, built_in_definitions, has_nomenclature, load_definitions};
pub use indicators::{Break, DataWaiver, Domain, Indicator, IndicatorsFile, Validity};
pub use nomenclature::{Category, Nomenclature, NomenclatureFile, Topic, functions_of};
pub use observations::{COLUMNS as OBSERVATION_COLUMNS, Observation, Observations, RawObservation, is_internal_row, read_rows};
pub use package::{seal, verify};
pub use published::{COLUMNS as PUBLISHED_COLUMNS, Published, PublishedMeasure, Use};
pub use sources::{Source, SourcesFile};
pub use terms::{FUNCTIONS, Initiative, Mark, Marks, NETS, REGISTERED_SEGMENTS, SEGMENT_GROUPS, SEGMENTS};

pub const OBSERVATIONS: &str = "waarnemingen.csv";
pub const PUBLISHED: &str = "gepubliceerd.csv";

/// All data of an edition: a vintage, complete in itself.
#[derive(Debug)]
pub struct Data {
    pub indicators: Vec<Indicator>,
    /// What registrations can be about; absent where the edition counts none.
    pub nomenclature: Option<Nomenclature>,
    pub sources: Vec<Source>,
    /// The source list as it stands, for Typst's bibliography.
    pub sources_text: String,
    pub observations: Observations,
    pub published: Vec<Published>,
}

/// The folder of an edition's data, relative to the project.
pub fn folder(edition: &str) -> String {
    format!("data/{edition}")
}

/// Whether the figures of an edition are made up: its name says so.
pub fn is_fictitious(edition: &str) -> bool {
    edition.starts_with("voorbeeld-")
}

/// The path of a file with definitions: of the edition itself, or else of the edition it takes its content from.
fn definitions_path(project: &Project, edition: &str, name: &str) -> String {
    let own = format!("{}/{name}", folder(edition));
    let base = project.base_of(edition).map(|base| format!("{}/{name}", folder(&base)));
    base.filter(|base| !project.exists(&own) && project.exists(base)).unwrap_or(own)
}

/// The path of an edition's definitions.
pub fn indicators_path(project: &Project, edition: &str) -> String {
    definitions_path(project, edition, "indicatoren.yaml")
}

/// What an edition counts.
pub fn load_indicators(project: &Project, edition: &str, sink: &mut Sink) -> Option<Vec<Indicator>> {
    indicators::load(project, &indicators_path(project, edition), sink)
}

/// The sources of an edition, behind those of the edition it takes its content from.
fn load_sources(project: &Project, edition: &str, sink: &mut Sink) -> Option<(Vec<Source>, String)> {
    let own = sources::load(project, &format!("{}/bronnen.yaml", folder(edition)), sink);
    let Some(base) = project.base_of(edition) else { return own };
    let (mut all, mut text) = sources::load(project, &format!("{}/bronnen.yaml", folder(&base)), sink)?;
    let (added, added_text) = own?;
    for source in added.iter().filter(|source| all.iter().any(|other| other.key == source.key)) {
        let message = format!("de bron «{}» staat al in de editie waarvan deze haar inhoud neemt", source.key);
        sink.push(Diagnostic::error(Code::DataSources, source.span, message).help("Geef de bron een eigen sleutel."));
    }
    all.extend(added);
    text.push('\n');
    text.push_str(&added_text);
    Some((all, text))
}

/// Where the observations stand that were counted for an edition just now.
pub fn counted_path(edition: &str) -> String {
    format!("out/{edition}/{COUNTED}")
}

/// The file of observations that were counted on the way to the report.
pub const COUNTED: &str = "waarnemingen-geteld.csv";

/// Whether an edition knows a source.
pub fn has_source(project: &Project, edition: &str, key: &str) -> bool {
    load_sources(project, edition, &mut Sink::default()).is_some_and(|(sources, _)| sources.iter().any(|source| source.key == key))
}

/// Looks whether a strict table that stands nowhere yet fits an edition: known indicators, measures, sources, and so on.
/// Faults go to the sink, with places in `path`.
pub fn check_observations(project: &Project, edition: &str, path: &str, text: &str, sink: &mut Sink) {
    let indicators = load_indicators(project, edition, sink);
    let sources = load_sources(project, edition, sink);
    let known = fields::Known {
        indicators: indicators.as_deref(),
        sources: sources.as_ref().map(|(sources, _)| sources.as_slice()),
        fictitious: is_fictitious(edition),
    };
    project.carry(path, text);
    observations::load(project, path, None, &known, sink);
}

/// Reads the data of an edition, with observations that were counted just now: the text of a strict table. Faults go to the sink; `None` means that a table could not be read at all.
pub fn load(project: &Project, edition: &str, counted: Option<&str>, sink: &mut Sink) -> Option<Data> {
    let folder = folder(edition);
    let counted = counted.map(|text| project.carry(&counted_path(edition), text));
    let indicators = load_indicators(project, edition, sink);
    let nomenclature_path = definitions_path(project, edition, "nomenclatuur.yaml");
    let nomenclature = nomenclature::load(project, &nomenclature_path, sink);
    let has_nomenclature = nomenclature.is_some() || !project.exists(&nomenclature_path);
    if has_nomenclature {
        nomenclature::check_indicators(indicators.as_deref().unwrap_or_default(), nomenclature.as_ref(), sink);
    }
    let sources = load_sources(project, edition, sink);
    let known = fields::Known {
        indicators: indicators.as_deref(),
        sources: sources.as_ref().map(|(sources, _)| sources.as_slice()),
        fictitious: is_fictitious(edition),
    };
    let observations = observations::load(project, &format!("{folder}/{OBSERVATIONS}"), counted.as_deref(), &known, sink);
    let published = published::load(project, &format!("{folder}/{PUBLISHED}"), &known, sink);
    let (sources, sources_text) = sources?;
    Some(Data { indicators: indicators?, nomenclature, sources, sources_text, observations: observations?, published: published? })
}
