//! Saved media, "favourite memes" on the wire: pictures, films and sounds that a person keeps
//! to send again.
//!
//! Each has an object of its own, copied from a message or fetched from an address: it stays
//! when its source goes. `source` finds the bytes, `save` keeps them, `manage` is everything
//! after that, `slugs` knows the addresses of GIF services and is pure.
//!
//! Promises: nobody has the same bytes twice or more than their limit, whatever runs at the
//! same time; what is listed has its object; an object nobody lists is taken away.

mod manage;
mod rows;
mod save;
mod slugs;
mod source;

pub(crate) use manage::{attach, forget};
pub use manage::{delete, get, list, update};
pub use rows::{FavoriteMemeRow, tables};
pub use save::{from_message, from_url};
