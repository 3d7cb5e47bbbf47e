//! Errata, and the reasons for revisions, with their numbers in place.

use super::bind::Binder;
use super::expression::Target;
use super::tree::{Erratum, NodeKind, Reason};
use crate::content::{self, Correction, Expression};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::Figure;

impl Binder<'_> {
    pub(super) fn erratum(&mut self, number: usize, erratum: &content::Erratum) -> Erratum {
        let id = format!("verslag/errata/{number}");
        Erratum {
            date: erratum.date.to_string(),
            pdf: erratum.pdf.value.clone(),
            body: self.prose(&erratum.body, &id),
            id: self.node(&id, NodeKind::Title, erratum.pdf.span),
        }
    }

    pub(super) fn reason(&mut self, number: usize, correction: &Correction) -> Reason {
        let named = correction.figures.iter().filter_map(|expression| Some((self.named(expression)?, expression.span)));
        Reason {
            figures: named.collect::<Vec<_>>(),
            reason: self.line(&correction.reason, &format!("verslag/herzieningen/{number}")),
            date: correction.date.to_string(),
        }
    }

    /// The figure that a reason speaks of; it is not printed here.
    fn named(&mut self, expression: &Expression) -> Option<Figure> {
        if expression.reported {
            return None;
        }
        let diagnostic = match self.evaluator.evaluate(expression) {
            Ok(Target::Figure(reference, _)) => match self.figures.resolve(&reference) {
                Ok(figure) => return Some(figure),
                Err(missing) => self.not_there(&missing, expression.span),
            },
            Ok(Target::Constant(_)) => Diagnostic::error(Code::ExpressionKind, expression.span, "dit is geen cijfer"),
            Err(diagnostic) => diagnostic,
        };
        self.sink.push(diagnostic);
        None
    }
}
