//! Charts: a selection of figures → a drawing (SVG), the words for who does not see it, and the table behind it.
//!
//! [`drawing`] knows shapes and no figures; this file and [`plotting`] know figures and no shapes.

mod alternative;
pub mod drawing;
mod plotting;

use crate::content;
use crate::figures::{Figure, Figures, Mark, Marks, Reference, Selection, Table};
use crate::units::Grouping;

use drawing::{Caption, DrawError, Drawing, Look, Plot};

/// Width of every chart, in points: that of the page between its margins.
const WIDTH: f64 = 471.0;

/// How the charts of an edition look and write numbers.
#[derive(Debug, Clone)]
pub struct Style {
    pub look: Look,
    pub grouping: Grouping,
}

/// A chart and everything that must stand with it.
#[derive(Debug, Clone)]
pub struct Chart {
    pub drawing: Drawing,
    pub alt: String,
    pub table: Table,
    /// Of all values in it, in their fixed order.
    pub marks: Marks,
    /// Whether all values have all of them: then they are said once, beneath.
    pub marks_shared: bool,
    /// Of whom the values are, where that is not everyone.
    pub population: Option<String>,
    plot: Plot,
    look: Look,
}

/// The words of a chart, with their numbers in place.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    /// Those above the chart, for the alternative text.
    pub title: &'a str,
    /// The reasons of the outliers of the chart, in their order.
    pub reasons: &'a [String],
}

/// Draws the chart an editor asked for.
///
/// # Errors
/// When the drawing refuses the plot, which is a fault of this program.
pub fn draw(figures: &Figures, spec: &content::Chart, selection: &Selection, words: &Words<'_>, style: &Style) -> Result<Chart, DrawError> {
    let marks_shared = marks_shared(selection);
    let mut plot = plotting::plot(figures, spec, selection, words, style.grouping);
    if marks_shared {
        plotting::without_marks(&mut plot);
    }
    let height = drawing::height(&plot, &style.look, WIDTH);
    Ok(Chart {
        drawing: drawing::draw(&plot, &style.look, WIDTH, height)?,
        alt: alternative::text(spec.form, words.title, selection, marks_shared, style.grouping),
        marks: selection.known().iter().flat_map(|figure| figure.marks.iter().copied()).collect(),
        marks_shared,
        population: population(selection),
        table: Table::behind(selection, style.grouping),
        plot,
        look: style.look.clone(),
    })
}

impl Chart {
    /// The drawing with title and foot, for use outside the report.
    ///
    /// # Errors
    /// As [`draw`].
    pub fn captioned(&self, title: &str, foot: &[String]) -> Result<Drawing, DrawError> {
        drawing::draw_captioned(&self.plot, &self.look, WIDTH, self.drawing.height, &Caption { title, foot })
    }

    /// What its marks mean, each in a few words: `[d] afgeleid`.
    pub fn legend(&self) -> Vec<String> {
        let all = if self.marks_shared { "alle waarden " } else { "" };
        self.marks.iter().map(|mark: &Mark| format!("{all}[{}] {}", mark.letter(), mark.name())).collect()
    }
}

/// Whether there are several values, all with the same marks.
fn marks_shared(selection: &Selection) -> bool {
    let known = selection.known();
    let same = known.windows(2).all(|pair| pair[0].marks == pair[1].marks);
    known.len() > 1 && same && known.first().is_some_and(|figure| !figure.marks.is_empty())
}

/// Of whom a single series is; several name their own.
fn population(selection: &Selection) -> Option<String> {
    let Selection::Series { series, .. } = selection else { return None };
    let [series] = series.as_slice() else { return None };
    let reference: &Reference = &series.reference;
    let words: Vec<String> = reference.breakdown.narrowed().iter().map(|(name, value)| format!("{name} {value}")).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Whether a value is less than a measurement.
fn is_soft(figure: &Figure) -> bool {
    [Mark::Estimated, Mark::Derived, Mark::Rounded].iter().any(|mark| figure.marks.contains(mark))
}
