//! The way out of a gear.
//!
//! A message that leaves by a port goes to every wire of the port, with a hop added; identity and
//! time of entry are given to one that has none. A full lane makes the gear wait, and an error comes
//! when it stays full: that is how a slow end is felt at the beginning.

use std::{sync::Arc, time::Duration};

use metrics::Counter;
use platform_kernel::Clock;
use rig_envelope::{Hop, Ids, Invalid, Limits, Message, Uuid};

use super::{
    gear::GearError,
    lane::{LaneSender, Refused},
};

/// Why a message did not leave, or not by every wire.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmitError {
    #[error("no wire leaves {0}")]
    NotWired(String),
    #[error("a wire of {0} stayed full")]
    Full(String),
    #[error("a wire of {0} leads nowhere any more")]
    Closed(String),
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

impl EmitError {
    pub fn reason(&self) -> &'static str {
        match self {
            Self::NotWired(_) => "not_wired",
            Self::Full(_) => "lane_full",
            Self::Closed(_) => "lane_closed",
            Self::Invalid(_) => "invalid_message",
        }
    }
}

/// One output port and the wires that leave it.
#[derive(Clone)]
pub struct Output {
    pub port: String,
    pub id: Uuid,
    pub lanes: Vec<LaneSender>,
}

struct Inner {
    gear: Uuid,
    ids: Ids,
    clock: Clock,
    outputs: Vec<Output>,
    patience: Duration,
    limits: Limits,
    sent: Counter,
}

/// Emits for one gear. Cheap to clone.
#[derive(Clone)]
pub struct Emitter(Arc<Inner>);

impl Emitter {
    /// `patience`: how long a full lane is waited for.
    pub fn new(
        name: &str,
        gear: Uuid,
        ids: Ids,
        clock: Clock,
        outputs: Vec<Output>,
        patience: Duration,
    ) -> Self {
        let sent = metrics::counter!("flux.gear.messages_out", "flux.name" => name.to_owned());
        Self(Arc::new(Inner { gear, ids, clock, outputs, patience, limits: Limits::default(), sent }))
    }

    /// Whether a wire leaves the port.
    pub fn is_wired(&self, port: &str) -> bool {
        self.0.outputs.iter().any(|output| output.port == port && !output.lanes.is_empty())
    }

    /// Sends a message out by a port. Waits while a wire is full; the other wires of the port get
    /// theirs first.
    pub async fn emit(&self, port: &str, mut message: Message) -> Result<(), EmitError> {
        let inner = &*self.0;
        let Some(output) = inner.outputs.iter().find(|output| output.port == port) else {
            return Err(EmitError::NotWired(port.to_owned()));
        };
        let Some((last, others)) = output.lanes.split_last() else {
            return Err(EmitError::NotWired(port.to_owned()));
        };
        let (hops, max) = (message.path.len() + 1, inner.limits.max_hops);
        if hops > max {
            return Err(Invalid::Hops { hops, max }.into());
        }
        let now = inner.clock.now().millis() * 1_000_000;
        if message.id.is_nil() {
            message.id = inner.ids.flux_id();
        }
        if message.src_id.is_nil() {
            message.src_id = inner.gear;
        }
        if message.ts == 0 {
            message.ts = now;
        }
        message.path.push(Hop { gear: inner.gear, port: output.id, at: now });
        let mut slow = Vec::new();
        let mut outcome = Ok(());
        let mut give = |lane: &LaneSender, message| match lane.try_send(message) {
            Ok(()) => {}
            Err((message, Refused::Full)) => slow.push((lane.clone(), message)),
            Err((_, Refused::Closed)) => outcome = Err(EmitError::Closed(port.to_owned())),
        };
        for lane in others {
            give(lane, message.clone());
        }
        give(last, message);
        for (lane, message) in slow {
            match lane.send(message, inner.patience).await {
                Ok(()) => {}
                Err(Refused::Full) => outcome = Err(EmitError::Full(port.to_owned())),
                Err(Refused::Closed) => outcome = Err(EmitError::Closed(port.to_owned())),
            }
        }
        if outcome.is_ok() {
            inner.sent.increment(1);
        }
        outcome
    }

    /// Sends a message that could not be handled out by `error`, saying why in its metadata. Where
    /// no wire leaves `error`, the failure is the gear's: it comes back.
    pub async fn fail(&self, mut message: Message, error: GearError) -> Result<(), GearError> {
        if !self.is_wired("error") {
            return Err(error);
        }
        message.meta.insert("error.reason", &*error.reason);
        message.meta.insert("error.detail", error.detail);
        Ok(self.emit("error", message).await?)
    }
}

#[cfg(test)]
mod tests {
    use platform_kernel::{Rng, Timestamp};

    use super::*;
    use crate::frame::lane::Lane;

    fn emitter(outputs: Vec<Output>) -> Emitter {
        let clock = Clock::fixed(Timestamp::from_millis(1_700_000_000_000));
        let ids = Ids::new(clock.clone(), Rng::seeded(1), Uuid::nil());
        Emitter::new("g", Uuid::from_u128(7), ids, clock, outputs, Duration::from_secs(5))
    }

    fn output(port: &str, lanes: &[&Lane]) -> Output {
        Output {
            port: port.into(),
            id: Uuid::from_u128(9),
            lanes: lanes.iter().map(|lane| lane.sender()).collect(),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn every_wire_of_a_port_gets_the_message() {
        let ((a, mut from_a), (b, mut from_b)) = (Lane::new(1), Lane::new(1));
        let emit = emitter(vec![output("out", &[&a, &b])]);
        emit.emit("out", Message::from_raw(&b"x"[..])).await.unwrap();
        let (one, two) = (from_a.recv().await.unwrap(), from_b.recv().await.unwrap());
        assert!(one == two && !one.id.is_nil());
        assert_eq!(one.ts, 1_700_000_000_000_000_000);
        assert_eq!(one.path, [Hop { gear: Uuid::from_u128(7), port: Uuid::from_u128(9), at: one.ts }]);
        // One wire stays full: the other still gets every message.
        emit.emit("out", one.clone()).await.unwrap();
        drop(from_a.recv().await);
        assert_eq!(emit.emit("out", one).await, Err(EmitError::Full("out".into())));
        assert_eq!(from_a.recv().await.unwrap().path.len(), 2);
    }

    #[tokio::test]
    async fn failures_are_told() {
        let (lane, mut receiver) = Lane::new(4);
        let emit = emitter(vec![output("error", &[&lane])]);
        assert_eq!(emit.emit("out", Message::default()).await, Err(EmitError::NotWired("out".into())));
        let circling = Message { path: vec![Hop::default(); 64], ..Message::default() };
        assert!(matches!(emit.emit("error", circling).await, Err(EmitError::Invalid(_))));
        emit.fail(Message::default(), GearError::new("no_key", "field 11 is missing")).await.unwrap();
        assert_eq!(receiver.recv().await.unwrap().meta.get("error.reason"), Some("no_key"));
        let error = GearError::new("no_key", "d");
        assert_eq!(emitter(Vec::new()).fail(Message::default(), error.clone()).await, Err(error));
    }
}
