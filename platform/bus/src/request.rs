//! Typed request/reply on top of an engine. In one process a request is handed over by value;
//! its serde form is for engines that leave the process.

use std::{any::Any, future::Future, sync::Arc, time::Duration};

use bytes::Bytes;
use serde::{Serialize, de::DeserializeOwned};

use crate::engine::{Call, Engine, Reply, Responder};

/// A question one role asks another.
pub trait Request: Serialize + DeserializeOwned + Send + 'static {
    type Reply: Serialize + DeserializeOwned + Send + 'static;
    /// Unique within the instance, stable between versions: `guild.member_counts`.
    const NAME: &'static str;
    /// How long an asker waits.
    const TIMEOUT: Duration = Duration::from_secs(10);
}

/// Anything that answers `R`: an `async fn(R) -> R::Reply` or a closure like it.
pub trait Handler<R: Request>: Send + Sync + 'static {
    fn call(&self, request: R) -> impl Future<Output = R::Reply> + Send + 'static;
}

impl<R: Request, F, Fut> Handler<R> for F
where
    F: Fn(R) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = R::Reply> + Send + 'static,
{
    fn call(&self, request: R) -> impl Future<Output = R::Reply> + Send + 'static {
        self(request)
    }
}

/// Why there is no reply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    #[error("nobody answers {0}")]
    NoResponder(&'static str),
    #[error("no answer to {0} in time")]
    Timeout(&'static str),
    #[error("the responder of {0} failed")]
    Failed(&'static str),
    #[error("{name} cannot be encoded or decoded: {reason}")]
    Codec { name: &'static str, reason: String },
}

fn codec<R: Request>(error: serde_json::Error) -> RequestError {
    RequestError::Codec { name: R::NAME, reason: error.to_string() }
}

fn encode<R: Request>(request: &dyn Any) -> Result<Bytes, RequestError> {
    let request = request.downcast_ref::<R>().ok_or(RequestError::Failed(R::NAME))?;
    serde_json::to_vec(request).map(Bytes::from).map_err(codec::<R>)
}

pub(crate) fn responder<R: Request>(handler: impl Handler<R>) -> Responder {
    let handler = Arc::new(handler);
    let by_value = {
        let handler = handler.clone();
        move |request: Box<dyn Any + Send>| {
            let request = request.downcast::<R>().expect("a name belongs to one request type");
            let reply = handler.call(*request);
            Box::pin(async move { Reply::Value(Box::new(reply.await)) }) as _
        }
    };
    let encoded = move |request: &[u8]| {
        let reply = serde_json::from_slice::<R>(request).map(|request| handler.call(request));
        Box::pin(async move {
            let reply = reply.map_err(codec::<R>)?.await;
            serde_json::to_vec(&reply).map(Bytes::from).map_err(codec::<R>)
        }) as _
    };
    Responder { by_value: Box::new(by_value), encoded: Box::new(encoded) }
}

pub(crate) async fn ask<R: Request>(engine: &dyn Engine, request: R) -> Result<R::Reply, RequestError> {
    let call = Call { name: R::NAME, value: Box::new(request), encode: encode::<R> };
    let reply = tokio::time::timeout(R::TIMEOUT, engine.request(call));
    match reply.await.map_err(|_| RequestError::Timeout(R::NAME))?? {
        Reply::Value(reply) => {
            reply.downcast().map(|reply| *reply).map_err(|_| RequestError::Failed(R::NAME))
        }
        Reply::Encoded(reply) => serde_json::from_slice(&reply).map_err(codec::<R>),
    }
}
