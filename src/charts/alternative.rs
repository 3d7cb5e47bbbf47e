//! The words for who does not see a chart: form, what, from when to when, lowest, highest, latest.

use crate::content::Form;
use crate::figures::{Figure, Series};
use crate::units::{Grouping, Notation, Place, Value};

pub(super) fn text(form: Form, title: &str, series: &Series, grouping: Grouping) -> String {
    let form = match form {
        Form::Columns => "Kolomgrafiek",
        Form::Lines => "Lijngrafiek",
    };
    let mut sentences = vec![format!("{form}: {}", closed(title))];
    if let (Some(first), Some(last)) = (series.points.first(), series.points.last()) {
        sentences.push(format!("Van {} tot en met {}, in {}.", first.period, last.period, series.unit));
    }
    sentences.extend(extremes(series, grouping));
    let in_words = series.known().filter(|figure| figure.value.is_none());
    sentences
        .extend(in_words.map(|figure| format!("Voor {} zegt de bron alleen «{}».", figure.period, figure.write(&Notation::default()))));
    sentences.extend(gaps(series));
    sentences.extend(series.breaks.iter().map(|series_break| format!("Breuk in de reeks vanaf {}.", series_break.from)));
    sentences.join(" ")
}

/// The lowest, the highest and the latest value; one that is several of these is named once.
fn extremes(series: &Series, grouping: Grouping) -> Vec<String> {
    let notation = Notation { grouping, place: Place::Table, ..Notation::default() };
    let value = |figure: &Figure| figure.value.map(Value::ratio);
    let known: Vec<&Figure> = series.numbers().collect();
    let named = [
        ("Laagste", known.iter().copied().min_by_key(|figure| value(figure))),
        ("Hoogste", known.iter().copied().rev().max_by_key(|figure| value(figure))),
        ("Laatst bekende", known.last().copied()),
    ];
    let sentence = |(name, figure): (&str, Option<&Figure>)| {
        figure.map(|figure| format!("{name} waarde: {} in {}.", figure.write(&notation), figure.period))
    };
    named.into_iter().filter_map(sentence).collect()
}

fn gaps(series: &Series) -> Option<String> {
    let missing: Vec<String> = series.points.iter().filter(|point| point.figure.is_none()).map(|point| point.period.to_string()).collect();
    let (last, before) = missing.split_last()?;
    let list = if before.is_empty() { last.clone() } else { format!("{} en {last}", before.join(", ")) };
    Some(format!("Geen openbaar cijfer voor {list}."))
}

fn closed(sentence: &str) -> String {
    if sentence.ends_with(['.', '?', '!']) { sentence.to_owned() } else { format!("{sentence}.") }
}
