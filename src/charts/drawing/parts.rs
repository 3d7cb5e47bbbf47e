//! Parts of a whole: one colour in steps of lightness, and lengths with white between them.

use super::fill::Fill;
use super::look::{Look, contrast, mixed};
use plotters::style::RGBColor;

/// The white between two parts, in points.
pub const GAP: f64 = 1.5;

/// The contrast with the page of each part, from the first on; the first is the chapter's colour where that is darker.
/// Neighbours differ by 1,35 or more, the last differs as much from what the parts leave over, and none lies between
/// 3,2 and 4,5, where neither white nor ink can be read.
fn contrasts(count: usize) -> &'static [f64] {
    match count {
        0 | 1 => &[4.7],
        2 => &[4.7, 2.3],
        3 => &[4.7, 2.7, 1.6],
        4 => &[4.7, 3.1, 2.2, 1.57],
        5 => &[6.6, 4.7, 3.1, 2.2, 1.57],
        _ => &[9.1, 6.55, 4.7, 3.1, 2.2, 1.57],
    }
}

/// The fills of so many parts, from dark to light.
pub fn fills(look: &Look, count: usize) -> Vec<Fill> {
    let own = contrast(look.chapter, look.paper);
    let shades = contrasts(count).iter().enumerate().map(|(index, &wanted)| match index {
        0 if own >= wanted => look.chapter,
        _ => shade(look, wanted),
    });
    shades.map(|solid| Fill { solid, rim: solid, inside: look.faint(0) }).collect()
}

/// The fill of what the parts leave of the whole: faint, with a thin rim.
pub fn rest(look: &Look) -> Fill {
    Fill { solid: look.faint(0), rim: look.tint(0), inside: look.faint(0) }
}

/// The colour of the chapter made lighter, or darker, until it has this contrast with the page.
fn shade(look: &Look, wanted: f64) -> RGBColor {
    const HALVINGS: usize = 12;
    let lighter = contrast(look.chapter, look.paper) > wanted;
    let (dark, light) = if lighter { (look.chapter, look.paper) } else { (look.ink, look.chapter) };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if contrast(mixed(dark, light, middle), look.paper) < wanted { low = middle } else { high = middle }
    }
    mixed(dark, light, high)
}

/// From where to where each part reaches along `length` points, in proportion to `whole`, with white in between.
pub fn spans(values: &[f64], whole: f64, length: f64) -> Vec<(f64, f64)> {
    let unit = if whole > 0.0 { length / whole } else { 0.0 };
    let mut from = 0.0;
    let exact = values.iter().map(|value| {
        let start = from;
        from += value * unit;
        (start, from)
    });
    let exact: Vec<(f64, f64)> = exact.collect();
    let last = exact.iter().rposition(|(start, end)| end > start);
    let cut = |(index, &(start, end)): (usize, &(f64, f64))| {
        // A hair of a part keeps half of its length.
        let white = (GAP / 2.0).min((end - start) / 4.0);
        let before = if start > 0.0 { white } else { 0.0 };
        let after = if Some(index) == last { 0.0 } else { white };
        (start + before, end - after)
    };
    exact.iter().enumerate().map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{CHAPTERS, look};
    use super::*;

    #[test]
    fn steps_can_be_told_apart_and_written_on() {
        for code in CHAPTERS.iter().chain(&["#1B2A41"]) {
            let look = look(code);
            for count in 1..=6 {
                let fills = fills(&look, count);
                assert_eq!(fills.len(), count);
                let mut colors: Vec<RGBColor> = fills.iter().map(|fill| fill.solid).collect();
                colors.push(rest(&look).inside);
                assert!(colors.windows(2).all(|pair| contrast(pair[0], pair[1]) >= 1.35), "{code} {count}");
                let readable = |fill: &Fill| fill.text(&look, super::super::PointLook::Solid).is_some();
                assert!(fills.iter().all(readable), "{code} {count}");
            }
        }
    }

    #[test]
    fn spans_are_proportional_and_fill_the_length() {
        let spans = spans(&[50.0, 0.0, 25.0, 25.0], 100.0, 400.0);
        assert_eq!(spans, [(0.0, 199.25), (200.0, 200.0), (200.75, 299.25), (300.75, 400.0)]);
    }
}
