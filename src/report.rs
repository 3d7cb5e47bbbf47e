//! The text with its numbers in place: evaluates the placeholders of the content against the figures.
//!
//! Prose is a tree before a single placeholder is looked at, and a figure enters it as plain text: no value and no
//! editor's words can become markup or code.

mod bind;
mod cover;
mod evolution;
mod exhibits;
mod expression;
mod fitness;
mod grammar;
mod history;
mod selection;
mod tree;

use crate::figures::Figure;
use crate::source::Span;
use crate::units::Approximation;

pub use bind::{Mode, bind};
pub use expression::{References, look_up};
pub use tree::*;

/// A figure as it was printed, and where.
#[derive(Debug, Clone)]
pub struct Printed {
    pub figure: Figure,
    /// Words on the page, without the marks.
    pub text: String,
    /// Id of the node of the tree: `typeset` knows its page.
    pub node: String,
    /// The placeholder, or the block of the chart or table.
    pub span: Span,
    /// Words that say it roughly.
    pub approximation: Option<Approximation>,
}
