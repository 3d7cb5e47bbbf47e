//! Draws charts as SVG, in points, with every text measured before it is placed.
//!
//! A [`Plot`] says what is drawn, a [`Look`] how it looks. [`draw`] checks the plot, lets the module of its form
//! ([`columns`], [`lines`] and so on) compose a [`scene`] of shapes and texts in points, and has [`canvas`] write that scene with
//! plotters. No text is ever drawn over another: what finds no free spot is left out and reported in
//! [`Drawing::left_out`].

mod bars;
mod canvas;
mod caption;
mod check;
mod columns;
mod columns_line;
mod dots;
mod draw;
mod fill;
mod frame;
mod geometry;
mod hundred;
mod legend;
mod lines;
mod look;
mod markers;
mod multiples;
mod notes;
mod parts;
mod plot;
mod rows;
mod scene;
mod shares;
mod slots;
mod stacked;
mod text;
mod ticks;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use caption::{Caption, draw_captioned};
pub use check::DrawError;
pub use draw::{Drawing, draw, height};
pub use geometry::Area;
pub use look::{BLACK, Look, contrast, hex, mixed};
pub use plot::{Break, Category, Form, Outlier, Plot, Point, PointLook, Series, TickLabel};
pub use scene::Label;
