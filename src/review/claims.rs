//! Declared claims: a small Dutch language that says what the words of a text say, so that it can be computed.
//!
//! [`read`] turns the words of a claim into a [`Statement`], or says at which word it went astray; [`judge`] holds it against
//! the figures.

mod grammar;
mod judge;
mod statement;

pub(super) use grammar::{Known, read};
pub(super) use judge::{Judge, Verdict};
pub(super) use statement::{Amount, Claim, Class, Size, Statement};
