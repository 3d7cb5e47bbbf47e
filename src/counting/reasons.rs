//! Why a registration is not counted: each reason with its number of rows and the first places.

use serde::Serialize;

/// Why a row does not fit. A row with several faults is reported under the first of them in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    ClientMissing,
    PupilMissing,
    PupilShortened,
    PupilMixed,
    DateUnreadable,
    DateOutsideYears,
    DateOutsideFolder,
    TopicUnknown,
    TopicNotValid,
    FunctionUnknown,
    SegmentUnknown,
    NetUnknown,
    CentreMissing,
    CentreInTwoNets,
    DoubleKey,
}

impl Reason {
    pub const ALL: [Reason; 15] = [
        Reason::ClientMissing,
        Reason::PupilMissing,
        Reason::PupilShortened,
        Reason::PupilMixed,
        Reason::DateUnreadable,
        Reason::DateOutsideYears,
        Reason::DateOutsideFolder,
        Reason::TopicUnknown,
        Reason::TopicNotValid,
        Reason::FunctionUnknown,
        Reason::SegmentUnknown,
        Reason::NetUnknown,
        Reason::CentreMissing,
        Reason::CentreInTwoNets,
        Reason::DoubleKey,
    ];

    /// As it is named on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Reason::ClientMissing => "client-ontbreekt",
            Reason::PupilMissing => "leerling-ontbreekt",
            Reason::PupilShortened => "leerling-afgekort",
            Reason::PupilMixed => "leerling-gemengd",
            Reason::DateUnreadable => "datum-onleesbaar",
            Reason::DateOutsideYears => "datum-buiten-jaren",
            Reason::DateOutsideFolder => "datum-buiten-map",
            Reason::TopicUnknown => "onderwerp-onbekend",
            Reason::TopicNotValid => "onderwerp-niet-geldig",
            Reason::FunctionUnknown => "functie-onbekend",
            Reason::SegmentUnknown => "segment-onbekend",
            Reason::NetUnknown => "net-onbekend",
            Reason::CentreMissing => "centrum-ontbreekt",
            Reason::CentreInTwoNets => "centrum-twee-netten",
            Reason::DoubleKey => "registratie-dubbel",
        }
    }

    /// What is wrong with the row, in Dutch.
    pub fn explanation(self) -> &'static str {
        match self {
            Reason::ClientMissing => "de cliënt ontbreekt, of is anders geschreven dan «leerling»",
            Reason::PupilMissing => "er staat geen leerling",
            Reason::PupilShortened => "Excel heeft het pseudoniem afgekort, zoals 1,23E+11",
            Reason::PupilMixed => "het pseudoniem is tekst waar de andere getallen zijn, of omgekeerd",
            Reason::DateUnreadable => "de datum ontbreekt of is geen dag zoals 2024-10-01 of 1/10/2024",
            Reason::DateOutsideYears => "de datum valt buiten de gevraagde schooljaren",
            Reason::DateOutsideFolder => "de datum valt buiten het schooljaar van de map",
            Reason::TopicUnknown => "het onderwerp staat niet in nomenclatuur.yaml",
            Reason::TopicNotValid => "het onderwerp geldt niet in dat schooljaar",
            Reason::FunctionUnknown => "de functie bestaat niet",
            Reason::SegmentUnknown => "het segment bestaat niet",
            Reason::NetUnknown => "het net bestaat niet",
            Reason::CentreMissing => "er staat geen centrum",
            Reason::CentreInTwoNets => "het centrum staat elders meestal in een ander net",
            Reason::DoubleKey => "dezelfde registratie staat er al, of staat er met een andere inhoud",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == text)
    }
}

/// How many first places are shown.
const SHOWN: usize = 3;

/// A row of a file: the number of the file, and the row or line counted from 1.
pub type Place = (u32, u64);

/// So many rows, and the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    pub count: u64,
    /// In the order of files and rows; at most three.
    pub first: Vec<Place>,
    /// What stood there, such as a code nobody knows, of the same rows as `first`.
    pub values: Vec<String>,
}

impl Rows {
    pub fn add(&mut self, place: Place, value: impl FnOnce() -> String) {
        self.count += 1;
        let at = self.first.partition_point(|first| *first < place);
        if at < SHOWN {
            self.first.insert(at, place);
            self.values.insert(at, value());
            self.first.truncate(SHOWN);
            self.values.truncate(SHOWN);
        }
    }

    pub fn merge(&mut self, other: Rows) {
        let more = other.count - other.first.len() as u64;
        for (place, value) in other.first.into_iter().zip(other.values) {
            self.add(place, || value);
        }
        self.count += more;
    }
}

/// The rows that were not counted, by reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refused([Rows; Reason::ALL.len()]);

impl Refused {
    pub fn add(&mut self, reason: Reason, place: Place, value: impl FnOnce() -> String) {
        self.0[reason as usize].add(place, value);
    }

    pub fn merge(&mut self, other: Refused) {
        self.0.iter_mut().zip(other.0).for_each(|(rows, other)| rows.merge(other));
    }

    /// The reasons that occur, in their fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (Reason, &Rows)> {
        Reason::ALL.into_iter().zip(&self.0).filter(|(_, rows)| rows.count > 0)
    }

    pub fn total(&self) -> u64 {
        self.0.iter().map(|rows| rows.count).sum()
    }
}

/// One reason as the report of a count gives it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RefusedEntry {
    pub reden: &'static str,
    pub uitleg: &'static str,
    pub rijen: u64,
    /// Part of the rows of pupils, in percent.
    pub procent: f64,
    pub aanvaard: bool,
    pub plaatsen: Vec<PlaceEntry>,
}

/// One row of a file, with what stood there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceEntry {
    pub bestand: String,
    pub rij: u64,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub waarde: String,
}

impl std::fmt::Display for PlaceEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, rij {}", self.bestand, self.rij)?;
        if self.waarde.is_empty() { Ok(()) } else { write!(f, ": «{}»", self.waarde) }
    }
}
