//! All tests of the whole: one binary, so that Typst and polars are linked once.

#![allow(clippy::disallowed_methods, reason = "tests make projects of their own")]

mod cases;
mod edition;
mod house;
mod numbers;
mod pages;
mod prose;
mod schemas;
mod support;
mod template;
mod writing;
