//! Accounts: how others and their owner see them.

mod view;

pub use view::{is_adult, partial, private};
