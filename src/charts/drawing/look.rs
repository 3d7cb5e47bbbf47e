//! Colours and sizes: the design tokens and the colour of the chapter.

use super::text::Type;
use plotters::style::RGBColor;

/// How a chart looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The colour of the chapter: what matters.
    pub chapter: RGBColor,
    /// Text, and the second series.
    pub ink: RGBColor,
    /// Axis labels and notes, and the third series.
    pub grey: RGBColor,
    /// Grid lines.
    pub line: RGBColor,
    /// The page.
    pub paper: RGBColor,
    /// Size of values and categories, in points.
    pub label_size: f64,
    /// Size of axis numbers and notes, in points.
    pub note_size: f64,
}

impl Look {
    /// Values.
    pub fn label(&self) -> Type {
        Type { size: self.label_size, bold: false }
    }

    /// The value and the name of the report year.
    pub fn strong(&self) -> Type {
        Type { size: self.label_size, bold: true }
    }

    /// Axis numbers, breaks, outliers and lone marks.
    pub fn note(&self) -> Type {
        Type { size: self.note_size, bold: false }
    }

    /// The full colour of a series.
    pub fn series(&self, index: usize) -> RGBColor {
        [self.chapter, self.ink, self.grey][index.min(2)]
    }

    /// The colour of a series where it is not the report year. Ink stays darker, to be told apart in grey.
    pub fn tint(&self, index: usize) -> RGBColor {
        let share = if index == 0 { 0.42 } else { 0.62 };
        mixed(self.series(index), self.paper, share)
    }

    /// The fill of what is only outlined or hatched.
    pub fn faint(&self, index: usize) -> RGBColor {
        mixed(self.series(index), self.paper, 0.08)
    }
}

/// Stands in for a colour that the design tokens lack.
pub const BLACK: RGBColor = RGBColor(0, 0, 0);

/// A colour from its notation in the design tokens: `#C43D2B`.
pub fn hex(code: &str) -> Option<RGBColor> {
    let digits = code.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some(RGBColor(channel(0)?, channel(2)?, channel(4)?))
}

/// `share` of the first colour in the second: 1 is the first, 0 the second.
pub fn mixed(first: RGBColor, second: RGBColor, share: f64) -> RGBColor {
    let channel = |a: u8, b: u8| (f64::from(a) * share + f64::from(b) * (1.0 - share)).round() as u8;
    RGBColor(channel(first.0, second.0), channel(first.1, second.1), channel(first.2, second.2))
}

/// Contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance).
pub fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
    let linear = |channel: u8| match f64::from(channel) / 255.0 {
        low if low <= 0.04045 => low / 12.92,
        high => ((high + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{CHAPTERS, look};
    use super::*;

    #[test]
    fn tints_stand_out_from_the_page_and_from_the_report_year() {
        for code in CHAPTERS {
            let look = look(code);
            assert!(contrast(look.tint(0), look.paper) >= 1.6, "{code}");
            assert!(contrast(look.tint(0), look.chapter) >= 2.0, "{code}");
            assert!(contrast(look.tint(0), look.tint(1)) >= 1.4, "{code}");
        }
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        assert_eq!(hex("#C43D2B"), Some(RGBColor(0xC4, 0x3D, 0x2B)));
        for wrong in ["C43D2B", "#C43", "#C43D2G", "#€€", ""] {
            assert_eq!(hex(wrong), None);
        }
    }
}
