//! The rules of the chat platform: accounts, guilds, channels, messages, permissions. No
//! HTTP, no SQL, no broker: rows go through the store port, events through the bus port.
//!
//! An operation is a function `async fn(&App, &Actor, …) -> Result<wire type>`. It checks
//! in the order of the specification, writes once, publishes after the write is durable.

pub mod access;
pub mod actor;
pub mod app;
pub mod audit;
pub mod auth;
pub mod cached;
pub mod channels;
pub mod error;
pub mod events;
pub mod guilds;
pub mod images;
pub mod limits;
pub mod permissions;
pub mod rows;
pub mod settings;
pub mod users;

pub use actor::{Actor, Credential};
pub use app::{App, Parts};
pub use error::{Error, Result, fail};
pub use events::{Event, EventName};
pub use settings::Settings;

/// Every table of the platform, for opening the store.
pub fn tables() -> Vec<&'static platform_store::Schema> {
    let mut tables = rows::tables();
    tables.extend(auth::rows::tables());
    tables
}
