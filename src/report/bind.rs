//! Content + figures → report. Every fault of a placeholder is reported at its place; none stops the rest.

use super::expression::{Evaluator, Target};
use super::tree::*;
use super::{Printed, plain_text};
use crate::content::{self, BlockKind, Content, Expression, Line, Prose, ProseBlock};
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::figures::{self, Figure, Figures, Missing, Reference, Series};
use crate::source::{Span, Spanned};
use crate::units::{Grouping, Notation, Period, PeriodKind, Place, Value};

/// A chart with fewer known values than this shows nothing.
const FEWEST_POINTS: usize = 2;
const TO_FOLLOW: &str = "cijfer volgt";

/// What a report is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// May have gaps, which it shows.
    Draft,
    /// Has everything.
    Final,
}

/// Puts the figures into the text.
pub fn bind(content: &Content, figures: &Figures, mode: Mode, sink: &mut Sink) -> Report {
    let evaluator = Evaluator::new(figures);
    let mut binder =
        Binder { figures, evaluator, mode, grouping: content.grouping, sink, printed: Vec::new(), charts: Vec::new(), places: Vec::new() };
    let mut report = binder.report(content);
    report.printed = binder.printed;
    report.charts = binder.charts;
    report.places = binder.places.into_iter().collect();
    report
}

struct Binder<'a> {
    figures: &'a Figures,
    evaluator: Evaluator,
    mode: Mode,
    grouping: Grouping,
    sink: &'a mut Sink,
    printed: Vec<Printed>,
    charts: Vec<ChartRequest>,
    places: Vec<(String, Span)>,
}

impl Binder<'_> {
    fn report(&mut self, content: &Content) -> Report {
        let fictitious = content.edition.starts_with("voorbeeld-");
        let date = content.date;
        Report {
            edition: content.edition.clone(),
            school_year: content.school_year.to_string(),
            title: self.words(&content.title, "verslag/titel"),
            theme: content.theme.as_ref().map(|theme| self.words(theme, "verslag/thema")),
            publisher: self.words(&content.publisher, "verslag/uitgever"),
            keywords: content.keywords.iter().map(|word| self.words(word, "verslag/trefwoorden")).collect(),
            date: Day { year: date.year, month: date.month, day: date.day },
            date_text: date.to_string(),
            draft: self.mode == Mode::Draft,
            banner: fictitious.then(|| "voorbeeld, fictieve cijfers".to_owned()),
            cover: self.cover(&content.cover),
            foreword: self.foreword(&content.foreword),
            notes: self.notes(&content.notes),
            chapters: content.chapters.iter().enumerate().map(|(at, chapter)| self.chapter(at + 1, chapter)).collect(),
            colophon: Colophon {
                id: self.node("verslag/colofon", content.colophon.span),
                title: "Colofon".to_owned(),
                body: self.prose(&content.colophon, "verslag/colofon"),
            },
            printed: Vec::new(),
            charts: Vec::new(),
            places: Default::default(),
        }
    }

    fn cover(&mut self, cover: &content::Cover) -> Cover {
        let caption = self.words(&cover.caption, "verslag/omslag");
        let columns = self.reference(&cover.series).map(|reference| {
            let series = self.figures.series(&reference, &cover.periods);
            cover_columns(&series)
        });
        Cover { caption, columns: columns.unwrap_or_default() }
    }

    fn foreword(&mut self, foreword: &content::Foreword) -> Foreword {
        Foreword {
            id: self.node("verslag/voorwoord", foreword.title.span),
            title: self.line(&foreword.title, "verslag/voorwoord/titel"),
            opening: foreword.opening.as_ref().map(|opening| self.line(opening, "verslag/voorwoord/opening")),
            body: self.prose(&foreword.body, "verslag/voorwoord"),
            signature: foreword.signature.as_ref().map(|signature| self.line(signature, "verslag/voorwoord/ondertekening")),
        }
    }

    fn notes(&mut self, notes: &content::Notes) -> Notes {
        Notes {
            id: self.node("verslag/toelichting", notes.title.span),
            title: self.line(&notes.title, "verslag/toelichting/titel"),
            body: self.blocks(&notes.blocks, "verslag/toelichting"),
        }
    }

    fn chapter(&mut self, number: usize, chapter: &content::Chapter) -> Chapter {
        let key = chapter.key.as_str();
        let title = self.line(&chapter.title, &format!("{key}/titel"));
        Chapter {
            id: self.node(key, chapter.title.span),
            key: key.to_owned(),
            number,
            title_text: plain_text(&title),
            title,
            color: chapter.color.value.clone(),
            quote: chapter.quote.as_ref().map(|quote| self.quote(quote, &format!("{key}/citaat"))),
            intro: self.prose(&chapter.intro, &format!("{key}/inleiding")),
            sections: chapter.sections.iter().map(|section| self.section(key, section)).collect(),
        }
    }

    fn section(&mut self, chapter: &str, section: &content::Section) -> Section {
        let id = format!("{chapter}/{}", section.id.value);
        let title = self.line(&section.title, &format!("{id}/titel"));
        Section {
            id: self.node(&id, section.title.span),
            key: section.id.value.clone(),
            title_text: plain_text(&title),
            title,
            body: self.blocks(&section.blocks, &id),
        }
    }

    fn blocks(&mut self, blocks: &[content::Block], id: &str) -> Vec<Block> {
        blocks.iter().enumerate().flat_map(|(at, block)| self.block(block, &format!("{id}/{}", at + 1))).collect()
    }

    fn block(&mut self, block: &content::Block, id: &str) -> Vec<Block> {
        match &block.kind {
            BlockKind::Text(prose) => self.prose(prose, id),
            kind => {
                let id = self.node(id, block.span);
                self.single(kind, block.span, id).into_iter().collect()
            }
        }
    }

    fn single(&mut self, kind: &BlockKind, span: Span, id: String) -> Option<Block> {
        match kind {
            BlockKind::Text(_) => None,
            BlockKind::Chart(chart) => self.chart(chart, span, id),
            BlockKind::Tiles(tiles) => {
                let items = tiles.iter().enumerate().filter_map(|(at, tile)| self.tile(tile, &format!("{id}/{}", at + 1))).collect();
                Some(Block::Tiles { id, items })
            }
            BlockKind::Quote(quote) => Some(Block::Quote(self.quote(quote, &id))),
            BlockKind::Table(table) => self.table(table, span, id),
            BlockKind::Callout(callout) => Some(Block::Callout {
                title: callout.title.as_ref().map(|title| self.line(title, &format!("{id}/titel"))),
                columns: callout.columns,
                body: self.prose(&callout.body, &id),
                id,
            }),
            BlockKind::Picture(picture) => Some(self.picture(picture, id)),
        }
    }

    /// A chart, the hole it leaves in a draft, or nothing in a final where its series is not public.
    fn chart(&mut self, chart: &content::Chart, span: Span, id: String) -> Option<Block> {
        let reference = self.reference(&chart.series);
        // Of a chart that falls away nothing is printed, but its words are still looked at.
        let before = self.printed.len();
        let title = self.line(&chart.title, &format!("{id}/titel"));
        let note = chart.note.as_ref().map(|note| self.line(note, &format!("{id}/toelichting")));
        let alt = chart.alt.as_ref().map(|alt| self.words(alt, &id));
        let reference = reference?;
        self.check_periods(&reference, chart.periods.first(), chart.series.span);
        let series = self.figures.series(&reference, &chart.periods);
        if chart.periods.is_empty() {
            // Wrong periods have been reported already.
            return None;
        }
        if series.numbers().count() < FEWEST_POINTS {
            let message = format!("van {reference} zijn minder dan {FEWEST_POINTS} waarden bekend; de grafiek valt weg");
            self.sink.push(Diagnostic::warning(Code::ChartEmpty, chart.series.span, message));
            self.printed.truncate(before);
            return (self.mode == Mode::Draft).then(|| Block::Gap { id, title, text: TO_FOLLOW.to_owned() });
        }
        let number = self.charts.len() + 1;
        self.print_series(&series, &id, span);
        let reasons = chart.outliers.iter().map(|(_, reason)| self.words(reason, &id)).collect();
        let title_text = plain_text(&title);
        let request = ChartRequest { id: id.clone(), number, title: title_text, alt, reasons, reference, spec: chart.clone(), span };
        self.charts.push(request);
        let label = format!("grafiek-{number}");
        Some(Block::Chart(Box::new(Chart { id, label, number, title, note, drawing: Drawing::default() })))
    }

    /// A series over another kind of period than its indicator is counted by would be empty without a word.
    fn check_periods(&mut self, reference: &Reference, first: Option<&Period>, span: Span) {
        let counted = self.figures.indicator(&reference.indicator).map(|indicator| indicator.period_kind);
        if let (Some(counted), Some(first)) = (counted, first)
            && first.kind() != counted
        {
            let kind = if counted == PeriodKind::Year { "kalenderjaar, bijvoorbeeld 2024" } else { "schooljaar, bijvoorbeeld 2024-2025" };
            let diagnostic =
                Diagnostic::error(Code::ContentValue, span, format!("{} wordt niet geteld per periode zoals {first}", reference.indicator));
            self.sink.push(diagnostic.help(format!("Schrijf bij vanaf en tot een {kind}.")));
        }
    }

    fn print_series(&mut self, series: &Series, node: &str, span: Span) {
        let notation = Notation { grouping: self.grouping, place: Place::Table, ..Notation::default() };
        for figure in series.known() {
            self.printed.push(Printed { figure: figure.clone(), text: figure.write(&notation), node: node.to_owned(), span });
        }
    }

    fn table(&mut self, table: &content::Table, span: Span, id: String) -> Option<Block> {
        let title = self.line(&table.title, &format!("{id}/titel"));
        let references: Vec<Reference> = table.series.iter().filter_map(|series| self.reference(series)).collect();
        for reference in &references {
            self.check_periods(reference, table.periods.first(), span);
        }
        let series: Vec<Series> = references.iter().map(|reference| self.figures.series(reference, &table.periods)).collect();
        for one in &series {
            self.print_series(one, &id, span);
        }
        let known = series.iter().any(|series| series.known().next().is_some());
        if !known && !table.periods.is_empty() && !references.is_empty() {
            self.sink.push(Diagnostic::warning(Code::ChartEmpty, span, "van deze tabel is geen enkele waarde bekend; ze valt weg"));
        }
        if !known && self.mode == Mode::Draft {
            return Some(Block::Gap { id, title, text: TO_FOLLOW.to_owned() });
        }
        known.then(|| Block::Table(Table { id, title, content: figures::Table::of(&series, self.grouping) }))
    }

    fn tile(&mut self, tile: &content::Tile, id: &str) -> Option<Tile> {
        let line = self.line(&tile.label, &format!("{id}/label"));
        let before = tile.before.as_ref().map(|before| self.line(before, &format!("{id}/vorig")));
        let id = self.node(id, tile.value.span);
        let (value, marks, unit) = match self.evaluate(&tile.value, &id)? {
            Evaluated::Figure(figure, text) => (text, figure.mark_letters(), tile_unit(&figure)),
            Evaluated::Words(text) => (text, Vec::new(), String::new()),
        };
        Some(Tile { id, value, marks, unit, line, before })
    }

    fn quote(&mut self, quote: &content::Quote, id: &str) -> Quote {
        Quote {
            text: self.line(&quote.text, &format!("{id}/tekst")),
            by: self.line(&quote.by, &format!("{id}/van")),
            source: quote.source.as_ref().and_then(|key| self.source(key)),
            id: self.node(id, quote.text.span),
        }
    }

    fn picture(&mut self, picture: &content::Picture, id: String) -> Block {
        let mut caption = picture.caption.as_ref().map(|caption| self.line(caption, &format!("{id}/bijschrift"))).unwrap_or_default();
        if !caption.is_empty() {
            caption.push(Inline::Text { text: " ".to_owned() });
        }
        caption.push(Inline::Text { text: "Beeld: ".to_owned() });
        caption.extend(self.line(&picture.credit, &format!("{id}/bron")));
        Block::Picture { alt: self.words(&picture.alt, &format!("{id}/alt")), path: picture.path.clone(), caption: Some(caption), id }
    }

    fn prose(&mut self, prose: &Prose, id: &str) -> Vec<Block> {
        self.prose_blocks(&prose.blocks, id)
    }

    fn prose_blocks(&mut self, blocks: &[ProseBlock], id: &str) -> Vec<Block> {
        blocks.iter().enumerate().map(|(at, block)| self.prose_block(block, &format!("{id}/p{}", at + 1))).collect()
    }

    fn prose_block(&mut self, block: &ProseBlock, id: &str) -> Block {
        match block {
            ProseBlock::Paragraph { inlines, span } => Block::Paragraph { id: self.node(id, *span), children: self.inlines(inlines, id) },
            ProseBlock::List { ordered, start, items, span } => {
                let items = items.iter().enumerate().map(|(at, item)| self.prose_blocks(item, &format!("{id}/{}", at + 1))).collect();
                Block::List { id: self.node(id, *span), ordered: *ordered, start: *start, items }
            }
        }
    }

    fn line(&mut self, line: &Line, id: &str) -> Vec<Inline> {
        self.inlines(&line.inlines, id)
    }

    /// A line where only plain words can stand: a title in the metadata, an alternative text.
    fn words(&mut self, line: &Line, id: &str) -> String {
        plain_text(&self.line(line, id))
    }

    fn inlines(&mut self, inlines: &[content::Inline], id: &str) -> Vec<Inline> {
        inlines.iter().enumerate().flat_map(|(at, inline)| self.inline(inline, &format!("{id}/{}", at + 1))).collect()
    }

    fn inline(&mut self, inline: &content::Inline, id: &str) -> Option<Inline> {
        Some(match inline {
            content::Inline::Text(text) => Inline::Text { text: text.clone() },
            content::Inline::Emphasis(children) => Inline::Emph { children: self.inlines(children, id) },
            content::Inline::Strong(children) => Inline::Strong { children: self.inlines(children, id) },
            content::Inline::Link { url, children } => Inline::Link { url: url.clone(), children: self.inlines(children, id) },
            content::Inline::Note(body) => Inline::Note { body: self.prose_blocks(body, id) },
            content::Inline::Cite(key) => Inline::Cite { key: self.source(key)? },
            content::Inline::Placeholder(expression) => match self.evaluate(expression, id)? {
                Evaluated::Figure(figure, text) => {
                    Inline::Figure { id: self.node(id, expression.span), text, marks: figure.mark_letters() }
                }
                Evaluated::Words(text) => Inline::Text { text },
            },
        })
    }

    fn source(&mut self, key: &Spanned<String>) -> Option<String> {
        if self.figures.source(&key.value).is_some() {
            return Some(key.value.clone());
        }
        let message = format!("de bron «{}» staat niet in bronnen.yaml", key.value);
        let keys = self.figures.sources().map(|source| source.key.as_str());
        self.sink.push(Diagnostic::error(Code::TextUnknownSource, key.span, message).suggest(&key.value, keys));
        None
    }

    /// The figure of an expression in running text, noted as printed.
    fn evaluate(&mut self, expression: &Expression, node: &str) -> Option<Evaluated> {
        if expression.reported {
            return None;
        }
        match self.evaluator.evaluate(expression) {
            Ok(Target::Constant(text)) => Some(Evaluated::Words(text)),
            Ok(Target::Figure(reference, notation)) => {
                self.look_up(&reference, Notation { grouping: self.grouping, ..notation }, expression, node)
            }
            Err(diagnostic) => {
                self.sink.push(diagnostic);
                None
            }
        }
    }

    fn look_up(&mut self, reference: &Reference, notation: Notation, expression: &Expression, node: &str) -> Option<Evaluated> {
        match self.figures.resolve(reference) {
            Ok(figure) => {
                if let Some(why) = misfit(&notation, &figure) {
                    self.sink.push(Diagnostic::error(Code::ExpressionFilter, expression.span, why));
                    return None;
                }
                let text = figure.write(&notation);
                self.printed.push(Printed { figure: figure.clone(), text: text.clone(), node: node.to_owned(), span: expression.span });
                Some(Evaluated::Figure(Box::new(figure), text))
            }
            Err(missing) => {
                self.sink.push(self.not_there(&missing, expression.span));
                (self.mode == Mode::Draft).then(|| Evaluated::Words(format!("[{TO_FOLLOW}]")))
            }
        }
    }

    fn not_there(&self, missing: &Missing, span: Span) -> Diagnostic {
        let severity = if self.mode == Mode::Draft { Severity::Warning } else { Severity::Error };
        missing.diagnostic(Some(span)).severity(severity)
    }

    /// The reference of a field that names a series.
    fn reference(&mut self, expression: &Expression) -> Option<Reference> {
        if expression.reported {
            return None;
        }
        let diagnostic = match self.evaluator.evaluate(expression) {
            Ok(Target::Figure(reference, _)) if reference.period.is_none() && reference.change.is_none() => return Some(reference),
            Ok(_) => Diagnostic::error(Code::ExpressionKind, expression.span, format!("«{}» is geen reeks", expression.source.trim()))
                .help("Noem de reeks zonder periode, bijvoorbeeld indicator.leerlingen; de periodes staan bij vanaf en tot."),
            Err(diagnostic) => diagnostic,
        };
        self.sink.push(diagnostic);
        None
    }

    fn node(&mut self, id: &str, span: Span) -> String {
        self.places.push((id.to_owned(), span));
        id.to_owned()
    }
}

enum Evaluated {
    Figure(Box<Figure>, String),
    Words(String),
}

/// Why a filter cannot be had: it would say more, or something else, than is known.
fn misfit(notation: &Notation, figure: &Figure) -> Option<String> {
    let Some(value) = figure.value.filter(|_| figure.printed.is_none()) else {
        return (*notation != Notation { grouping: notation.grouping, ..Notation::default() })
            .then(|| "dit cijfer bestaat alleen in de woorden van zijn bron; een filter past er niet bij".to_owned());
    };
    if notation.in_words && !matches!(value, Value::Count(_)) {
        return Some("«woord» past alleen bij een aantal".to_owned());
    }
    let decimals = notation.decimals?;
    if decimals > value.most_decimals() {
        return Some(format!("van dit cijfer zijn geen {decimals} decimalen bekend"));
    }
    (value.is_printed() && decimals < value.default_decimals()).then(|| "een gepubliceerd cijfer wordt niet nog eens afgerond".to_owned())
}

/// Under the number of a tile: what it counts. Percentages say it in the number itself.
fn tile_unit(figure: &Figure) -> String {
    if figure.unit == "%" || figure.unit == "procentpunt" { String::new() } else { figure.unit.clone() }
}

fn cover_columns(series: &Series) -> Vec<CoverColumn> {
    let value = |figure: &Figure| figure.value.map_or(0.0, crate::units::Value::as_f64);
    let highest = series.numbers().map(value).fold(0.0, f64::max);
    let column = |point: &crate::figures::Point| CoverColumn {
        label: point.period.to_string(),
        height: point.figure.as_ref().map_or(0.0, |figure| if highest > 0.0 { value(figure) / highest } else { 0.0 }),
        known: point.figure.as_ref().is_some_and(|figure| figure.value.is_some()),
    };
    series.points.iter().map(column).collect()
}
