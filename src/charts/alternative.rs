//! The words for who does not see a chart: form, what, from when to when, and each value with its marks; of a long series
//! the lowest, the highest and the latest.

use super::plotting::broken;
use crate::content::Form;
use crate::figures::{Figure, Mark, Part, Parts, Selection, Series};
use crate::units::{Grouping, Notation, Period, Value};

/// A longer series is told by its extremes: who listens to more numbers in a row keeps none of them.
const MOST_TOLD: usize = 8;

/// `marks_shared` where all values have the same marks, which are then said once.
pub(super) fn text(form: Form, title: &str, selection: &Selection, marks_shared: bool, grouping: Grouping) -> String {
    let teller = Teller { grouping, marks_shared };
    let mut sentences = vec![format!("{}: {}", name(form), closed(title))];
    match selection {
        Selection::Series { series, total } => sentences.extend(teller.over_time(form, series, total.as_deref())),
        Selection::Parts(parts) => sentences.extend(teller.at_once(form, parts)),
    }
    let shared = selection.known().first().filter(|_| marks_shared).map(|figure| marks_of(figure).join(", "));
    sentences.extend(shared.map(|marks| format!("Alle waarden: {marks}.")));
    sentences.join(" ")
}

struct Teller {
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
        Form::Multiples => "Kleine grafieken naast elkaar",
        Form::Hundred => "Raster van honderd stippen",
    }
}

impl Teller {
    fn over_time(&self, form: Form, series: &[Series], total: Option<&Series>) -> Vec<String> {
        let Some(first) = series.first() else { return Vec::new() };
        let mut sentences = Vec::new();
        if let (Some(from), Some(to)) = (first.points.first(), first.points.last()) {
            let unit = if form == Form::ColumnsLine { String::new() } else { format!(", in {}", first.unit) };
            sentences.push(format!("Van {} tot en met {}{unit}.", from.period, to.period));
        }
        let alike = series.windows(2).all(|pair| missing(&pair[0]) == missing(&pair[1]));
        for one in series.iter().chain(total) {
            let own_gaps = !alike && total.is_none_or(|total| !std::ptr::eq(total, one));
            sentences.extend((!one.label.is_empty()).then(|| format!("{}.", capitalized(&one.label))));
            sentences.extend(self.told(one));
            sentences.extend(own_gaps.then(|| gaps(one)).flatten());
        }
        sentences.extend(alike.then(|| gaps(first)).flatten());
        let within = |from: &Period| first.points.iter().skip(1).any(|point| point.period == *from);
        sentences.extend(broken(series).iter().filter(|from| within(from)).map(|from| format!("Breuk in de reeks vanaf {from}.")));
        sentences
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
        let in_words = in_words.map(|figure| format!("Voor {} zegt de bron alleen «{}».", figure.period, self.written(figure)));
        self.extremes(series).into_iter().chain(in_words).collect()
    }

    /// The lowest, the highest and the latest value; one that is several of these is named once.
    fn extremes(&self, series: &Series) -> Vec<String> {
        let value = |figure: &Figure| figure.value.map(Value::ratio);
        let known: Vec<&Figure> = series.numbers().collect();
        let named = [
            ("Laagste", known.iter().copied().min_by_key(|figure| value(figure))),
            ("Hoogste", known.iter().copied().rev().max_by_key(|figure| value(figure))),
            ("Laatst bekende", known.last().copied()),
        ];
        let sentence = |(name, figure): (&str, Option<&Figure>)| {
            figure.map(|figure| format!("{name} waarde: {} in {}.", self.written(figure), figure.period))
        };
        named.into_iter().filter_map(sentence).collect()
    }

    /// Each panel with each of its parts: there are few enough to name them all.
    fn at_once(&self, form: Form, parts: &Parts) -> Vec<String> {
        let mut sentences = Vec::new();
        if form == Form::Hundred {
            sentences.extend(parts.all().filter_map(|part| self.out_of_hundred(part)));
            return sentences;
        }
        let first = parts.all().find_map(|part| part.figure.as_ref());
        let unit = first.map(|figure| figure.unit.as_str()).filter(|unit| *unit != "%");
        let period = first.and_then(|figure| moment(figure, parts));
        let about: Vec<String> = unit.map(|unit| format!("in {unit}")).into_iter().chain(period).collect();
        sentences.extend((!about.is_empty()).then(|| format!("{}.", capitalized(&about.join(", ")))));
        sentences.extend((form == Form::Bars).then(|| "Van hoog naar laag.".to_owned()));
        for panel in &parts.panels {
            let list = panel.parts.iter().map(|part| self.named(part)).collect::<Vec<_>>().join("; ");
            sentences.push(if panel.title.is_empty() { format!("{}.", capitalized(&list)) } else { format!("{}: {list}.", panel.title) });
        }
        // Of what percentages leave over only the name is known.
        let left = |rest: &Part| rest.figure.as_ref().map_or_else(|| rest.label.clone(), |_| self.named(rest));
        sentences.extend(parts.rest.as_ref().map(|rest| format!("Wat overblijft: {}.", left(rest))));
        sentences.extend(parts.whole.as_ref().map(|whole| format!("Samen {}.", self.written(whole))));
        sentences
    }

    fn named(&self, part: &Part) -> String {
        match &part.figure {
            Some(figure) => format!("{}: {}", part.label, self.written(figure)),
            None if part.gap == Mark::Secret => format!("{}: niet vrijgegeven", part.label),
            None => format!("{}: geen openbaar cijfer", part.label),
        }
    }

    fn out_of_hundred(&self, part: &Part) -> Option<String> {
        let notation = Notation { grouping: self.grouping, per_hundred: true, ..Notation::default() };
        let figure = part.figure.as_ref()?;
        // The words of the source say what rounding to whole dots leaves out: «bijna 2%».
        let words = figure.printed.as_ref().map(|words| format!(" ({words})")).unwrap_or_default();
        Some(format!("{}{words} {}.", capitalized(&figure.write(&notation)), part.label))
    }

    fn written(&self, figure: &Figure) -> String {
        let text = figure.write(&Notation::table(self.grouping));
        let marks = if self.marks_shared { Vec::new() } else { marks_of(figure) };
        if marks.is_empty() { text } else { format!("{text} ({})", marks.join(", ")) }
    }
}

/// The period of all parts, or from when to when they changed.
fn moment(first: &Figure, parts: &Parts) -> Option<String> {
    let mut figures = parts.all().filter_map(|part| part.figure.as_ref());
    let same = figures.all(|other| (other.base, other.period) == (first.base, first.period));
    same.then(|| match first.base {
        Some(base) => format!("tussen {base} en {}", first.period),
        None => first.period.to_string(),
    })
}

/// What its marks mean; breaks have a sentence of their own.
fn marks_of(figure: &Figure) -> Vec<&'static str> {
    figure.marks.iter().filter(|mark| **mark != Mark::Break).map(|mark| mark.name()).collect()
}

/// The periods of which nothing is known.
fn missing(series: &Series) -> Vec<String> {
    series.points.iter().filter(|point| point.figure.is_none()).map(|point| point.period.to_string()).collect()
}

fn gaps(series: &Series) -> Option<String> {
    let missing = missing(series);
    let known = missing.len() < series.points.len();
    (known && !missing.is_empty()).then(|| format!("Geen openbaar cijfer voor {}.", enumerated(&missing)))
}

fn enumerated(items: &[String]) -> String {
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} en {last}", before.join(", ")),
        None => String::new(),
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn closed(sentence: &str) -> String {
    if sentence.ends_with(['.', '?', '!']) { sentence.to_owned() } else { format!("{sentence}.") }
}
