//! What waits to be written to one connection: a bounded buffer of whole frames.
//!
//! Whoever has a frame writes it straight into the buffer; the connection takes everything that
//! waits at once, so that many frames cost one write. A full buffer makes the sender wait.

use std::task::{Context, Poll, Waker};

use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::GearError;

/// Bytes that may wait for one peer; one frame more fits in.
pub const LIMIT: usize = 64 * 1024;
/// What an idle connection may keep of its buffers.
const KEPT: usize = 16 * 1024;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Open,
    /// What waits is still written, nothing is added.
    Closing,
    Closed,
}

#[derive(Default)]
struct State {
    bytes: Vec<u8>,
    frames: u64,
    /// Frames that were taken and are being written.
    taken: u64,
    phase: Phase,
    waker: Option<Waker>,
}

#[derive(Default)]
pub struct Outbox {
    state: Mutex<State>,
    room: Notify,
}

/// Why a frame was not taken.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    Full,
    /// The connection ends or has ended.
    Closed,
    /// It could not be written down.
    Unwritable(GearError),
}

impl Outbox {
    /// Adds one frame if there is room.
    pub fn try_push(&self, write: impl FnOnce(&mut Vec<u8>) -> Result<(), GearError>) -> Result<(), Refused> {
        let mut state = self.state.lock();
        if state.phase != Phase::Open {
            return Err(Refused::Closed);
        }
        let before = state.bytes.len();
        if before >= LIMIT {
            return Err(Refused::Full);
        }
        if let Err(error) = write(&mut state.bytes) {
            state.bytes.truncate(before);
            return Err(Refused::Unwritable(error));
        }
        state.frames += 1;
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
        Ok(())
    }

    /// Adds one frame, waiting for room. Ends when the connection does.
    pub async fn push(
        &self,
        mut write: impl FnMut(&mut Vec<u8>) -> Result<(), GearError>,
    ) -> Result<(), Refused> {
        loop {
            let room = self.room.notified();
            tokio::pin!(room);
            room.as_mut().enable();
            match self.try_push(&mut write) {
                Err(Refused::Full) => room.await,
                done => return done,
            }
        }
    }

    /// Takes all that waits into an empty buffer. `more` adds what waits for any connection; it is
    /// asked without a lock held. False: nothing will come any more.
    pub fn poll_take(
        &self,
        context: &mut Context<'_>,
        buffer: &mut Vec<u8>,
        more: impl FnOnce(&mut Vec<u8>) -> u64,
    ) -> Poll<bool> {
        if let Some(taken) = self.take(buffer) {
            return Poll::Ready(taken);
        }
        let taken = more(buffer);
        let mut state = self.state.lock();
        if taken > 0 {
            state.taken = taken;
            return Poll::Ready(true);
        }
        if !state.bytes.is_empty() || state.phase != Phase::Open {
            drop(state);
            return self.take(buffer).map_or(Poll::Pending, Poll::Ready);
        }
        if !state.waker.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
            state.waker = Some(context.waker().clone());
        }
        Poll::Pending
    }

    /// False at the end; none while nothing is there.
    fn take(&self, buffer: &mut Vec<u8>) -> Option<bool> {
        let mut state = self.state.lock();
        if state.bytes.is_empty() {
            return (state.phase != Phase::Open).then_some(false);
        }
        std::mem::swap(buffer, &mut state.bytes);
        state.taken = std::mem::take(&mut state.frames);
        drop(state);
        self.room.notify_waiters();
        Some(true)
    }

    /// What was taken is written: how many frames that were. Lets go of a large buffer.
    pub fn written(&self, buffer: &mut Vec<u8>) -> u64 {
        buffer.clear();
        if buffer.capacity() > KEPT {
            *buffer = Vec::new();
        }
        std::mem::take(&mut self.state.lock().taken)
    }

    /// Nothing more goes in; what waits is still written.
    pub fn close(&self) {
        let mut state = self.state.lock();
        if state.phase == Phase::Open {
            state.phase = Phase::Closing;
        }
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
        self.room.notify_waiters();
    }

    /// Nothing is written any more: how many frames are lost.
    pub fn abandon(&self) -> u64 {
        let mut state = self.state.lock();
        state.phase = Phase::Closed;
        state.bytes = Vec::new();
        state.waker = None;
        let lost = std::mem::take(&mut state.frames) + std::mem::take(&mut state.taken);
        drop(state);
        self.room.notify_waiters();
        lost
    }
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, sync::Arc};

    use super::*;

    fn put(bytes: &[u8]) -> impl FnMut(&mut Vec<u8>) -> Result<(), GearError> {
        move |out| {
            out.extend_from_slice(bytes);
            Ok(())
        }
    }

    async fn take(outbox: &Outbox, buffer: &mut Vec<u8>) -> bool {
        poll_fn(|context| outbox.poll_take(context, buffer, |_| 0)).await
    }

    #[tokio::test]
    async fn frames_are_taken_together_and_a_full_box_makes_wait() {
        let outbox = Arc::new(Outbox::default());
        outbox.push(put(b"a")).await.unwrap();
        outbox.push(put(&[b'b'; LIMIT])).await.unwrap();
        let waiting = tokio::spawn({
            let outbox = outbox.clone();
            async move { outbox.push(put(b"c")).await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        let mut buffer = Vec::new();
        assert!(take(&outbox, &mut buffer).await);
        assert_eq!((buffer.len(), outbox.written(&mut buffer)), (LIMIT + 1, 2));
        waiting.await.unwrap().unwrap();
        assert!(take(&outbox, &mut buffer).await);
        assert_eq!(buffer, b"c");
        assert_eq!(outbox.written(&mut buffer), 1);
    }

    #[tokio::test]
    async fn what_cannot_be_written_leaves_no_trace() {
        let outbox = Outbox::default();
        outbox.push(put(b"a")).await.unwrap();
        let error = GearError::new("r", "d");
        let refused = outbox
            .push(|out| {
                out.extend_from_slice(b"half");
                Err(error.clone())
            })
            .await;
        assert_eq!(refused, Err(Refused::Unwritable(error.clone())));
        let mut buffer = Vec::new();
        assert!(take(&outbox, &mut buffer).await);
        assert_eq!(buffer, b"a");
    }

    #[tokio::test]
    async fn the_end_writes_what_waits_or_says_what_is_lost() {
        let outbox = Outbox::default();
        outbox.push(put(b"a")).await.unwrap();
        outbox.close();
        assert_eq!(outbox.push(put(b"b")).await, Err(Refused::Closed));
        let mut buffer = Vec::new();
        assert!(take(&outbox, &mut buffer).await);
        assert_eq!(outbox.abandon(), 1, "taken and not written");
        assert!(!take(&outbox, &mut Vec::new()).await);
    }
}
