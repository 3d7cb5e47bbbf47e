//! The figures that one chart shows: series over the years, or parts at one moment.

use super::{Figure, Gap, Series};

/// What a chart shows.
#[derive(Debug, Clone)]
pub enum Selection {
    Series {
        series: Vec<Series>,
        /// Of series that are parts of a whole: their sum in each period in which all are known.
        total: Option<Box<Series>>,
    },
    Parts(Box<Parts>),
}

/// Figures side by side.
#[derive(Debug, Clone)]
pub struct Parts {
    /// One, or one for each small chart.
    pub panels: Vec<Panel>,
    /// Of which the parts are parts, where that is known as a count.
    pub whole: Option<Figure>,
    /// Whether a whole was asked for and is not known.
    pub lacks_whole: bool,
    /// What the parts leave over.
    pub rest: Option<Part>,
}

#[derive(Debug, Clone)]
pub struct Panel {
    /// Empty where there is only one.
    pub title: String,
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone)]
pub struct Part {
    pub label: String,
    pub figure: Option<Figure>,
    /// Why there is no figure, where there is none.
    pub gap: Gap,
}

impl Selection {
    /// Every figure shown, in the order of the chart.
    pub fn known(&self) -> Vec<&Figure> {
        match self {
            Self::Series { series, total } => series.iter().chain(total.as_deref()).flat_map(Series::known).collect(),
            Self::Parts(parts) => parts.all().filter_map(|part| part.figure.as_ref()).chain(&parts.whole).collect(),
        }
    }

    /// How many figures of the data can be drawn.
    pub fn numbers(&self) -> usize {
        match self {
            Self::Series { series, .. } => series.iter().map(|series| series.numbers().count()).sum(),
            Self::Parts(parts) => parts.panels.iter().flat_map(Panel::known).filter(|figure| figure.value.is_some()).count(),
        }
    }
}

impl Parts {
    /// The parts of all panels, and what they leave over.
    pub fn all(&self) -> impl Iterator<Item = &Part> {
        self.panels.iter().flat_map(|panel| &panel.parts).chain(&self.rest)
    }

    /// Whether one of the parts, or the whole, has no number.
    pub fn has_gap(&self) -> bool {
        let number = |part: &Part| part.figure.as_ref().is_some_and(|figure| figure.value.is_some());
        self.lacks_whole || !self.panels.iter().flat_map(|panel| &panel.parts).all(number)
    }

    /// The names of all parts of all panels, each once, in the order in which they first appear.
    pub fn labels(&self) -> Vec<&str> {
        let mut labels: Vec<&str> = Vec::new();
        for part in self.panels.iter().flat_map(|panel| &panel.parts) {
            if !labels.contains(&part.label.as_str()) {
                labels.push(&part.label);
            }
        }
        labels
    }
}

impl Panel {
    pub fn known(&self) -> impl Iterator<Item = &Figure> {
        self.parts.iter().filter_map(|part| part.figure.as_ref())
    }

    pub fn part(&self, label: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.label == label)
    }

    /// Puts the parts in order, the largest first; what is not known comes last.
    pub fn rank(&mut self) {
        let value = |part: &Part| part.figure.as_ref().and_then(|figure| figure.value).map(crate::units::Value::ratio);
        // A stable sort: equal parts keep the order of the editor.
        self.parts.sort_by_key(|part| std::cmp::Reverse(value(part)));
    }
}
