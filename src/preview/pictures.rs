//! Pictures of pages, each made once for all who ask, when the first asks.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;

use super::layout::Layout;
use crate::outputs;

/// In pixels a point: what a screen may need, and nothing larger.
const SCALES: [(&str, f64); 6] = [("0.5", 0.5), ("1", 1.0), ("1.5", 1.5), ("2", 2.0), ("3", 3.0), ("4", 4.0)];

/// Hash of the page, and its scale.
type Key = (String, &'static str);
type Slot = Arc<OnceLock<Option<Bytes>>>;

#[derive(Default)]
pub(super) struct Pictures {
    made: Mutex<BTreeMap<Key, Slot>>,
}

impl Pictures {
    /// The PNG of a page of this layout; `None` when it has no such page, or there is no such scale.
    pub fn get(&self, layout: &Layout, hash: &str, scale: &str) -> Option<Bytes> {
        let (name, pixels) = SCALES.into_iter().find(|(name, _)| *name == scale)?;
        let at = layout.pages.iter().position(|page| page.hash == hash)?;
        let slot = {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(made.entry((hash.to_owned(), name)).or_default())
        };
        // Outside the lock: other pages need not wait for this one.
        slot.get_or_init(|| outputs::page_at_once(&layout.set.document, at, pixels).ok().map(Bytes::from)).clone()
    }

    /// Forgets the pages that a new layout no longer has.
    pub fn keep_only(&self, layout: &Layout) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.retain(|(hash, _), _| layout.pages.iter().any(|page| page.hash == *hash));
    }
}
