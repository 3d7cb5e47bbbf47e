//! The drawing on the cover: a heap of dots for each year, one dot for so many.

use super::bind::Binder;
use super::tree::{Cover, CoverColumn, NodeKind};
use crate::content::{self, Form};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Mark, Point, Series, Table};
use crate::units::{Grouping, Notation, Value};

/// The highest heap has no more dots, so that each can still be told from the next.
const MOST_DOTS: i64 = 66;

impl Binder<'_> {
    pub(super) fn cover(&mut self, cover: &content::Cover) -> Cover {
        let caption = self.words(&cover.caption, "verslag/omslag");
        let id = self.node("verslag/omslag", NodeKind::Cover, cover.caption.span);
        let series = self.reference(&cover.series).map(|reference| self.figures.series(&reference, &cover.periods));
        let bare = Cover { id: id.clone(), caption: caption.clone(), ..Cover::default() };
        let Some(series) = series else { return bare };
        if let Some(other) = series.numbers().find(|figure| !matches!(figure.value, Some(Value::Count(_)))) {
            let message = format!("de omslag tekent aantallen; «{}» is een {}", cover.series.source.trim(), other.measure);
            let diagnostic = Diagnostic::error(Code::ContentValue, cover.series.span, message);
            self.sink.push(diagnostic.help("Kies een aantal, zoals populatie.leerlingen."));
            return bare;
        }
        let highest = series.points.iter().filter_map(count).max();
        let Some(worth) = highest.filter(|highest| *highest > 0).map(worth_of_a_dot) else { return bare };
        let before = self.printed.len();
        self.print(series.known().collect(), Form::Columns, &id, cover.caption.span);
        let dot = format!("{} {}", Notation::table(self.grouping).write(Value::Count(worth)), series.unit);
        Cover {
            alt: alternative(&caption, &series, &dot, self.grouping),
            mark_lines: mark_lines(&series),
            sources: self.sources_since(before),
            columns: series.points.iter().map(|point| column(point, worth)).collect(),
            table: Some(Table::of(std::slice::from_ref(&series), self.grouping)),
            dot,
            ..bare
        }
    }
}

fn count(point: &Point) -> Option<i64> {
    match point.figure.as_ref()?.value? {
        Value::Count(count) => Some(count),
        _ => None,
    }
}

/// The least of 1, 2, 5, 10, 20, 50, … that keeps the highest heap within its dots.
fn worth_of_a_dot(highest: i64) -> i64 {
    let mut steps = (0..18).flat_map(|power| [1, 2, 5].map(|step| step * 10_i64.pow(power)));
    steps.find(|step| i128::from(highest) <= i128::from(MOST_DOTS) * i128::from(*step)).unwrap_or(i64::MAX)
}

/// Little is still a dot: none at all would look like nothing.
fn dots(count: i64, worth: i64) -> usize {
    let dots = if count > 0 { (count.saturating_add(worth / 2) / worth).max(1) } else { 0 };
    usize::try_from(dots).unwrap_or_default()
}

fn column(point: &Point, worth: i64) -> CoverColumn {
    let count = count(point);
    CoverColumn { label: point.period.to_string(), dots: count.map_or(0, |count| dots(count, worth)), known: count.is_some() }
}

fn alternative(caption: &str, series: &Series, dot: &str, grouping: Grouping) -> String {
    let year = |point: &Point| match &point.figure {
        Some(figure) => format!("{}: {}{}", point.period, figure.write(&Notation::table(grouping)), figure.marks_in_words()),
        None => format!("{}: geen openbaar cijfer, drie open stippen", point.period),
    };
    let years: Vec<String> = series.points.iter().map(year).collect();
    format!("{caption} Naast elkaar voor elk jaar een kolom van stippen; één stip staat voor {dot}. {}.", years.join("; "))
}

/// Each mark with its years: `[a] afgerond: 2017-2018, 2019-2020`.
fn mark_lines(series: &Series) -> Vec<String> {
    let line = |mark: Mark| {
        let marked = series.known().filter(|figure| figure.marks.contains(&mark));
        let years: Vec<String> = marked.map(|figure| figure.period.to_string()).collect();
        let of = if years.len() == series.known().count() { "alle jaren".to_owned() } else { years.join(", ") };
        (!years.is_empty()).then(|| format!("[{}] {}: {of}", mark.letter(), mark.name()))
    };
    Mark::ALL.into_iter().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_heap_stays_within_its_dots() {
        for (highest, worth) in [(1, 1), (66, 1), (67, 2), (1_224_118, 20_000), (i64::MAX, 200_000_000_000_000_000)] {
            assert_eq!(worth_of_a_dot(highest), worth, "{highest}");
            assert!(dots(highest, worth) <= 66, "{highest}");
        }
    }

    #[test]
    fn a_value_is_rounded_to_dots_and_little_is_one() {
        for (count, worth, expected) in [(0, 500, 0), (1, 500, 1), (749, 500, 1), (750, 500, 2), (1_180_220, 20_000, 59)] {
            assert_eq!(dots(count, worth), expected, "{count}");
        }
    }
}
