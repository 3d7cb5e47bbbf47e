//! Draws charts as SVG, in points, with every text measured before it is placed.
//!
//! A [`Plot`] says what is drawn, a [`Look`] how it looks. [`draw`] checks the plot, lets the module of its form
//! ([`columns`], [`lines`]) compose a [`scene`] of shapes and texts in points, and has [`canvas`] write that scene with
//! plotters. No text is ever drawn over another: what finds no free spot is left out and reported in
//! [`Drawing::left_out`].

mod canvas;
mod columns;
mod draw;
mod frame;
mod geometry;
mod lines;
mod look;
mod markers;
mod notes;
mod plot;
mod scene;
mod slots;
mod text;
mod ticks;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use draw::{Drawing, draw};
pub use geometry::Area;
pub use look::{BLACK, Look, contrast, hex, mixed};
pub use plot::{Break, Category, DrawError, Form, Outlier, Plot, Point, PointLook, Series, TickLabel};
pub use scene::Label;
