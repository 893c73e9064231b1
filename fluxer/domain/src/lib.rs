//! The rules of the chat platform: accounts, guilds, channels, messages, permissions. No
//! HTTP, no SQL, no broker: rows go through the store port, events through the bus port.
//!
//! An operation is a function `async fn(&App, &Actor, …) -> Result<wire type>`. It checks
//! in the order of the specification, writes once, publishes after the write is durable.

pub mod access;
pub mod account;
pub mod actor;
pub mod app;
pub mod applications;
pub mod archives;
pub mod assets;
pub mod attachments;
pub mod audit;
pub mod auth;
pub mod cached;
pub mod channels;
pub mod dms;
pub mod error;
pub mod events;
pub mod favorite_memes;
pub mod gateway;
pub mod gifs;
pub mod guilds;
pub mod harvests;
pub mod images;
pub mod instance;
pub mod invites;
pub mod jobs;
pub mod limits;
pub mod mails;
pub mod media_urls;
pub mod mentions;
pub mod messages;
pub mod permissions;
pub mod pins;
pub mod push;
pub mod reactions;
pub mod read_states;
pub mod relationships;
pub mod reports;
pub mod rows;
pub mod safety;
pub mod saved_messages;
pub mod scheduled;
pub mod search;
pub mod settings;
pub mod streams;
pub mod testing;
pub mod themes;
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
    tables.extend(account::tables());
    tables.extend(applications::tables());
    tables.extend(users::tables());
    tables.extend(guilds::rows::tables());
    tables.extend(messages::rows::tables());
    tables.extend(mentions::tables());
    tables.extend(saved_messages::tables());
    tables.extend(attachments::tables());
    tables.extend(favorite_memes::tables());
    tables.extend(scheduled::tables());
    tables.extend(assets::tables());
    tables.extend(reports::tables());
    tables.extend(search::rows::tables());
    tables.extend(harvests::tables());
    tables.extend(archives::tables());
    tables.extend(platform_queue::tables());
    tables
}
