//! The black-box suite's fixtures: everything a test needs to talk to a running instance as its
//! clients do, over HTTP and the gateway.
//!
//! Knows a base URL and nothing else: no crate of the server, no database, no configuration.
//! The instance must be in test mode. Where the instance comes from is decided in [`server`]:
//! `FLUXER_TEST_URL` names a running one, else the binary of `FLUXER_TEST_BIN` (or the one beside
//! this test) is started in a folder of its own and stopped with the test process.

// Fixtures panic with the whole answer in the message: that is how a test reports.
#![allow(clippy::unwrap_used)]

pub mod account;
pub mod bot;
pub mod form;
pub mod gateway;
pub mod guild;
pub mod http;
pub mod perms;
pub mod server;
pub mod site;
pub mod unique;

pub use account::{Account, befriend, dm};
pub use bot::Bot;
pub use gateway::{Event, Gateway, any, near};
pub use guild::Guild;
pub use http::{Call, Client, Response};
pub use serde_json::{Value, json};
pub use unique::{UNKNOWN, ids, s};
