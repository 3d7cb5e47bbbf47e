//! Doubts the data: arithmetic over all observations and published values of an edition.
//!
//! Every value is the range that it can be ([`Interval`]); a finding is two ranges that cannot be of one truth. [`ground`] lays
//! the data out to look things up in. [`shares`] doubts percentages, [`denominators`] the groups behind them, [`parts`] and
//! [`unique`] what a whole is made of, [`derived`] means, growth and what several sources say, [`series`] what came before and
//! what stands beside it, [`periods`] the kinds of years, [`printed`] words beside their number, and [`ranks`] places in an order.
//!
//! [`Interval`]: super::interval::Interval

mod denominators;
mod derived;
mod ground;
mod parts;
mod periods;
mod printed;
mod ranks;
mod scope;
mod series;
mod shares;
mod splits;
mod unique;
mod wording;

use super::finding::Finding;
use crate::data::Data;
use ground::Ground;
use scope::Scopes;

/// Everything that the data say against themselves.
pub(super) fn review(data: &Data) -> Vec<Finding> {
    let ground = Ground::of(data);
    let scopes = Scopes::of(data);
    let mut findings = Vec::new();
    shares::review(&ground, &mut findings);
    denominators::review(&ground, &mut findings);
    parts::review(&ground, &mut findings);
    unique::review(&ground, &scopes, &mut findings);
    derived::review(&ground, &mut findings);
    series::review(&ground, &scopes, &mut findings);
    periods::review(&ground, &mut findings);
    printed::review(&ground, &mut findings);
    ranks::review(&ground, &mut findings);
    findings
}
