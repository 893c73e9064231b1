//! What a session was sent and has not acknowledged, newest last (§7). It is also the outbox:
//! the socket's writer walks it, so a slow socket costs entries here and never blocks whoever
//! dispatches. Bounded by count and bytes; entries are shared references.

use std::{collections::VecDeque, sync::Arc};

use super::event::Event;

/// Unacknowledged events a session may have.
pub const MAX_EVENTS: usize = 4096;
/// Their bytes, counted in full though they are shared.
pub const MAX_BYTES: usize = 64 << 20;

/// Consecutive events; the front one has sequence number `first`.
#[derive(Debug, Default)]
pub struct Replay {
    events: VecDeque<Arc<Event>>,
    first: u64,
    bytes: usize,
}

/// Which bound was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    Events,
    Bytes,
}

impl Replay {
    /// Empty; the next event has number `first`.
    pub const fn new(first: u64) -> Self {
        Self { events: VecDeque::new(), first, bytes: 0 }
    }
    pub fn len(&self) -> usize {
        self.events.len()
    }
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }
    pub const fn bytes(&self) -> usize {
        self.bytes
    }
    /// The lowest number still held (or the next one).
    pub const fn first(&self) -> u64 {
        self.first
    }
    pub fn push(&mut self, event: Arc<Event>) -> Result<(), Full> {
        self.bytes += event.size();
        self.events.push_back(event);
        if self.events.len() > MAX_EVENTS {
            Err(Full::Events)
        } else if self.bytes > MAX_BYTES {
            Err(Full::Bytes)
        } else {
            Ok(())
        }
    }
    pub fn get(&self, seq: u64) -> Option<&Arc<Event>> {
        self.events.get(usize::try_from(seq.checked_sub(self.first)?).ok()?)
    }
    /// Forgets events up to and including `seq`.
    pub fn acknowledge(&mut self, seq: u64) {
        while self.first <= seq {
            let Some(event) = self.events.pop_front() else { break };
            self.bytes -= event.size();
            self.first += 1;
        }
        if self.events.capacity() > 32 && self.events.len() * 4 < self.events.capacity() {
            self.events.shrink_to(self.events.len() * 2);
        }
    }
}
