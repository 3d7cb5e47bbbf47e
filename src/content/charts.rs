//! Said → meant for charts and rankings: which data each form takes, and how much of it.

use std::ops::RangeInclusive;

use super::load::{Lowering, expression};
use super::model::*;
use super::shapes::*;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::units::Period;

/// What a form shows, and how many of it.
enum Takes {
    /// Series over the years.
    Series(RangeInclusive<usize>),
    /// Figures at one moment.
    Parts(RangeInclusive<usize>),
    /// Several charts of figures at one moment.
    Panels(RangeInclusive<usize>),
}

/// More bars than this make a table.
pub const MOST_BARS: usize = 12;

impl Form {
    fn takes(self) -> Takes {
        match self {
            Self::Columns => Takes::Series(1..=2),
            Self::Lines => Takes::Series(1..=3),
            Self::ColumnsLine => Takes::Series(2..=2),
            Self::Stacked => Takes::Series(2..=4),
            Self::Bars => Takes::Parts(2..=MOST_BARS),
            Self::Shares => Takes::Parts(2..=6),
            Self::Hundred => Takes::Parts(1..=1),
            Self::Multiples => Takes::Panels(2..=4),
        }
    }
}

impl Lowering<'_> {
    /// `None` where the form or the number of things in it is wrong, which is reported here.
    pub(super) fn chart(&mut self, shape: ChartShape, span: Span) -> Option<Chart> {
        // A form that could not be read says nothing about the other keys.
        if self.sink.has_at(shape.vorm.span) {
            return None;
        }
        self.check_keys(&shape);
        let form = shape.vorm.value;
        let (data, periods) = match form.takes() {
            Takes::Series(count) => self.over_time(&shape, &count, span),
            Takes::Parts(count) => {
                let parts = self.parts(&shape.delen, &count, span);
                (self.at_once(&shape, vec![Panel { title: None, parts }]), Vec::new())
            }
            Takes::Panels(count) => {
                let panels = self.panels(&shape.panelen, &count, span);
                (self.at_once(&shape, panels), Vec::new())
            }
        };
        let countable = data.is_countable(form);
        let outliers = shape.uitschieters.iter().filter_map(|outlier| self.outlier(outlier, &periods)).collect();
        let chart = Chart {
            form,
            data,
            title: self.line(&shape.titel),
            alt: self.optional_line(shape.alt.as_ref()),
            note: self.optional_line(shape.toelichting.as_ref()),
            outliers,
            span,
        };
        countable.then_some(chart)
    }

    /// A key that the form does not read would be lost without a word.
    fn check_keys(&mut self, shape: &ChartShape) {
        let takes = shape.vorm.value.takes();
        let over_time = matches!(takes, Takes::Series(_));
        let shares = shape.vorm.value == Form::Shares;
        let written = [
            ("reeks", shape.reeks.is_some(), over_time),
            ("reeksen", !shape.reeksen.is_empty(), over_time),
            ("vanaf", shape.vanaf.is_some(), over_time),
            ("tot", shape.tot.is_some(), over_time),
            ("uitschieters", !shape.uitschieters.is_empty(), over_time),
            ("delen", !shape.delen.is_empty(), matches!(takes, Takes::Parts(_))),
            ("panelen", !shape.panelen.is_empty(), matches!(takes, Takes::Panels(_))),
            ("geheel", shape.geheel.is_some(), shares),
            ("rest", shape.rest.is_some(), shares),
        ];
        let misplaced: Vec<&str> = written.iter().filter(|(_, written, fits)| *written && !fits).map(|(key, ..)| *key).collect();
        if misplaced.is_empty() {
            return;
        }
        let message = format!("deze vorm van grafiek heeft geen {}", misplaced.join(" en geen "));
        self.sink.push(Diagnostic::error(Code::ContentValue, shape.vorm.span, message).help(what_it_takes(&takes)));
    }

    fn over_time(&mut self, shape: &ChartShape, count: &RangeInclusive<usize>, span: Span) -> (ChartData, Vec<Period>) {
        let single = shape.reeks.iter().map(|series| ChartSeries { series: expression(series, &self.file), label: None });
        let mut series: Vec<ChartSeries> = single.collect();
        for one in &shape.reeksen {
            series.push(ChartSeries { series: expression(&one.reeks, &self.file), label: Some(self.line(&one.label)) });
        }
        if series.is_empty() {
            self.missing("reeks", shape.vorm.span);
        } else if shape.reeks.is_some() && !shape.reeksen.is_empty() {
            let diagnostic = Diagnostic::error(Code::ContentValue, shape.vorm.span, "deze grafiek heeft een reeks én reeksen");
            self.sink.push(diagnostic.help("Schrijf één van beide: reeks voor één reeks, reeksen voor meer."));
        } else if !count.contains(&series.len()) {
            self.wrong_count("reeksen", series.len(), count, span);
        }
        let periods = match &shape.vanaf {
            Some(from) => self.periods(from, shape.tot.as_ref()),
            None => {
                self.missing("vanaf", shape.vorm.span);
                Vec::new()
            }
        };
        (ChartData::OverTime { series, periods: periods.clone() }, periods)
    }

    fn at_once(&mut self, shape: &ChartShape, panels: Vec<Panel>) -> ChartData {
        ChartData::AtOnce {
            panels,
            whole: shape.geheel.as_ref().map(|whole| expression(whole, &self.file)),
            rest: self.optional_line(shape.rest.as_ref()),
        }
    }

    fn panels(&mut self, shapes: &[PanelShape], count: &RangeInclusive<usize>, span: Span) -> Vec<Panel> {
        if !count.contains(&shapes.len()) {
            self.wrong_count("panelen", shapes.len(), count, span);
        }
        let panel = |shape: &PanelShape| {
            let parts = self.parts(&shape.delen, &(1..=MOST_BARS), shape.titel.span);
            Panel { title: Some(self.line(&shape.titel)), parts }
        };
        shapes.iter().map(panel).collect()
    }

    fn parts(&mut self, shapes: &[PartShape], count: &RangeInclusive<usize>, span: Span) -> Vec<Part> {
        if shapes.is_empty() {
            self.missing("delen", span);
        } else if !count.contains(&shapes.len()) {
            self.wrong_count("delen", shapes.len(), count, span);
        }
        shapes.iter().map(|shape| Part { value: expression(&shape.waarde, &self.file), label: self.line(&shape.label) }).collect()
    }

    pub(super) fn ranking(&mut self, shape: RankingShape) -> Ranking {
        let Spanned { value: lists, span } = shape.lijsten;
        if !(1..=4).contains(&lists.len()) {
            self.wrong_count("lijsten", lists.len(), &(1..=4), span);
        }
        let list = |shape: &RankedListShape| {
            if !(2..=10).contains(&shape.plaatsen.len()) {
                self.wrong_count("plaatsen", shape.plaatsen.len(), &(2..=10), shape.plaatsen.span);
            }
            let places = shape.plaatsen.iter();
            let places = places.map(|place| Part { value: expression(&place.rang, &self.file), label: self.line(&place.label) }).collect();
            RankedList { title: self.optional_line(shape.titel.as_ref()), places }
        };
        Ranking { lists: lists.iter().map(list).collect(), title: self.line(&shape.titel) }
    }

    fn outlier(&mut self, shape: &OutlierShape, periods: &[Period]) -> Option<(Period, Line)> {
        let period = self.period(&shape.periode)?;
        if !periods.contains(&period) {
            let diagnostic = Diagnostic::error(Code::ContentValue, shape.periode.span, format!("{period} valt buiten de grafiek"));
            self.sink.push(diagnostic.help("Kies een periode van vanaf tot en met tot."));
        }
        Some((period, self.line(&shape.reden)))
    }

    fn missing(&mut self, key: &str, span: Span) {
        self.sink.push(Diagnostic::error(Code::YamlMissingKey, span, format!("de sleutel «{key}» ontbreekt")));
    }

    fn wrong_count(&mut self, key: &str, found: usize, count: &RangeInclusive<usize>, span: Span) {
        // A list that could not be read has been reported already.
        if self.sink.has_at(span) {
            return;
        }
        let (least, most) = (count.start(), count.end());
        let help = if least == most { format!("Hier passen er precies {least}.") } else { format!("Hier passen er {least} tot {most}.") };
        self.sink.push(Diagnostic::error(Code::ContentValue, span, format!("hier staan {found} {key}")).help(help));
    }
}

impl ChartData {
    /// Whether there are as many series, parts or panels as the form takes.
    fn is_countable(&self, form: Form) -> bool {
        match (form.takes(), self) {
            (Takes::Series(count), Self::OverTime { series, .. }) => count.contains(&series.len()),
            (Takes::Parts(count), Self::AtOnce { panels, .. }) => panels.iter().all(|panel| count.contains(&panel.parts.len())),
            (Takes::Panels(count), Self::AtOnce { panels, .. }) => {
                count.contains(&panels.len()) && panels.iter().all(|panel| (1..=MOST_BARS).contains(&panel.parts.len()))
            }
            _ => false,
        }
    }
}

fn what_it_takes(takes: &Takes) -> &'static str {
    match takes {
        Takes::Series(_) => "Ze toont reeksen over de jaren: schrijf reeks of reeksen, met vanaf.",
        Takes::Parts(_) => "Ze toont cijfers op één moment: schrijf delen, elk met waarde en label.",
        Takes::Panels(_) => "Ze toont kleine grafieken naast elkaar: schrijf panelen, elk met titel en delen.",
    }
}
