//! stub
pub mod content;
pub mod data;
pub mod diagnostic;
pub mod project;
pub mod source;
pub mod units;
pub mod yaml;
