//! `indicatoren.yaml`: what every indicator counts.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::source::{SourceFile, Span, Spanned};
use crate::units::{Period, PeriodKind};
use crate::yaml::{self, Keyed, Text};

/// De indicatoren van een editie.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorsFile {
    /// Elke indicator onder zijn vaste naam.
    indicatoren: Keyed<IndicatorShape>,
}

/// Wat een indicator telt.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct IndicatorShape {
    /// Titel zoals hij in tabellen staat.
    titel: Text,
    /// Wat er precies geteld wordt.
    definitie: Text,
    /// Wat geteld wordt: leerlingen, verslagen, gesprekken, …
    eenheid: Text,
    periode: PeriodWord,
    domein: Option<Domain>,
    /// De indicator waarvan dit een deel is; daarmee wordt het aandeel berekend.
    noemer: Option<Spanned<String>>,
    /// De indicatoren waarvan dit de som is; het nazicht rekent ze na.
    #[serde(default)]
    som_van: Vec<Spanned<String>>,
    /// Wat meetelt uit nomenclatuur.yaml: codes van onderwerpen, van hele categorieën of domeinen, of «alle».
    #[serde(default)]
    onderwerpen: Vec<Spanned<String>>,
    /// Functies die meetellen, of de groep vraaggestuurd of aanbodgestuurd; zonder keuze alle.
    #[serde(default)]
    functies: Vec<Spanned<String>>,
    /// Aantal decimalen van de waarnemingen; zonder keuze 0.
    #[serde(default)]
    decimalen: u8,
    /// Eerste periode waarin bestond wat geteld wordt; zonder keuze altijd.
    van: Option<Spanned<String>>,
    /// Laatste periode waarin het bestond; zonder keuze nog steeds.
    tot: Option<Spanned<String>>,
    /// Jaren vanaf wanneer iets anders geteld wordt.
    #[serde(default)]
    trendbreuken: Vec<BreakShape>,
    /// Wat het nazicht aan de waarden van deze indicator vindt en toch mag staan, met de reden.
    #[serde(default)]
    verantwoord: Vec<WaiverShape>,
}

/// Een bevinding over de waarden van een indicator die toch mag staan.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WaiverShape {
    /// De code van de bevinding, bijvoorbeeld rekening.noemers.
    bevinding: Spanned<String>,
    /// De periode waarover ze gaat; zonder keuze elke.
    periode: Option<Spanned<String>>,
    /// De getallen van de bevinding, zoals ze erin staan: 2,44% en 30.229. Verandert er één, dan geldt de reden niet meer.
    #[serde(default)]
    waarden: Vec<Text>,
    /// Waarom de waarden toch zo staan; komt in de bijlage.
    reden: Text,
}

/// Waarnaar geteld wordt.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
enum PeriodWord {
    #[serde(rename = "schooljaar")]
    SchoolYear,
    #[serde(rename = "kalenderjaar")]
    Year,
}

impl PeriodWord {
    fn kind(self) -> PeriodKind {
        match self {
            Self::SchoolYear => PeriodKind::SchoolYear,
            Self::Year => PeriodKind::Year,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::SchoolYear => "schooljaar",
            Self::Year => "kalenderjaar",
        }
    }
}

/// Begeleidingsdomein.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Domain {
    #[serde(rename = "leren_en_studeren")]
    Learning,
    #[serde(rename = "onderwijsloopbaan")]
    SchoolCareer,
    #[serde(rename = "preventieve_gezondheidszorg")]
    PreventiveHealth,
    #[serde(rename = "psychosociaal_functioneren")]
    Psychosocial,
    #[serde(rename = "geen")]
    None,
}

impl Domain {
    pub const ALL: [Domain; 5] = [Domain::Learning, Domain::SchoolCareer, Domain::PreventiveHealth, Domain::Psychosocial, Domain::None];

    /// As in the YAML files.
    pub fn name(self) -> &'static str {
        match self {
            Domain::Learning => "leren_en_studeren",
            Domain::SchoolCareer => "onderwijsloopbaan",
            Domain::PreventiveHealth => "preventieve_gezondheidszorg",
            Domain::Psychosocial => "psychosociaal_functioneren",
            Domain::None => "geen",
        }
    }
}

/// Een jaar vanaf wanneer iets anders geteld wordt, met de reden.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct BreakShape {
    /// Eerste periode van de nieuwe telling.
    vanaf: Spanned<String>,
    reden: Text,
}

/// One indicator: what is counted, in which unit, as part of what.
#[derive(Debug, Clone)]
pub struct Indicator {
    pub id: String,
    pub title: String,
    pub definition: String,
    /// Also the measure it has when none is named.
    pub unit: String,
    pub period_kind: PeriodKind,
    pub domain: Option<Domain>,
    /// Id of the indicator that shares are taken of.
    pub denominator: Option<String>,
    /// Ids of the indicators that this one is the sum of; empty for one that is no sum.
    pub sum_of: Vec<String>,
    /// Codes of topics, categories or domains, or `alle`; empty where it is not counted from registrations.
    pub topics: Vec<String>,
    /// Functions or groups of them; empty for all.
    pub functions: Vec<String>,
    /// The same, each with its place.
    pub(super) topic_places: Vec<Spanned<String>>,
    pub(super) function_places: Vec<Spanned<String>>,
    /// Decimals an observed value may have; a count has none.
    pub decimals: u8,
    pub validity: Validity,
    pub breaks: Vec<Break>,
    /// Findings about its values that are known and explained.
    pub waivers: Vec<DataWaiver>,
    pub span: Span,
}

/// A finding about values that is known and explained.
#[derive(Debug, Clone)]
pub struct DataWaiver {
    /// Of the finding: `rekening.noemers`.
    pub code: Spanned<String>,
    /// Absent for every period.
    pub period: Option<Spanned<Period>>,
    /// What the finding must speak of, all of it, so that another value is not excused too.
    pub values: Vec<Spanned<String>>,
    pub reason: String,
}

/// When there was something to count: the first and the last period, both included; open where nothing is said.
#[derive(Debug, Clone, Copy, Default)]
pub struct Validity {
    pub from: Option<Period>,
    pub until: Option<Period>,
}

impl Validity {
    /// Whether there was something to count in a period; of another kind of period nothing is said.
    pub fn holds(&self, period: Period) -> bool {
        let same_kind = |end: &Period| end.kind() == period.kind();
        self.from.filter(same_kind).is_none_or(|from| from <= period) && self.until.filter(same_kind).is_none_or(|until| period <= until)
    }

    /// `bestaat pas vanaf 2023-2024`, of a period in which there was nothing to count.
    pub fn in_words(&self, period: Period) -> String {
        match (self.from, self.until) {
            (Some(from), _) if period < from => format!("bestaat pas vanaf {from}"),
            (_, Some(until)) => format!("bestond alleen tot en met {until}"),
            _ => "bestaat altijd".to_owned(),
        }
    }
}

/// A break in series: what is counted changed.
#[derive(Debug, Clone)]
pub struct Break {
    pub from: Period,
    pub reason: String,
}

impl Indicator {
    /// The measures observations of this indicator may have: a count of pupils also has interventions.
    pub fn measures(&self) -> Vec<&str> {
        if self.unit == "leerlingen" { vec!["leerlingen", "interventies"] } else { vec![self.unit.as_str()] }
    }
}

pub(super) fn load(project: &Project, path: &str, sink: &mut Sink) -> Option<Vec<Indicator>> {
    let file = project.read_into(path, sink)?;
    read(&file, sink)
}

/// Reads indicators from their text.
pub(super) fn read(file: &SourceFile, sink: &mut Sink) -> Option<Vec<Indicator>> {
    let shape: IndicatorsFile = yaml::read(file, sink)?;
    let indicators: Vec<Indicator> = shape.indicatoren.0.iter().map(|(id, shape)| indicator(id, shape, sink)).collect();
    for (id, shape) in &shape.indicatoren.0 {
        check_others(id, shape, &indicators, sink);
    }
    Some(indicators)
}

fn indicator(id: &Spanned<String>, shape: &IndicatorShape, sink: &mut Sink) -> Indicator {
    check_name(id, sink);
    Indicator {
        id: id.value.clone(),
        title: shape.titel.value.clone(),
        definition: shape.definitie.value.trim().replace('\n', " "),
        unit: shape.eenheid.value.clone(),
        period_kind: shape.periode.kind(),
        domain: shape.domein,
        denominator: shape.noemer.as_ref().map(|name| name.value.clone()),
        sum_of: shape.som_van.iter().map(|part| part.value.clone()).collect(),
        topics: shape.onderwerpen.iter().map(|topic| topic.value.clone()).collect(),
        functions: shape.functies.iter().map(|function| function.value.clone()).collect(),
        topic_places: shape.onderwerpen.clone(),
        function_places: shape.functies.clone(),
        decimals: shape.decimalen,
        validity: validity(shape, sink),
        breaks: shape.trendbreuken.iter().filter_map(|shape| series_break(shape, sink)).collect(),
        waivers: shape.verantwoord.iter().filter_map(|shape| waiver(shape, sink)).collect(),
        span: id.span,
    }
}

/// A name that an expression can hold: letters, digits and underscores, and none that means something else there.
fn check_name(id: &Spanned<String>, sink: &mut Sink) {
    let plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let begins = id.starts_with(|c: char| c.is_ascii_lowercase());
    let reserved = ["schooljaar", "true", "false", "none", "not", "and", "or", "in", "is", "if", "else"];
    if !plain || !begins || reserved.contains(&id.value.as_str()) {
        let diagnostic = Diagnostic::error(Code::ContentValue, id.span, format!("«{}» kan geen naam van een indicator zijn", id.value));
        sink.push(diagnostic.help("Gebruik kleine letters, cijfers en _, te beginnen met een letter."));
    }
}

/// An indicator may be measured by others, and never by itself.
fn check_others(id: &str, shape: &IndicatorShape, indicators: &[Indicator], sink: &mut Sink) {
    let denominator = shape.noemer.iter().map(|name| ("de noemer", name));
    for (role, name) in denominator.chain(shape.som_van.iter().map(|name| ("een deel", name))) {
        if name.value == id {
            let message = format!("«{}» kan niet {role} van zichzelf zijn", name.value);
            sink.push(
                Diagnostic::error(Code::DataIndicator, name.span, message).help("Noem een andere indicator, of laat de sleutel weg."),
            );
        } else if !indicators.iter().any(|indicator| indicator.id == name.value) {
            let message = format!("«{}», {role} van «{id}», is geen indicator", name.value);
            let known = indicators.iter().map(|indicator| indicator.id.as_str());
            sink.push(Diagnostic::error(Code::DataIndicator, name.span, message).suggest(name, known));
        }
    }
}

fn series_break(shape: &BreakShape, sink: &mut Sink) -> Option<Break> {
    Some(Break { from: period(&shape.vanaf, sink)?, reason: shape.reden.value.trim().replace('\n', " ") })
}

fn waiver(shape: &WaiverShape, sink: &mut Sink) -> Option<DataWaiver> {
    let known = || Code::ALL.iter().filter(|code| code.is_of_review()).map(|code| code.as_str());
    let code = &shape.bevinding;
    if !known().any(|name| name == code.value) && !code.is_empty() {
        let diagnostic = Diagnostic::error(Code::ContentValue, code.span, format!("«{}» is geen code van een bevinding", code.value));
        sink.push(diagnostic.help("De codes staan in docs/meldingen.md, bijvoorbeeld rekening.noemers.").suggest(code, known()));
    }
    let written = shape.periode.as_ref();
    let period = written.and_then(|written| Some(Spanned { value: period(written, sink)?, span: written.span }));
    let readable = written.is_none() || period.is_some();
    let values = shape.waarden.iter().map(|value| Spanned { value: value.value.trim().to_owned(), span: value.span }).collect();
    readable.then(|| DataWaiver { code: code.clone(), period, values, reason: shape.reden.value.trim().replace('\n', " ") })
}

fn period(field: &Spanned<String>, sink: &mut Sink) -> Option<Period> {
    let period = Period::parse(field);
    if period.is_none() && !field.is_empty() {
        sink.push(Diagnostic::error(Code::DataPeriod, field.span, format!("«{}» is geen periode", field.value)));
    }
    period
}

fn validity(shape: &IndicatorShape, sink: &mut Sink) -> Validity {
    let mut end = |field: &Option<Spanned<String>>| {
        let field = field.as_ref()?;
        let end = period(field, sink)?;
        if end.kind() == shape.periode.kind() {
            return Some(end);
        }
        let message = format!("deze indicator wordt per {} geteld, maar hier staat {end}", shape.periode.name());
        let help = format!("Schrijf een {}, of verander «periode».", shape.periode.name());
        sink.push(Diagnostic::error(Code::DataPeriod, field.span, message).help(help));
        None
    };
    let (from, until) = (end(&shape.van), end(&shape.tot));
    if let (Some(from), Some(until), Some(field)) = (from, until, &shape.tot)
        && until < from
    {
        let message = format!("de indicator eindigt ({until}) voor hij begint ({from})");
        sink.push(Diagnostic::error(Code::DataPeriod, field.span, message).help("Kijk «van» en «tot» na."));
    }
    Validity { from, until }
}
