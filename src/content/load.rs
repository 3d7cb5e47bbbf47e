//! Said → meant: the shapes of the YAML files become the text of an edition. Gathers every fault before it gives up.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::*;
use super::shapes::*;
use super::{prose, shapes};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::kept::Kept;
use crate::project::{Fingerprint, Project, is_of_a_program};
use crate::source::{SourceFile, Spanned};
use crate::units::{Period, SchoolYear};
use crate::yaml::{self, Text};

const REPORT_FILE: &str = "verslag.yaml";
const DEFAULT_HOUSE_STYLE: &str = "2025";

/// The chapters as they were read before: most edits change one of them.
#[derive(Debug, Default)]
pub struct Memory {
    /// By the path of their file.
    chapters: BTreeMap<String, Option<Kept<Origin, Chapter>>>,
}

/// All that a chapter depends on.
#[derive(Debug, PartialEq, Eq)]
struct Origin {
    /// Of its file.
    sha256: Option<String>,
    school_year: Option<SchoolYear>,
    /// The pictures that it may name, and whatever else stands there.
    beside: Fingerprint,
}

/// Reads the text of an edition.
///
/// `None` means that the report file itself could not be read; other faults leave a text that is good for looking
/// further. All faults go to the sink.
pub fn load(project: &Project, edition: &str, memory: &mut Memory, sink: &mut Sink) -> Option<Content> {
    match project.base_of(edition) {
        Some(base) => derived(project, edition, &base, memory, sink),
        None => own(project, edition, memory, sink),
    }
}

/// An edition with the text of another, but for what it says itself.
fn derived(project: &Project, edition: &str, base: &str, memory: &mut Memory, sink: &mut Sink) -> Option<Content> {
    let folder = format!("content/{edition}");
    let file = project.read_into(&format!("{folder}/{REPORT_FILE}"), sink)?;
    let shape: DerivedReportFile = yaml::read(&file, sink)?;
    if !project.editions().iter().any(|known| known == base) || project.base_of(base).is_some() {
        let message = format!("van de editie «{base}» kan geen inhoud overgenomen worden");
        let diagnostic = Diagnostic::error(Code::ContentValue, shape.inhoud_van.span, message);
        sink.push(diagnostic.help("Noem een editie die in content/ staat en zelf al haar teksten heeft."));
        return None;
    }
    let mut content = own(project, base, memory, sink)?;
    let mut lowering = Lowering { project, folder: &folder, file, school_year: Some(content.school_year), rewrites: Vec::new(), sink };
    lowering.check_year_of_folder(edition, &shape.inhoud_van);
    content.edition = edition.to_owned();
    // What was revised and corrected, and when it came out, are matters of that edition alone.
    (content.corrections, content.errata, content.published) = (Vec::new(), Vec::new(), None);
    content.publisher = lowering.line(&shape.uitgever);
    content.colophon = lowering.prose(&shape.colofon);
    if let Some(title) = &shape.titel {
        content.title = lowering.line(title);
    }
    if let Some(theme) = &shape.thema {
        content.theme = Some(lowering.line(theme));
    }
    if let Some(foreword) = &shape.voorwoord {
        content.foreword = lowering.foreword(foreword);
    }
    if let Some(notes) = shape.toelichting {
        content.notes = Notes { title: lowering.line(&notes.titel), blocks: lowering.blocks(notes.blokken) };
    }
    Some(content)
}

fn own(project: &Project, edition: &str, memory: &mut Memory, sink: &mut Sink) -> Option<Content> {
    let folder = format!("content/{edition}");
    let file = project.read_into(&format!("{folder}/{REPORT_FILE}"), sink)?;
    let shape: ReportFile = yaml::read(&file, sink)?;
    report_unlisted(project, &folder, &shape, sink);
    let mut lowering = Lowering { project, folder: &folder, file: Arc::clone(&file), school_year: None, rewrites: Vec::new(), sink };
    lowering.school_year = lowering.school_year_of(&shape.schooljaar);
    lowering.check_year_of_folder(edition, &shape.schooljaar);
    let chapters = lowering.chapters(&shape.hoofdstukken, memory);
    lowering.file = file;
    lowering.report(edition, shape, chapters)
}

/// A file that no chapter list names would vanish from the report without a word.
fn report_unlisted(project: &Project, folder: &str, shape: &ReportFile, sink: &mut Sink) {
    let names = project.list(folder, ".yaml").into_iter().chain(project.list(folder, ".yml"));
    let chapters = &shape.hoofdstukken;
    let missing = chapters.iter().find(|chapter| !project.exists(&format!("{folder}/{}", chapter.value)));
    for name in names.filter(|name| !is_of_a_program(name)) {
        let listed = name == REPORT_FILE || chapters.iter().any(|chapter| chapter.value == name);
        if !listed {
            let message = format!("het bestand {name} staat niet bij de hoofdstukken");
            let span = chapters.first().map_or(shape.titel.span, |chapter| chapter.span);
            let diagnostic = Diagnostic::warning(Code::ContentUnlisted, span, message);
            sink.push(match missing {
                // The most likely is that a file was given another name.
                Some(missing) => {
                    diagnostic.help(format!("Heette het vroeger {}? Schrijf dan de nieuwe naam bij hoofdstukken.", missing.value))
                }
                None => diagnostic,
            });
        }
    }
}

/// Turns the shapes of one file into text; knows where to report.
pub(super) struct Lowering<'a> {
    project: &'a Project,
    folder: &'a str,
    pub(super) file: Arc<SourceFile>,
    /// The report's, when that could be read.
    school_year: Option<SchoolYear>,
    /// What is still to be rewritten, as far as it was met.
    pub(super) rewrites: Vec<Spanned<String>>,
    pub(super) sink: &'a mut Sink,
}

impl Lowering<'_> {
    fn report(&mut self, edition: &str, shape: ReportFile, chapters: Vec<Arc<Chapter>>) -> Option<Content> {
        // Where these were wrong, which has been reported, the rest is still worth looking at.
        let school_year = self.school_year.or_else(|| SchoolYear::parse(edition))?;
        let date = self.date(&shape.datum).unwrap_or(Date { year: 2000, month: 1, day: 1 });
        self.rewrite(shape.herschrijven.as_ref());
        let mut content = Content {
            edition: edition.to_owned(),
            school_year,
            date,
            title: self.line(&shape.titel),
            publisher: self.line(&shape.uitgever),
            theme: self.optional_line(shape.thema.as_ref()),
            house_style: shape.huisstijl.unwrap_or_else(|| Spanned::new(DEFAULT_HOUSE_STYLE.to_owned(), shape.titel.span)),
            grouping: shape.getalnotatie,
            keywords: shape.trefwoorden.iter().map(|word| self.line(word)).collect(),
            cover: self.cover(&shape.omslag),
            foreword: self.foreword(&shape.voorwoord),
            notes: Notes { title: self.line(&shape.toelichting.titel), blocks: self.blocks(shape.toelichting.blokken) },
            evolution: shape.evolutie.map(|shape| self.evolution(shape)),
            colophon: self.prose(&shape.colofon),
            chapters,
            corrections: self.corrections(shape.herzieningen),
            published: self.published(shape.gepubliceerd.as_ref()),
            errata: self.errata(shape.errata),
            rewrites: Vec::new(),
            accounts: self.accounts(&shape.beweringen, &shape.verantwoord),
            review: self.review_rules(shape.nazicht),
        };
        content.rewrites = std::mem::take(&mut self.rewrites);
        Some(content)
    }

    fn chapters(&mut self, names: &[Spanned<String>], memory: &mut Memory) -> Vec<Arc<Chapter>> {
        // Pictures: a chapter names them, and was told what is wrong with them.
        let beside = self.project.paths_below(self.folder).into_iter().filter(|path| !path.ends_with(".yaml"));
        let beside = self.project.fingerprint(beside);
        let mut chapters: Vec<Arc<Chapter>> = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            if names[..at].contains(name) {
                self.sink.push(Diagnostic::error(
                    Code::ContentDuplicateId,
                    name.span,
                    format!("het hoofdstuk {} staat er twee keer", name.value),
                ));
                continue;
            }
            let Some(chapter) = self.chapter(name, beside, memory) else { continue };
            for section in &chapter.sections {
                if !section.id.is_empty() && ids.contains(&section.id.value) {
                    let message = format!("de id «{}» is al gebruikt", section.id.value);
                    self.sink.push(Diagnostic::error(Code::ContentDuplicateId, section.id.span, message));
                }
                ids.push(section.id.value.clone());
            }
            chapters.push(chapter);
        }
        chapters
    }

    fn chapter(&mut self, name: &Spanned<String>, beside: Fingerprint, memory: &mut Memory) -> Option<Arc<Chapter>> {
        let path = format!("{}/{}", self.folder, name.value);
        let file = match self.project.read(&path) {
            Ok(file) => file,
            Err(diagnostic) => {
                // The editor can mend the list of chapters, so the message points there.
                self.sink.push(Diagnostic { span: diagnostic.span.or(Some(name.span)), ..diagnostic });
                return None;
            }
        };
        if name.contains(['/', '\\']) {
            let diagnostic = Diagnostic::error(Code::ContentValue, name.span, "een hoofdstuk staat in de map van de editie zelf");
            self.sink.push(diagnostic.help("Schrijf alleen de naam van het bestand, zonder map ervoor."));
        }
        self.check_name(name);
        let of = Origin { sha256: file.sha256.clone(), school_year: self.school_year, beside };
        let (project, folder, school_year) = (self.project, self.folder, self.school_year);
        let read = |sink: &mut Sink| Lowering { project, folder, file, school_year, rewrites: Vec::new(), sink }.chapter_of_file(name);
        let kept = Kept::renew(memory.chapters.entry(path).or_default(), of, read);
        self.sink.push_all(&kept.said);
        kept.value.clone()
    }

    /// The live preview does not follow what programs keep for themselves.
    fn check_name(&mut self, name: &Spanned<String>) {
        if is_of_a_program(name) {
            let message = format!("«{}» is de naam van een bestand dat een programma voor zichzelf houdt", name.value);
            let diagnostic = Diagnostic::error(Code::ContentValue, name.span, message);
            self.sink.push(diagnostic.help("Geef het bestand een naam die niet met een punt begint en niet op ~ eindigt."));
        }
    }

    fn chapter_of_file(&mut self, name: &str) -> Option<Chapter> {
        let file = Arc::clone(&self.file);
        let shape: ChapterFile = yaml::read(&file, self.sink)?;
        self.rewrite(shape.herschrijven.as_ref());
        let mut chapter = Chapter {
            accounts: self.accounts(&shape.beweringen, &shape.verantwoord),
            key: name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned(),
            title: self.line(&shape.titel),
            phase: shape.fase,
            color: shape.kleur,
            quote: shape.citaat.map(|quote| self.quote(quote)),
            intro: self.prose(&shape.inleiding),
            sections: shape.onderdelen.into_iter().map(|section| self.section(section)).collect(),
            rewrites: Vec::new(),
        };
        chapter.rewrites = std::mem::take(&mut self.rewrites);
        Some(chapter)
    }

    fn section(&mut self, shape: SectionShape) -> Section {
        if ["titel", "citaat", "inleiding"].contains(&shape.id.value.as_str()) {
            let diagnostic = Diagnostic::error(
                Code::ContentDuplicateId,
                shape.id.span,
                format!("de id «{}» is al van het hoofdstuk zelf", shape.id.value),
            );
            self.sink.push(diagnostic.help("Kies een andere id."));
        }
        let plain = shape.id.starts_with(|c: char| c.is_ascii_lowercase())
            && shape.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-');
        if !plain {
            let diagnostic = Diagnostic::error(Code::ContentValue, shape.id.span, format!("«{}» kan geen id zijn", shape.id.value));
            self.sink.push(diagnostic.help("Gebruik kleine letters, cijfers, _ en -."));
        }
        self.rewrite(shape.herschrijven.as_ref());
        Section {
            accounts: self.accounts(&shape.beweringen, &shape.verantwoord),
            title: self.line(&shape.titel),
            id: shape.id,
            blocks: self.blocks(shape.blokken),
        }
    }

    fn blocks(&mut self, shapes: Vec<Spanned<BlockShape>>) -> Vec<Block> {
        shapes.into_iter().filter_map(|shape| self.block(shape)).collect()
    }

    fn block(&mut self, shape: Spanned<BlockShape>) -> Option<Block> {
        let span = shape.span;
        let shapes::BlockShape {
            tekst,
            kolommen,
            grafiek,
            kerncijfers,
            ranglijst,
            citaat,
            tabel,
            kader,
            beeld,
            herschrijven,
            beweringen,
            verantwoord,
        } = shape.value;
        let accounts = self.accounts(&beweringen, &verantwoord);
        self.rewrite(herschrijven.as_ref());
        let columns = self.columns(kolommen.as_ref(), tekst.is_some());
        let mut kinds: Vec<BlockKind> = Vec::new();
        kinds.extend(tekst.map(|text| self.running_text(&text, columns)));
        let has_chart = grafiek.is_some();
        kinds.extend(grafiek.and_then(|chart| self.chart(chart, span)).map(BlockKind::Chart));
        kinds.extend(kerncijfers.map(|tiles| BlockKind::Tiles(self.tiles(tiles))));
        kinds.extend(ranglijst.map(|ranking| BlockKind::Ranking(self.ranking(ranking))));
        kinds.extend(citaat.map(|quote| BlockKind::Quote(self.quote(quote))));
        kinds.extend(tabel.map(|table| BlockKind::Table(self.table(table))));
        kinds.extend(kader.map(|callout| BlockKind::Callout(self.callout(callout))));
        kinds.extend(beeld.map(|picture| BlockKind::Picture(self.picture(picture))));
        // A block that was no block, whose kind was misspelt or whose chart was wrong, has been reported already.
        let reported = self.sink.has_at(span) || (has_chart && kinds.is_empty());
        if kinds.len() != 1 && !reported {
            let count = if kinds.is_empty() { "geen soort" } else { "meer dan één soort" };
            self.sink.push(Diagnostic::error(Code::ContentBlockKind, span, format!("dit blok heeft {count}")));
        }
        kinds.into_iter().next().map(|kind| Block { accounts, span, kind })
    }

    fn running_text(&mut self, text: &Text, columns: u8) -> BlockKind {
        let prose = self.prose(text);
        if columns > 1 { BlockKind::Columns(columns, prose) } else { BlockKind::Text(prose) }
    }

    /// The number of columns that a text or a callout was given; `fits` says whether it may have any.
    fn columns(&mut self, written: Option<&Spanned<u8>>, fits: bool) -> u8 {
        let Some(written) = written else { return 1 };
        if !fits {
            let diagnostic = Diagnostic::error(Code::ContentValue, written.span, "kolommen hoort hier bij geen tekst");
            self.sink.push(diagnostic.help("Zet kolommen naast tekst, of in een kader."));
        } else if !(1..=3).contains(&written.value) {
            let message = format!("{} kolommen passen niet op de bladzijde", written.value);
            self.sink.push(Diagnostic::error(Code::ContentValue, written.span, message).help("Kies 1, 2 of 3."));
        }
        written.value.clamp(1, 3)
    }

    fn tiles(&mut self, shapes: Spanned<Vec<TileShape>>) -> Vec<Tile> {
        if !(2..=4).contains(&shapes.len()) {
            let message = format!("kerncijfers telt {} tegels; twee tot vier passen naast elkaar", shapes.len());
            self.sink.push(Diagnostic::error(Code::ContentValue, shapes.span, message).help("Zet twee tot vier tegels in een blok."));
        }
        shapes.value.into_iter().map(|shape| self.tile(&shape)).collect()
    }

    fn tile(&mut self, shape: &TileShape) -> Tile {
        let value = &shape.waarde;
        let inner = value.value.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        let inner = inner.filter(|inner| !inner.contains("{{") && !inner.contains("}}"));
        if inner.is_none() && !value.is_hole() {
            let diagnostic = Diagnostic::error(Code::ContentValue, value.span, "de waarde van een tegel is precies één verwijzing");
            self.sink.push(diagnostic.help("Schrijf bijvoorbeeld \"{{ indicator.leerlingen }}\"; andere woorden horen in het label."));
        }
        let start = value.value.find("{{").map_or(0, |at| at + 2);
        let source = inner.unwrap_or_default().to_owned();
        let span = value.place(&self.file, start.saturating_sub(2)..start + source.len() + 2);
        Tile {
            value: Expression { source, span, reported: inner.is_none() },
            label: self.line(&shape.label),
            before: self.optional_line(shape.vorig.as_ref()),
        }
    }

    fn quote(&mut self, shape: QuoteShape) -> Quote {
        Quote { text: self.line(&shape.tekst), by: self.line(&shape.van), source: shape.bron }
    }

    fn table(&mut self, shape: TableShape) -> Table {
        Table {
            title: self.line(&shape.titel),
            series: shape.reeksen.iter().map(|series| expression(series, &self.file)).collect(),
            periods: self.periods(&shape.vanaf, shape.tot.as_ref()),
        }
    }

    fn callout(&mut self, shape: CalloutShape) -> Callout {
        let columns = self.columns(shape.kolommen.as_ref(), true);
        Callout { title: self.optional_line(shape.titel.as_ref()), columns, body: self.prose(&shape.tekst) }
    }

    fn picture(&mut self, shape: PictureShape) -> Picture {
        let path = format!("{}/{}", self.folder, shape.bestand.value);
        if !shape.bestand.is_empty()
            && let Err(diagnostic) = self.project.read_bytes(&path)
        {
            self.sink.push(Diagnostic { span: Some(shape.bestand.span), ..diagnostic });
        }
        self.check_name(&shape.bestand);
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        if !matches!(ending.as_deref(), Some("png" | "jpg" | "jpeg" | "svg")) && !shape.bestand.is_empty() {
            self.sink.push(
                Diagnostic::error(Code::ContentValue, shape.bestand.span, "dit soort beeld kan niet gezet worden")
                    .help("Gebruik png, jpg of svg."),
            );
        }
        Picture { path, alt: self.line(&shape.alt), credit: self.line(&shape.bron), caption: self.optional_line(shape.bijschrift.as_ref()) }
    }

    fn cover(&mut self, shape: &CoverShape) -> Cover {
        Cover {
            series: expression(&shape.reeks, &self.file),
            periods: self.periods(&shape.vanaf, shape.tot.as_ref()),
            caption: self.line(&shape.bijschrift),
        }
    }

    fn foreword(&mut self, shape: &ForewordShape) -> Foreword {
        self.rewrite(shape.herschrijven.as_ref());
        Foreword {
            accounts: self.accounts(&shape.beweringen, &shape.verantwoord),
            title: self.line(&shape.titel),
            opening: self.optional_line(shape.opening.as_ref()),
            body: self.prose(&shape.tekst),
            signature: self.optional_line(shape.ondertekening.as_ref()),
        }
    }

    pub(super) fn line(&mut self, text: &Text) -> Line {
        prose::line(text, &self.file, self.sink)
    }

    pub(super) fn optional_line(&mut self, text: Option<&Text>) -> Option<Line> {
        text.map(|text| self.line(text))
    }

    pub(super) fn prose(&mut self, text: &Text) -> Prose {
        prose::prose(text, &self.file, self.sink)
    }

    fn school_year_of(&mut self, written: &Spanned<String>) -> Option<SchoolYear> {
        let year = SchoolYear::parse(written);
        if year.is_none() && !written.is_empty() {
            let diagnostic = Diagnostic::error(Code::ContentValue, written.span, format!("«{}» is geen schooljaar", written.value));
            self.sink.push(diagnostic.help("Schrijf bijvoorbeeld 2024-2025."));
        }
        year
    }

    /// A folder copied from last year would otherwise give last year's report under this year's name.
    fn check_year_of_folder(&mut self, edition: &str, written: &Spanned<String>) {
        let folder = SchoolYear::parse(edition.trim_start_matches("voorbeeld-"));
        if let (Some(folder), Some(year)) = (folder, self.school_year)
            && folder != year
        {
            let message = format!("het schooljaar is {year}, maar de map van de editie heet {edition}");
            let diagnostic = Diagnostic::error(Code::ContentValue, written.span, message);
            self.sink.push(diagnostic.help("Pas het schooljaar aan, of geef de map de naam van het schooljaar."));
        }
    }

    pub(super) fn date(&mut self, written: &Spanned<String>) -> Option<Date> {
        let date = Date::parse(written);
        if date.is_none() && !written.is_empty() {
            let diagnostic = Diagnostic::error(Code::ContentValue, written.span, format!("«{}» is geen datum", written.value));
            self.sink.push(diagnostic.help("Schrijf jaar-maand-dag, bijvoorbeeld 2025-12-01."));
        }
        date
    }

    pub(super) fn period(&mut self, written: &Spanned<String>) -> Option<Period> {
        let period = Period::parse(written);
        if period.is_none() && !written.is_empty() {
            let diagnostic = Diagnostic::error(Code::ContentValue, written.span, format!("«{}» is geen periode", written.value));
            self.sink.push(diagnostic.help("Schrijf een schooljaar (2024-2025) of een jaar (2024)."));
        }
        period
    }

    /// The periods of a series; without an end it runs to the year of the report.
    pub(super) fn periods(&mut self, from: &Spanned<String>, to: Option<&Spanned<String>>) -> Vec<Period> {
        let Some(first) = self.period(from) else { return Vec::new() };
        let last = match to {
            Some(written) => self.period(written),
            None => self.school_year.map(Period::SchoolYear),
        };
        let Some(last) = last else { return Vec::new() };
        let periods = first.through(last);
        if periods.is_empty() {
            let message = format!("van {first} naar {last} lopen geen periodes");
            let diagnostic = Diagnostic::error(Code::ContentValue, from.span, message);
            self.sink.push(diagnostic.help("Kies een begin vóór het einde, van dezelfde soort (schooljaren of jaren)."));
        }
        periods
    }
}

/// A whole field that is one expression, such as `reeks:`. Braces around it are allowed and mean nothing.
pub(super) fn expression(text: &Text, file: &SourceFile) -> Expression {
    let trimmed = text.value.trim();
    let inner = trimmed.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).unwrap_or(trimmed);
    let start = text.value.find(inner).unwrap_or_default();
    Expression { source: inner.to_owned(), span: text.place(file, start..start + inner.len()), reported: text.is_hole() }
}

impl Date {
    pub const MONTHS: [&'static str; 12] =
        ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];

    /// Reads `2025-12-01`; the day must exist.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-').map(|part| part.bytes().all(|byte| byte.is_ascii_digit()).then_some(part));
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        let date = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        (1..=date.days_in_month()).contains(&date.day).then_some(date)
    }

    fn days_in_month(self) -> u8 {
        let leap = self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        }
    }
}

/// `22 november 2026`
impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let month = Self::MONTHS.get(usize::from(self.month).wrapping_sub(1)).copied().unwrap_or_default();
        write!(f, "{} {month} {}", self.day, self.year)
    }
}
