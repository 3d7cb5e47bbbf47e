//! Another house style for an edition: it may change how things look, and not a figure or a word.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::report::Report;
use crate::road::{self, Bound, HouseStyle, Memory, TypesetEdition};

/// Sets the report in the edition's own style too, and compares. Every difference is an error.
pub(crate) fn prove(project: &Project, bound: Bound, dressed: &TypesetEdition, memory: &mut Memory, sink: &mut Sink) -> Option<()> {
    let style = bound.house_style.name.clone();
    let own = HouseStyle::of(&bound.content);
    let plain = road::set(project, Bound { house_style: own, ..bound }, memory, sink)?;
    let fault = |node: &str, what: String| Diagnostic::error(Code::StyleDiffers, place(&dressed.report, node), what);
    for printed in &dressed.report.printed {
        if dressed.document.page_of(&printed.node).is_none() && plain.document.page_of(&printed.node).is_some() {
            let message = format!("de huisstijl «{style}» drukt {} niet af ({})", printed.figure.reference, printed.text);
            sink.push(Diagnostic::error(Code::StyleDiffers, printed.span, message));
        }
    }
    for ((request, chart), (_, own)) in dressed.charts.iter().zip(&plain.charts) {
        for text in chart.drawing.left_out.iter().filter(|text| !own.drawing.left_out.contains(text)) {
            let message = format!("in de huisstijl «{style}» is in deze grafiek geen plaats voor «{text}»");
            sink.push(Diagnostic::error(Code::StyleDiffers, request.span, message));
        }
    }
    let (old, new) = (texts(&plain), texts(dressed));
    for (node, text) in &new {
        if old.get(node) != Some(text) {
            sink.push(fault(node, format!("de huisstijl «{style}» drukt hier andere woorden dan «{}»", plain.content.house_style.value)));
        }
    }
    for node in old.keys().filter(|node| !new.contains_key(*node)) {
        sink.push(fault(node, format!("de huisstijl «{style}» drukt deze tekst niet af")));
    }
    Some(())
}

/// Node → its letters: where a line or a word ends is the business of the style.
fn texts(set: &TypesetEdition) -> BTreeMap<String, String> {
    let passages = set.document.passages(&set.report).into_iter();
    passages.map(|(node, text)| (node, text.split_whitespace().collect())).collect()
}

fn place(report: &Report, node: &str) -> Option<crate::source::Span> {
    report.nodes.get(node).map(|node| node.span)
}
