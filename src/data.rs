//! What the numbers of an edition are: indicators, sources, observations and published values, read strictly and with
//! the line each came from.

mod breakdown;
mod definitions;
mod fields;
mod indicators;
mod nomenclature;
mod observations;
mod package;
mod published;
mod sources;
mod table;
mod terms;

use crate::diagnostic::Sink;
use crate::project::Project;

pub use breakdown::Breakdown;
pub use definitions::{Definitions, built_in_data, built_in_definitions, has_nomenclature, load_definitions};
pub use indicators::{Break, Domain, Indicator, IndicatorsFile};
pub use nomenclature::{Category, Nomenclature, NomenclatureFile, Topic, functions_of};
pub use observations::{COLUMNS as OBSERVATION_COLUMNS, Observation, Observations, RawObservation, read_rows};
pub use package::{seal, verify};
pub use published::{Published, PublishedMeasure, Use};
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

/// Reads the data of an edition. Faults go to the sink; `None` means that a table could not be read at all.
pub fn load(project: &Project, edition: &str, sink: &mut Sink) -> Option<Data> {
    let folder = folder(edition);
    let indicators = indicators::load(project, &format!("{folder}/indicatoren.yaml"), sink);
    let nomenclature = nomenclature::load(project, &format!("{folder}/nomenclatuur.yaml"), sink);
    let has_nomenclature = nomenclature.is_some() || !project.exists(&format!("{folder}/nomenclatuur.yaml"));
    if has_nomenclature {
        nomenclature::check_indicators(indicators.as_deref().unwrap_or_default(), nomenclature.as_ref(), sink);
    }
    let sources = sources::load(project, &format!("{folder}/bronnen.yaml"), sink);
    let known = fields::Known {
        indicators: indicators.as_deref(),
        sources: sources.as_ref().map(|(sources, _)| sources.as_slice()),
        fictitious: edition.starts_with("voorbeeld-"),
    };
    let observations = observations::load(project, &format!("{folder}/{OBSERVATIONS}"), &known, sink);
    let published = published::load(project, &format!("{folder}/{PUBLISHED}"), &known, sink);
    let (sources, sources_text) = sources?;
    Some(Data { indicators: indicators?, nomenclature, sources, sources_text, observations: observations?, published: published? })
}
