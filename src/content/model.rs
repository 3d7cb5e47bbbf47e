//! What the text of an edition means, after its shape and prose were read. Placeholders are still unevaluated.

use std::sync::Arc;

use super::accounts::{Thresholds, Weight};
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
    pub evolution: Option<Evolution>,
    pub colophon: Prose,
    pub chapters: Vec<Arc<Chapter>>,
    /// Why figures differ from those of earlier editions.
    pub corrections: Vec<Correction>,
    pub published: Option<Published>,
    /// The oldest first.
    pub errata: Vec<Erratum>,
    /// Passages outside the chapters that are still of the edition before, each with what is to be done.
    pub rewrites: Vec<Spanned<String>>,
    /// What holds anywhere in the report.
    pub accounts: Accounts,
    pub review: ReviewRules,
}

/// What a part of the text says in numbers, and why it may say what nothing can check. It holds for that part and all that
/// is in it.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    pub claims: Vec<ClaimText>,
    pub waivers: Vec<Waiver>,
}

/// A claim as it was written, in words that each know their place; the review reads it.
#[derive(Debug, Clone)]
pub struct ClaimText {
    pub words: Vec<Spanned<String>>,
    pub span: Span,
}

/// Words that nothing needs to account for, and why.
#[derive(Debug, Clone)]
pub struct Waiver {
    pub text: Spanned<String>,
    pub reason: Line,
}

/// What an edition asks of its review.
#[derive(Debug, Clone, Default)]
pub struct ReviewRules {
    /// Code → whether it stops a final.
    pub severities: Vec<(Spanned<String>, Weight)>,
    pub thresholds: Thresholds,
    /// The edition whose series this one goes on with.
    pub predecessor: Option<Spanned<String>>,
    /// Series of the predecessor that are gone or count something else, with the reason.
    pub discontinued: Vec<Discontinued>,
}

/// Why series of the preceding edition are not in this one as they were.
#[derive(Debug, Clone)]
pub struct Discontinued {
    /// Names of indicators, or of one of their measures: `bednet`, `bednet.groei`.
    pub series: Vec<Spanned<String>>,
    pub reason: Line,
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
    pub accounts: Accounts,
    pub title: Line,
    pub opening: Option<Line>,
    pub body: Prose,
    pub signature: Option<Line>,
}

/// A page that the program writes: what changed from the first to the last school year.
#[derive(Debug, Clone)]
pub struct Evolution {
    pub accounts: Accounts,
    pub title: Line,
    pub intro: Prose,
    pub periods: Vec<Period>,
    pub subjects: Vec<EvolutionOf>,
    /// Years that were not like others, and why.
    pub unusual: (Vec<Period>, Option<String>),
}

#[derive(Debug, Clone)]
pub struct EvolutionOf {
    pub indicator: Spanned<String>,
    pub name: Option<Line>,
}

#[derive(Debug, Clone)]
pub struct Notes {
    pub title: Line,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
pub struct Chapter {
    pub accounts: Accounts,
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
    pub accounts: Accounts,
    pub id: Spanned<String>,
    pub title: Line,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
pub struct Block {
    pub accounts: Accounts,
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
    Text(Words),
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

/// Plain words, whose lines know where they stand.
#[derive(Debug, Clone, Default)]
pub struct Words {
    pub text: String,
    /// Where each typed line begins in the text, and its place in the file.
    lines: Vec<(usize, Span)>,
}

impl Words {
    pub fn new(text: String, lines: Vec<(usize, Span)>) -> Self {
        Self { text, lines }
    }

    /// Where a range of the text stands in its file, as far as its first line goes.
    pub fn place(&self, range: std::ops::Range<usize>) -> Option<Span> {
        let at = self.lines.partition_point(|(start, _)| *start <= range.start).checked_sub(1)?;
        let (start, span) = self.lines[at];
        let next = self.lines.get(at + 1).map_or(self.text.len(), |(next, _)| *next);
        // A scalar with escapes has one place for all of it.
        let exact = span.range().len() + 1 >= next - start;
        let begin = span.start as usize + (range.start - start);
        let end = (span.start as usize + (range.end.min(next) - start)).min(span.end as usize);
        Some(if exact { Span::new(span.file, begin, end) } else { span })
    }
}

/// The words between `{{` and `}}`, or those of a `reeks:`. Evaluated by the report stage.
#[derive(Debug, Clone)]
pub struct Expression {
    pub source: String,
    pub span: Span,
    /// Stands where something was wrong, which has been reported already.
    pub reported: bool,
}
