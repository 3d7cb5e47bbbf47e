//! Reviews a report on the road: with the edition before it, where the edition names one.

use std::collections::BTreeSet;

use super::{Memory, Seen};
use crate::content::Content;
use crate::data;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::editions;
use crate::kept::Kept;
use crate::project::{Fingerprint, Project};
use crate::report::{Mode, Report};
use crate::review::{self, Accounting, Predecessor, Reviewed};

/// What the edition before was read from.
pub(super) type OfPredecessor = (Fingerprint, String);

/// Everything that is printed, doubted. Findings go to the sink.
pub(super) fn review(project: &Project, seen: &Seen<'_>, report: &Report, mode: Mode, memory: &mut Memory, sink: &mut Sink) -> Accounting {
    let predecessor = predecessor(project, seen.content, memory, sink);
    let predecessor = predecessor.as_deref();
    let Seen { content, data, figures } = *seen;
    let review = review::review(&Reviewed { content, data, figures, report, predecessor, mode });
    sink.push_all(&review.findings);
    review.accounting
}

/// The edition that this one goes on with. It is read again only when its lock or its definitions changed.
fn predecessor(project: &Project, content: &Content, memory: &mut Memory, sink: &mut Sink) -> Option<std::sync::Arc<Predecessor>> {
    let named = content.review.predecessor.as_ref().filter(|_| !data::is_fictitious(&content.edition))?;
    if named.value == content.edition {
        let message = "een editie kan haar eigen vorige niet zijn";
        let help = "Noem de editie van een vroeger schooljaar, of laat «vorige_editie» weg.";
        sink.push(Diagnostic::error(Code::EditionUnknown, named.span, message).help(help));
        return None;
    }
    if !project.editions().contains(&named.value) {
        let message = format!("de vorige editie «{}» bestaat niet", named.value);
        let editions = project.editions();
        let diagnostic = Diagnostic::error(Code::EditionUnknown, named.span, message);
        sink.push(diagnostic.suggest(&named.value, editions.iter().map(String::as_str)));
        return None;
    }
    let files = [editions::lock_path(&named.value), data::indicators_path(project, &named.value)];
    let of = (project.fingerprint(files.into_iter().filter(|path| project.exists(path))), named.value.clone());
    let kept = Kept::renew(&mut memory.predecessor, of, |_| read(project, &named.value));
    // What is wrong with that edition is said when it is checked itself.
    if kept.value.is_none() {
        let message = format!("de editie {} heeft geen slot: of reeksen verdwenen zijn, is niet na te kijken", named.value);
        let help = format!("Maak er een definitief verslag van met «jaarverslag build {}».", named.value);
        sink.push(Diagnostic::warning(Code::LockMissing, named.span, message).help(help));
    }
    kept.value.clone()
}

fn read(project: &Project, edition: &str) -> Option<Predecessor> {
    let mut quiet = Sink::default();
    let lock = editions::load(project, edition, &mut quiet).flatten()?;
    let indicators = data::load_indicators(project, edition, &mut quiet)?;
    let series: BTreeSet<(String, String)> =
        lock.figures().iter().map(|figure| (figure.indicator.clone(), figure.measure.clone())).collect();
    Some(Predecessor { edition: edition.to_owned(), series, indicators })
}
