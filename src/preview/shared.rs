//! Where the walker and the server meet: what was published, and what is asked.

use std::hash::{BuildHasher, RandomState};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use tokio::sync::{oneshot, watch};

use super::final_report::Made;
use super::layout::Layout;
use super::pictures::Pictures;
use super::snapshot::Snapshot;

/// What the walker is asked.
pub(super) enum Signal {
    Changed,
    /// To make the final report, and tell what came of it.
    Final(oneshot::Sender<Made>),
    /// To end.
    Stop,
}

/// One for each preview; the walker writes and the server reads.
pub(super) struct Shared {
    pub port: u16,
    published: watch::Sender<Arc<Snapshot>>,
    pictures: Pictures,
    signals: Mutex<Sender<Signal>>,
    final_pdf: Mutex<Option<Bytes>>,
}

impl Shared {
    pub fn new(edition: &str, port: u16, signals: Sender<Signal>) -> Self {
        // Tells this run of the program from an earlier one at the same address; no secret.
        let session = format!("{:x}", RandomState::new().hash_one(std::process::id()));
        let first = Snapshot { session, edition: edition.to_owned(), ..Snapshot::default() };
        Self {
            port,
            published: watch::Sender::new(Arc::new(first)),
            pictures: Pictures::default(),
            signals: Mutex::new(signals),
            final_pdf: Mutex::default(),
        }
    }

    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.published.borrow())
    }

    /// Everything that is published from now on, beginning with what is now.
    pub fn subscribe(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.published.subscribe()
    }

    /// The picture of a page; see [`Pictures::get`].
    pub fn picture(&self, layout: &Layout, hash: &str, scale: &str) -> Option<Bytes> {
        self.pictures.get(layout, hash, scale)
    }

    /// The final report as it was made last.
    pub fn final_pdf(&self) -> Option<Bytes> {
        self.final_pdf.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn keep_final(&self, pdf: Vec<u8>) {
        *self.final_pdf.lock().unwrap_or_else(PoisonError::into_inner) = Some(Bytes::from(pdf));
    }

    /// Tells every browser.
    pub fn publish(&self, snapshot: Snapshot) {
        if let Some(layout) = &snapshot.layout {
            self.pictures.keep_only(layout);
        }
        self.published.send_replace(Arc::new(snapshot));
    }

    pub fn layout(&self) -> Option<Arc<Layout>> {
        self.snapshot().layout.clone()
    }

    /// Hands a signal to the walker; false when it has ended.
    pub fn ask(&self, signal: Signal) -> bool {
        self.signals.lock().unwrap_or_else(PoisonError::into_inner).send(signal).is_ok()
    }
}
