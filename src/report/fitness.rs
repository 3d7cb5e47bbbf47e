//! Whether a chart may show what it was asked to: one unit, nothing added up that may not be, nothing a form cannot draw.

use super::bind::{Binder, misfit, of_hundred};
use crate::content::{self, Form, MOST_BARS};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{Parts, Reference, Selection};
use crate::source::Span;
use crate::units::{Notation, Value};

impl Binder<'_> {
    pub(super) fn check(&mut self, chart: &content::Chart, selection: &Selection) -> bool {
        let span = chart.data.first_span().unwrap_or(chart.span);
        let faults = [
            units_fault(chart.form, selection),
            counts_fault(chart.form, selection),
            zero_fault(chart.form, selection),
            labels_fault(chart.form, selection),
            twice_fault(selection),
            self.hundred_fault(chart.form, selection),
        ];
        let found: Vec<Fault> = faults.into_iter().flatten().collect();
        let good = found.is_empty();
        for (message, help) in found {
            self.sink.push(Diagnostic::error(Code::ContentValue, span, message).help(help));
        }
        good
    }

    /// A hundred dots show one whole percentage.
    fn hundred_fault(&self, form: Form, selection: &Selection) -> Option<Fault> {
        let notation = of_hundred(self.grouping);
        let wrong = selection.known().into_iter().find(|figure| misfit(&notation, figure).is_some())?;
        let message = format!("{} past niet in honderd stippen", wrong.write(&Notation::table(self.grouping)));
        (form == Form::Hundred).then_some((message, "Toon een aandeel van 1% tot 100% dat op één geheel getal uitkomt."))
    }

    /// Unique pupils are never added up, nothing is added up with itself, and parts are of one period.
    pub(super) fn check_addends(&mut self, addends: &[(Reference, Span)]) -> bool {
        let mut good = true;
        for (at, (reference, span)) in addends.iter().enumerate() {
            let before = &addends[..at];
            let fault = if !self.figures.is_additive(reference) {
                let help = "Wie bij twee onderwerpen, niveaus of centra hoort, telt in beide: kies een andere vorm van grafiek.";
                Some((format!("de leerlingen van {} mogen niet opgeteld worden", reference.indicator), help))
            } else if before.iter().any(|(other, _)| other == reference) {
                Some((format!("{reference} staat er twee keer en zou dubbel tellen"), "Noem elk deel één keer."))
            } else if before.iter().any(|(other, _)| overlap(other, reference)) {
                Some((format!("{reference} overlapt met een ander deel en zou dubbel tellen"), "Noem delen die elkaar uitsluiten."))
            } else if before.first().is_some_and(|(other, _)| other.period != reference.period) {
                Some((format!("{reference} is van een andere periode dan het eerste deel"), "Neem alle delen van dezelfde periode."))
            } else {
                None
            };
            if let Some((message, help)) = fault {
                good = false;
                self.sink.push(Diagnostic::error(Code::ContentValue, *span, message).help(help));
            }
        }
        good
    }

    /// A whole is of the period of its parts, is not nothing, and does not give away by subtraction what may not be told.
    pub(super) fn check_whole(&mut self, parts: &Parts, span: Span) -> bool {
        // One that is not known makes the chart fall away, which is said elsewhere.
        let Some(whole) = &parts.whole else { return true };
        let other_period = parts.panels.iter().flat_map(|panel| panel.known()).any(|part| part.period != whole.period);
        let nothing = whole.value.is_some_and(|value| value.ratio().rounded(6) == 0);
        let fault = if other_period {
            Some(("het geheel is van een andere periode dan de delen", "Neem het geheel en de delen van dezelfde periode."))
        } else if nothing {
            Some(("het geheel is nul, en heeft dus geen delen", "Laat deze grafiek weg."))
        } else if self.figures.hides_a_secret(whole) {
            Some((
                "wat de delen van dit geheel overlaten, is niet vrijgegeven",
                "Laat geheel en rest weg, of toon een tabel; daar staat [c].",
            ))
        } else {
            None
        };
        let good = fault.is_none();
        if let Some((message, help)) = fault {
            self.sink.push(Diagnostic::error(Code::ContentValue, span, message).help(help));
        }
        good
    }
}

/// What is wrong, and what to do.
type Fault = (String, &'static str);

/// One axis measures one unit; a line over columns has an axis of its own.
fn units_fault(form: Form, selection: &Selection) -> Option<Fault> {
    let mut units: Vec<&str> = selection.known().iter().map(|figure| figure.unit.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    let message = format!("deze grafiek heeft verschillende eenheden: {}", units.join(", "));
    (units.len() > 1 && form != Form::ColumnsLine)
        .then_some((message, "Toon eenheden in aparte grafieken; alleen kolommen-lijn heeft er twee."))
}

/// Whether one of two figures of an indicator is broken down further than the other, and so is a part of it.
fn overlap(a: &Reference, b: &Reference) -> bool {
    let (of_a, of_b) = (a.breakdown.narrowed(), b.breakdown.narrowed());
    let within = |inner: &[(&str, &str)], outer: &[(&str, &str)]| outer.iter().all(|pair| inner.contains(pair));
    (&a.indicator, a.period) == (&b.indicator, b.period) && (within(&of_a, &of_b) || within(&of_b, &of_a))
}

/// Stacks are sums, and only counts have one; the parts of a bar may be percentages too.
fn counts_fault(form: Form, selection: &Selection) -> Option<Fault> {
    let all = |fits: fn(Value) -> bool| selection.known().iter().filter_map(|figure| figure.value).all(fits);
    match form {
        Form::Stacked if !all(|value| matches!(value, Value::Count(_))) => {
            Some(("gestapeld toont tellingen, geen aandelen of gemiddelden".to_owned(), "Kies kolommen of lijnen."))
        }
        Form::Shares if !all(|value| matches!(value, Value::Count(_)) || value.is_percent()) => {
            Some(("aandelen toont tellingen of percenten, geen gemiddelden".to_owned(), "Kies liggend."))
        }
        _ => None,
    }
}

/// One figure under two names is a slip of copying.
fn twice_fault(selection: &Selection) -> Option<Fault> {
    let lists: Vec<Vec<&Reference>> = match selection {
        Selection::Series { series, .. } => vec![series.iter().map(|series| &series.reference).collect()],
        Selection::Parts(parts) => parts.panels.iter().map(|panel| panel.known().map(|figure| &figure.reference).collect()).collect(),
    };
    let twice = |list: &Vec<&Reference>| {
        list.iter().enumerate().find(|(at, reference)| list[..*at].contains(reference)).map(|(_, reference)| reference.to_string())
    };
    lists.iter().find_map(twice).map(|name| (format!("{name} staat er twee keer"), "Noem elk cijfer en elke reeks één keer."))
}

fn zero_fault(form: Form, selection: &Selection) -> Option<Fault> {
    let from_zero = matches!(form, Form::Stacked | Form::Shares | Form::Multiples);
    let negative = selection.known().iter().any(|figure| figure.value.is_some_and(|value| value.ratio().is_negative()));
    (from_zero && negative).then(|| ("deze vorm van grafiek kan niets onder nul tonen".to_owned(), "Kies liggend of kolommen."))
}

/// Two things of one name could not be told apart, neither in the drawing nor in its table.
fn labels_fault(form: Form, selection: &Selection) -> Option<Fault> {
    let twice = match selection {
        Selection::Series { series, .. } => repeated(series.iter().map(|series| series.label.as_str())),
        Selection::Parts(parts) => {
            let rest = parts.rest.as_ref().map(|rest| rest.label.as_str());
            let mut panels = parts.panels.iter();
            let within = panels.find_map(|panel| repeated(panel.parts.iter().map(|part| part.label.as_str()).chain(rest)));
            within.or_else(|| repeated(parts.panels.iter().map(|panel| panel.title.as_str())))
        }
    };
    if let Some(label) = twice {
        return Some((format!("de naam «{label}» staat er twee keer"), "Geef elke reeks, elk deel en elk paneel een eigen naam."));
    }
    let Selection::Parts(parts) = selection else { return None };
    let count = parts.labels().len();
    let message = format!("de panelen hebben samen {count} verschillende labels; er passen er {MOST_BARS}");
    (form == Form::Multiples && count > MOST_BARS).then_some((message, "Gebruik in elk paneel dezelfde labels."))
}

fn repeated<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)).map(|(_, name)| *name)
}
