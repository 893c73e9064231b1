//! Events and request/reply between the roles of an instance, without any product knowledge.
//!
//! Owns the table of who wants what. Promises: what one publisher publishes in sequence, one
//! subscriber receives in that sequence; nothing is dropped because a subscriber is slow (the
//! publisher waits instead). Nothing is kept: an event without a subscriber is gone.
//! Must not know what an event means. Engines sit behind [`Bus`]: in-process ([`Bus::local`]).

mod engine;
mod local;
mod request;

use std::{any::Any, fmt, future::Future, sync::Arc};

use bytes::Bytes;
use tokio::sync::mpsc;

use engine::{Engine, Interest};
pub use request::{Handler, Request, RequestError};

/// What an event is about: a kind (`"guild"`) and which one of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Topic {
    pub kind: &'static str,
    pub id: u64,
}

impl Topic {
    pub const fn new(kind: &'static str, id: u64) -> Self {
        Self { kind, id }
    }
}

/// An event. Within a process it travels as it is; [`Payload::encode`] runs only when an
/// engine has to carry it to another process.
pub trait Payload: Any + Send + Sync {
    fn encode(&self) -> Bytes;
}

impl dyn Payload {
    /// The concrete event, if it is a `T`.
    pub fn downcast_ref<T: Payload>(&self) -> Option<&T> {
        (self as &dyn Any).downcast_ref()
    }
}

impl fmt::Debug for dyn Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Payload")
    }
}

/// Already encoded: what arrives from another process.
impl Payload for Bytes {
    fn encode(&self) -> Bytes {
        self.clone()
    }
}

/// What a subscriber receives.
pub type Event = (Topic, Arc<dyn Payload>);
/// A subscriber called on the publisher's own thread.
pub type Listener = Arc<dyn Fn(Topic, &Arc<dyn Payload>) + Send + Sync>;

/// The bus. Cheap to clone; clones are the same bus.
#[derive(Clone)]
pub struct Bus(Arc<dyn Engine>);

impl fmt::Debug for Bus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bus")
    }
}

impl Bus {
    /// The in-process engine: everything is delivered by reference, nothing is encoded.
    pub fn local() -> Self {
        Self(Arc::new(local::Local::default()))
    }

    /// Delivers `payload` to every subscriber that wants `topic`.
    ///
    /// Delivery happens when this is called; the future only waits for the subscribers whose
    /// channel was full, one after another, and is ready at once when none was. A caller that
    /// drops a pending future takes the event away from those that had not received it. A
    /// subscriber must therefore not await a publication to its own kind.
    pub fn publish(
        &self,
        topic: Topic,
        payload: Arc<dyn Payload>,
    ) -> impl Future<Output = ()> + Send + 'static {
        let rest = self.0.publish(topic, payload);
        async move {
            if let Some(rest) = rest {
                rest.await;
            }
        }
    }

    /// A channel of `capacity` events (at least 1) of one kind. It receives nothing until it
    /// says what it wants. When it is full, publishers wait.
    pub fn subscribe(&self, kind: &'static str, capacity: usize) -> Subscription {
        let (sender, receiver) = mpsc::channel(capacity.max(1));
        let number = self.0.subscribe(kind, sender);
        Subscription { wants: Wants { engine: self.0.clone(), kind, number }, receiver }
    }

    /// Calls `listener` for every event of `kind`, on the thread that publishes and before
    /// `publish` returns: no hop and no queue. It must be quick and must not block.
    /// It stays until the bus is closed.
    pub fn subscribe_fn(&self, kind: &'static str, listener: Listener) {
        self.0.listen(kind, listener);
    }

    /// Answers requests of type `R` from now on; a later responder replaces an earlier one.
    pub fn respond<R: Request>(&self, handler: impl Handler<R>) {
        self.0.respond(R::NAME, request::responder(handler));
    }

    /// Asks whoever responds to `R`; waits at most [`Request::TIMEOUT`].
    pub async fn request<R: Request>(&self, request: R) -> Result<R::Reply, RequestError> {
        request::ask(&*self.0, request).await
    }

    /// Ends every subscription once it has received what was already sent, and forgets
    /// listeners and responders. Later publications go nowhere.
    pub fn close(&self) {
        self.0.close();
    }
}

/// Says which topics a [`Subscription`] wants; can be held apart from the receiving end.
#[derive(Clone)]
pub struct Wants {
    engine: Arc<dyn Engine>,
    kind: &'static str,
    number: u64,
}

impl fmt::Debug for Wants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Wants({}, {})", self.kind, self.number)
    }
}

impl Wants {
    /// Receive this topic from now on. Wanting twice is wanting once.
    pub fn want(&self, id: u64) {
        self.engine.interest(self.kind, self.number, Interest::Add(id));
    }
    /// Stop receiving this topic; what is already in the channel still arrives. Without effect after [`Wants::want_all`].
    pub fn unwant(&self, id: u64) {
        self.engine.interest(self.kind, self.number, Interest::Remove(id));
    }
    /// Receive every topic of the kind, each event once.
    pub fn want_all(&self) {
        self.engine.interest(self.kind, self.number, Interest::All);
    }
}

/// The receiving end of [`Bus::subscribe`]. Dropping it unsubscribes.
#[derive(Debug)]
pub struct Subscription {
    wants: Wants,
    receiver: mpsc::Receiver<Event>,
}

impl Subscription {
    pub fn want(&self, id: u64) {
        self.wants.want(id);
    }
    pub fn unwant(&self, id: u64) {
        self.wants.unwant(id);
    }
    pub fn want_all(&self) {
        self.wants.want_all();
    }
    /// A handle that changes what is wanted while another task receives. Useless once the
    /// subscription is dropped.
    pub fn wants(&self) -> Wants {
        self.wants.clone()
    }
    /// The next event; `None` once the bus is closed. Safe to cancel.
    pub async fn recv(&mut self) -> Option<Event> {
        self.receiver.recv().await
    }
    /// The next event if one is waiting.
    pub fn try_recv(&mut self) -> Option<Event> {
        self.receiver.try_recv().ok()
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.wants.engine.unsubscribe(self.wants.kind, self.wants.number);
    }
}

#[cfg(test)]
mod tests;
