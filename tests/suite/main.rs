//! All tests of the whole: one binary, so that Typst and polars are linked once.

#![allow(clippy::disallowed_methods, reason = "tests make projects of their own")]

mod built;
mod cases;
mod composition;
mod corpus;
mod counting;
mod edition;
mod editions;
mod example;
mod house;
mod importing;
mod interrupted;
mod listener;
mod numbers;
mod pages;
mod painted;
mod pictures;
mod previewing;
mod prose;
mod reading;
mod review;
mod schemas;
mod support;
mod tagged;
mod tags;
mod template;
mod writing;
