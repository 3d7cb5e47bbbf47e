//! What was made once and need not be made again while what it was made of stays the same.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity, Sink};

/// A value, what it was made of, and what there was to say on the way.
#[derive(Debug)]
pub struct Kept<K, T> {
    of: K,
    pub value: Option<Arc<T>>,
    pub said: Vec<Diagnostic>,
}

impl<K: PartialEq, T> Kept<K, T> {
    /// What is kept, when it was made of the same; else it is made now.
    pub fn renew(slot: &mut Option<Self>, of: K, make: impl FnOnce(&mut Sink) -> Option<T>) -> &Self {
        let kept = slot.take().filter(|kept| kept.of == of).unwrap_or_else(|| {
            let mut sink = Sink::default();
            let value = make(&mut sink).map(Arc::new);
            Self { of, value, said: sink.into_sorted() }
        });
        slot.insert(kept)
    }

    pub fn is_sound(&self) -> bool {
        !self.said.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}
