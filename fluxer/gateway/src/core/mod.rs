//! The gateway's rules without sockets, clocks or tasks: time comes in as a parameter and
//! effects go out as values, so that each can be property-tested and fuzzed on its own.
//! Ids are plain `u64` in here; the edges convert. Nothing in here knows the store, the bus
//! or who is connected.

pub mod audience;
pub mod bitmap;
pub mod close;
pub mod command;
pub mod debounce;
pub mod event;
pub mod heartbeat;
pub mod identify;
pub mod member_list;
pub mod passive;
pub mod presence;
pub mod rate;
pub mod replay;
pub mod session;
