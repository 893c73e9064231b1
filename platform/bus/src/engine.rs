//! What an engine has to provide. Everything a caller sees is built on this in `lib.rs` and
//! `request.rs`; engines own delivery and the table of interests.

use std::{any::Any, future::Future, pin::Pin, sync::Arc};

use bytes::Bytes;
use tokio::sync::mpsc;

use crate::{Event, Listener, Payload, RequestError, Topic};

pub(crate) type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

pub(crate) enum Interest {
    Add(u64),
    Remove(u64),
    All,
}

/// One request on its way: by value within the process, encoded beyond it.
pub(crate) struct Call {
    pub name: &'static str,
    pub value: Box<dyn Any + Send>,
    /// Used by engines that leave the process.
    #[allow(dead_code, reason = "the in-process engine hands the value over as it is")]
    pub encode: fn(&dyn Any) -> Result<Bytes, RequestError>,
}

/// The reply in whichever form the engine has it.
pub(crate) enum Reply {
    Value(Box<dyn Any + Send>),
    #[allow(dead_code, reason = "comes from engines that leave the process")]
    Encoded(Bytes),
}

type ByValue = Box<dyn Fn(Box<dyn Any + Send>) -> Pending<Reply> + Send + Sync>;
type Encoded = Box<dyn Fn(&[u8]) -> Pending<Result<Bytes, RequestError>> + Send + Sync>;

/// A registered handler, callable by value or by encoded request.
pub(crate) struct Responder {
    pub by_value: ByValue,
    #[allow(dead_code, reason = "used by engines that leave the process")]
    pub encoded: Encoded,
}

pub(crate) trait Engine: Send + Sync {
    /// Delivers at once as far as possible; the future delivers the rest.
    fn publish(&self, topic: Topic, payload: Arc<dyn Payload>) -> Option<Pending<()>>;
    fn subscribe(&self, kind: &'static str, sender: mpsc::Sender<Event>) -> u64;
    fn unsubscribe(&self, kind: &'static str, number: u64);
    fn interest(&self, kind: &'static str, number: u64, change: Interest);
    fn listen(&self, kind: &'static str, listener: Listener);
    fn respond(&self, name: &'static str, responder: Responder);
    fn request(&self, call: Call) -> Pending<Result<Reply, RequestError>>;
    fn close(&self);
}
