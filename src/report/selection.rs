//! The figures that a chart is to show, looked up: series over the years, or parts at one moment.

use super::bind::Binder;
use super::expression::Target;
use crate::content::{self, ChartData, Expression, Form};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Figure, Gap, Measure, Missing, Panel, Part, Parts, Reference, Selection, Series};
use crate::source::Span;
use crate::units::{Notation, Period, PeriodKind, Value};

/// Percentages that are printed rounded may miss 100 by this much and still be all there is.
const ROUNDING: f64 = 0.5;

/// The figures of a chart, and the names that led to none.
pub(super) struct Chosen {
    pub selection: Selection,
    /// Parts without a number, and series without any.
    pub unknown: Vec<(Span, String)>,
}

impl Binder<'_> {
    /// The figures of a chart; `None` where something was wrong, which is reported here.
    pub(super) fn choose(&mut self, chart: &content::Chart, id: &str) -> Option<Chosen> {
        let chosen = match &chart.data {
            ChartData::OverTime { series, periods } => self.over_time(chart.form, series, periods, id)?,
            ChartData::AtOnce { panels, whole, rest } => {
                let bound: Vec<Option<Panel>> = panels.iter().map(|panel| self.panel(panel, id)).collect();
                let bound: Vec<Panel> = bound.into_iter().collect::<Option<_>>()?;
                let rest = rest.as_ref().map(|rest| self.words(rest, id));
                self.at_once(chart, panels, bound, whole.as_ref(), rest)?
            }
        };
        self.check(chart, &chosen.selection).then_some(chosen)
    }

    fn over_time(&mut self, form: Form, asked: &[content::ChartSeries], periods: &[Period], id: &str) -> Option<Chosen> {
        let (mut all, mut addends, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for one in asked {
            let label = one.label.as_ref().map(|label| self.words(label, id)).unwrap_or_default();
            let Some(reference) = self.reference(&one.series) else { continue };
            self.check_periods(&reference, periods.first(), one.series.span);
            let series = Series { label, ..self.figures.series(&reference, periods) };
            if series.numbers().next().is_none() {
                unknown.push((one.series.span, reference.to_string()));
            }
            addends.push((reference, one.series.span));
            all.push(series);
        }
        // Wrong series and wrong periods have been reported already.
        if all.is_empty() || all.len() < asked.len() || periods.is_empty() {
            return None;
        }
        if form == Form::Stacked && !self.check_addends(&addends) {
            return None;
        }
        let total = if form == Form::Stacked { self.figures.total(&all).map(Box::new) } else { None };
        Some(Chosen { selection: Selection::Series { series: all, total }, unknown })
    }

    fn panel(&mut self, panel: &content::Panel, id: &str) -> Option<Panel> {
        let title = panel.title.as_ref().map(|title| self.words(title, id)).unwrap_or_default();
        let parts: Vec<Option<Part>> = panel.parts.iter().map(|part| self.part(part, id)).collect();
        Some(Panel { title, parts: parts.into_iter().collect::<Option<Vec<Part>>>()? })
    }

    fn part(&mut self, part: &content::Part, id: &str) -> Option<Part> {
        let label = self.words(&part.label, id);
        let reference = self.figure_reference(&part.value)?;
        if reference.measure == Measure::Rank {
            let diagnostic = Diagnostic::error(Code::ExpressionKind, part.value.span, "een rang is geen waarde om te tekenen");
            self.sink.push(diagnostic.help("Zet rangen in een ranglijst."));
            return None;
        }
        let (figure, gap) = match self.figures.resolve(&reference) {
            Ok(figure) => (Some(figure), Gap::Missing),
            Err(Missing::Withheld { secret: true, .. }) => (None, Gap::Secret),
            Err(Missing::NotObserved { .. } | Missing::Withheld { .. }) => (None, Gap::Missing),
            Err(missing) => {
                self.sink.push(missing.diagnostic(Some(part.value.span)));
                return None;
            }
        };
        Some(Part { label, figure, gap })
    }

    /// Where a chart or a ranking names one figure, with its period.
    pub(super) fn figure_reference(&mut self, expression: &Expression) -> Option<Reference> {
        if expression.reported {
            return None;
        }
        let diagnostic = match self.evaluator.evaluate(expression) {
            Ok(Target::Figure(reference, notation)) if notation == Notation::default() => return Some(*reference),
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

    /// Parts as they were asked for, ranked where the form says so, or with what they leave of their whole.
    fn at_once(
        &mut self,
        chart: &content::Chart,
        asked: &[content::Panel],
        panels: Vec<Panel>,
        whole: Option<&Expression>,
        rest: Option<String>,
    ) -> Option<Chosen> {
        let spans = asked.iter().flat_map(|panel| &panel.parts).map(|part| part.value.span);
        let named: Vec<(&Part, Span)> = panels.iter().flat_map(|panel| &panel.parts).zip(spans).collect();
        // A hundred dots can show words too, such as «bijna 2%».
        let words_do = chart.form == Form::Hundred;
        let number = |part: &Part| part.figure.as_ref().is_some_and(|figure| words_do || figure.value.is_some());
        let unknown = named.iter().filter(|(part, _)| !number(part)).map(|(part, span)| (*span, part.label.clone())).collect();
        let addends: Vec<(Reference, Span)> =
            named.iter().filter_map(|(part, span)| Some((part.figure.as_ref()?.reference.clone(), *span))).collect();
        let mut parts = Parts { panels, whole: None, lacks_whole: false, rest: None };
        match chart.form {
            Form::Shares => self.complete(chart, &mut parts, &addends, whole, rest)?,
            Form::Bars => parts.panels.iter_mut().for_each(Panel::rank),
            _ => {}
        }
        Some(Chosen { selection: Selection::Parts(Box::new(parts)), unknown })
    }

    /// Finds the whole of parts, and what they leave of it.
    fn complete(
        &mut self,
        chart: &content::Chart,
        parts: &mut Parts,
        addends: &[(Reference, Span)],
        whole: Option<&Expression>,
        rest: Option<String>,
    ) -> Option<()> {
        if !self.check_addends(addends) {
            return None;
        }
        if let Some(whole) = whole {
            let reference = self.figure_reference(whole)?;
            parts.whole = self.figures.resolve(&reference).ok().filter(|figure| figure.value.is_some());
            parts.lacks_whole = parts.whole.is_none();
            if !self.check_whole(parts, whole.span) {
                return None;
            }
        }
        if !parts.has_gap() {
            let left = self.left_over(parts);
            parts.rest = self.named_rest(left, rest, chart.span)?;
        }
        Some(())
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
        Some(Some(Part { label, figure: left.figure, gap: Gap::Missing }))
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
