//! Bookmarks: messages a user keeps a reference to.

mod list;
mod rows;
mod save;

pub use list::list;
pub use rows::{SavedMessageRow, count, tables};
pub use save::{save, unsave};
