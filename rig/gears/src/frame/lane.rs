//! A hot lane: a bounded queue in memory from one output to one input.
//!
//! In order, at most once. A lane counts a message as under way until its receiver says it is done,
//! so that a rack can tell when everything has come to rest. The receiver can be handed from one
//! run of a gear to the next without losing what is queued.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use rig_envelope::Message;
use tokio::sync::{Notify, mpsc};

#[derive(Default)]
struct State {
    under_way: AtomicUsize,
    seen: AtomicBool,
    changed: Notify,
}

/// What a rack keeps of a lane.
#[derive(Clone)]
pub struct Lane {
    sender: LaneSender,
}

/// The end messages go in by.
#[derive(Clone)]
pub struct LaneSender {
    queue: mpsc::Sender<Message>,
    state: Arc<State>,
}

/// The end messages come out of.
pub struct LaneReceiver {
    queue: mpsc::Receiver<Message>,
    taken: VecDeque<Message>,
    batch: Vec<Message>,
    state: Arc<State>,
}

/// Why a lane did not take a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It stayed full for the whole time allowed.
    Full,
    /// Nobody is at the other end any more.
    Closed,
}

/// Messages taken out of the queue at once: wakes the receiver seldom, keeps the bound honest.
const BATCH: usize = 32;

impl Lane {
    /// `size`: messages that may wait.
    pub fn new(size: usize) -> (Self, LaneReceiver) {
        let (sender, queue) = mpsc::channel(size.max(1));
        let state = Arc::new(State::default());
        let receiver = LaneReceiver {
            queue,
            taken: VecDeque::with_capacity(BATCH),
            batch: Vec::with_capacity(BATCH),
            state: state.clone(),
        };
        (Self { sender: LaneSender { queue: sender, state } }, receiver)
    }
    pub fn sender(&self) -> LaneSender {
        self.sender.clone()
    }
    /// Messages put in and not done with.
    pub fn under_way(&self) -> usize {
        self.sender.state.under_way.load(Relaxed)
    }
    /// Whether a probe came out at the other end.
    pub fn converged(&self) -> bool {
        self.sender.state.seen.load(Relaxed)
    }
    /// Ready once a probe came out at the other end.
    pub async fn convergence(&self) {
        loop {
            let changed = self.sender.state.changed.notified();
            if self.converged() {
                return;
            }
            changed.await;
        }
    }
}

impl LaneSender {
    /// Puts a message in if there is room; gives it back otherwise.
    #[expect(clippy::result_large_err, reason = "a message is moved, not copied to the heap and back")]
    pub(crate) fn try_send(&self, message: Message) -> Result<(), (Message, Refused)> {
        // Counted before it can be seen at the other end.
        self.state.under_way.fetch_add(1, Relaxed);
        self.queue.try_send(message).map_err(|error| {
            self.state.under_way.fetch_sub(1, Relaxed);
            match error {
                mpsc::error::TrySendError::Full(message) => (message, Refused::Full),
                mpsc::error::TrySendError::Closed(message) => (message, Refused::Closed),
            }
        })
    }
    /// Puts a message in, waiting for room for at most `patience`.
    pub async fn send(&self, message: Message, patience: Duration) -> Result<(), Refused> {
        let message = match self.try_send(message) {
            Ok(()) => return Ok(()),
            Err((_, Refused::Closed)) => return Err(Refused::Closed),
            Err((message, Refused::Full)) => message,
        };
        match tokio::time::timeout(patience, self.queue.reserve()).await {
            Err(_) => Err(Refused::Full),
            Ok(Err(_)) => Err(Refused::Closed),
            Ok(Ok(permit)) => {
                self.state.under_way.fetch_add(1, Relaxed);
                permit.send(message);
                Ok(())
            }
        }
    }
}

impl LaneReceiver {
    /// The next message, probes left out; none when nobody can send any more. Losing the future
    /// loses nothing.
    pub async fn recv(&mut self) -> Option<Message> {
        loop {
            if let Some(message) = self.at_hand() {
                return Some(message);
            }
            if self.queue.recv_many(&mut self.batch, BATCH).await == 0 {
                return None;
            }
            self.taken.extend(self.batch.drain(..));
        }
    }
    /// The next message if it was taken out of the queue already: [`recv`](Self::recv) without
    /// waiting.
    pub fn at_hand(&mut self) -> Option<Message> {
        while let Some(message) = self.taken.pop_front() {
            if !message.flags.is_probe() {
                return Some(message);
            }
            self.state.seen.store(true, Relaxed);
            self.done();
        }
        None
    }
    /// Says that the message received last is dealt with.
    pub fn done(&self) {
        self.state.under_way.fetch_sub(1, Relaxed);
        self.state.changed.notify_waiters();
    }
    /// Puts a message back in front: it comes out next.
    pub fn put_back(&mut self, message: Message) {
        self.taken.push_front(message);
    }
}

#[cfg(test)]
mod tests {
    use rig_envelope::Uuid;

    use super::*;

    fn numbered(number: u8) -> Message {
        Message::from_raw(vec![number])
    }

    #[tokio::test(start_paused = true)]
    async fn full_lanes_make_wait_and_then_refuse() {
        let (lane, mut receiver) = Lane::new(2);
        let sender = lane.sender();
        let patience = Duration::from_secs(5);
        for number in 0..2 {
            sender.send(numbered(number), patience).await.unwrap();
        }
        let start = tokio::time::Instant::now();
        assert_eq!(sender.send(numbered(9), patience).await, Err(Refused::Full));
        assert_eq!(start.elapsed(), patience);
        let waiting = tokio::spawn({
            let sender = sender.clone();
            async move { sender.send(numbered(2), patience).await }
        });
        for number in 0..3 {
            assert_eq!(receiver.recv().await.unwrap().raw[..], [number]);
            receiver.done();
        }
        waiting.await.unwrap().unwrap();
        assert_eq!(lane.under_way(), 0);
        drop(receiver);
        assert_eq!(sender.send(numbered(0), patience).await, Err(Refused::Closed));
        assert_eq!(lane.under_way(), 0);
    }

    #[tokio::test]
    async fn probes_are_seen_and_not_handed_out() {
        let (lane, mut receiver) = Lane::new(8);
        let sender = lane.sender();
        sender.send(Message::probe(Uuid::nil()), Duration::ZERO).await.unwrap();
        sender.send(numbered(1), Duration::ZERO).await.unwrap();
        assert!(!lane.converged());
        let message = receiver.recv().await.unwrap();
        assert_eq!(message.raw[..], [1]);
        lane.convergence().await;
        receiver.put_back(message);
        assert_eq!((receiver.recv().await.unwrap().raw[..] == [1], lane.under_way()), (true, 1));
    }
}
