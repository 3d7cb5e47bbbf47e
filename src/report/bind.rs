//! Content + figures → report. Every fault of a placeholder is reported at its place; none stops the rest.

use std::collections::BTreeSet;

use super::expression::{Evaluator, Target};
use super::tree::*;
use super::{Printed, plain_text};
use crate::content::{self, BlockKind, Content, Date, Expression, Line, Prose, ProseBlock};
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::figures::{Figure, Figures, Missing, Reference};
use crate::source::{Span, Spanned};
use crate::units::{Grouping, Notation, Value};

pub(super) const TO_FOLLOW: &str = "cijfer volgt";

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
    let mut binder = Binder {
        figures,
        evaluator,
        mode,
        grouping: content.grouping,
        sink,
        printed: Vec::new(),
        charts: Vec::new(),
        stated: Vec::new(),
        cited: BTreeSet::new(),
        nodes: Vec::new(),
    };
    let mut report = binder.report(content);
    report.printed = binder.printed;
    report.charts = binder.charts;
    report.stated = binder.stated;
    report.cited = binder.cited;
    report.nodes = binder.nodes.into_iter().collect();
    report
}

/// Walks the content once; what it meets on the way is gathered beside the tree.
pub(super) struct Binder<'a> {
    pub(super) figures: &'a Figures,
    pub(super) evaluator: Evaluator,
    pub(super) mode: Mode,
    pub(super) grouping: Grouping,
    pub(super) sink: &'a mut Sink,
    pub(super) printed: Vec<Printed>,
    pub(super) charts: Vec<ChartRequest>,
    pub(super) stated: Vec<Stated>,
    pub(super) cited: BTreeSet<String>,
    nodes: Vec<(String, Node)>,
}

impl Binder<'_> {
    fn report(&mut self, content: &Content) -> Report {
        let fictitious = crate::figures::is_fictitious(&content.edition);
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
            print: false,
            banner: fictitious.then(|| "voorbeeld, fictieve cijfers".to_owned()),
            cover: self.cover(&content.cover),
            foreword: self.foreword(&content.foreword),
            notes: self.notes(&content.notes),
            chapters: content.chapters.iter().enumerate().map(|(at, chapter)| self.chapter(at + 1, chapter)).collect(),
            evolution: content.evolution.as_ref().map(|evolution| self.evolution(evolution)),
            colophon: Colophon {
                id: self.node("verslag/colofon", NodeKind::Title, content.colophon.span),
                title: "Colofon".to_owned(),
                body: self.prose(&content.colophon, "verslag/colofon"),
            },
            revisions: Vec::new(),
            errata: content.errata.iter().enumerate().map(|(at, erratum)| self.erratum(at + 1, erratum)).collect(),
            reasons: content.corrections.iter().enumerate().map(|(at, correction)| self.reason(at + 1, correction)).collect(),
            printed: Vec::new(),
            charts: Vec::new(),
            stated: Vec::new(),
            cited: Default::default(),
            nodes: Default::default(),
        }
    }

    fn foreword(&mut self, foreword: &content::Foreword) -> Foreword {
        Foreword {
            id: self.node("verslag/voorwoord", NodeKind::Title, foreword.title.span),
            title: self.line(&foreword.title, "verslag/voorwoord/titel"),
            opening: foreword.opening.as_ref().map(|opening| self.line(opening, "verslag/voorwoord/opening")),
            body: self.prose(&foreword.body, "verslag/voorwoord"),
            signature: foreword.signature.as_ref().map(|signature| self.line(signature, "verslag/voorwoord/ondertekening")),
        }
    }

    fn notes(&mut self, notes: &content::Notes) -> Notes {
        Notes {
            id: self.node("verslag/toelichting", NodeKind::Title, notes.title.span),
            title: self.line(&notes.title, "verslag/toelichting/titel"),
            body: self.blocks(&notes.blocks, "verslag/toelichting"),
        }
    }

    fn chapter(&mut self, number: usize, chapter: &content::Chapter) -> Chapter {
        let key = chapter.key.as_str();
        let title = self.line(&chapter.title, &format!("{key}/titel"));
        Chapter {
            id: self.node(key, NodeKind::Title, chapter.title.span),
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
            id: self.node(&id, NodeKind::Title, section.title.span),
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
            BlockKind::Columns(count, prose) => {
                vec![Block::Columns { count: *count, body: self.prose(prose, id), id: self.node(id, NodeKind::Columns, block.span) }]
            }
            kind => {
                let id = self.node(id, kind_of(kind), block.span);
                self.single(kind, block.span, id).into_iter().collect()
            }
        }
    }

    fn single(&mut self, kind: &BlockKind, span: Span, id: String) -> Option<Block> {
        match kind {
            BlockKind::Text(_) | BlockKind::Columns(..) => None,
            BlockKind::Chart(chart) => self.chart(chart, id),
            BlockKind::Tiles(tiles) => {
                let before = self.printed.len();
                let items = tiles.iter().enumerate().filter_map(|(at, tile)| self.tile(tile, &format!("{id}/{}", at + 1))).collect();
                Some(Block::Tiles { id, items, sources: self.sources_since(before) })
            }
            BlockKind::Ranking(ranking) => Some(self.ranking(ranking, id)),
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

    /// Keys of the sources of what was printed since, each once, sorted.
    pub(super) fn sources_since(&self, before: usize) -> Vec<String> {
        let origins = self.printed[before..].iter().flat_map(|printed| &printed.figure.origins);
        let keys: BTreeSet<&str> = origins.map(|origin| origin.source.as_str()).collect();
        keys.into_iter().map(str::to_owned).collect()
    }

    fn tile(&mut self, tile: &content::Tile, id: &str) -> Option<Tile> {
        let line = self.line(&tile.label, &format!("{id}/label"));
        let before = tile.before.as_ref().map(|before| self.line(before, &format!("{id}/vorig")));
        let id = self.node(id, NodeKind::Tile, tile.value.span);
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
            id: self.node(id, NodeKind::Quote, quote.text.span),
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

    pub(super) fn prose(&mut self, prose: &Prose, id: &str) -> Vec<Block> {
        self.prose_blocks(&prose.blocks, id)
    }

    fn prose_blocks(&mut self, blocks: &[ProseBlock], id: &str) -> Vec<Block> {
        blocks.iter().enumerate().map(|(at, block)| self.prose_block(block, &format!("{id}/p{}", at + 1))).collect()
    }

    fn prose_block(&mut self, block: &ProseBlock, id: &str) -> Block {
        match block {
            ProseBlock::Paragraph { inlines, span } => {
                Block::Paragraph { id: self.node(id, NodeKind::Paragraph, *span), children: self.inlines(inlines, id) }
            }
            ProseBlock::List { ordered, start, items, span } => {
                let items = items.iter().enumerate().map(|(at, item)| self.prose_blocks(item, &format!("{id}/{}", at + 1))).collect();
                Block::List { id: self.node(id, NodeKind::List, *span), ordered: *ordered, start: *start, items }
            }
        }
    }

    pub(super) fn line(&mut self, line: &Line, id: &str) -> Vec<Inline> {
        self.inlines(&line.inlines, id)
    }

    /// A line where only plain words can stand: a title in the metadata, an alternative text.
    pub(super) fn words(&mut self, line: &Line, id: &str) -> String {
        plain_text(&self.line(line, id))
    }

    fn inlines(&mut self, inlines: &[content::Inline], id: &str) -> Vec<Inline> {
        let inlines = inlines.iter().enumerate().filter_map(|(at, inline)| self.inline(inline, &format!("{id}/{}", at + 1)));
        inlines.fold(Vec::new(), with_citations_joined)
    }

    fn inline(&mut self, inline: &content::Inline, id: &str) -> Option<Inline> {
        Some(match inline {
            content::Inline::Text(words) => Inline::Text { text: with_days_held(&words.text) },
            content::Inline::Emphasis(children) => Inline::Emph { children: self.inlines(children, id) },
            content::Inline::Strong(children) => Inline::Strong { children: self.inlines(children, id) },
            content::Inline::Link { url, children } => Inline::Link { url: url.clone(), children: self.inlines(children, id) },
            content::Inline::Foreign { language, children } => {
                Inline::Foreign { lang: language.clone(), children: self.inlines(children, id) }
            }
            content::Inline::Note(body) => Inline::Note { body: self.prose_blocks(body, id) },
            content::Inline::Cite(key) => Inline::Cite { keys: vec![self.source(key)?] },
            content::Inline::Placeholder(expression) => match self.evaluate(expression, id)? {
                Evaluated::Figure(figure, text) => {
                    Inline::Figure { id: self.node(id, NodeKind::Figure, expression.span), text, marks: figure.mark_letters() }
                }
                Evaluated::Words(text) => Inline::Text { text },
            },
        })
    }

    fn source(&mut self, key: &Spanned<String>) -> Option<String> {
        if self.figures.source(&key.value).is_some() {
            self.cited.insert(key.value.clone());
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
                let approximation = notation.approximation;
                let (node, span) = (node.to_owned(), expression.span);
                self.printed.push(Printed { figure: figure.clone(), text: text.clone(), node, span, approximation });
                Some(Evaluated::Figure(Box::new(figure), text))
            }
            Err(missing) => {
                self.sink.push(self.not_there(&missing, expression.span));
                (self.mode == Mode::Draft).then(|| Evaluated::Words(format!("[{TO_FOLLOW}]")))
            }
        }
    }

    /// Notes a figure as printed in words of its own.
    pub(super) fn note_printed(&mut self, figure: &Figure, text: &str, node: &str, span: Span) {
        self.printed.push(Printed { figure: figure.clone(), text: text.to_owned(), node: node.to_owned(), span, approximation: None });
    }

    pub(super) fn not_there(&self, missing: &Missing, span: Span) -> Diagnostic {
        let severity = if self.mode == Mode::Draft { Severity::Warning } else { Severity::Error };
        missing.diagnostic(Some(span)).severity(severity)
    }

    /// The reference of a field that names a series.
    pub(super) fn reference(&mut self, expression: &Expression) -> Option<Reference> {
        if expression.reported {
            return None;
        }
        let diagnostic = match self.evaluator.evaluate(expression) {
            Ok(Target::Figure(reference, _)) if reference.period.is_none() && reference.change.is_none() => return Some(*reference),
            Ok(_) => Diagnostic::error(Code::ExpressionKind, expression.span, format!("«{}» is geen reeks", expression.source.trim()))
                .help("Noem de reeks zonder periode, bijvoorbeeld indicator.leerlingen; de periodes staan bij vanaf en tot."),
            Err(diagnostic) => diagnostic,
        };
        self.sink.push(diagnostic);
        None
    }

    pub(super) fn node(&mut self, id: &str, kind: NodeKind, span: Span) -> String {
        self.nodes.push((id.to_owned(), Node { kind, span }));
        id.to_owned()
    }
}

fn kind_of(block: &BlockKind) -> NodeKind {
    match block {
        BlockKind::Text(_) => NodeKind::Paragraph,
        BlockKind::Columns(..) => NodeKind::Columns,
        BlockKind::Chart(_) => NodeKind::Chart,
        BlockKind::Tiles(_) => NodeKind::Tiles,
        BlockKind::Ranking(_) => NodeKind::Ranking,
        BlockKind::Quote(_) => NodeKind::Quote,
        BlockKind::Table(_) => NodeKind::Table,
        BlockKind::Callout(_) => NodeKind::Callout,
        BlockKind::Picture(_) => NodeKind::Picture,
    }
}

/// Adds an inline; a citation right after another joins it.
fn with_citations_joined(mut line: Vec<Inline>, inline: Inline) -> Vec<Inline> {
    let space = matches!(line.last(), Some(Inline::Text { text }) if text.trim().is_empty());
    let before = line.len().checked_sub(1 + usize::from(space));
    match (inline, before.and_then(|at| line.get_mut(at))) {
        (Inline::Cite { keys }, Some(Inline::Cite { keys: earlier })) => {
            earlier.extend(keys);
            line.truncate(line.len() - usize::from(space));
        }
        (inline, _) => line.push(inline),
    }
    line
}

enum Evaluated {
    Figure(Box<Figure>, String),
    Words(String),
}

/// Why a filter cannot be had: it would say more, or something else, than is known.
pub(super) fn misfit(notation: &Notation, figure: &Figure) -> Option<String> {
    if notation.per_hundred {
        let clear = figure.whole_percentage().is_some() && *notation == of_hundred(notation.grouping);
        return (!clear)
            .then(|| "«op_honderd» past alleen, en zonder andere filters, bij een aandeel dat op één geheel getal uitkomt".to_owned());
    }
    let Some(value) = figure.value.filter(|_| figure.printed.is_none()) else {
        return (*notation != Notation { grouping: notation.grouping, ..Notation::default() })
            .then(|| "dit cijfer bestaat alleen in de woorden van zijn bron; een filter past er niet bij".to_owned());
    };
    if notation.in_words && !matches!(value, Value::Count(_) | Value::Rank(_)) {
        return Some("«woord» past alleen bij een aantal of een rang".to_owned());
    }
    let decimals = notation.decimals?;
    if decimals > value.most_decimals() {
        return Some(format!("van dit cijfer zijn geen {decimals} decimalen bekend"));
    }
    (value.is_printed() && decimals < value.default_decimals()).then(|| "een gepubliceerd cijfer wordt niet nog eens afgerond".to_owned())
}

/// So many out of a hundred.
pub(super) fn of_hundred(grouping: Grouping) -> Notation {
    Notation { grouping, per_hundred: true, ..Notation::default() }
}

/// Under the number of a tile: what it counts. Percentages and places say it in the number itself.
fn tile_unit(figure: &Figure) -> String {
    if ["%", "procentpunt", "rang"].contains(&figure.unit.as_str()) { String::new() } else { figure.unit.clone() }
}

/// A day stays on the line of its month.
fn with_days_held(text: &str) -> String {
    Date::MONTHS.iter().fold(text.to_owned(), |text, month| {
        let mut held = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find(&format!(" {month}")) {
            let after_digit = rest[..at].ends_with(|c: char| c.is_ascii_digit());
            held.push_str(&rest[..at]);
            held.push(if after_digit { '\u{a0}' } else { ' ' });
            rest = &rest[at + 1..];
        }
        held + rest
    })
}
