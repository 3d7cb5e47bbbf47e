//! What the text of an edition means, after its shape and prose were read. Placeholders are still unevaluated.

use std::sync::Arc;

use super::shapes::{Form, Phase};
use crate::source::{Span, Spanned};
use crate::units::{Grouping, Period, SchoolYear};

/// The whole text of an edition.
#[derive(Debug, Clone)]
pub struct Content {
    pub edition: String,
    pub school_year: SchoolYear,
    pub date: Date,
    pub title: Line,
    pub publisher: Line,
    pub theme: Option<Line>,
    pub house_style: Spanned<String>,
    pub grouping: Grouping,
    pub keywords: Vec<Line>,
    pub cover: Cover,
    pub foreword: Foreword,
    pub notes: Notes,
    pub colophon: Prose,
    pub chapters: Vec<Arc<Chapter>>,
    /// Why figures differ from those of earlier editions.
    pub corrections: Vec<Correction>,
    pub published: Option<Published>,
    /// The oldest first.
    pub errata: Vec<Erratum>,
    /// Passages outside the chapters that are still of the edition before, each with what is to be done.
    pub rewrites: Vec<Spanned<String>>,
}

/// The reason why figures differ from those of an earlier edition.
#[derive(Debug, Clone)]
pub struct Correction {
    pub figures: Vec<Expression>,
    pub reason: Line,
    pub date: Date,
}

/// The day on which a report came out.
#[derive(Debug, Clone, Copy)]
pub struct Published {
    pub date: Date,
    pub span: Span,
}

/// What was corrected in a report that was out already.
#[derive(Debug, Clone)]
pub struct Erratum {
    pub date: Date,
    /// SHA-256 of the PDF that it replaced.
    pub pdf: Spanned<String>,
    pub body: Prose,
}

/// A day, checked to exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

#[derive(Debug, Clone)]
pub struct Cover {
    pub series: Expression,
    pub periods: Vec<Period>,
    pub caption: Line,
}

#[derive(Debug, Clone)]
pub struct Foreword {
    pub title: Line,
    pub opening: Option<Line>,
    pub body: Prose,
    pub signature: Option<Line>,
}

#[derive(Debug, Clone)]
pub struct Notes {
    pub title: Line,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
pub struct Chapter {
    /// The name of its file without ending.
    pub key: String,
    pub title: Line,
    pub phase: Spanned<Phase>,
    pub color: Spanned<String>,
    pub quote: Option<Quote>,
    pub intro: Prose,
    pub sections: Vec<Section>,
    /// Passages that are still of the edition before.
    pub rewrites: Vec<Spanned<String>>,
}

#[derive(Debug, Clone)]
pub struct Section {
    pub id: Spanned<String>,
    pub title: Line,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
pub struct Block {
    pub span: Span,
    pub kind: BlockKind,
}

#[derive(Debug, Clone)]
pub enum BlockKind {
    Text(Prose),
    Chart(Chart),
    /// Text set in two or three columns.
    Columns(u8, Prose),
    Tiles(Vec<Tile>),
    Ranking(Ranking),
    Quote(Quote),
    Table(Table),
    Callout(Callout),
    Picture(Picture),
}

/// A chart as the editor asked for it.
#[derive(Debug, Clone)]
pub struct Chart {
    pub form: Form,
    pub data: ChartData,
    pub title: Line,
    /// Instead of the alternative text made from the data.
    pub alt: Option<Line>,
    pub note: Option<Line>,
    /// Years that ask for an explanation, each with the reason.
    pub outliers: Vec<(Period, Line)>,
    /// Of what it shows, for what is wrong with all of it.
    pub span: Span,
}

/// What a chart shows.
#[derive(Debug, Clone)]
pub enum ChartData {
    OverTime {
        series: Vec<ChartSeries>,
        periods: Vec<Period>,
    },
    /// Figures side by side: one panel, or several small charts.
    AtOnce {
        panels: Vec<Panel>,
        /// Of which the parts are parts.
        whole: Option<Expression>,
        /// The name of what the parts leave over.
        rest: Option<Line>,
    },
}

impl ChartData {
    /// Where the first figure is named.
    pub fn first_span(&self) -> Option<Span> {
        match self {
            Self::OverTime { series, .. } => series.first().map(|one| one.series.span),
            Self::AtOnce { panels, .. } => panels.iter().flat_map(|panel| &panel.parts).next().map(|part| part.value.span),
        }
    }
}

#[derive(Debug, Clone)]
pub struct ChartSeries {
    pub series: Expression,
    /// Absent where there is only one.
    pub label: Option<Line>,
}

#[derive(Debug, Clone)]
pub struct Panel {
    pub title: Option<Line>,
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone)]
pub struct Part {
    pub value: Expression,
    pub label: Line,
}

/// Orders side by side.
#[derive(Debug, Clone)]
pub struct Ranking {
    pub title: Line,
    pub lists: Vec<RankedList>,
}

#[derive(Debug, Clone)]
pub struct RankedList {
    pub title: Option<Line>,
    /// Each part's value is a rank.
    pub places: Vec<Part>,
}

#[derive(Debug, Clone)]
pub struct Tile {
    pub value: Expression,
    pub label: Line,
    pub before: Option<Line>,
}

#[derive(Debug, Clone)]
pub struct Quote {
    pub text: Line,
    pub by: Line,
    pub source: Option<Spanned<String>>,
}

#[derive(Debug, Clone)]
pub struct Table {
    pub title: Line,
    pub series: Vec<Expression>,
    pub periods: Vec<Period>,
}

#[derive(Debug, Clone)]
pub struct Callout {
    pub title: Option<Line>,
    pub columns: u8,
    pub body: Prose,
}

#[derive(Debug, Clone)]
pub struct Picture {
    /// Relative to the project.
    pub path: String,
    pub alt: Line,
    pub credit: Line,
    pub caption: Option<Line>,
}

/// Text of several paragraphs.
#[derive(Debug, Clone)]
pub struct Prose {
    pub blocks: Vec<ProseBlock>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum ProseBlock {
    Paragraph { inlines: Vec<Inline>, span: Span },
    List { ordered: bool, start: u32, items: Vec<Vec<ProseBlock>>, span: Span },
}

/// Text of one line: a title, a label, a caption.
#[derive(Debug, Clone)]
pub struct Line {
    pub inlines: Vec<Inline>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum Inline {
    Text(String),
    Placeholder(Expression),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Link {
        url: String,
        children: Vec<Inline>,
    },
    /// Words in another language than the report's, for who hears them read: `en`.
    Foreign {
        language: String,
        children: Vec<Inline>,
    },
    /// A footnote, at the place of its mark.
    Note(Vec<ProseBlock>),
    /// A key of `bronnen.yaml`.
    Cite(Spanned<String>),
}

/// The words between `{{` and `}}`, or those of a `reeks:`. Evaluated by the report stage.
#[derive(Debug, Clone)]
pub struct Expression {
    pub source: String,
    pub span: Span,
    /// Stands where something was wrong, which has been reported already.
    pub reported: bool,
}
