//! The text of an edition: what editors write in YAML, read into a tree of chapters, blocks and prose in which the
//! numbers are still placeholders.

mod accounts;
mod charts;
mod evolution;
mod history;
mod load;
mod lookalike;
mod mask;
mod model;
mod prose;
mod shapes;

pub use accounts::{Thresholds, Weight, claim_of};
pub use charts::MOST_BARS;
pub use load::{Memory, load};
pub use model::*;
pub use shapes::{ChapterFile, DerivedReportFile, Form, Phase, ReportFile};
