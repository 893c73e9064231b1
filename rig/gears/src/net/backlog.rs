//! Messages for whoever connects next: frames that name no connection, while none can take them.

use std::collections::VecDeque;

use super::outbox;

/// Bytes that may wait, however many messages are allowed.
const BYTES: usize = 16 * 1024 * 1024;

/// Bounded; the oldest leaves first.
#[derive(Default)]
pub struct Backlog {
    frames: VecDeque<Box<[u8]>>,
    bytes: usize,
    limit: usize,
}

impl Backlog {
    pub fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }
    /// False: it is full.
    pub fn push(&mut self, frame: &[u8]) -> bool {
        let fits = self.frames.len() < self.limit && self.bytes + frame.len() <= BYTES;
        if fits {
            self.bytes += frame.len();
            self.frames.push_back(frame.into());
        }
        fits
    }
    /// Moves as much as is written at once; how many frames that were.
    pub fn take(&mut self, buffer: &mut Vec<u8>) -> u64 {
        let mut taken = 0;
        while buffer.len() < outbox::LIMIT
            && let Some(frame) = self.frames.pop_front()
        {
            self.bytes -= frame.len();
            buffer.extend_from_slice(&frame);
            taken += 1;
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounded_and_in_order() {
        let mut backlog = Backlog::new(2);
        assert!(backlog.push(b"a") && backlog.push(b"b") && !backlog.push(b"c"));
        let mut buffer = Vec::new();
        assert_eq!((backlog.take(&mut buffer), &*buffer), (2, &b"ab"[..]));
        assert!(backlog.is_empty());
        let large = vec![0; BYTES];
        assert!(backlog.push(&large) && !backlog.push(b"c"));
    }
}
