//! The tree that the template walks. It is serialised as it stands, so its field names are the template's.
//!
//! Positions never ride in the tree: they would change every page at every edit. Ids do not change with the text;
//! [`Report::nodes`] keeps id → place.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Printed;
use crate::content;
use crate::figures::{self, Selection};
use crate::source::Span;

/// The whole report, ready for charts and typesetting.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub edition: String,
    pub school_year: String,
    pub title: String,
    pub theme: Option<String>,
    pub publisher: String,
    pub keywords: Vec<String>,
    pub date: Day,
    pub date_text: String,
    pub draft: bool,
    /// For the printer: with bleed and crop marks.
    pub print: bool,
    /// What every page of a fictitious edition says.
    pub banner: Option<String>,
    pub cover: Cover,
    pub foreword: Foreword,
    pub notes: Notes,
    pub evolution: Option<Notes>,
    pub chapters: Vec<Chapter>,
    pub colophon: Colophon,
    /// Figures that an earlier edition printed otherwise; found once the earlier editions are known.
    pub revisions: Vec<Revision>,
    /// What was corrected after publication, the oldest first.
    pub errata: Vec<Erratum>,
    /// Why figures differ from those of earlier editions, as far as editors said.
    #[serde(skip)]
    pub reasons: Vec<Reason>,
    /// Every figure printed in text and tiles; charts and tables add theirs.
    #[serde(skip)]
    pub printed: Vec<Printed>,
    #[serde(skip)]
    pub charts: Vec<ChartRequest>,
    /// What the program itself says of the figures.
    #[serde(skip)]
    pub stated: Vec<Stated>,
    /// Keys of the sources that the text cites.
    #[serde(skip)]
    pub cited: BTreeSet<String>,
    /// Node id → what it is and where its text stands.
    #[serde(skip)]
    pub nodes: BTreeMap<String, Node>,
}

/// A part of the report that has a place of its own in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    pub kind: NodeKind,
    /// Of a figure its placeholder, of a chart its whole block.
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    Callout,
    Chart,
    Columns,
    Cover,
    Figure,
    /// A place of a ranking.
    Item,
    List,
    Paragraph,
    Picture,
    Quote,
    Ranking,
    Table,
    Tile,
    /// A row of tiles.
    Tiles,
    Title,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub struct Day {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Cover {
    pub id: String,
    pub caption: String,
    /// What one dot stands for: `20.000 leerlingen`.
    pub dot: String,
    /// For who does not see the dots.
    pub alt: String,
    /// What is less than a count, and in which years.
    pub mark_lines: Vec<String>,
    /// Keys of `bronnen.yaml`.
    pub sources: Vec<String>,
    pub columns: Vec<CoverColumn>,
    /// Its values, for the appendix.
    #[serde(skip)]
    pub table: Option<figures::Table>,
}

/// One column of the drawing on the cover.
#[derive(Debug, Clone, Serialize)]
pub struct CoverColumn {
    /// The year.
    pub label: String,
    pub dots: usize,
    /// Whether there is a figure; a gap is drawn too.
    pub known: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Foreword {
    pub id: String,
    pub title: Vec<Inline>,
    pub opening: Option<Vec<Inline>>,
    pub body: Vec<Block>,
    pub signature: Option<Vec<Inline>>,
}

/// A part with a title and nothing but blocks.
#[derive(Debug, Clone, Serialize)]
pub struct Notes {
    pub id: String,
    pub title: Vec<Inline>,
    pub body: Vec<Block>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Colophon {
    pub id: String,
    pub title: String,
    pub body: Vec<Block>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Chapter {
    pub id: String,
    pub key: String,
    pub number: usize,
    pub title: Vec<Inline>,
    pub title_text: String,
    pub color: String,
    pub quote: Option<Quote>,
    pub intro: Vec<Block>,
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Section {
    pub id: String,
    pub key: String,
    pub title: Vec<Inline>,
    pub title_text: String,
    pub body: Vec<Block>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    Paragraph {
        id: String,
        children: Vec<Inline>,
    },
    /// `start` is the number of the first item of an ordered list.
    List {
        id: String,
        ordered: bool,
        start: u32,
        items: Vec<Vec<Block>>,
    },
    Chart(Box<Chart>),
    /// Running text in two or three columns.
    Columns {
        id: String,
        count: u8,
        body: Vec<Block>,
    },
    Ranking {
        id: String,
        title: Vec<Inline>,
        lists: Vec<RankedList>,
        /// Keys of `bronnen.yaml`.
        sources: Vec<String>,
    },
    /// A hole that only a draft shows.
    Gap {
        id: String,
        title: Vec<Inline>,
        text: String,
    },
    Tiles {
        id: String,
        items: Vec<Tile>,
        /// Keys of `bronnen.yaml`.
        sources: Vec<String>,
    },
    Quote(Quote),
    Callout {
        id: String,
        title: Option<Vec<Inline>>,
        columns: u8,
        body: Vec<Block>,
    },
    Picture {
        id: String,
        path: String,
        alt: String,
        caption: Option<Vec<Inline>>,
    },
    Table(Table),
}

#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    pub id: String,
    pub label: String,
    pub number: usize,
    pub title: Vec<Inline>,
    pub note: Option<Vec<Inline>>,
    /// Filled by typesetting from the charts stage.
    #[serde(flatten)]
    pub drawing: Drawing,
}

/// What is drawn, with what must stand under it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Drawing {
    pub svg: String,
    /// In points.
    pub width: f64,
    pub height: f64,
    pub alt: String,
    pub population: Option<String>,
    pub marks: Vec<char>,
    /// Whether every value has all of these marks.
    pub marks_shared: bool,
    pub sources: Vec<String>,
    /// Key of the table in the appendix.
    pub table: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Tile {
    pub id: String,
    pub value: String,
    pub marks: Vec<char>,
    pub unit: String,
    pub line: Vec<Inline>,
    pub before: Option<Vec<Inline>>,
}

/// An order, the first place first.
#[derive(Debug, Clone, Serialize)]
pub struct RankedList {
    pub title: Option<Vec<Inline>>,
    pub items: Vec<RankedItem>,
}

#[derive(Debug, Clone, Serialize)]
pub struct RankedItem {
    pub id: String,
    /// In digits.
    pub place: String,
    pub marks: Vec<char>,
    pub line: Vec<Inline>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Quote {
    pub id: String,
    pub text: Vec<Inline>,
    pub by: Vec<Inline>,
    pub source: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Table {
    pub id: String,
    pub title: Vec<Inline>,
    #[serde(flatten)]
    pub content: figures::Table,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Inline {
    Text {
        text: String,
    },
    Figure {
        id: String,
        text: String,
        marks: Vec<char>,
    },
    Emph {
        children: Vec<Inline>,
    },
    Strong {
        children: Vec<Inline>,
    },
    Link {
        url: String,
        children: Vec<Inline>,
    },
    /// Words in another language than the report's.
    Foreign {
        lang: String,
        children: Vec<Inline>,
    },
    Note {
        body: Vec<Block>,
    },
    /// Sources that stand side by side share their parentheses.
    Cite {
        keys: Vec<String>,
    },
}

/// A figure that an earlier edition printed with another value.
#[derive(Debug, Clone, Serialize)]
pub struct Revision {
    /// Of the indicator.
    pub title: String,
    /// Measure, breakdown and period, in words.
    pub what: String,
    /// The edition that printed the old value.
    pub edition: String,
    pub old: String,
    pub new: String,
    /// Absent in a draft where nobody gave one yet.
    pub reason: Option<Vec<Inline>>,
    pub date: Option<String>,
}

/// What was corrected in a report that was out already.
#[derive(Debug, Clone, Serialize)]
pub struct Erratum {
    pub id: String,
    pub date: String,
    /// SHA-256 of the PDF that it replaced.
    pub pdf: String,
    pub body: Vec<Block>,
}

/// A statement of the program's own, in the language of claims.
#[derive(Debug, Clone)]
pub struct Stated {
    pub words: String,
    pub span: Span,
}

/// The reason why some figures differ from those of an earlier edition.
#[derive(Debug, Clone)]
pub struct Reason {
    /// Each with its place.
    pub figures: Vec<(figures::Figure, Span)>,
    pub reason: Vec<Inline>,
    pub date: String,
}

/// A chart to be drawn: what the editor asked for, and the figures that were meant.
#[derive(Debug, Clone)]
pub struct ChartRequest {
    pub id: String,
    pub number: usize,
    /// Title in plain words, for the alternative text and the appendix.
    pub title: String,
    /// The line under the chart, in plain words.
    pub note: Option<String>,
    /// The editor's own alternative text.
    pub alt: Option<String>,
    /// The reasons of the outliers, in the order of the chart.
    pub reasons: Vec<String>,
    pub selection: Selection,
    pub spec: content::Chart,
    pub span: Span,
}

impl Report {
    /// Every list of blocks of the report: of the notes, of the chapters' introductions and of their sections.
    pub fn bodies(&self) -> impl Iterator<Item = &Vec<Block>> {
        let chapters = self.chapters.iter();
        let chapters =
            chapters.flat_map(|chapter| std::iter::once(&chapter.intro).chain(chapter.sections.iter().map(|section| &section.body)));
        std::iter::once(&self.notes.body).chain(chapters).chain(self.evolution.iter().map(|evolution| &evolution.body))
    }

    /// The same, to be filled.
    pub fn bodies_mut(&mut self) -> impl Iterator<Item = &mut Vec<Block>> {
        let chapters = self.chapters.iter_mut();
        let chapters = chapters
            .flat_map(|chapter| std::iter::once(&mut chapter.intro).chain(chapter.sections.iter_mut().map(|section| &mut section.body)));
        std::iter::once(&mut self.notes.body).chain(chapters).chain(self.evolution.iter_mut().map(|evolution| &mut evolution.body))
    }

    /// The tables that stand in the text.
    pub fn tables(&self) -> impl Iterator<Item = &figures::Table> {
        self.bodies().flatten().filter_map(|block| match block {
            Block::Table(table) => Some(&table.content),
            _ => None,
        })
    }
}

/// The words of a line without its notes and citations; marks stay, as a figure without them would say more than it is.
pub fn plain_text(inlines: &[Inline]) -> String {
    let text = |inline: &Inline| match inline {
        Inline::Text { text } => text.clone(),
        Inline::Figure { text, marks, .. } => format!("{text}{}", marks.iter().map(|mark| format!("[{mark}]")).collect::<String>()),
        Inline::Emph { children } | Inline::Strong { children } | Inline::Link { children, .. } | Inline::Foreign { children, .. } => {
            plain_text(children)
        }
        Inline::Note { .. } | Inline::Cite { .. } => String::new(),
    };
    inlines.iter().map(text).collect::<String>().trim().to_owned()
}
