//! What was read of one connection and is not a message yet. Sans-IO.
//!
//! Frames that come whole are read where they lie; only the beginning of a frame whose rest is
//! still to come is kept. Memory grows with the bytes that came, never because a length says so.

use rig_envelope::{Message, Meta};

use super::framing::{Framing, Scan};
use crate::GearError;

#[derive(Default)]
pub struct Inbox {
    pending: Vec<u8>,
    /// Whether the peer owes the rest of a frame.
    begun: bool,
}

/// What came of some bytes.
#[derive(Default)]
pub struct Batch {
    pub messages: Vec<Message>,
    /// Frames, those that were skipped too.
    pub frames: u64,
    /// Frames that made no sense, and what was wrong with the last of them.
    pub skipped: u64,
    pub problem: Option<GearError>,
    /// The connection is of no use any more.
    pub broken: Option<GearError>,
}

impl Inbox {
    pub fn has_begun(&self) -> bool {
        self.begun
    }
    /// Takes bytes as they come in. `close_on_invalid`: a frame that makes no sense is the end.
    pub fn feed(
        &mut self,
        framing: &impl Framing,
        origin: &Meta,
        bytes: &[u8],
        close_on_invalid: bool,
    ) -> Batch {
        let mut batch = Batch::default();
        let kept = if self.pending.is_empty() {
            let used = self.read(framing, origin, bytes, 0, close_on_invalid, &mut batch);
            self.pending.extend_from_slice(&bytes[used..]);
            return batch;
        } else {
            self.pending.len()
        };
        let mut pending = std::mem::take(&mut self.pending);
        pending.extend_from_slice(bytes);
        let used = self.read(framing, origin, &pending, kept, close_on_invalid, &mut batch);
        if used < pending.len() {
            pending.drain(..used);
            self.pending = pending;
        }
        batch
    }

    /// What is left when the peer ends: its last frame, or whether it left in the middle of one.
    pub fn end(&mut self, framing: &impl Framing, origin: &Meta) -> (Batch, bool) {
        let pending = std::mem::take(&mut self.pending);
        let mut batch = Batch::default();
        match framing.last(&pending) {
            Some(frame) => open(framing, origin, &pending[frame], false, &mut batch),
            None => return (batch, !pending.is_empty()),
        }
        (batch, false)
    }

    /// Reads all whole frames; how many bytes they took.
    fn read(
        &mut self,
        framing: &impl Framing,
        origin: &Meta,
        bytes: &[u8],
        mut seen: usize,
        close_on_invalid: bool,
        batch: &mut Batch,
    ) -> usize {
        let mut at = 0;
        self.begun = false;
        while at < bytes.len() {
            match framing.scan(&bytes[at..], seen) {
                Scan::Frame { frame, next } => {
                    let frame = &bytes[at..][frame];
                    at += next;
                    seen = 0;
                    open(framing, origin, frame, close_on_invalid, batch);
                }
                Scan::More { begun } => {
                    self.begun = begun;
                    return at;
                }
                Scan::Broken(error) => batch.broken = Some(error),
            }
            if batch.broken.is_some() {
                return bytes.len();
            }
        }
        at
    }
}

fn open(framing: &impl Framing, origin: &Meta, frame: &[u8], close_on_invalid: bool, batch: &mut Batch) {
    batch.frames += 1;
    match framing.open(frame, origin) {
        Ok(Some(message)) => batch.messages.push(message),
        Ok(None) => {}
        Err(error) if close_on_invalid => batch.broken = Some(error),
        Err(error) => {
            batch.skipped += 1;
            batch.problem = Some(error);
        }
    }
}
