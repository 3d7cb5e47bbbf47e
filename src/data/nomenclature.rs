//! `nomenclatuur.yaml`: the topics that registrations name, in categories and domains, each with the school years in
//! which it is valid.

use schemars::JsonSchema;
use serde::Deserialize;

use super::indicators::{Domain, Indicator};
use super::terms::{FUNCTIONS, Initiative};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::source::{SourceFile, Span, Spanned};
use crate::units::{Period, SchoolYear};
use crate::yaml::{self, Keyed, Text};

/// De nomenclatuur: waarover een registratie kan gaan.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NomenclatureFile {
    /// Eerste schooljaar dat deze lijst beschrijft.
    van: Spanned<String>,
    /// De begeleidingsdomeinen, elk onder zijn vaste naam.
    domeinen: Keyed<DomainShape>,
}

/// Een begeleidingsdomein.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DomainShape {
    titel: Text,
    /// De categorieën van het domein, elk onder haar code.
    categorieen: Keyed<CategoryShape>,
}

/// Een categorie van onderwerpen.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CategoryShape {
    titel: Text,
    /// De onderwerpen, elk onder het deel van zijn code na de punt.
    onderwerpen: Keyed<TopicShape>,
}

/// Een onderwerp.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TopicShape {
    titel: Text,
    /// Eerste schooljaar waarin het onderwerp geldt; zonder keuze altijd al.
    van: Option<Spanned<String>>,
    /// Laatste schooljaar waarin het onderwerp geldt; zonder keuze nog altijd.
    tot: Option<Spanned<String>>,
    /// Codes van de onderwerpen die na `tot` in de plaats komen.
    #[serde(default)]
    opvolgers: Vec<Spanned<String>>,
}

/// What a registration can be about.
#[derive(Debug, Clone)]
pub struct Nomenclature {
    /// The first school year that is described.
    pub from: SchoolYear,
    /// In the order of the file.
    pub topics: Vec<Topic>,
    /// In the order of the file.
    pub categories: Vec<Category>,
}

/// A group of topics within a domain.
#[derive(Debug, Clone)]
pub struct Category {
    pub code: String,
    pub title: String,
    pub domain: Domain,
    pub domain_title: String,
}

/// One topic of registrations.
#[derive(Debug, Clone)]
pub struct Topic {
    /// As it stands in registrations: `categorie.onderwerp`.
    pub code: String,
    pub title: String,
    pub category: String,
    pub domain: Domain,
    /// First school year in which it is valid; absent where it always was.
    pub from: Option<SchoolYear>,
    /// Last school year in which it is valid; absent where it still is.
    pub until: Option<SchoolYear>,
    /// Codes of the topics that take over after `until`.
    pub successors: Vec<String>,
}

impl Topic {
    pub fn is_valid_in(&self, year: SchoolYear) -> bool {
        self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year <= until)
    }

    /// Whether an entry of `onderwerpen` means this topic: its code, its category, its domain or all.
    fn is_meant_by(&self, entry: &str) -> bool {
        entry == ALL || entry == self.code || entry == self.category || entry == self.domain.name()
    }
}

const ALL: &str = "alle";

impl Nomenclature {
    /// Indices of the topics that an indicator counts, in the order of the file.
    pub fn topics_of(&self, indicator: &Indicator) -> Vec<usize> {
        let meant = |topic: &Topic| indicator.topics.iter().any(|entry| topic.is_meant_by(entry));
        self.topics.iter().enumerate().filter(|(_, topic)| meant(topic)).map(|(index, _)| index).collect()
    }
}

/// Indices in [`FUNCTIONS`] of what an indicator counts: those it names, by themselves or as a group; without choice all.
pub fn functions_of(indicator: &Indicator) -> Vec<usize> {
    let meant = |name: &str, initiative: Initiative| {
        indicator.functions.is_empty() || indicator.functions.iter().any(|entry| entry == name || entry == initiative.name())
    };
    let functions = FUNCTIONS.iter().enumerate();
    functions.filter(|(_, (name, initiative))| meant(name, *initiative)).map(|(index, _)| index).collect()
}

/// Reads the nomenclature, where the edition has one: an edition that counts no registrations needs none.
pub(super) fn load(project: &Project, path: &str, sink: &mut Sink) -> Option<Nomenclature> {
    if !project.exists(path) {
        return None;
    }
    let file = project.read_into(path, sink)?;
    read(&file, sink)
}

/// Reads a nomenclature from its text.
pub(super) fn read(file: &SourceFile, sink: &mut Sink) -> Option<Nomenclature> {
    let shape: NomenclatureFile = yaml::read(file, sink)?;
    let from = school_year(&shape.van, sink);
    let mut found: Vec<(Topic, &TopicShape, Span)> = Vec::new();
    let mut categories = Vec::new();
    for (domain_key, domain) in &shape.domeinen.0 {
        let domain_id = domain_of(domain_key, sink);
        for (category_key, category) in &domain.categorieen.0 {
            check_category(category_key, &found, domain_id, sink);
            categories.extend(domain_id.map(|id| Category {
                code: category_key.value.clone(),
                title: category.titel.value.clone(),
                domain: id,
                domain_title: domain.titel.value.clone(),
            }));
            for (key, shape) in &category.onderwerpen.0 {
                check_code(key, sink);
                found.extend(domain_id.map(|id| (topic(category_key, key, id, shape, sink), shape, key.span)));
            }
        }
    }
    check_successors(&found, sink);
    Some(Nomenclature { from: from?, topics: found.into_iter().map(|(topic, _, _)| topic).collect(), categories })
}

fn topic(category: &Spanned<String>, key: &Spanned<String>, domain: Domain, shape: &TopicShape, sink: &mut Sink) -> Topic {
    let mut year = |field: &Option<Spanned<String>>| field.as_ref().and_then(|field| school_year(field, sink));
    let (from, until) = (year(&shape.van), year(&shape.tot));
    if let (Some(from), Some(until), Some(field)) = (from, until, &shape.tot)
        && until < from
    {
        let message = format!("het onderwerp «{}» eindigt ({until}) voor het begint ({from})", key.value);
        sink.push(Diagnostic::error(Code::Nomenclature, field.span, message));
    }
    Topic {
        code: format!("{}.{}", category.value, key.value),
        title: shape.titel.value.clone(),
        category: category.value.clone(),
        domain,
        from,
        until,
        successors: shape.opvolgers.iter().map(|code| code.value.clone()).collect(),
    }
}

fn domain_of(key: &Spanned<String>, sink: &mut Sink) -> Option<Domain> {
    let domain = Domain::ALL.into_iter().find(|domain| domain.name() == key.value);
    if domain.is_none() {
        let names = Domain::ALL.map(Domain::name);
        let diagnostic = Diagnostic::error(Code::Nomenclature, key.span, format!("«{}» is geen begeleidingsdomein", key.value));
        sink.push(diagnostic.help(format!("Kies uit: {}.", names.join(", "))).suggest(key, names));
    }
    domain
}

/// A category stands once in the file, so that its code alone tells which topics are meant.
fn check_category(key: &Spanned<String>, found: &[(Topic, &TopicShape, Span)], domain: Option<Domain>, sink: &mut Sink) {
    check_code(key, sink);
    let taken = found.iter().any(|(topic, _, _)| topic.category == key.value && Some(topic.domain) != domain);
    if taken || key.value == ALL || Domain::ALL.into_iter().any(|domain| domain.name() == key.value) {
        let message = format!("de code «{}» wordt al voor iets anders gebruikt", key.value);
        sink.push(Diagnostic::error(Code::Nomenclature, key.span, message).help("Geef de categorie een code die nergens anders staat."));
    }
}

fn check_code(key: &Spanned<String>, sink: &mut Sink) {
    let plain = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !plain || key.is_empty() {
        let diagnostic = Diagnostic::error(Code::Nomenclature, key.span, format!("«{}» kan geen code zijn", key.value));
        sink.push(diagnostic.help("Gebruik kleine letters, cijfers en koppeltekens."));
    }
}

fn check_successors(found: &[(Topic, &TopicShape, Span)], sink: &mut Sink) {
    let codes: Vec<&str> = found.iter().map(|(topic, _, _)| topic.code.as_str()).collect();
    for (topic, shape, span) in found {
        for successor in &shape.opvolgers {
            let Some((next, _, _)) = found.iter().find(|(other, _, _)| other.code == successor.value) else {
                let message = format!("de opvolger «{}» is geen onderwerp", successor.value);
                sink.push(Diagnostic::error(Code::DataTopic, successor.span, message).suggest(successor, codes.iter().copied()));
                continue;
            };
            let follows = topic.until.is_some_and(|until| next.from.is_none_or(|from| from <= until.next()));
            if !follows {
                let message = format!("tussen {} en zijn opvolger {} valt een gat, of {0} heeft geen einde", topic.code, next.code);
                let help = "Geef het onderwerp een «tot», en de opvolger een «van» in het schooljaar erna.";
                sink.push(Diagnostic::error(Code::Nomenclature, *span, message).help(help));
            }
        }
    }
}

fn school_year(field: &Spanned<String>, sink: &mut Sink) -> Option<SchoolYear> {
    let year = SchoolYear::parse(field);
    if year.is_none() && !field.is_empty() {
        sink.push(
            Diagnostic::error(Code::DataPeriod, field.span, format!("«{}» is geen schooljaar", field.value))
                .help("Schrijf het zoals 2024-2025."),
        );
    }
    year
}

/// What indicators count must exist, and where an indicator goes from a topic to its successor the series breaks.
pub(super) fn check_indicators(indicators: &[Indicator], nomenclature: Option<&Nomenclature>, sink: &mut Sink) {
    for indicator in indicators {
        indicator.function_places.iter().for_each(|function| check_function(function, sink));
        let Some(nomenclature) = nomenclature else {
            report_missing(indicator, sink);
            continue;
        };
        indicator.topic_places.iter().for_each(|entry| check_topic(entry, nomenclature, sink));
        check_breaks(indicator, nomenclature, sink);
    }
}

fn report_missing(indicator: &Indicator, sink: &mut Sink) {
    if let Some(entry) = indicator.topic_places.first() {
        let message = format!("{} noemt onderwerpen, maar de editie heeft geen nomenclatuur.yaml", indicator.id);
        let help = "Zet nomenclatuur.yaml bij de gegevens van de editie, of laat «onderwerpen» weg.";
        sink.push(Diagnostic::error(Code::DataTopic, entry.span, message).help(help));
    }
}

fn check_topic(entry: &Spanned<String>, nomenclature: &Nomenclature, sink: &mut Sink) {
    if nomenclature.topics.iter().any(|topic| topic.is_meant_by(entry)) || entry.value == ALL {
        return;
    }
    let topics = nomenclature.topics.iter().flat_map(|topic| [topic.code.as_str(), topic.category.as_str(), topic.domain.name()]);
    let message = format!("«{}» is geen onderwerp, categorie of domein van nomenclatuur.yaml", entry.value);
    sink.push(Diagnostic::error(Code::DataTopic, entry.span, message).suggest(entry, topics));
}

fn check_function(entry: &Spanned<String>, sink: &mut Sink) {
    let groups = [Initiative::OnRequest, Initiative::Offered].map(Initiative::name);
    let known: Vec<&str> = FUNCTIONS.iter().map(|(name, _)| *name).chain(groups).collect();
    if !known.contains(&entry.value.as_str()) {
        let diagnostic = Diagnostic::error(Code::DataTopic, entry.span, format!("«{}» is geen functie", entry.value));
        sink.push(diagnostic.help(format!("Kies uit: {}.", known.join(", "))).suggest(entry, known.iter().copied()));
    }
}

/// Only where topics are named one by one: a total of a category or a domain holds both and keeps its meaning.
fn check_breaks(indicator: &Indicator, nomenclature: &Nomenclature, sink: &mut Sink) {
    let named = |code: &str| indicator.topics.iter().any(|entry| entry == code);
    for topic in nomenclature.topics.iter().filter(|topic| named(&topic.code)) {
        let Some(next) = topic.until.map(SchoolYear::next) else { continue };
        let declared = indicator.breaks.iter().any(|a_break| a_break.from == Period::SchoolYear(next));
        if !declared && topic.successors.iter().any(|code| named(code)) {
            let message =
                format!("{} telt {} tot en met {} en daarna de opvolger, zonder trendbreuk", indicator.id, topic.code, next.previous());
            let help = format!("Zet bij de indicator een trendbreuk met «vanaf: {next}» en de reden.");
            sink.push(Diagnostic::error(Code::DataTopic, indicator.span, message).help(help));
        }
    }
}
