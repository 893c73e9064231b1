//! The envelope every message travels in, and the ids of everything in the rig.
//!
//! Pure: no clock, no socket. [`Message`] is cheap to clone (its maps are shared until one side
//! changes them), its CBOR form is deterministic, and reading it takes memory in proportion to the
//! bytes that are really there. Debug forms say sizes, never contents: messages carry card numbers.

mod cbor;
mod entries;
pub mod idgen;
mod json;
mod message;
mod path;
mod value;

pub use bytes::Bytes;
pub use cbor::{DecodeError, MAX_DEPTH, MAX_ENCODED, MAX_NODES};
pub use entries::{Entries, Map, Meta};
pub use idgen::{EntityId, EntityType, Ids};
pub use json::{from_json, to_json};
pub use message::{Flags, Hop, Invalid, Limits, Message};
pub use path::PathError;
pub use smol_str::SmolStr as Text;
pub use uuid::Uuid;
pub use value::Value;
