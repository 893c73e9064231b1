//! The gateway: WebSocket sessions, who may hear what, presence, member lists.
//!
//! Layout: `core` holds the rules without IO; `connection` is one socket, `session` what
//! outlives it; `hub` knows users and delivers what is addressed to them; `guild` holds the
//! read models and fans out. A connection and a session start send commands to guilds, guilds
//! and the hub push into sessions, sessions wake connections; nothing waits the other way.
//!
//! It reads through the domain and listens to the bus. It owns no durable state: after a
//! restart clients identify again.

mod connection;
pub mod core;
mod fanout;
mod gateway;
mod guild;
mod http;
mod hub;
mod session;
mod start;
pub mod ws;

pub use gateway::{Gateway, start};
