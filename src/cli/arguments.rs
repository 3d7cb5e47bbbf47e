//! What was typed. `build.rs` makes completions and the manual page from this same definition, so it knows nothing of
//! the rest of the program.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

const TEMPLATE: &str = "{about-with-newline}\nGebruik: {usage}\n\n{all-args}{after-help}";

/// Maakt het jaarverslag van de CLB-sector uit teksten (content/) en cijfers (data/).
#[derive(Debug, Parser)]
#[command(
    name = "jaarverslag",
    version,
    help_template = TEMPLATE,
    override_usage = "jaarverslag [--project MAP] OPDRACHT …",
    subcommand_help_heading = "Opdrachten",
    subcommand_required = true,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub struct Arguments {
    /// Map van het project; zonder keuze de dichtstbijzijnde map met content/ en data/
    #[arg(long, value_name = "MAP", global = true, help_heading = "Opties")]
    pub project: Option<PathBuf>,

    /// Toon deze hulp
    #[arg(short, long, action = ArgAction::Help, global = true, help_heading = "Opties")]
    help: Option<bool>,

    /// Toon de versie
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "Opties")]
    version: Option<bool>,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Maak de pdf van een editie in out/<editie>/
    #[command(help_template = TEMPLATE, override_usage = "jaarverslag build EDITIE [--draft | --locked] [--strict] [--style STIJL] [--print] [--png] [--charts] [--registrations PAD…]")]
    Build {
        #[command(flatten)]
        edition: Edition,
        /// Een concept: met watermerk, en met zichtbare gaten waar een cijfer ontbreekt
        #[arg(long, help_heading = "Opties")]
        draft: bool,
        /// Ook een waarschuwing houdt het verslag tegen
        #[arg(long, help_heading = "Opties")]
        strict: bool,
        /// Alleen als alles nog is zoals in het slot (data/<editie>/jaarverslag.lock); anders zegt het wat er verschilt
        #[arg(long, conflicts_with_all = ["draft", "print", "style", "registrations"], help_heading = "Opties")]
        locked: bool,
        /// In een andere huisstijl dan die van de editie; cijfers en tekst blijven gelijk, en dat wordt nagekeken
        #[arg(long, value_name = "STIJL", help_heading = "Opties")]
        style: Option<String>,
        /// Voor de drukker: met afloop en snijtekens, als …-drukklaar.pdf
        #[arg(long, help_heading = "Opties")]
        print: bool,
        /// Ook elke bladzijde als beeld (80 en 150 dpi), in paginas/
        #[arg(long, help_heading = "Opties")]
        png: bool,
        /// Ook elke grafiek als bestand (svg en png), in grafieken/
        #[arg(long, help_heading = "Opties")]
        charts: bool,
        #[command(flatten)]
        counted: CountedHere,
        #[command(flatten)]
        report: ReportFormat,
    },
    /// Kijk een editie na zonder iets te schrijven
    #[command(help_template = TEMPLATE, override_usage = "jaarverslag check EDITIE [--draft] [--strict]")]
    Check {
        #[command(flatten)]
        edition: Edition,
        /// Kijk na als concept: ontbrekende cijfers en bevindingen zijn dan waarschuwingen
        #[arg(long, help_heading = "Opties")]
        draft: bool,
        /// Ook een waarschuwing is een fout
        #[arg(long, help_heading = "Opties")]
        strict: bool,
        #[command(flatten)]
        report: ReportFormat,
    },
    /// Toon de cijfers van een editie en waar ze vandaan komen
    #[command(help_template = TEMPLATE, override_usage = "jaarverslag figures EDITIE [NAAM…] [--format text|json|csv]")]
    Figures {
        #[command(flatten)]
        edition: Edition,
        /// Indicatoren, of verwijzingen zoals in de tekst: indicator["2022-2023"].aandeel; zonder keuze alle
        #[arg(value_name = "NAAM", help_heading = "Argumenten")]
        names: Vec<String>,
        /// Vorm van de lijst: text (om te lezen), json (voor andere programma’s) of csv (voor een rekenblad)
        #[arg(
            long,
            value_enum,
            value_name = "VORM",
            default_value = "text",
            hide_default_value = true,
            hide_possible_values = true,
            help_heading = "Opties"
        )]
        format: ListFormat,
    },
    /// Toon het concept in de browser; elke bewaarde wijziging staat er meteen
    #[command(help_template = TEMPLATE, override_usage = "jaarverslag preview EDITIE [--port GETAL] [--open]")]
    Preview {
        #[command(flatten)]
        edition: Edition,
        /// Poort van deze computer waarop het voorbeeld antwoordt; zonder keuze 4848 of de eerste vrije daarna
        #[arg(long, value_name = "GETAL", help_heading = "Opties")]
        port: Option<u16>,
        /// Open het voorbeeld meteen in de browser
        #[arg(long, help_heading = "Opties")]
        open: bool,
    },
    /// Begin een nieuwe editie: van de vorige, of van niets
    #[command(help_template = TEMPLATE, override_usage = "jaarverslag new EDITIE [--from EDITIE]")]
    New {
        #[command(flatten)]
        new: New,
    },
    /// Toon welke cijfers en passages verschillen tussen twee edities, of tussen een editie en haar laatste definitieve verslag
    #[command(help_template = TEMPLATE, override_usage = "jaarverslag compare OUD [NIEUW] [--pdf]")]
    Compare {
        /// De oudere editie, of een slot (.lock) dat u bewaarde
        #[arg(value_name = "OUD", help_heading = "Argumenten")]
        old: String,
        /// De nieuwere; zonder keuze dezelfde editie zoals ze nu is
        #[arg(value_name = "NIEUW", help_heading = "Argumenten")]
        new: Option<String>,
        /// Ook als pdf, met wat erbij kwam onderstreept en wat wegviel doorgestreept
        #[arg(long, help_heading = "Opties")]
        pdf: bool,
    },
    /// Maak edities opnieuw, naast elkaar op de processoren
    #[command(help_template = TEMPLATE, override_usage = "jaarverslag regenerate EDITIE… | --all [--verify]")]
    Regenerate {
        /// Namen van edities, zoals de mappen in content/
        #[arg(value_name = "EDITIE", required_unless_present = "all", conflicts_with = "all", help_heading = "Argumenten")]
        editions: Vec<String>,
        /// Alle edities in content/
        #[arg(long, help_heading = "Opties")]
        all: bool,
        /// Kijk na of elke editie nog is wat haar slot zegt; wat verschilt, wordt niet geschreven, en wat niet veranderde, niet opnieuw gezet
        #[arg(long, help_heading = "Opties")]
        verify: bool,
    },
    /// Tel registraties: unieke leerlingen en interventies, als waarnemingen.csv
    #[command(
        help_template = TEMPLATE,
        override_usage = "jaarverslag count PAD… [--output waarnemingen.csv] [--years 2017-2018/2024-2025] [--internal]"
    )]
    Count {
        #[command(flatten)]
        count: Count,
    },
    /// Maak verzonnen registraties op de schaal van het land, om alles uit te proberen
    #[command(
        help_template = TEMPLATE,
        override_usage = "jaarverslag synthesize MAP [--years 2012-2013/2024-2025] [--seed 1] [--scale 1]"
    )]
    Synthesize {
        #[command(flatten)]
        synthesize: Synthesize,
    },
    /// Schrijf de JSON Schema’s van de YAML-bestanden, voor aanvulling in een teksteditor
    #[command(help_template = TEMPLATE, override_usage = "jaarverslag schema")]
    Schema,
    /// Werk met de gegevens van een editie
    #[command(help_template = TEMPLATE, override_usage = "jaarverslag data OPDRACHT …", subcommand_help_heading = "Opdrachten", disable_help_subcommand = true)]
    Data {
        #[command(subcommand)]
        command: DataCommand,
    },
}

impl Command {
    /// How messages were asked for.
    pub fn format(&self) -> MessageFormat {
        match self {
            Command::Build { report, .. } | Command::Check { report, .. } => report.format,
            Command::Figures { format: ListFormat::Json, .. } => MessageFormat::Json,
            Command::Count { count } => count.report.format,
            _ => MessageFormat::Text,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum DataCommand {
    /// Maak van een tabel uit Excel (.xlsx of csv) de strikte waarnemingen.csv
    #[command(help_template = TEMPLATE, override_usage = "jaarverslag data import BESTAND [--sheet NAAM] [--output waarnemingen.csv]")]
    Import {
        #[command(flatten)]
        import: Import,
    },
    /// Verzegel de tabellen: vernieuw hun controlegetallen in datapackage.json
    #[command(help_template = TEMPLATE, override_usage = "jaarverslag data seal EDITIE")]
    Seal {
        #[command(flatten)]
        edition: Edition,
    },
}

/// What `count` takes.
#[derive(Debug, Default, Args)]
pub struct Count {
    /// Bestanden (.parquet of .csv) of mappen met registraties
    #[arg(value_name = "PAD", required = true, help_heading = "Argumenten")]
    pub paths: Vec<PathBuf>,
    /// Waar de telling komt
    #[arg(long, value_name = "BESTAND", default_value = "waarnemingen.csv", hide_default_value = true, help_heading = "Opties")]
    pub output: PathBuf,
    /// Eén schooljaar (2024-2025) of van … tot en met … (2017-2018/2024-2025); zonder keuze alle
    #[arg(long, value_name = "JAREN", help_heading = "Opties")]
    pub years: Option<String>,
    /// Editie waarvan de indicatoren en de nomenclatuur gelden; zonder keuze de jongste
    #[arg(long, value_name = "EDITIE", help_heading = "Opties")]
    pub edition: Option<String>,
    /// Alleen deze indicatoren, met komma’s ertussen
    #[arg(long, value_name = "NAMEN", value_delimiter = ',', value_parser = trimmed, help_heading = "Opties")]
    pub indicators: Option<Vec<String>>,
    /// Ook per centrum, en zonder bescherming van kleine aantallen; nooit in een project
    #[arg(long, help_heading = "Opties")]
    pub internal: bool,
    /// Een reden waarom rijen niet tellen, die in deze telling veel mag voorkomen; meer dan één met komma’s ertussen
    #[arg(long, value_name = "REDEN", value_delimiter = ',', value_parser = trimmed, help_heading = "Opties")]
    pub accept: Vec<String>,
    /// Hoeveel procent van de rijen om één reden mag wegvallen; zonder keuze 0,1
    #[arg(long, value_name = "PROCENT", help_heading = "Opties")]
    pub tolerance: Option<String>,
    /// Sleutel in bronnen.yaml die de waarnemingen noemen
    #[arg(long, value_name = "SLEUTEL", help_heading = "Opties")]
    pub source: Option<String>,
    /// Neem ook de waarnemingen van deze tabel op, zoals reeksen die niet uit registraties komen
    #[arg(long, value_name = "BESTAND", help_heading = "Opties")]
    pub add: Vec<PathBuf>,
    /// Zwijg, behalve over fouten
    #[arg(long, help_heading = "Opties")]
    pub quiet: bool,
    #[command(flatten)]
    pub report: ReportFormat,
}

/// Behind a comma there may be a space.
fn trimmed(name: &str) -> Result<String, std::convert::Infallible> {
    Ok(name.trim().to_owned())
}

/// What `build` counts on its way.
#[derive(Debug, Args)]
pub struct CountedHere {
    /// Tel deze registraties (bestanden of mappen) en gebruik die aantallen, met dezelfde bescherming als bij count
    #[arg(long, value_name = "PAD", num_args = 1.., help_heading = "Opties")]
    pub registrations: Vec<PathBuf>,
    /// Een reden waarom rijen niet tellen, die in deze telling veel mag voorkomen; meer dan één met komma’s ertussen
    #[arg(long, value_name = "REDEN", value_delimiter = ',', value_parser = trimmed, requires = "registrations", help_heading = "Opties")]
    pub accept: Vec<String>,
}

/// What `new` takes.
#[derive(Debug, Args)]
pub struct New {
    /// Het schooljaar van de nieuwe editie, bijvoorbeeld 2025-2026
    #[arg(value_name = "EDITIE", help_heading = "Argumenten")]
    pub edition: String,
    /// De editie waarvan ze uitgaat: haar teksten, grafieken, cijfers en bronnen komen mee. Zonder keuze, en waar nog geen project is, een
    /// klein verslag om mee te beginnen
    #[arg(long, value_name = "EDITIE", help_heading = "Opties")]
    pub from: Option<String>,
}

/// What `data import` takes.
#[derive(Debug, Args)]
pub struct Import {
    /// De tabel uit Excel: een werkmap (.xlsx), of een csv
    #[arg(value_name = "BESTAND", help_heading = "Argumenten")]
    pub file: PathBuf,
    /// Blad van het rekenblad; zonder keuze het enige met waarnemingen
    #[arg(long, value_name = "NAAM", help_heading = "Opties")]
    pub sheet: Option<String>,
    /// Waar de strikte tabel komt; zonder keuze een nieuwe waarnemingen.csv
    #[arg(long, value_name = "BESTAND", help_heading = "Opties")]
    pub output: Option<PathBuf>,
    /// Editie waarin de waarnemingen moeten passen; zonder keuze de jongste
    #[arg(long, value_name = "EDITIE", help_heading = "Opties")]
    pub edition: Option<String>,
}

/// What `synthesize` takes.
#[derive(Debug, Args)]
pub struct Synthesize {
    /// Map waarin de registraties komen
    #[arg(value_name = "MAP", help_heading = "Argumenten")]
    pub folder: PathBuf,
    /// Eén schooljaar of van … tot en met …; zonder keuze 2012-2013/2024-2025
    #[arg(long, value_name = "JAREN", help_heading = "Opties")]
    pub years: Option<String>,
    /// Getal waarmee het toeval begint; een ander getal geeft andere leerlingen, met dezelfde aantallen
    #[arg(long, value_name = "GETAL", default_value_t = 1, hide_default_value = true, help_heading = "Opties")]
    pub seed: u64,
    /// Hoeveel keer zo groot als het land, van 0,001 tot 20; zonder keuze 1
    #[arg(long, value_name = "KEER", help_heading = "Opties")]
    pub scale: Option<String>,
    /// Zwijg, behalve over fouten
    #[arg(long, help_heading = "Opties")]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct Edition {
    /// Naam van de editie, zoals de map in content/
    #[arg(value_name = "EDITIE", help_heading = "Argumenten")]
    pub edition: String,
}

#[derive(Debug, Default, Args)]
pub struct ReportFormat {
    /// Vorm van de meldingen: text (om te lezen) of json (voor andere programma’s)
    #[arg(
        long,
        value_enum,
        value_name = "VORM",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Opties"
    )]
    pub format: MessageFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// Om te lezen
    #[default]
    Text,
    /// Voor andere programma’s
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Om te lezen
    Text,
    /// Voor andere programma’s
    Json,
    /// Voor een rekenblad
    Csv,
}
