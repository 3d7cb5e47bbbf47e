//! The blocks that show many figures at once: charts, tables and rankings.

use std::collections::BTreeSet;

use super::bind::{Binder, Mode, TO_FOLLOW, of_hundred};
use super::selection::Chosen;
use super::tree::*;
use super::{Printed, plain_text};
use crate::content::{self, Form};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{self, Figure, Measure, Reference, Selection, Series};
use crate::source::Span;
use crate::units::{Notation, Value};

impl Binder<'_> {
    /// A chart, the hole it leaves in a draft, or nothing in a final where its figures are not public.
    pub(super) fn chart(&mut self, chart: &content::Chart, id: String) -> Option<Block> {
        let before = self.checkpoint();
        let title = self.line(&chart.title, &format!("{id}/titel"));
        let titled = self.checkpoint();
        // Of a chart that falls away nothing more is printed, but its words are still looked at.
        let note = chart.note.as_ref().map(|note| self.line(note, &format!("{id}/toelichting")));
        let alt = chart.alt.as_ref().map(|alt| self.words(alt, &id));
        let reasons: Vec<String> = chart.outliers.iter().map(|(_, reason)| self.words(reason, &id)).collect();
        let Chosen { selection, unknown } = self.choose(chart, &id)?;
        if !is_enough(chart.form, &selection) {
            self.report_empty(chart);
            return self.gap(id, title, before, titled);
        }
        self.report_unknown(unknown);
        let number = self.charts.len() + 1;
        self.print(selection.known(), chart.form, &id, chart.span);
        self.charts.push(ChartRequest {
            id: id.clone(),
            number,
            title: plain_text(&title),
            note: note.as_deref().map(plain_text),
            alt,
            reasons,
            selection,
            spec: chart.clone(),
            span: chart.span,
        });
        let label = format!("grafiek-{number}");
        Some(Block::Chart(Box::new(Chart { id, label, number, title, note, drawing: Drawing::default() })))
    }

    /// The hole that a draft shows, with its title; a final shows nothing and prints nothing of it.
    fn gap(&mut self, id: String, title: Vec<Inline>, before: Checkpoint, titled: Checkpoint) -> Option<Block> {
        let draft = self.mode == Mode::Draft;
        self.roll_back(if draft { titled } else { before });
        draft.then(|| Block::Gap { id, title, text: TO_FOLLOW.to_owned() })
    }

    fn checkpoint(&self) -> Checkpoint {
        Checkpoint { printed: self.printed.len(), cited: self.cited.clone() }
    }

    fn roll_back(&mut self, checkpoint: Checkpoint) {
        self.printed.truncate(checkpoint.printed);
        self.cited = checkpoint.cited;
    }

    fn report_empty(&mut self, chart: &content::Chart) {
        let what = match chart.form {
            Form::Hundred => "is het aandeel niet bekend",
            Form::Shares => "is het geheel of een deel niet bekend",
            _ => "zijn minder dan twee waarden bekend",
        };
        let message = format!("van deze grafiek {what}; ze valt weg uit het definitieve verslag");
        self.sink.push(Diagnostic::warning(Code::ChartEmpty, chart.data.first_span().unwrap_or(chart.span), message));
    }

    /// A year without a value is usual; a part or a whole series without one may be a misspelt name.
    fn report_unknown(&mut self, unknown: Vec<(Span, String)>) {
        for (span, name) in unknown {
            let message = format!("van «{name}» is geen getal bekend; in de grafiek blijft het leeg");
            let help = "Kijk de naam en de periode na, of voeg de waarde toe aan de gegevens.";
            self.sink.push(Diagnostic::warning(Code::ChartEmpty, span, message).help(help));
        }
    }

    /// Notes the figures of a chart or a table as printed, as they are written there.
    pub(super) fn print(&mut self, figures: Vec<&Figure>, form: Form, node: &str, span: Span) {
        let notation = if form == Form::Hundred { of_hundred(self.grouping) } else { Notation::table(self.grouping) };
        for figure in figures {
            self.printed.push(Printed {
                figure: figure.clone(),
                text: figure.write(&notation),
                node: node.to_owned(),
                span,
                approximation: None,
            });
        }
    }

    pub(super) fn table(&mut self, table: &content::Table, span: Span, id: String) -> Option<Block> {
        let before = self.checkpoint();
        let title = self.line(&table.title, &format!("{id}/titel"));
        let titled = self.checkpoint();
        let references: Vec<Reference> = table.series.iter().filter_map(|series| self.reference(series)).collect();
        for reference in &references {
            self.check_periods(reference, table.periods.first(), span);
        }
        let series: Vec<Series> = references.iter().map(|reference| self.figures.series(reference, &table.periods)).collect();
        let known: Vec<&Figure> = series.iter().flat_map(Series::known).collect();
        let empty = known.is_empty();
        self.print(known, Form::Columns, &id, span);
        if empty && !table.periods.is_empty() && !references.is_empty() {
            self.sink.push(Diagnostic::warning(
                Code::ChartEmpty,
                span,
                "van deze tabel is geen enkele waarde bekend; ze valt weg uit het definitieve verslag",
            ));
        }
        if empty {
            return self.gap(id, title, before, titled);
        }
        Some(Block::Table(Table { id, title, content: figures::Table::of(&series, self.grouping) }))
    }

    pub(super) fn ranking(&mut self, ranking: &content::Ranking, id: String) -> Block {
        let title = self.line(&ranking.title, &format!("{id}/titel"));
        let before = self.printed.len();
        let lists = ranking.lists.iter().enumerate();
        let lists = lists.map(|(at, list)| self.ranked_list(list, &format!("{id}/{}", at + 1))).collect();
        Block::Ranking { id, title, lists, sources: self.sources_since(before) }
    }

    fn ranked_list(&mut self, list: &content::RankedList, id: &str) -> RankedList {
        let title = list.title.as_ref().map(|title| self.line(title, &format!("{id}/titel")));
        let places = list.places.iter().enumerate();
        self.report_twice(list);
        let mut items: Vec<(i64, RankedItem)> =
            places.filter_map(|(at, place)| self.ranked_item(place, &format!("{id}/{}", at + 1))).collect();
        items.sort_by_key(|(rank, _)| *rank);
        RankedList { title, items: items.into_iter().map(|(_, item)| item).collect() }
    }

    /// One rank under two names is a slip of copying.
    fn report_twice(&mut self, list: &content::RankedList) {
        for (at, place) in list.places.iter().enumerate() {
            let source = place.value.source.trim();
            if list.places[..at].iter().any(|other| other.value.source.trim() == source) {
                let message = format!("«{source}» staat er twee keer");
                let diagnostic = Diagnostic::error(Code::ContentValue, place.value.span, message);
                self.sink.push(diagnostic.help("Noem elke plaats één keer."));
            }
        }
    }

    fn ranked_item(&mut self, place: &content::Part, id: &str) -> Option<(i64, RankedItem)> {
        let line = self.line(&place.label, &format!("{id}/label"));
        let span = place.value.span;
        let reference = self.figure_reference(&place.value)?;
        if reference.measure != Measure::Rank {
            let message = format!("«{}» is geen rang", place.value.source.trim());
            let help = "Verwijs naar een rang uit gepubliceerd.csv, zoals indicator(type=\"9\").rang.";
            self.sink.push(Diagnostic::error(Code::ExpressionKind, span, message).help(help));
            return None;
        }
        let id = self.node(id, NodeKind::Item, span);
        let figure = match self.figures.resolve(&reference) {
            Ok(figure) => figure,
            Err(missing) => {
                let help = "Kies een andere periode, of voeg de rang toe aan gepubliceerd.csv.";
                self.sink.push(self.not_there(&missing, span).help(help));
                return Some((i64::MAX, RankedItem { id, place: "–".to_owned(), marks: Vec::new(), line }));
            }
        };
        // Another rank than a whole number was refused when it was loaded.
        let Some(Value::Rank(rank)) = figure.value else { return None };
        let marks = figure.mark_letters();
        self.printed.push(Printed { figure, text: rank.to_string(), node: id.clone(), span, approximation: None });
        Some((rank, RankedItem { id, place: rank.to_string(), marks, line }))
    }
}

/// How much was printed and cited up to some point.
struct Checkpoint {
    printed: usize,
    cited: BTreeSet<String>,
}

/// Whether a chart has enough to show.
fn is_enough(form: Form, selection: &Selection) -> bool {
    match (form, selection) {
        (Form::Hundred, selection) => !selection.known().is_empty(),
        (Form::Shares, Selection::Parts(parts)) => !parts.has_gap() && selection.numbers() > 1 && !is_nothing(selection),
        (Form::ColumnsLine, Selection::Series { series, .. }) => series.iter().all(|series| series.numbers().count() > 1),
        (Form::Stacked, Selection::Series { total, .. }) => total.as_ref().is_some_and(|total| total.numbers().count() > 1),
        (_, selection) => selection.numbers() > 1,
    }
}

fn is_nothing(selection: &Selection) -> bool {
    selection.known().iter().filter_map(|figure| figure.value).all(|value| value.ratio().rounded(6) == 0)
}
