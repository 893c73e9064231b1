//! What a user has read: markers by channel, mention counters, acknowledgements.

mod ack;
mod marks;

pub use ack::{ack, ack_bulk, clear};
pub use marks::Marks;
