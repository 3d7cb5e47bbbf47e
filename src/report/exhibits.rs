//! The blocks that show many figures at once: charts, tables and rankings.

use super::bind::{Binder, Mode, TO_FOLLOW, misfit, of_hundred};
use super::expression::Target;
use super::tree::*;
use super::{Printed, plain_text};
use crate::content::{self, ChartData, Expression, Form};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{self, Figure, Mark, Measure, Missing, Panel, Part, Parts, Reference, Selection, Series};
use crate::source::Span;
use crate::units::{Notation, Period, PeriodKind, Place, Value};

/// Percentages that are printed rounded may miss 100 by this much and still be all there is.
const ROUNDING: f64 = 0.5;

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

    /// The figures of a chart; `None` where something was wrong, which is reported here.
    fn selection(&mut self, chart: &content::Chart, id: &str) -> Option<Selection> {
        let selection = match &chart.data {
            ChartData::OverTime { series, periods } => self.over_time(chart.form, series, periods, id)?,
            ChartData::AtOnce { panels, whole, rest } => {
                let mut bound: Vec<Panel> = Vec::new();
                for panel in panels {
                    bound.push(self.panel(panel, id)?);
                }
                if chart.form == Form::Bars {
                    bound.iter_mut().for_each(Panel::rank);
                }
                let rest = rest.as_ref().map(|rest| self.words(rest, id));
                self.parts(chart, bound, whole.as_ref(), rest)?
            }
        };
        self.check_units(chart, &selection).then_some(selection)
    }

    fn over_time(&mut self, form: Form, asked: &[content::ChartSeries], periods: &[Period], id: &str) -> Option<Selection> {
        let mut all = Vec::new();
        for one in asked {
            let label = one.label.as_ref().map(|label| self.words(label, id)).unwrap_or_default();
            let Some(reference) = self.reference(&one.series) else { continue };
            self.check_periods(&reference, periods.first(), one.series.span);
            if form == Form::Stacked {
                self.check_additive(&reference, one.series.span);
            }
            all.push(Series { label, ..self.figures.series(&reference, periods) });
        }
        // Wrong series and wrong periods have been reported already.
        if all.is_empty() || all.len() < asked.len() || periods.is_empty() {
            return None;
        }
        let total = if form == Form::Stacked { self.figures.total(&all).map(Box::new) } else { None };
        Some(Selection::Series { series: all, total })
    }

    fn panel(&mut self, panel: &content::Panel, id: &str) -> Option<Panel> {
        let title = panel.title.as_ref().map(|title| self.words(title, id)).unwrap_or_default();
        let parts: Vec<Option<Part>> = panel.parts.iter().map(|part| self.part(part, id)).collect();
        Some(Panel { title, parts: parts.into_iter().collect::<Option<Vec<Part>>>()? })
    }

    fn part(&mut self, part: &content::Part, id: &str) -> Option<Part> {
        let label = self.words(&part.label, id);
        let reference = self.figure_reference(&part.value)?;
        let (figure, gap) = match self.figures.resolve(&reference) {
            Ok(figure) => (Some(figure), Mark::Missing),
            Err(Missing::Withheld { secret: true, .. }) => (None, Mark::Secret),
            Err(Missing::NotObserved { .. } | Missing::Withheld { .. }) => (None, Mark::Missing),
            Err(missing) => {
                self.sink.push(missing.diagnostic(Some(part.value.span)));
                return None;
            }
        };
        if figure.is_none() {
            self.unknown.push((part.value.span, label.clone()));
        }
        Some(Part { label, figure, gap })
    }

    /// Where a chart names one figure, with its period.
    fn figure_reference(&mut self, expression: &Expression) -> Option<Reference> {
        if expression.reported {
            return None;
        }
        let diagnostic = match self.evaluator.evaluate(expression) {
            Ok(Target::Figure(reference, notation)) if notation == Notation::default() => return Some(reference),
            Ok(Target::Figure(..)) => Diagnostic::error(Code::ExpressionFilter, expression.span, "een grafiek kiest zelf haar notatie")
                .help("Laat het filter weg."),
            Ok(Target::Constant(_)) => {
                Diagnostic::error(Code::ExpressionKind, expression.span, format!("«{}» is geen cijfer", expression.source.trim()))
            }
            Err(diagnostic) => diagnostic,
        };
        self.sink.push(diagnostic);
        None
    }

    /// Parts of a whole, with what they leave over.
    fn parts(&mut self, chart: &content::Chart, panels: Vec<Panel>, whole: Option<&Expression>, rest: Option<String>) -> Option<Selection> {
        let mut parts = Parts { panels, whole: None, rest: None };
        if chart.form == Form::Shares {
            for part in self.addends(chart) {
                self.check_additive(&part.0, part.1);
            }
            if let Some(whole) = whole {
                let reference = self.figure_reference(whole)?;
                parts.whole = self.figures.resolve(&reference).map_err(|missing| self.sink.push(self.not_there(&missing, whole.span))).ok();
            }
            if !parts.has_gap() {
                let left = self.left_over(&parts);
                parts.rest = self.named_rest(left, rest, chart.span)?;
            }
        }
        Some(Selection::Parts(Box::new(parts)))
    }

    /// The parts of a whole that are written as counts.
    fn addends(&mut self, chart: &content::Chart) -> Vec<(Reference, Span)> {
        let ChartData::AtOnce { panels, .. } = &chart.data else { return Vec::new() };
        let parts: Vec<&content::Part> = panels.iter().flat_map(|panel| &panel.parts).collect();
        parts.into_iter().filter_map(|part| Some((self.figure_reference(&part.value)?, part.value.span))).collect()
    }

    /// What the parts leave over: a figure of counts, or a percentage that is only known about.
    fn left_over(&self, parts: &Parts) -> Option<LeftOver> {
        let known: Vec<&Figure> = parts.panels.iter().flat_map(Panel::known).collect();
        if let Some(whole) = &parts.whole {
            let rest = self.figures.rest(whole, &known)?;
            let sign = rest.value.map_or(0, |value| value.ratio().rounded(0).signum());
            return (sign != 0).then_some(LeftOver { amount: if sign < 0 { -1.0 } else { 1.0 }, figure: Some(rest) });
        }
        let percent = known.iter().all(|figure| figure.value.is_some_and(Value::is_percent));
        let amount = 100.0 - known.iter().filter_map(|figure| figure.value).map(Value::as_f64).sum::<f64>();
        (percent && amount.abs() > ROUNDING).then_some(LeftOver { amount, figure: None })
    }

    fn named_rest(&mut self, left: Option<LeftOver>, name: Option<String>, span: Span) -> Option<Option<Part>> {
        let Some(left) = left else { return Some(None) };
        if left.amount < 0.0 {
            let diagnostic = Diagnostic::error(Code::ContentValue, span, "de delen van deze grafiek zijn samen meer dan het geheel");
            self.sink.push(diagnostic.help("Kijk de delen en het geheel na; samen kunnen ze niet meer zijn dan alles."));
            return None;
        }
        let Some(label) = name else {
            let diagnostic = Diagnostic::error(Code::ContentValue, span, "de delen van deze grafiek laten iets over dat geen naam heeft");
            self.sink.push(diagnostic.help("Geef wat overblijft een naam met rest, of voeg het deel toe dat ontbreekt."));
            return None;
        };
        Some(Some(Part { label, figure: left.figure, gap: Mark::Missing }))
    }

    /// Unique pupils are never added up.
    fn check_additive(&mut self, reference: &Reference, span: Span) {
        if !self.figures.is_additive(reference) {
            let message = format!("de leerlingen van {} mogen niet opgeteld worden", reference.indicator);
            let help = "Wie bij twee onderwerpen, niveaus of centra hoort, telt in beide: kies een andere vorm van grafiek.";
            self.sink.push(Diagnostic::error(Code::ContentValue, span, message).help(help));
        }
    }

    /// One axis measures one unit; a line over columns has an axis of its own.
    fn check_units(&mut self, chart: &content::Chart, selection: &Selection) -> bool {
        let mut units: Vec<&str> = selection.known().iter().map(|figure| figure.unit.as_str()).collect();
        units.sort_unstable();
        units.dedup();
        let one = units.len() < 2 || chart.form == Form::ColumnsLine;
        if !one {
            let message = format!("deze grafiek heeft verschillende eenheden: {}", units.join(", "));
            let help = "Toon eenheden in aparte grafieken; alleen kolommen-lijn heeft er twee.";
            self.sink.push(Diagnostic::error(Code::ContentValue, chart.span, message).help(help));
        }
        let hundred = of_hundred(self.grouping);
        let wrong = selection.known().into_iter().filter(|_| chart.form == Form::Hundred).find_map(|figure| misfit(&hundred, figure));
        if let Some(why) = &wrong {
            let help = "Toon in honderd stippen een aandeel van 1% tot 100%.";
            self.sink.push(Diagnostic::error(Code::ExpressionFilter, chart.span, why.clone()).help(help));
        }
        one && wrong.is_none()
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

/// What parts leave of a whole.
struct LeftOver {
    /// Negative where the parts are more than the whole.
    amount: f64,
    /// Absent where the parts are percentages that somebody printed: rounding leaves open what remains.
    figure: Option<Figure>,
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
