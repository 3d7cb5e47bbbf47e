//! Document → bytes: the PDF, and `figures.json` with every printed figure.

mod figures_json;
mod pdf;

pub use figures_json::{Entry, figures_json};
pub use pdf::pdf;
