//! The words for who does not see a chart: form, what, from when to when, lowest, highest, latest; or each part.

use super::plotting::broken;
use crate::content::Form;
use crate::figures::{Figure, Mark, Part, Parts, Selection, Series};
use crate::units::{Grouping, Notation, Period, Value};

pub(super) fn text(form: Form, title: &str, selection: &Selection, grouping: Grouping) -> String {
    let mut sentences = vec![format!("{}: {}", name(form), closed(title))];
    match selection {
        Selection::Series { series, total } => sentences.extend(over_time(form, series, total.as_deref(), grouping)),
        Selection::Parts(parts) => sentences.extend(at_once(form, parts, grouping)),
    }
    sentences.join(" ")
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

fn over_time(form: Form, series: &[Series], total: Option<&Series>, grouping: Grouping) -> Vec<String> {
    let Some(first) = series.first() else { return Vec::new() };
    let mut sentences = Vec::new();
    if let (Some(from), Some(to)) = (first.points.first(), first.points.last()) {
        let unit = if form == Form::ColumnsLine { String::new() } else { format!(", in {}", first.unit) };
        sentences.push(format!("Van {} tot en met {}{unit}.", from.period, to.period));
    }
    for one in series.iter().chain(total) {
        if !one.label.is_empty() {
            sentences.push(format!("{}.", capitalized(&one.label)));
        }
        if one.known().next().is_none() {
            sentences.push("Geen enkel openbaar cijfer.".to_owned());
        }
        sentences.extend(extremes(one, grouping));
        let in_words = one.known().filter(|figure| figure.value.is_none());
        sentences
            .extend(in_words.map(|figure| format!("Voor {} zegt de bron alleen «{}».", figure.period, figure.write(&Notation::default()))));
    }
    sentences.extend(gaps(series));
    let within = |from: &Period| first.points.iter().skip(1).any(|point| point.period == *from);
    sentences.extend(broken(series).iter().filter(|from| within(from)).map(|from| format!("Breuk in de reeks vanaf {from}.")));
    sentences
}

/// The lowest, the highest and the latest value; one that is several of these is named once.
fn extremes(series: &Series, grouping: Grouping) -> Vec<String> {
    let value = |figure: &Figure| figure.value.map(Value::ratio);
    let known: Vec<&Figure> = series.numbers().collect();
    let named = [
        ("Laagste", known.iter().copied().min_by_key(|figure| value(figure))),
        ("Hoogste", known.iter().copied().rev().max_by_key(|figure| value(figure))),
        ("Laatst bekende", known.last().copied()),
    ];
    let sentence = |(name, figure): (&str, Option<&Figure>)| {
        figure.map(|figure| format!("{name} waarde: {} in {}.", written(figure, grouping), figure.period))
    };
    named.into_iter().filter_map(sentence).collect()
}

/// The periods of which nothing is known in any series.
fn gaps(series: &[Series]) -> Option<String> {
    let unknown = |at: usize| series.iter().all(|series| series.points.get(at).is_none_or(|point| point.figure.is_none()));
    let points = series.first()?.points.iter().enumerate();
    let missing: Vec<String> = points.filter(|(at, _)| unknown(*at)).map(|(_, point)| point.period.to_string()).collect();
    (!missing.is_empty()).then(|| format!("Geen openbaar cijfer voor {}.", enumerated(&missing)))
}

/// Each panel with each of its parts: there are few enough to name them all.
fn at_once(form: Form, parts: &Parts, grouping: Grouping) -> Vec<String> {
    let mut sentences = Vec::new();
    if form == Form::Hundred {
        sentences.extend(parts.all().filter_map(|part| out_of_hundred(part, grouping)));
        return sentences;
    }
    let unit = parts.all().find_map(|part| part.figure.as_ref()).map(|figure| figure.unit.as_str()).filter(|unit| *unit != "%");
    sentences.extend(unit.map(|unit| format!("In {unit}.")));
    sentences.extend((form == Form::Bars).then(|| "Van hoog naar laag.".to_owned()));
    for panel in &parts.panels {
        let list = enumerated(&panel.parts.iter().map(|part| named(part, grouping)).collect::<Vec<_>>());
        sentences.push(if panel.title.is_empty() { format!("{}.", capitalized(&list)) } else { format!("{}: {list}.", panel.title) });
    }
    // Of what percentages leave over only the name is known.
    let left = |rest: &Part| rest.figure.as_ref().map_or_else(|| rest.label.clone(), |_| named(rest, grouping));
    sentences.extend(parts.rest.as_ref().map(|rest| format!("Wat overblijft: {}.", left(rest))));
    sentences.extend(parts.whole.as_ref().map(|whole| format!("Samen {}.", written(whole, grouping))));
    sentences
}

fn named(part: &Part, grouping: Grouping) -> String {
    match &part.figure {
        Some(figure) => format!("{} {}", part.label, written(figure, grouping)),
        None if part.gap == Mark::Secret => format!("{} niet vrijgegeven", part.label),
        None => format!("{} zonder openbaar cijfer", part.label),
    }
}

fn out_of_hundred(part: &Part, grouping: Grouping) -> Option<String> {
    let notation = Notation { grouping, per_hundred: true, ..Notation::default() };
    Some(format!("{} {}.", capitalized(&part.figure.as_ref()?.write(&notation)), part.label))
}

fn written(figure: &Figure, grouping: Grouping) -> String {
    figure.write(&Notation::table(grouping))
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
