//! The words for who does not see a chart: form, what, from when to when, and each value with its marks; of a long series
//! the lowest, the highest and the latest.

use super::plotting::broken;
use crate::content::Form;
use crate::figures::{Figure, Gap, Part, Parts, Selection, Series};
use crate::units::{Grouping, Notation, Period, Value, capitalized, enumerated};

/// A longer series is told by its extremes: who listens to more numbers in a row keeps none of them.
const MOST_TOLD: usize = 8;

/// `marks_shared` where all values have the same marks, which are then said once.
pub(super) fn text(form: Form, title: &str, selection: &Selection, marks_shared: bool, grouping: Grouping) -> String {
    let telling = Telling { form, grouping, marks_shared };
    let mut sentences = vec![format!("{}: {}", name(form), closed(title))];
    match selection {
        Selection::Series { series, total } => sentences.extend(telling.over_time(series, total.as_deref())),
        Selection::Parts(parts) => sentences.extend(telling.at_once(parts)),
    }
    let shared = selection.known().first().filter(|_| marks_shared).map(|figure| figure.marks_in_words());
    sentences.extend(shared.map(|marks| format!("Alle waarden:{}.", marks.replace(['(', ')'], ""))));
    sentences.join(" ")
}

/// How the values of one chart are told.
struct Telling {
    form: Form,
    grouping: Grouping,
    marks_shared: bool,
}

fn name(form: Form) -> &'static str {
    match form {
        Form::Columns => "Kolomgrafiek",
        Form::Lines => "Lijngrafiek",
        Form::ColumnsLine => "Kolomgrafiek met een lijn",
        Form::Stacked => "Gestapelde kolomgrafiek",
        Form::Bars => "Grafiek met liggende staven",
        Form::Shares => "Staaf met de delen van een geheel",
        Form::Multiples => "Kleine grafieken naast elkaar, met liggende staven op één schaal",
        Form::Hundred => "Raster van honderd stippen",
    }
}

impl Telling {
    fn over_time(&self, series: &[Series], total: Option<&Series>) -> Vec<String> {
        let Some(first) = series.first() else { return Vec::new() };
        let mut sentences = Vec::new();
        if let (Some(from), Some(to)) = (first.points.first(), first.points.last()) {
            let unit = if self.form == Form::ColumnsLine { String::new() } else { format!(", in {}", first.unit) };
            sentences.push(format!("Van {} tot en met {}{unit}.", from.period, to.period));
        }
        // Gaps that all series share are said once.
        let shared = series.iter().chain(total).all(|one| missing(one) == missing(first));
        for one in series.iter().chain(total) {
            sentences.extend((!one.label.is_empty()).then(|| format!("{}.", capitalized(&one.label))));
            sentences.extend(self.told(one));
            sentences.extend((!shared).then(|| gaps(one)).flatten());
        }
        sentences.extend(shared.then(|| gaps(first)).flatten());
        let within = |from: &Period| first.points.iter().skip(1).any(|point| point.period == *from);
        let breaks: Vec<Period> = broken(series).into_iter().filter(within).collect();
        sentences.extend(breaks.iter().map(|from| format!("Breuk in de reeks vanaf {from}.")));
        let line = if self.form == Form::ColumnsLine { series.get(1) } else { Some(first).filter(|_| self.form == Form::Lines) };
        sentences.extend(line.map(|line| self.about_line(line, !breaks.is_empty())).into_iter().flatten());
        sentences
    }

    /// How a line is drawn where that is not plain.
    fn about_line(&self, line: &Series, is_broken: bool) -> Vec<String> {
        let own = (self.form == Form::ColumnsLine).then(|| "De lijn heeft een eigen schaal.".to_owned());
        let interrupted = is_broken || line.points.iter().any(|point| point.figure.is_none());
        let gap = interrupted.then(|| "De lijn is onderbroken waar een cijfer ontbreekt of de reeks breekt.".to_owned());
        own.into_iter().chain(gap).collect()
    }

    /// Each value, or of a long series its extremes and each value that the source gives in words alone.
    fn told(&self, series: &Series) -> Vec<String> {
        let known: Vec<&Figure> = series.known().collect();
        if known.is_empty() {
            return vec!["Geen enkel openbaar cijfer.".to_owned()];
        }
        if known.len() <= MOST_TOLD {
            let values = known.iter().map(|figure| format!("{} in {}", self.written(figure), figure.period));
            return vec![format!("{}.", capitalized(&enumerated(&values.collect::<Vec<_>>())))];
        }
        let in_words = known.iter().filter(|figure| figure.value.is_none());
        let in_words =
            in_words.map(|figure| format!("Voor {} zegt de bron alleen «{}»{}.", figure.period, self.bare(figure), self.marks(figure)));
        self.extremes(series).into_iter().chain(in_words).collect()
    }

    /// The lowest, the highest and the latest value; one that is several of these is named once.
    fn extremes(&self, series: &Series) -> Vec<String> {
        let value = |figure: &Figure| figure.value.map(Value::ratio);
        let known: Vec<&Figure> = series.numbers().collect();
        let found = [
            ("laagste", known.iter().copied().min_by_key(|figure| value(figure))),
            ("hoogste", known.iter().copied().rev().max_by_key(|figure| value(figure))),
            ("laatst bekende", known.last().copied()),
        ];
        let mut named: Vec<(Vec<String>, &Figure)> = Vec::new();
        for (name, figure) in found.into_iter().filter_map(|(name, figure)| Some((name, figure?))) {
            match named.iter_mut().find(|(_, known)| known.period == figure.period) {
                Some((names, _)) => names.push(name.to_owned()),
                None => named.push((vec![name.to_owned()], figure)),
            }
        }
        let sentence = |(names, figure): &(Vec<String>, &Figure)| {
            format!("{} waarde: {} in {}.", capitalized(&enumerated(names)), self.written(figure), figure.period)
        };
        named.iter().map(sentence).collect()
    }

    /// Each panel with each of its parts: there are few enough to name them all.
    fn at_once(&self, parts: &Parts) -> Vec<String> {
        let mut sentences = Vec::new();
        let first = parts.all().find_map(|part| part.figure.as_ref());
        let unit = first.map(|figure| figure.unit.as_str()).filter(|unit| *unit != "%");
        let moment = first.and_then(|figure| moment(figure, parts));
        let about: Vec<String> = unit.map(|unit| format!("in {unit}")).into_iter().chain(moment.clone()).collect();
        sentences.extend((!about.is_empty()).then(|| format!("{}.", capitalized(&about.join(", ")))));
        sentences.extend((self.form == Form::Bars).then(|| "Van hoog naar laag.".to_owned()));
        let named = |part: &Part| match self.form {
            Form::Hundred => self.out_of_hundred(part),
            _ => self.named(part, moment.is_none()),
        };
        for panel in &parts.panels {
            sentences.extend((!panel.title.is_empty()).then(|| closed(&panel.title)));
            let list: Vec<String> = panel.parts.iter().map(named).collect();
            sentences.push(format!("{}.", capitalized(&list.join("; "))));
        }
        // Of what percentages leave over only the name is known.
        sentences.extend(parts.rest.as_ref().map(|rest| match rest.figure {
            Some(_) => format!("Wat overblijft, {}.", named(rest)),
            None => format!("Wat overblijft: {}.", rest.label),
        }));
        sentences.extend(parts.whole.as_ref().map(|whole| format!("Samen {}.", self.written(whole))));
        sentences
    }

    fn named(&self, part: &Part, with_period: bool) -> String {
        match &part.figure {
            Some(figure) if with_period && part.label != figure.period.to_string() => {
                format!("{}: {} in {}", part.label, self.written(figure), figure.period)
            }
            Some(figure) => format!("{}: {}", part.label, self.written(figure)),
            None if part.gap == Gap::Secret => format!("{}: niet vrijgegeven", part.label),
            None => format!("{}: geen openbaar cijfer", part.label),
        }
    }

    fn out_of_hundred(&self, part: &Part) -> String {
        let notation = Notation { grouping: self.grouping, per_hundred: true, ..Notation::default() };
        let Some(figure) = &part.figure else { return self.named(part, false) };
        // Whole dots leave out what the source says: «bijna 2%».
        let words = figure.printed.as_ref().map(|words| format!(", in de bron «{words}»")).unwrap_or_default();
        format!("{}{words}{}: {}", figure.write(&notation), self.marks(figure), part.label)
    }

    fn written(&self, figure: &Figure) -> String {
        self.bare(figure) + &self.marks(figure)
    }

    fn bare(&self, figure: &Figure) -> String {
        figure.write(&Notation::table(self.grouping))
    }

    fn marks(&self, figure: &Figure) -> String {
        if self.marks_shared { String::new() } else { figure.marks_in_words() }
    }
}

/// The period of all parts, or from when to when they changed; `None` where it is not the same for all.
fn moment(first: &Figure, parts: &Parts) -> Option<String> {
    let mut figures = parts.all().filter_map(|part| part.figure.as_ref());
    let same = figures.all(|other| (other.base, other.period) == (first.base, first.period));
    same.then(|| match first.base {
        Some(base) => format!("tussen {base} en {}", first.period),
        None => format!("in {}", first.period),
    })
}

/// The periods without a figure, each with whether there was something to count then.
fn missing(series: &Series) -> Vec<(Period, bool)> {
    series.points.iter().filter(|point| point.figure.is_none()).map(|point| (point.period, point.gap != Gap::Nonexistent)).collect()
}

fn gaps(series: &Series) -> Option<String> {
    let of = |gaps: &[Gap]| -> Vec<String> { gaps.iter().flat_map(|gap| series.gaps(*gap)).map(|period| period.to_string()).collect() };
    let (unknown, nonexistent) = (of(&[Gap::Missing, Gap::Secret]), of(&[Gap::Nonexistent]));
    let known = series.points.len() - unknown.len() - nonexistent.len();
    let unknown = (known > 0 && !unknown.is_empty()).then(|| format!("Geen openbaar cijfer voor {}.", enumerated(&unknown)));
    let nonexistent = (!nonexistent.is_empty()).then(|| format!("Bestond niet in {}.", enumerated(&nonexistent)));
    let sentences: Vec<String> = unknown.into_iter().chain(nonexistent).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn closed(sentence: &str) -> String {
    if sentence.ends_with(['.', '?', '!']) { sentence.to_owned() } else { format!("{sentence}.") }
}
