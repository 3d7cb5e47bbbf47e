//! The closed lists of words in the tables.

use std::collections::BTreeSet;

/// Where a pupil goes to school: the seven segments of the registrations, groups of them, and two that are neither.
pub const SEGMENTS: &[&str] = &[
    "alle",
    "gewoon-kleuter",
    "gewoon-lager",
    "buitengewoon-kleuter",
    "buitengewoon-lager",
    "voltijds-secundair",
    "buitengewoon-secundair",
    "dbso",
    "kleuter",
    "lager",
    "secundair",
    "basis",
    "buitengewoon-basis",
    "buitengewoon",
    "niet-ingeschreven",
    "onbekend",
];

/// The networks of centres.
pub const NETS: &[&str] = &["alle", "go", "vrij", "ovsg", "pov"];

/// The groups of segments, each with its members as places among the seven segments of the registrations
/// ([`REGISTERED_SEGMENTS`]).
pub const SEGMENT_GROUPS: [(&str, &[usize]); 6] = [
    ("kleuter", &[0, 2]),
    ("lager", &[1, 3]),
    ("secundair", &[4, 5, 6]),
    ("basis", &[0, 1]),
    ("buitengewoon-basis", &[2, 3]),
    ("buitengewoon", &[2, 3, 5]),
];

/// The segments that a registration may name: those behind `alle`, up to the groups.
pub const REGISTERED_SEGMENTS: [&str; 7] = {
    let mut names = [""; 7];
    let mut at = 0;
    while at < names.len() {
        names[at] = SEGMENTS[at + 1];
        at += 1;
    }
    names
};

/// Who took the first step to a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Initiative {
    /// A pupil, parent or school asked.
    OnRequest,
    /// The centre invited, as the government tells it to.
    Offered,
}

impl Initiative {
    pub fn name(self) -> &'static str {
        match self {
            Initiative::OnRequest => "vraaggestuurd",
            Initiative::Offered => "aanbodgestuurd",
        }
    }
}

/// The kinds of handling that a registration may name, each with who took the first step.
pub const FUNCTIONS: [(&str, Initiative); 9] = [
    ("onthaal", Initiative::OnRequest),
    ("vraagverheldering", Initiative::OnRequest),
    ("diagnostiek", Initiative::OnRequest),
    ("advies", Initiative::OnRequest),
    ("begeleiding", Initiative::OnRequest),
    ("draaischijf", Initiative::OnRequest),
    ("systematisch-contact", Initiative::Offered),
    ("vaccinatie", Initiative::Offered),
    ("profylaxe", Initiative::Offered),
];

pub(super) const SECRETS: &[&str] = &["primair", "secundair"];

/// What a reader must know of a value; printed as a bracketed letter with a legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    Provisional,
    Revised,
    Estimated,
    Rounded,
    Derived,
    Unreliable,
    Break,
    Missing,
    Fictitious,
    Secret,
    Published,
}

/// The marks of a value, each once, in a fixed order.
pub type Marks = BTreeSet<Mark>;

impl Mark {
    pub const ALL: [Mark; 11] = [
        Mark::Provisional,
        Mark::Revised,
        Mark::Estimated,
        Mark::Rounded,
        Mark::Derived,
        Mark::Unreliable,
        Mark::Break,
        Mark::Missing,
        Mark::Fictitious,
        Mark::Secret,
        Mark::Published,
    ];

    /// The mark of a status word in `waarnemingen.csv`.
    pub(super) fn of_status(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.name() == word && !matches!(mark, Mark::Secret | Mark::Published))
    }

    pub(super) fn status_words() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(Mark::name).filter(|name| Self::of_status(name).is_some())
    }

    /// The marks of a value that is printed as somebody published it; in an example edition nothing passes for real.
    pub fn of_published(fictitious: bool) -> Marks {
        let marks = [Mark::Published, Mark::Fictitious];
        marks.into_iter().filter(|mark| fictitious || *mark == Mark::Published).collect()
    }

    pub fn letter(self) -> char {
        match self {
            Mark::Provisional => 'v',
            Mark::Revised => 'h',
            Mark::Estimated => 'e',
            Mark::Rounded => 'a',
            Mark::Derived => 'd',
            Mark::Unreliable => 'o',
            Mark::Break => 'b',
            Mark::Missing => 'x',
            Mark::Fictitious => 'f',
            Mark::Secret => 'c',
            Mark::Published => 'g',
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Mark::Provisional => "voorlopig",
            Mark::Revised => "herzien",
            Mark::Estimated => "geschat",
            Mark::Rounded => "afgerond",
            Mark::Derived => "afgeleid",
            Mark::Unreliable => "onbetrouwbaar",
            Mark::Break => "breuk",
            Mark::Missing => "ontbreekt",
            Mark::Fictitious => "fictief",
            Mark::Secret => "geheim",
            Mark::Published => "gepubliceerd",
        }
    }

    /// One sentence for the legend of the report.
    pub fn meaning(self) -> &'static str {
        match self {
            Mark::Provisional => "Voorlopig cijfer, dat nog kan veranderen.",
            Mark::Revised => "Herzien na een eerdere publicatie.",
            Mark::Estimated => "Geschat, niet geteld.",
            Mark::Rounded => "Door de bron afgerond, of berekend uit zulke cijfers.",
            Mark::Derived => "Afgeleid uit andere gepubliceerde cijfers.",
            Mark::Unreliable => "Weinig betrouwbaar; voorzichtig te lezen.",
            Mark::Break => "Breuk in de reeks: niet zonder meer vergelijkbaar met vroegere jaren.",
            Mark::Missing => "Er is geen cijfer.",
            Mark::Fictitious => "Fictief cijfer, alleen om het verslag te tonen.",
            Mark::Secret => "Niet vrijgegeven, omdat het om te weinig leerlingen gaat.",
            Mark::Published => "Overgenomen zoals de bron het afdrukt; niet na te rekenen, omdat de tellingen erachter niet publiek zijn.",
        }
    }
}
