//! Being mentioned: counters of unread mentions, and the feed of recent ones.
//!
//! A message in a guild that mentions anybody leaves a job with it ([`Notice`]); the job
//! finds out whom. A feed entry and the counter it raises are written together, so that
//! running the job again counts nobody twice.

mod feed;
mod notify;
mod rows;

pub use feed::{delete, list};
pub use notify::{Notice, jobs};
pub use rows::{RecentMentionRow, tables};
