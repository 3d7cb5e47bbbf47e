//! stub
pub mod content;
pub mod data;
pub mod diagnostic;
pub mod figures;
pub mod project;
pub mod report;
pub mod source;
pub mod units;
pub mod yaml;
