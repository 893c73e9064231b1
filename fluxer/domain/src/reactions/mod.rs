//! Reactions: who reacted to a message with which emoji.
//!
//! Every reaction is a row; an emoji's rows stand together, so that the emojis of a message
//! are found by leaping from one to the next.

mod add;
mod emoji;
mod list;
mod remove;

pub use add::add;
pub(crate) use list::reactions_of;
pub use list::users;
pub use remove::{clear, clear_emoji, remove_other, remove_own};
