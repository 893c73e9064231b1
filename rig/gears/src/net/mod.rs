//! Connections, for every gear with a socket: one server or one client, framed by the gear.
//!
//! An [`Engine`] listens or dials, reads frames into messages and writes messages that come in. What
//! a peer can cost is bounded: bytes read that are no frame yet, bytes queued for it, the time it
//! may take, the number of connections. A peer that is idle costs no buffer at all. Replies go to
//! the connection they belong to, and to no other.

mod accept;
mod backlog;
mod connection;
mod dial;
mod engine;
mod framing;
mod inbox;
mod outbox;
mod settings;
mod tls;

pub use accept::listen;
pub use engine::{Engine, Listeners};
pub use framing::{Framing, Scan};
#[cfg(test)]
pub use inbox::Inbox;
pub use settings::{Role, Settings, off};
pub use tls::{Security, Stream, TlsConfig, schema as tls_schema};
