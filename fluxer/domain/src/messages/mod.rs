//! Messages: sending, reading, changing and deleting them, and what the house writes itself.
//!
//! `draft`, `text`, `allowed`, `embeds`, `window` and `verification` are pure; `write` is the
//! only place where a message comes into being, `erase` the only one where it ends.

pub mod allowed;
mod attachment;
mod bulk_delete;
mod create;
mod delete;
pub(crate) mod dm;
pub mod draft;
mod edit;
mod embed_media;
pub mod embeds;
mod erase;
mod expressions;
mod files;
mod forward;
mod get;
mod infected;
mod list;
mod mentioned;
pub(crate) mod pages;
mod permit;
mod preload;
mod purge;
pub(crate) mod rows;
pub mod shred;
mod system;
pub mod testing;
pub mod text;
mod typing;
pub mod unfurl;
pub mod verification;
pub(crate) mod view;
pub mod window;
pub(crate) mod write;

pub use attachment::delete_attachment;
pub use bulk_delete::bulk_delete;
pub(crate) use bulk_delete::remove_many;
pub use create::create;
pub(crate) use create::{check, create_ordered};
pub use delete::delete;
pub(crate) use edit::announce_update;
pub use edit::edit;
pub(crate) use expressions::find_emoji;
pub use get::get;
pub use list::list;
pub use preload::preload;
pub use purge::{purge_author, purge_channel};
pub use system::system_message;
pub use typing::indicate_typing;
