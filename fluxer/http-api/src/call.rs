//! One call of an operation: the services, the caller, and what was sent, parsed.

use std::sync::Arc;

use axum::http::HeaderMap;
use fluxer_domain::{Actor, App, Result, attachments::Uploads, fail};
use fluxer_wire::code;

use crate::client::Client;

/// `P` path parameters, `Q` query, `B` body; `()` where there is none.
pub struct Call<P = (), Q = (), B = ()> {
    pub app: Arc<App>,
    pub caller: Option<Actor>,
    pub client: Client,
    pub headers: Arc<HeaderMap>,
    pub path: P,
    pub query: Q,
    pub body: B,
    /// Files that came with the body.
    pub uploads: Uploads,
}

impl<P, Q, B> Call<P, Q, B> {
    /// The caller. Operations that need one are only reached with one.
    pub fn actor(&self) -> Result<&Actor> {
        match &self.caller {
            Some(actor) => Ok(actor),
            None => fail(code::UNAUTHORIZED),
        }
    }
    /// The body, and the call without it.
    pub fn take_body(self) -> (Call<P, Q, ()>, B) {
        let Self { app, caller, client, headers, path, query, body, uploads } = self;
        (Call { app, caller, client, headers, path, query, body: (), uploads }, body)
    }
    pub fn header(&self, name: &str) -> Option<&str> {
        crate::client::header(&self.headers, name)
    }
}
