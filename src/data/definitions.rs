//! What registrations are held against: the indicators and the nomenclature of an edition, or those the program carries.

use super::indicators::Indicator;
use super::nomenclature::{self, Nomenclature};
use super::{Data, definitions_path};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::units::SchoolYear;

/// The edition whose definitions the program carries, for where there is no project.
const BUILT_IN: &str = "2024-2025";
const CARRIED: [(&str, &str); 5] = [
    ("data/2024-2025/indicatoren.yaml", include_str!("../../data/2024-2025/indicatoren.yaml")),
    ("data/2024-2025/nomenclatuur.yaml", include_str!("../../data/2024-2025/nomenclatuur.yaml")),
    ("data/2024-2025/bronnen.yaml", include_str!("../../data/2024-2025/bronnen.yaml")),
    ("data/2024-2025/waarnemingen.csv", include_str!("../../data/2024-2025/waarnemingen.csv")),
    ("data/2024-2025/gepubliceerd.csv", include_str!("../../data/2024-2025/gepubliceerd.csv")),
];

/// Indicators, nomenclature and the last school year they are for.
#[derive(Debug)]
pub struct Definitions {
    pub indicators: Vec<Indicator>,
    pub nomenclature: Nomenclature,
    pub last_year: SchoolYear,
}

/// Whether an edition says what registrations are about.
pub fn has_nomenclature(project: &Project, edition: &str) -> bool {
    project.exists(&definitions_path(project, edition, "nomenclatuur.yaml"))
}

/// Reads the definitions of an edition. Faults go to the sink.
pub fn load_definitions(project: &Project, edition: &str, sink: &mut Sink) -> Option<Definitions> {
    let indicators = super::load_indicators(project, edition, sink);
    let nomenclature = nomenclature::read(&*project.read_into(&definitions_path(project, edition, "nomenclatuur.yaml"), sink)?, sink);
    checked(indicators?, nomenclature?, edition, sink)
}

/// The definitions that the program carries.
pub fn built_in_definitions(sink: &mut Sink) -> Option<Definitions> {
    load_definitions(&carried(), BUILT_IN, sink)
}

/// All data that the program carries: those of its own last edition.
pub fn built_in_data(sink: &mut Sink) -> Option<Data> {
    super::load(&carried(), BUILT_IN, None, sink)
}

fn carried() -> Project {
    Project::of_texts(&CARRIED)
}

fn checked(indicators: Vec<Indicator>, nomenclature: Nomenclature, edition: &str, sink: &mut Sink) -> Option<Definitions> {
    nomenclature::check_indicators(&indicators, Some(&nomenclature), sink);
    let last_year = SchoolYear::parse(edition.trim_start_matches("voorbeeld-"));
    if last_year.is_none() {
        let message = format!("de editie «{edition}» heet niet naar een schooljaar");
        sink.push(Diagnostic::error(Code::DataPeriod, None, message).help("Kies met --edition een editie die naar een schooljaar heet."));
    }
    let last_year = last_year?;
    Some(Definitions { indicators, nomenclature, last_year })
}
