//! The figures that a chart is to show, looked up and checked: series over the years, or parts at one moment.

use std::collections::BTreeSet;

use super::bind::{Binder, misfit, of_hundred};
use super::expression::Target;
use crate::content::{self, ChartData, Expression, Form};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Figure, Mark, Missing, Panel, Part, Parts, Reference, Selection, Series};
use crate::source::Span;
use crate::units::{Notation, Period, PeriodKind, Value};

/// Percentages that are printed rounded may miss 100 by this much and still be all there is.
const ROUNDING: f64 = 0.5;

/// Small charts side by side share so many rows.
const MOST_LABELS: usize = 12;

impl Binder<'_> {
    /// The figures of a chart; `None` where something was wrong, which is reported here.
    pub(super) fn selection(&mut self, chart: &content::Chart, id: &str) -> Option<Selection> {
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
        let fits = [self.check_units(chart, &selection), self.check_hundred(chart, &selection), self.check_drawable(chart, &selection)];
        fits.iter().all(|fits| *fits).then_some(selection)
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
    pub(super) fn figure_reference(&mut self, expression: &Expression) -> Option<Reference> {
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
        let Some(left) = left else {
            if name.is_some() {
                let diagnostic = Diagnostic::warning(Code::ContentValue, span, "de delen van deze grafiek laten niets over");
                self.sink.push(diagnostic.help("Noem bij tellingen het geheel met geheel, of laat rest weg."));
            }
            return Some(None);
        };
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
        one
    }

    /// A hundred dots show one whole percentage.
    fn check_hundred(&mut self, chart: &content::Chart, selection: &Selection) -> bool {
        let notation = of_hundred(self.grouping);
        let wrong = selection.known().into_iter().filter(|_| chart.form == Form::Hundred).find_map(|figure| misfit(&notation, figure));
        let good = wrong.is_none();
        if let Some(why) = wrong {
            let help = "Toon in honderd stippen een aandeel van 1% tot 100%.";
            self.sink.push(Diagnostic::error(Code::ExpressionFilter, chart.span, why).help(help));
        }
        good
    }

    /// What a form cannot show is said here, where its place is known.
    fn check_drawable(&mut self, chart: &content::Chart, selection: &Selection) -> bool {
        let from_zero = matches!(chart.form, Form::Stacked | Form::Shares | Form::Multiples);
        let negative = selection.known().iter().any(|figure| figure.value.is_some_and(|value| value.ratio().is_negative()));
        let panels = match selection {
            Selection::Parts(parts) => parts.panels.as_slice(),
            Selection::Series { .. } => &[],
        };
        let labels: BTreeSet<&str> = panels.iter().flat_map(|panel| &panel.parts).map(|part| part.label.as_str()).collect();
        let twice = panels.iter().find_map(Panel::label_twice);
        let fault = if from_zero && negative {
            Some(("deze vorm van grafiek kan niets onder nul tonen".to_owned(), "Kies liggend of kolommen."))
        } else if chart.form == Form::Multiples && labels.len() > MOST_LABELS {
            let message = format!("de panelen hebben samen {} verschillende labels", labels.len());
            Some((message, "Er passen er hoogstens 12; gebruik in elk paneel dezelfde labels."))
        } else {
            twice.map(|label| (format!("het label «{label}» staat er twee keer"), "Geef elk deel een eigen label."))
        };
        let good = fault.is_none();
        if let Some((message, help)) = fault {
            self.sink.push(Diagnostic::error(Code::ContentValue, chart.span, message).help(help));
        }
        good
    }

    /// A series over another kind of period than its indicator is counted by would be empty without a word.
    pub(super) fn check_periods(&mut self, reference: &Reference, first: Option<&Period>, span: Span) {
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
}

/// What parts leave of a whole.
struct LeftOver {
    /// Negative where the parts are more than the whole.
    amount: f64,
    /// Absent where the parts are percentages that somebody printed: rounding leaves open what remains.
    figure: Option<Figure>,
}
