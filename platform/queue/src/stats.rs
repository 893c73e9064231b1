//! What happened so far in this process, for metrics.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

#[derive(Default)]
pub struct Counters {
    pub pushed: AtomicU64,
    pub succeeded: AtomicU64,
    pub retried: AtomicU64,
    pub dead: AtomicU64,
    pub running: AtomicU64,
}

/// Counts of one kind since the process began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindStats {
    pub kind: String,
    pub pushed: u64,
    pub succeeded: u64,
    pub retried: u64,
    pub dead: u64,
    /// Right now.
    pub running: u64,
}

impl Counters {
    pub fn read(&self, kind: &str) -> KindStats {
        KindStats {
            kind: kind.to_owned(),
            pushed: self.pushed.load(Relaxed),
            succeeded: self.succeeded.load(Relaxed),
            retried: self.retried.load(Relaxed),
            dead: self.dead.load(Relaxed),
            running: self.running.load(Relaxed),
        }
    }
}

pub fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}

/// Counts as running until dropped.
pub struct Running<'a>(&'a AtomicU64);

impl<'a> Running<'a> {
    pub fn new(counters: &'a Counters) -> Self {
        count(&counters.running);
        Self(&counters.running)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}
