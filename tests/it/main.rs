//! The black-box suite: what the specification promises, asked of a running instance.
//!
//! A module an area. Tests share one instance and run side by side: every test makes its own
//! accounts and guilds and never resets anything.

mod auth;
mod auth_email;
mod bans;
mod channels;
mod dms;
mod group_dms;
mod guilds;
mod history;
mod invites;
mod members;
mod messages;
mod messages_edit;
mod overwrites;
mod pins;
mod reactions;
mod read_states;
mod relationships;
mod roles;
mod sessions;
mod settings;
mod users;
mod verification;
