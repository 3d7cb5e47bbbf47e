//! The drawing on the cover: a heap of dots for each year, one dot for so many.

use super::bind::Binder;
use super::tree::{Cover, CoverColumn};
use crate::content;
use crate::figures::{Figure, Mark, Point, Series};
use crate::units::{Grouping, Notation, Period, Value};

/// The highest heap has no more dots, so that each can still be told from the next.
const MOST_DOTS: f64 = 66.0;

impl Binder<'_> {
    pub(super) fn cover(&mut self, cover: &content::Cover) -> Cover {
        let caption = self.words(&cover.caption, "verslag/omslag");
        let id = self.node("verslag/omslag", cover.caption.span);
        let series = self.reference(&cover.series).map(|reference| self.figures.series(&reference, &cover.periods));
        let Some(series) = series.filter(|series| series.numbers().next().is_some()) else {
            return Cover { id, caption, ..Cover::default() };
        };
        let before = self.printed.len();
        self.print(series.known().collect(), content::Form::Columns, &id, cover.caption.span);
        let worth = worth_of_a_dot(&series);
        let dot = format!("{} {}", Notation::table(self.grouping).write(Value::Count(worth)), series.unit);
        Cover {
            id,
            alt: alternative(&series, &dot, self.grouping),
            marks: marks(&series),
            sources: self.sources_since(before),
            columns: series.points.iter().map(|point| column(point, worth)).collect(),
            caption,
            dot,
        }
    }
}

/// The least of 1, 2, 5, 10, 20, 50, … that keeps the highest heap within its dots.
fn worth_of_a_dot(series: &Series) -> i64 {
    let highest = series.numbers().filter_map(|figure| figure.value).map(Value::as_f64).fold(0.0, f64::max);
    let steps = (0..15).flat_map(|power| [1, 2, 5].map(|step| step * 10_i64.pow(power)));
    steps.into_iter().find(|step| highest / *step as f64 <= MOST_DOTS).unwrap_or(i64::MAX)
}

fn column(point: &Point, worth: i64) -> CoverColumn {
    let value = point.figure.as_ref().and_then(|figure| figure.value).map(Value::as_f64);
    CoverColumn {
        label: point.period.to_string(),
        dots: value.map_or(0, |value| (value / worth as f64).round() as usize),
        known: value.is_some(),
    }
}

fn alternative(series: &Series, dot: &str, grouping: Grouping) -> String {
    let year = |point: &Point| match &point.figure {
        Some(figure) => format!("{}: {}{}", point.period, figure.write(&Notation::table(grouping)), in_words(figure)),
        None => format!("{}: geen openbaar cijfer", point.period),
    };
    let years: Vec<String> = series.points.iter().map(year).collect();
    format!("Voor elk jaar een kolom van stippen, één voor {dot}. {}.", years.join("; "))
}

fn in_words(figure: &Figure) -> String {
    let names: Vec<&str> = figure.marks.iter().map(|mark| mark.name()).collect();
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

/// Each mark with its years: `[a] afgerond: 2017-2018, 2019-2020`.
fn marks(series: &Series) -> Vec<String> {
    let known: Vec<&Figure> = series.known().collect();
    let with =
        |mark: Mark| -> Vec<Period> { known.iter().filter(|figure| figure.marks.contains(&mark)).map(|figure| figure.period).collect() };
    let line = |mark: Mark| {
        let years: Vec<String> = with(mark).iter().map(ToString::to_string).collect();
        let of = if years.len() == known.len() { "alle jaren".to_owned() } else { years.join(", ") };
        (!years.is_empty()).then(|| format!("[{}] {}: {of}", mark.letter(), mark.name()))
    };
    Mark::ALL.into_iter().filter_map(line).collect()
}
