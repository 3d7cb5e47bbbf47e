//! What editors write, as it stands in the YAML. The `///` of a field is Dutch: it is the help an editor sees while
//! typing, through the JSON Schema that is made from these same structs.

use schemars::JsonSchema;
use serde::Deserialize;

use super::accounts::{ClaimShape, ReviewShape, WaiverShape};
use super::evolution::EvolutionShape;
use crate::source::Spanned;
use crate::units::Grouping;
use crate::yaml::Text;

/// Het verslag als geheel: titel, voorwoord, toelichting, colofon en de volgorde van de hoofdstukken.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportFile {
    /// Titel op de omslag.
    pub titel: Text,
    /// Schooljaar van het verslag, bijvoorbeeld 2024-2025.
    pub schooljaar: Spanned<String>,
    /// Datum van het verslag: jaar-maand-dag, bijvoorbeeld 2025-12-01.
    pub datum: Spanned<String>,
    /// Wie het verslag uitgeeft.
    pub uitgever: Text,
    /// Waarover het verslag dit jaar vooral gaat.
    pub thema: Option<Text>,
    /// Map in templates/ met het sjabloon. Zonder keuze: 2025.
    pub huisstijl: Option<Spanned<String>>,
    /// Teken tussen duizendtallen: punt (30.229) of spatie (30 229).
    #[serde(default)]
    pub getalnotatie: Grouping,
    /// Trefwoorden voor wie de pdf zoekt.
    #[serde(default)]
    pub trefwoorden: Vec<Text>,
    /// De tekening op de omslag, gemaakt van cijfers uit het verslag.
    pub omslag: CoverShape,
    pub voorwoord: ForewordShape,
    pub toelichting: NotesShape,
    /// Een bladzijde die het programma schrijft: hoe vraag en taaklast veranderden.
    pub evolutie: Option<EvolutionShape>,
    /// Hoe het verslag gemaakt is en door wie.
    pub colofon: Text,
    /// De bestanden van de hoofdstukken, in de volgorde van het verslag.
    pub hoofdstukken: Vec<Spanned<String>>,
    /// Waarom cijfers anders zijn dan in een vroegere editie.
    #[serde(default)]
    pub herzieningen: Vec<RevisionShape>,
    /// Dag waarop het verslag verschenen is: jaar-maand-dag. Sindsdien vraagt elke wijziging een erratum.
    pub gepubliceerd: Option<Spanned<String>>,
    /// Wat er na de publicatie verbeterd is, het oudste eerst.
    #[serde(default)]
    pub errata: Vec<ErratumShape>,
    /// Wat hier nog van het vorige verslag is en herschreven moet worden; een definitief verslag weigert het.
    pub herschrijven: Option<Text>,
    /// Hoe streng het verslag nagekeken wordt.
    #[serde(default)]
    pub nazicht: ReviewShape,
    /// Wat deze tekst over de cijfers zegt, voor het nazicht.
    #[serde(default)]
    pub beweringen: Vec<ClaimShape>,
    /// Wat hier niet nagerekend hoeft te worden, met de reden.
    #[serde(default)]
    pub verantwoord: Vec<WaiverShape>,
}

/// De reden van een herziening: één of meer cijfers die een vroegere editie anders drukte.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevisionShape {
    /// De cijfers, zoals in een tekst: indicator["2018-2019"].leerlingen.
    pub cijfers: Vec<Text>,
    /// Waarom het cijfer nu anders is.
    pub reden: Text,
    /// Dag van de herziening: jaar-maand-dag.
    pub datum: Spanned<String>,
}

/// Een verbetering van een verslag dat al verschenen was.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErratumShape {
    /// Dag van de verbetering: jaar-maand-dag.
    pub datum: Spanned<String>,
    /// De sha256 van de pdf die verschenen was en nu vervangen wordt; de melding van het programma noemt ze.
    pub pdf: Spanned<String>,
    /// Wat er stond en wat er nu staat.
    pub tekst: Text,
}

/// Het verslag van een editie die haar inhoud van een andere neemt; wat hier staat, gaat voor.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DerivedReportFile {
    /// De editie waarvan de tekst komt.
    pub inhoud_van: Spanned<String>,
    /// Titel op de omslag.
    pub titel: Option<Text>,
    /// Wie het verslag uitgeeft; een voorbeeld is nooit van de sector.
    pub uitgever: Text,
    /// Waarover het verslag vooral gaat.
    pub thema: Option<Text>,
    pub voorwoord: Option<ForewordShape>,
    pub toelichting: Option<NotesShape>,
    /// Hoe het verslag gemaakt is en door wie.
    pub colofon: Text,
}

/// De tekening op de omslag.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverShape {
    /// De reeks die getekend wordt, bijvoorbeeld indicator.leerlingen.
    pub reeks: Text,
    /// Eerste periode.
    pub vanaf: Spanned<String>,
    /// Laatste periode; zonder keuze het schooljaar van het verslag.
    pub tot: Option<Spanned<String>>,
    /// Wat de tekening toont, in één zin.
    pub bijschrift: Text,
}

/// Het voorwoord.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForewordShape {
    /// Wat hier nog van het vorige verslag is en herschreven moet worden; een definitief verslag weigert het.
    pub herschrijven: Option<Text>,
    /// Wat deze tekst over de cijfers zegt, voor het nazicht.
    #[serde(default)]
    pub beweringen: Vec<ClaimShape>,
    /// Wat hier niet nagerekend hoeft te worden, met de reden.
    #[serde(default)]
    pub verantwoord: Vec<WaiverShape>,
    pub titel: Text,
    /// Eén zin die groot gedrukt wordt.
    pub opening: Option<Text>,
    pub tekst: Text,
    pub ondertekening: Option<Text>,
}

/// De toelichting bij de cijfers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotesShape {
    pub titel: Text,
    pub blokken: Vec<Spanned<BlockShape>>,
}

/// Eén hoofdstuk.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChapterFile {
    /// Wat deze tekst over de cijfers zegt, voor het nazicht.
    #[serde(default)]
    pub beweringen: Vec<ClaimShape>,
    /// Wat hier niet nagerekend hoeft te worden, met de reden.
    #[serde(default)]
    pub verantwoord: Vec<WaiverShape>,
    /// Wat hier nog van het vorige verslag is en herschreven moet worden; een definitief verslag weigert het.
    pub herschrijven: Option<Text>,
    pub titel: Text,
    /// Hoe ver het hoofdstuk staat; het definitieve verslag vraagt goedgekeurd.
    pub fase: Spanned<Phase>,
    /// Kleur van het hoofdstuk, een naam uit de huisstijl.
    pub kleur: Spanned<String>,
    /// Citaat op de titelpagina van het hoofdstuk.
    pub citaat: Option<QuoteShape>,
    pub inleiding: Text,
    pub onderdelen: Vec<SectionShape>,
}

/// Hoe ver een hoofdstuk staat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Phase {
    #[serde(rename = "concept")]
    Draft,
    #[serde(rename = "nagelezen")]
    Proofread,
    #[serde(rename = "goedgekeurd")]
    Approved,
}

impl Phase {
    /// The Dutch word that editors write.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Draft => "concept",
            Phase::Proofread => "nagelezen",
            Phase::Approved => "goedgekeurd",
        }
    }
}

/// Eén onderdeel van een hoofdstuk.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionShape {
    /// Vaste naam, zonder spaties; verandert niet mee met de titel.
    pub id: Spanned<String>,
    /// Titel die de vaststelling zegt.
    pub titel: Text,
    /// Wat hier nog van het vorige verslag is en herschreven moet worden; een definitief verslag weigert het.
    pub herschrijven: Option<Text>,
    /// Wat deze tekst over de cijfers zegt, voor het nazicht.
    #[serde(default)]
    pub beweringen: Vec<ClaimShape>,
    /// Wat hier niet nagerekend hoeft te worden, met de reden.
    #[serde(default)]
    pub verantwoord: Vec<WaiverShape>,
    pub blokken: Vec<Spanned<BlockShape>>,
}

/// Een blok heeft precies één soort.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    {"required": ["tekst"]}, {"required": ["grafiek"]}, {"required": ["kerncijfers"]}, {"required": ["citaat"]},
    {"required": ["tabel"]}, {"required": ["kader"]}, {"required": ["beeld"]}, {"required": ["ranglijst"]}
]))]
pub struct BlockShape {
    /// Lopende tekst, in een blok met |.
    pub tekst: Option<Text>,
    /// Kolommen voor de lopende tekst ernaast, 1 tot 3.
    pub kolommen: Option<Spanned<u8>>,
    pub grafiek: Option<ChartShape>,
    /// Twee tot vier tegels met een cijfer.
    pub kerncijfers: Option<Spanned<Vec<TileShape>>>,
    pub ranglijst: Option<RankingShape>,
    pub citaat: Option<QuoteShape>,
    pub tabel: Option<TableShape>,
    pub kader: Option<CalloutShape>,
    pub beeld: Option<PictureShape>,
    /// Wat hier nog van het vorige verslag is en herschreven moet worden; een definitief verslag weigert het.
    pub herschrijven: Option<Text>,
    /// Wat deze tekst over de cijfers zegt, voor het nazicht.
    #[serde(default)]
    pub beweringen: Vec<ClaimShape>,
    /// Wat hier niet nagerekend hoeft te worden, met de reden.
    #[serde(default)]
    pub verantwoord: Vec<WaiverShape>,
}

/// Een grafiek: van reeksen over de jaren, of van delen op één moment.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartShape {
    pub vorm: Spanned<Form>,
    /// Over de jaren: de reeks, bijvoorbeeld indicator.leerlingen.
    pub reeks: Option<Text>,
    /// Over de jaren: meer dan één reeks.
    #[serde(default)]
    pub reeksen: Vec<SeriesShape>,
    /// Eerste periode van een grafiek over de jaren.
    pub vanaf: Option<Spanned<String>>,
    /// Laatste periode; zonder keuze het schooljaar van het verslag.
    pub tot: Option<Spanned<String>>,
    /// Op één moment: de delen van liggend, aandelen en honderd.
    #[serde(default)]
    pub delen: Vec<PartShape>,
    /// Het geheel waarvan aandelen de delen toont, bijvoorbeeld indicator.verslagen.
    pub geheel: Option<Text>,
    /// Naam van wat de delen van het geheel overlaten.
    pub rest: Option<Text>,
    /// De kleine grafieken van veelvoud.
    #[serde(default)]
    pub panelen: Vec<PanelShape>,
    /// Wat gemeten is en in welke eenheid.
    pub titel: Text,
    /// Beschrijving voor wie de grafiek niet ziet; zonder keuze gemaakt van de cijfers.
    pub alt: Option<Text>,
    /// Eén regel onder de grafiek.
    pub toelichting: Option<Text>,
    /// Jaren die om uitleg vragen.
    #[serde(default)]
    pub uitschieters: Vec<OutlierShape>,
}

/// Vorm van een grafiek.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Form {
    /// Kolommen over de jaren, van één of twee reeksen.
    #[serde(rename = "kolommen")]
    Columns,
    /// Lijnen over de jaren, van één tot drie reeksen.
    #[serde(rename = "lijnen")]
    Lines,
    /// Kolommen van de eerste reeks met een lijn van de tweede.
    #[serde(rename = "kolommen-lijn")]
    ColumnsLine,
    /// Kolommen waarin twee tot vier reeksen samen een geheel vormen.
    #[serde(rename = "gestapeld")]
    Stacked,
    /// Liggende staven, van hoog naar laag.
    #[serde(rename = "liggend")]
    Bars,
    /// Eén staaf met twee tot zes delen van een geheel.
    #[serde(rename = "aandelen")]
    Shares,
    /// Twee tot vier kleine grafieken naast elkaar, op dezelfde schaal.
    #[serde(rename = "veelvoud")]
    Multiples,
    /// Een raster van honderd stippen voor één aandeel.
    #[serde(rename = "honderd")]
    Hundred,
}

/// Eén van de reeksen van een grafiek.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesShape {
    /// De reeks, bijvoorbeeld indicator.leerlingen.
    pub reeks: Text,
    /// Naam van de reeks in de grafiek.
    pub label: Text,
}

/// Eén deel van een grafiek.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartShape {
    /// Het cijfer, bijvoorbeeld indicator(segment="lager").verslagen.
    pub waarde: Text,
    /// Naam van het deel in de grafiek.
    pub label: Text,
}

/// Een kleine grafiek van een veelvoud.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PanelShape {
    pub titel: Text,
    pub delen: Vec<PartShape>,
}

/// Rangordes, zoals ze gepubliceerd zijn, naast elkaar.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RankingShape {
    pub titel: Text,
    /// Eén tot vier lijsten.
    pub lijsten: Spanned<Vec<RankedListShape>>,
}

/// Eén rangorde.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RankedListShape {
    pub titel: Option<Text>,
    /// De plaatsen; het programma zet ze in volgorde.
    pub plaatsen: Spanned<Vec<PlaceShape>>,
}

/// Eén plaats in een rangorde.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceShape {
    /// De plaats, bijvoorbeeld indicator(type="9").rang.
    pub rang: Text,
    pub label: Text,
}

/// Een jaar dat eruit springt, met de reden.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutlierShape {
    pub periode: Spanned<String>,
    /// Enkele woorden, die in de grafiek staan.
    pub reden: Text,
}

/// Eén tegel met een cijfer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TileShape {
    /// Het cijfer, bijvoorbeeld "{{ indicator.leerlingen }}".
    pub waarde: Text,
    /// Wat het cijfer telt, in één regel.
    pub label: Text,
    /// Hoe het vroeger was, in één regel.
    pub vorig: Option<Text>,
}

/// Een letterlijk citaat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteShape {
    /// De woorden, zonder aanhalingstekens.
    pub tekst: Text,
    /// Wie het zei.
    pub van: Text,
    /// Sleutel in bronnen.yaml.
    pub bron: Option<Spanned<String>>,
}

/// Een tabel van één of meer reeksen over de jaren.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableShape {
    pub titel: Text,
    pub reeksen: Vec<Text>,
    pub vanaf: Spanned<String>,
    pub tot: Option<Spanned<String>>,
}

/// Een kader naast de lopende tekst.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalloutShape {
    pub titel: Option<Text>,
    /// Aantal kolommen, 1 tot 3.
    pub kolommen: Option<Spanned<u8>>,
    pub tekst: Text,
}

/// Een beeld uit de map van de editie.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PictureShape {
    /// Bestandsnaam (png, jpg of svg) in de map van de editie.
    pub bestand: Spanned<String>,
    /// Wat er te zien is, voor wie het niet ziet.
    pub alt: Text,
    /// Van wie het beeld is.
    pub bron: Text,
    pub bijschrift: Option<Text>,
}
