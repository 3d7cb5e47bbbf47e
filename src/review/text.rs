//! What the text says: every number and every statement is bound to a figure, declared, or a finding.

mod declared;
mod nearness;
mod statements;

use super::Reviewed;
use super::claims::{Judge, Statement};
use super::finding::Finding;
use super::numbers::numbers;
use super::passage::{Passage, Passages, Sort};
use crate::diagnostic::Code;
use crate::figures::Figure;
use crate::units::{Grouping, Notation, Value};

pub(super) use declared::{Declared, Judged};

/// How many numbers the text prints, by what accounts for them; without those that findings are about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counted {
    pub external: usize,
    /// By a claim that quotes them and computes just that number.
    pub claimed: usize,
}

/// Looks at every passage.
pub(super) fn review(reviewed: &Reviewed<'_>, passages: &Passages<'_>, declared: &Declared, findings: &mut Vec<Finding>) -> Counted {
    let mut counted = Counted::default();
    for (at, passage) in passages.all.iter().enumerate() {
        look_at_numbers(at, passage, declared, &mut counted, findings);
        nearness::of_words(at, passage, reviewed, findings);
        if passage.sort != Sort::Quote {
            statements::review(at, passage, declared, reviewed, findings);
        }
    }
    nearness::of_filters(reviewed, findings);
    counted
}

fn look_at_numbers(at: usize, passage: &Passage<'_>, declared: &Declared, counted: &mut Counted, findings: &mut Vec<Finding>) {
    for number in numbers(&passage.text) {
        if !passage.is_typed(&number.range) {
            continue;
        }
        if declared.quotes(at, &number.range, |statement| matches!(statement, Statement::External { .. })) {
            counted.external += 1;
            continue;
        }
        if declared.proves(at, &number.range, &passage.text[number.range.clone()]) {
            counted.claimed += 1;
            continue;
        }
        let message = format!("het getal «{}» hangt aan geen enkel cijfer", &passage.text[number.range.clone()]);
        findings.push(Finding::of_words(Code::LooseNumber, passage.place(&number.range), at, number.range, message));
    }
}

impl Reviewed<'_> {
    fn judge(&self) -> Judge<'_> {
        Judge { figures: self.figures, thresholds: self.content.review.thresholds, grouping: self.content.grouping }
    }

    /// A figure as it stands in tables, with its period.
    pub(super) fn written(&self, figure: &Figure) -> String {
        let bounds = match figure.bounds {
            [Some(low), Some(high)] => {
                let write = |end| Notation::table(Grouping::Point).write(Value::Printed(end)).replace('\u{a0}', " ");
                format!(" ({} tot {})", write(low), write(high))
            }
            _ => String::new(),
        };
        format!("{}{bounds}", figure.write(&Notation::table(Grouping::Point)).replace('\u{a0}', " "))
    }
}
