//! The blocks that show many figures at once: charts, tables and rankings.

use super::bind::{Binder, Mode, TO_FOLLOW, of_hundred};
use super::tree::*;
use super::{Printed, plain_text};
use crate::content::{self, Form};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{self, Figure, Measure, Reference, Selection, Series};
use crate::source::Span;
use crate::units::{Notation, Place, Value};

impl Binder<'_> {
    /// A chart, the hole it leaves in a draft, or nothing in a final where its figures are not public.
    pub(super) fn chart(&mut self, chart: &content::Chart, id: String) -> Option<Block> {
        // Of a chart that falls away nothing is printed, but its words are still looked at.
        let before = self.printed.len();
        let title = self.line(&chart.title, &format!("{id}/titel"));
        let note = chart.note.as_ref().map(|note| self.line(note, &format!("{id}/toelichting")));
        let alt = chart.alt.as_ref().map(|alt| self.words(alt, &id));
        self.unknown.clear();
        let selection = self.selection(chart, &id)?;
        if !is_enough(chart.form, &selection) {
            self.report_empty(chart);
            self.printed.truncate(before);
            return (self.mode == Mode::Draft).then(|| Block::Gap { id, title, text: TO_FOLLOW.to_owned() });
        }
        self.report_gaps();
        let number = self.charts.len() + 1;
        self.print(selection.known(), chart.form, &id, chart.span);
        let reasons = chart.outliers.iter().map(|(_, reason)| self.words(reason, &id)).collect();
        let title_text = plain_text(&title);
        let request =
            ChartRequest { id: id.clone(), number, title: title_text, alt, reasons, selection, spec: chart.clone(), span: chart.span };
        self.charts.push(request);
        let label = format!("grafiek-{number}");
        Some(Block::Chart(Box::new(Chart { id, label, number, title, note, drawing: Drawing::default() })))
    }

    fn report_empty(&mut self, chart: &content::Chart) {
        let what = match chart.form {
            Form::Hundred => "is het aandeel niet bekend",
            Form::Shares => "is niet elk deel bekend",
            _ => "zijn minder dan twee waarden bekend",
        };
        let message = format!("van deze grafiek {what}; ze valt weg");
        self.sink.push(Diagnostic::warning(Code::ChartEmpty, chart.data.first_span().unwrap_or(chart.span), message));
    }

    /// A year without a value is usual; a part without one may be a misspelt name.
    fn report_gaps(&mut self) {
        for (span, label) in std::mem::take(&mut self.unknown) {
            let message = format!("van «{label}» is geen waarde bekend; daar staat «–» in de grafiek");
            self.sink.push(Diagnostic::warning(Code::ChartEmpty, span, message));
        }
    }

    /// Notes the figures of a chart or a table as printed, as they are written there.
    fn print(&mut self, figures: Vec<&Figure>, form: Form, node: &str, span: Span) {
        let table = Notation { grouping: self.grouping, place: Place::Table, ..Notation::default() };
        let notation = if form == Form::Hundred { of_hundred(self.grouping) } else { table };
        for figure in figures {
            self.printed.push(Printed { figure: figure.clone(), text: figure.write(&notation), node: node.to_owned(), span });
        }
    }

    pub(super) fn table(&mut self, table: &content::Table, span: Span, id: String) -> Option<Block> {
        let title = self.line(&table.title, &format!("{id}/titel"));
        let references: Vec<Reference> = table.series.iter().filter_map(|series| self.reference(series)).collect();
        for reference in &references {
            self.check_periods(reference, table.periods.first(), span);
        }
        let series: Vec<Series> = references.iter().map(|reference| self.figures.series(reference, &table.periods)).collect();
        let known: Vec<&Figure> = series.iter().flat_map(Series::known).collect();
        let empty = known.is_empty();
        self.print(known, Form::Columns, &id, span);
        if empty && !table.periods.is_empty() && !references.is_empty() {
            self.sink.push(Diagnostic::warning(Code::ChartEmpty, span, "van deze tabel is geen enkele waarde bekend; ze valt weg"));
        }
        if empty && self.mode == Mode::Draft {
            return Some(Block::Gap { id, title, text: TO_FOLLOW.to_owned() });
        }
        (!empty).then(|| Block::Table(Table { id, title, content: figures::Table::of(&series, self.grouping) }))
    }

    pub(super) fn ranking(&mut self, ranking: &content::Ranking, id: String) -> Block {
        let title = self.line(&ranking.title, &format!("{id}/titel"));
        let lists = ranking.lists.iter().enumerate();
        let lists = lists.map(|(at, list)| self.ranked_list(list, &format!("{id}/{}", at + 1))).collect();
        Block::Ranking { id, title, lists }
    }

    fn ranked_list(&mut self, list: &content::RankedList, id: &str) -> RankedList {
        let title = list.title.as_ref().map(|title| self.line(title, &format!("{id}/titel")));
        let places = list.places.iter().enumerate();
        let mut items: Vec<(i64, RankedItem)> =
            places.filter_map(|(at, place)| self.ranked_item(place, &format!("{id}/{}", at + 1))).collect();
        items.sort_by_key(|(rank, _)| *rank);
        RankedList { title, items: items.into_iter().map(|(_, item)| item).collect() }
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
        let figure = self.figures.resolve(&reference).map_err(|missing| self.sink.push(self.not_there(&missing, span))).ok()?;
        let Some(Value::Rank(rank)) = figure.value else { return None };
        let (id, marks) = (self.node(id, span), figure.mark_letters());
        self.printed.push(Printed { figure, text: rank.to_string(), node: id.clone(), span });
        Some((rank, RankedItem { id, place: rank.to_string(), marks, line }))
    }
}

/// Whether a chart has enough to show.
fn is_enough(form: Form, selection: &Selection) -> bool {
    match (form, selection) {
        (Form::Hundred, selection) => !selection.known().is_empty(),
        (Form::Shares, Selection::Parts(parts)) => !parts.has_gap() && selection.numbers() > 1,
        (Form::ColumnsLine, Selection::Series { series, .. }) => series.iter().all(|series| series.numbers().count() > 1),
        (Form::Stacked, Selection::Series { total, .. }) => total.as_ref().is_some_and(|total| total.numbers().count() > 1),
        (_, selection) => selection.numbers() > 1,
    }
}
