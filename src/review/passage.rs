//! The text as it is printed, passage by passage: plain words that know their place in the file, with the figures between
//! them, and the accounts that are given beside them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::content::{self, Accounts, BlockKind, ChartData, Content, Expression, Inline, Line, Prose, ProseBlock, Words};
use crate::report::{Mode, Printed, Report};
use crate::source::Span;

/// A part of the report with accounts of its own; what it says holds for all that is in it.
pub(super) struct Scope<'a> {
    pub accounts: &'a Accounts,
    pub parent: Option<usize>,
    /// For who reads the appendix: the title of the chapter or section.
    pub title: String,
    pub span: Span,
}

/// What sort of text a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Running,
    /// A title, a label, a caption.
    Line,
    /// Words of another.
    Quote,
}

/// A paragraph or a line, as a reader sees it.
pub(super) struct Passage<'a> {
    pub scope: usize,
    pub sort: Sort,
    /// With spaces that may break.
    pub text: String,
    pub pieces: Vec<(Range<usize>, Piece<'a>)>,
    pub span: Span,
}

/// What a stretch of a passage is made of.
pub(super) enum Piece<'a> {
    /// Typed words; where the stretch begins in them.
    Words(&'a Words, usize),
    Figure(&'a Printed),
    /// A constant, a gap, words in another language.
    Other,
    Source(&'a str),
}

/// All passages, with the parts of the report they stand in.
pub(super) struct Passages<'a> {
    pub scopes: Vec<Scope<'a>>,
    pub all: Vec<Passage<'a>>,
    /// Figures that are named; some may be unknown, and so not printed.
    pub named: Vec<&'a Expression>,
    /// The words of charts and tables that fall away, each with its scope.
    fallen: Vec<(usize, String)>,
    printed: BTreeMap<Span, &'a Printed>,
    school_year: String,
    mode: Mode,
}

impl<'a> Passages<'a> {
    pub fn of(content: &'a Content, report: &'a Report, mode: Mode) -> Self {
        let printed = report.printed.iter().map(|printed| (printed.span, printed)).collect();
        let school_year = content.school_year.to_string();
        let mut passages = Self { scopes: Vec::new(), all: Vec::new(), named: Vec::new(), fallen: Vec::new(), printed, school_year, mode };
        passages.report(content);
        passages
    }

    /// The accounts that hold for a scope: its own, and those of all it stands in.
    pub fn around(&self, scope: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(scope), |scope| self.scopes[*scope].parent)
    }

    /// Whether a scope is another one, or stands in it.
    pub fn is_in(&self, scope: usize, outer: usize) -> bool {
        self.around(scope).any(|around| around == outer)
    }

    /// The passages of a scope and of all in it.
    pub fn within(&self, outer: usize) -> impl Iterator<Item = (usize, &Passage<'a>)> {
        self.all.iter().enumerate().filter(move |(_, passage)| self.is_in(passage.scope, outer))
    }

    /// Whether words stand in a chart or a table of a scope that is not printed.
    pub fn fell_away(&self, outer: usize, words: &str) -> bool {
        self.fallen.iter().any(|(scope, text)| self.is_in(*scope, outer) && text.contains(words))
    }

    /// Every place in a scope, and in all that stands in it, where these words stand.
    pub fn find(&self, scope: usize, words: &str) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        for (at, passage) in self.within(scope) {
            let mut from = 0;
            while let Some(start) = passage.text[from..].find(words).map(|start| start + from) {
                found.push((at, start..start + words.len()));
                from = start + words.len().max(1);
            }
        }
        found
    }

    /// Keys of the sources that the passages cite.
    pub fn cited(&self) -> impl Iterator<Item = &str> {
        self.all.iter().flat_map(|passage| &passage.pieces).filter_map(|(_, piece)| match piece {
            Piece::Source(key) => Some(*key),
            _ => None,
        })
    }

    fn scope(&mut self, accounts: &'a Accounts, parent: Option<usize>, title: String, span: Span) -> usize {
        self.scopes.push(Scope { accounts, parent, title, span });
        self.scopes.len() - 1
    }

    fn report(&mut self, content: &'a Content) {
        let root = self.scope(&content.accounts, None, "Het hele verslag".to_owned(), content.title.span);
        self.line(&content.title, root);
        content.theme.iter().for_each(|theme| self.line(theme, root));
        self.line(&content.cover.caption, root);
        let foreword = &content.foreword;
        let scope = self.scope(&foreword.accounts, Some(root), plain(&foreword.title), foreword.title.span);
        self.line(&foreword.title, scope);
        foreword.opening.iter().chain(&foreword.signature).for_each(|line| self.line(line, scope));
        self.prose(&foreword.body, scope);
        self.line(&content.notes.title, root);
        self.blocks(&content.notes.blocks, root, &plain(&content.notes.title));
        content.chapters.iter().for_each(|chapter| self.chapter(chapter, root));
        if let Some(evolution) = &content.evolution {
            let scope = self.scope(&evolution.accounts, Some(root), plain(&evolution.title), evolution.title.span);
            self.line(&evolution.title, scope);
            self.prose(&evolution.intro, scope);
            evolution.subjects.iter().filter_map(|subject| subject.name.as_ref()).for_each(|name| self.line(name, scope));
        }
        self.prose(&content.colophon, root);
        content.corrections.iter().for_each(|correction| self.line(&correction.reason, root));
    }

    fn chapter(&mut self, chapter: &'a content::Chapter, root: usize) {
        let scope = self.scope(&chapter.accounts, Some(root), plain(&chapter.title), chapter.title.span);
        self.line(&chapter.title, scope);
        chapter.quote.iter().for_each(|quote| self.quote(quote, scope));
        self.prose(&chapter.intro, scope);
        for section in &chapter.sections {
            let title = plain(&section.title);
            let inner = self.scope(&section.accounts, Some(scope), title.clone(), section.title.span);
            self.line(&section.title, inner);
            self.blocks(&section.blocks, inner, &title);
        }
    }

    fn blocks(&mut self, blocks: &'a [content::Block], parent: usize, title: &str) {
        for block in blocks {
            let scope = self.scope(&block.accounts, Some(parent), title.to_owned(), block.span);
            self.block(block, scope);
        }
    }

    fn block(&mut self, block: &'a content::Block, scope: usize) {
        // A final does not print what it has no figures for.
        let is_printed = self.mode == Mode::Draft || self.printed.contains_key(&block.span);
        self.name_figures(&block.kind);
        match &block.kind {
            BlockKind::Text(prose) | BlockKind::Columns(_, prose) => self.prose(prose, scope),
            BlockKind::Chart(_) | BlockKind::Table(_) if !is_printed => self.fallen(&block.kind, scope),
            BlockKind::Chart(chart) => self.chart(chart, scope),
            BlockKind::Table(table) => self.line(&table.title, scope),
            BlockKind::Tiles(tiles) => {
                tiles.iter().flat_map(|tile| std::iter::once(&tile.label).chain(&tile.before)).for_each(|line| self.line(line, scope));
            }
            BlockKind::Ranking(ranking) => {
                self.line(&ranking.title, scope);
                for list in &ranking.lists {
                    list.title.iter().chain(list.places.iter().map(|place| &place.label)).for_each(|line| self.line(line, scope));
                }
            }
            BlockKind::Quote(quote) => self.quote(quote, scope),
            BlockKind::Callout(callout) => {
                callout.title.iter().for_each(|title| self.line(title, scope));
                self.prose(&callout.body, scope);
            }
            BlockKind::Picture(picture) => {
                [&picture.alt, &picture.credit].into_iter().chain(&picture.caption).for_each(|line| self.line(line, scope));
            }
        }
    }

    /// Lays out what is not printed, apart from the rest.
    fn fallen(&mut self, kind: &'a BlockKind, scope: usize) {
        let printed = std::mem::take(&mut self.all);
        match kind {
            BlockKind::Chart(chart) => self.chart(chart, scope),
            BlockKind::Table(table) => self.line(&table.title, scope),
            _ => {}
        }
        let fallen = std::mem::replace(&mut self.all, printed);
        self.fallen.extend(fallen.into_iter().map(|passage| (scope, passage.text)));
    }

    /// Figures that are named here, whether anything is known of them or not.
    fn name_figures(&mut self, kind: &'a BlockKind) {
        let named: Vec<&Expression> = match kind {
            BlockKind::Chart(chart) => match &chart.data {
                ChartData::OverTime { series, .. } => series.iter().map(|one| &one.series).collect(),
                ChartData::AtOnce { panels, .. } => panels.iter().flat_map(|panel| &panel.parts).map(|part| &part.value).collect(),
            },
            BlockKind::Table(table) => table.series.iter().collect(),
            BlockKind::Tiles(tiles) => tiles.iter().map(|tile| &tile.value).collect(),
            _ => Vec::new(),
        };
        self.named.extend(named);
    }

    fn chart(&mut self, chart: &'a content::Chart, scope: usize) {
        let reasons = chart.outliers.iter().map(|(_, reason)| reason);
        std::iter::once(&chart.title).chain(&chart.alt).chain(&chart.note).chain(reasons).for_each(|line| self.line(line, scope));
        match &chart.data {
            ChartData::OverTime { series, .. } => {
                series.iter().filter_map(|one| one.label.as_ref()).for_each(|label| self.line(label, scope))
            }
            ChartData::AtOnce { panels, rest, .. } => {
                for panel in panels {
                    panel.title.iter().chain(panel.parts.iter().map(|part| &part.label)).for_each(|line| self.line(line, scope));
                }
                rest.iter().for_each(|rest| self.line(rest, scope));
            }
        }
    }

    fn quote(&mut self, quote: &'a content::Quote, scope: usize) {
        self.passage(&quote.text.inlines, quote.text.span, Sort::Quote, scope);
        self.line(&quote.by, scope);
    }

    fn line(&mut self, line: &'a Line, scope: usize) {
        self.passage(&line.inlines, line.span, Sort::Line, scope);
    }

    fn prose(&mut self, prose: &'a Prose, scope: usize) {
        self.prose_blocks(&prose.blocks, scope);
    }

    fn prose_blocks(&mut self, blocks: &'a [ProseBlock], scope: usize) {
        for block in blocks {
            match block {
                ProseBlock::Paragraph { inlines, span } => self.passage(inlines, *span, Sort::Running, scope),
                ProseBlock::List { items, .. } => items.iter().for_each(|item| self.prose_blocks(item, scope)),
            }
        }
    }

    fn passage(&mut self, inlines: &'a [Inline], span: Span, sort: Sort, scope: usize) {
        let mut passage = Passage { scope, sort, text: String::new(), pieces: Vec::new(), span };
        let mut notes = Vec::new();
        self.inlines(inlines, &mut passage, &mut notes);
        self.all.push(passage);
        notes.into_iter().for_each(|note| self.prose_blocks(note, scope));
    }

    fn inlines(&mut self, inlines: &'a [Inline], passage: &mut Passage<'a>, notes: &mut Vec<&'a [ProseBlock]>) {
        for inline in inlines {
            match inline {
                Inline::Text(words) => passage.push(&words.text, Piece::Words(words, 0)),
                Inline::Placeholder(expression) => self.placeholder(expression, passage),
                Inline::Emphasis(children) | Inline::Strong(children) | Inline::Link { children, .. } => {
                    self.inlines(children, passage, notes);
                }
                Inline::Foreign { .. } => passage.push("…", Piece::Other),
                Inline::Note(body) => notes.push(body),
                Inline::Cite(key) => passage.push(" ", Piece::Source(&key.value)),
            }
        }
    }

    fn placeholder(&mut self, expression: &'a Expression, passage: &mut Passage<'a>) {
        match self.printed.get(&expression.span) {
            Some(printed) => passage.push(&printed.text, Piece::Figure(printed)),
            None => {
                self.named.push(expression);
                passage.push(&self.school_year, Piece::Other);
            }
        }
    }
}

impl<'a> Passage<'a> {
    fn push(&mut self, text: &str, piece: Piece<'a>) {
        let start = self.text.len();
        // As wide as it was, in bytes, so that places stay what they are.
        self.text.push_str(&text.replace('\u{a0}', "  "));
        self.pieces.push((start..self.text.len(), piece));
    }

    /// Where words of the passage stand in their file.
    pub fn place(&self, range: &Range<usize>) -> Span {
        let inside = |stretch: &Range<usize>| stretch.start <= range.start && range.start < stretch.end;
        let found = self.pieces.iter().find(|(stretch, _)| inside(stretch));
        let place = found.and_then(|(stretch, piece)| match piece {
            Piece::Words(words, offset) => words.place(range.start - stretch.start + offset..range.end - stretch.start + offset),
            Piece::Figure(printed) => Some(printed.span),
            _ => None,
        });
        place.unwrap_or(self.span)
    }

    /// Whether all of a range was typed, and nothing of it was computed.
    pub fn is_typed(&self, range: &Range<usize>) -> bool {
        self.pieces
            .iter()
            .filter(|(stretch, _)| stretch.start < range.end && range.start < stretch.end)
            .all(|(_, piece)| matches!(piece, Piece::Words(..)))
    }

    /// The figures in a stretch of the passage, each with its own.
    pub fn figures_in(&self, range: &Range<usize>) -> impl Iterator<Item = (&Range<usize>, &'a Printed)> {
        let range = range.clone();
        self.pieces.iter().filter_map(move |(stretch, piece)| match piece {
            Piece::Figure(printed) if range.start <= stretch.start && stretch.end <= range.end => Some((stretch, *printed)),
            _ => None,
        })
    }

    /// Whether a figure is the next word: «meer dan» before it says how near the figure is.
    pub fn is_before_a_figure(&self, at: usize) -> bool {
        let next = at + self.text[at..].len() - self.text[at..].trim_start().len();
        self.pieces.iter().any(|(stretch, piece)| stretch.start == next && matches!(piece, Piece::Figure(_)))
    }

    /// Its sentences: up to a stop before a space and something that can begin one.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let (mut sentences, mut start) = (Vec::new(), 0);
        for (at, letter) in self.text.char_indices() {
            let end = at + letter.len_utf8();
            if matches!(letter, '.' | '!' | '?')
                && self.text[end..].starts_with([' ', '”', '»'])
                && begins(self.text[end..].trim_start_matches([' ', '”', '»']))
            {
                sentences.push(start..end);
                start = end;
            }
        }
        sentences.push(start..self.text.len());
        sentences.retain(|range| !self.text[range.clone()].trim().is_empty());
        sentences
    }
}

/// Whether a text can be the beginning of a sentence.
fn begins(text: &str) -> bool {
    text.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit() || matches!(first, '‘' | '“' | '’'))
}

/// A line as it was typed, with «…» for what is computed.
pub(super) fn plain(line: &Line) -> String {
    let text = |inline: &Inline| match inline {
        Inline::Text(words) => words.text.clone(),
        _ => "…".to_owned(),
    };
    line.inlines.iter().map(text).collect::<String>().trim().to_owned()
}
