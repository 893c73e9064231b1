//! Pinned messages of a channel.
//!
//! A pin is a time on the message and a row in the channel's list. The list is written
//! first; entries whose message does not say the same are passed over.

mod ack;
mod change;
mod list;

pub use ack::ack;
pub use change::{pin, unpin};
pub use list::list;
