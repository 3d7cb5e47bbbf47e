//! Tree → shapes through serde, mending the tree at each fault so that the next fault is found as well.

use std::cell::RefCell;

use serde::de::DeserializeOwned;

use super::fault::{Fault, What, explain};
use super::reader::Reader;
use super::tree::{Kind, Node};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{SourceFile, Span, Spanned};

/// A file with more faults than this is not this file; the message stays readable.
const MOST_FAULTS: usize = 200;

pub(super) fn read<T: DeserializeOwned>(mut root: Node, file: &SourceFile, sink: &mut Sink) -> Option<T> {
    for _ in 0..MOST_FAULTS {
        let cut_off = RefCell::default();
        match T::deserialize(Reader { node: &root, file, cut_off: &cut_off }) {
            Ok(shape) => {
                cut_off.into_inner().into_iter().for_each(|span| sink.push(warn_cut_off(span)));
                return Some(shape);
            }
            Err(fault) => {
                sink.push(explain(&fault));
                if !mend(&mut root, &fault) {
                    return None;
                }
            }
        }
    }
    None
}

fn warn_cut_off(span: Span) -> Diagnostic {
    Diagnostic::warning(Code::YamlCutOff, span, "wat na « #» staat, is commentaar en komt niet in het verslag")
}

/// Takes the fault out of the tree; false where that cannot be done.
fn mend(root: &mut Node, fault: &Fault) -> bool {
    let Some((id, span)) = fault.node else { return false };
    let Some(node) = find(root, id) else { return false };
    match (&fault.what, &mut node.kind) {
        (_, Kind::Hole) => false,
        (What::UnknownKey(key, _), Kind::Mapping(entries)) => {
            entries.retain(|(written, _)| written.value != *key);
            true
        }
        (What::MissingKey(key), Kind::Mapping(entries)) => {
            // Nobody looks a hole up by its id: it takes anything, so it is never mended.
            let hole = Node { id: usize::MAX, span, kind: Kind::Hole };
            entries.push((Spanned::new((*key).to_owned(), span), hole));
            true
        }
        (_, kind) => {
            *kind = Kind::Hole;
            true
        }
    }
}

fn find(node: &mut Node, id: usize) -> Option<&mut Node> {
    if node.id == id {
        return Some(node);
    }
    match &mut node.kind {
        Kind::Sequence(items) => items.iter_mut().find_map(|item| find(item, id)),
        Kind::Mapping(entries) => entries.iter_mut().find_map(|(_, value)| find(value, id)),
        _ => None,
    }
}
