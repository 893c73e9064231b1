//! The gateway over real sockets, on a store of its own: rows are written as the rules would
//! write them, and events published as the rules would publish them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod guilds;
mod lists;
mod people;
mod protocol;
mod world;
