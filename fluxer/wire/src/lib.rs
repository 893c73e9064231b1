//! The wire of the chat platform: every JSON type of the HTTP API and the gateway, the
//! error and validation codes, the permission bits. Shapes only, no rules: what may be
//! done, and by whom, stands in `fluxer-domain`.
//!
//! Requests are `#[derive(Form)]` structs of [`Field`]s (parsed with one issue per bad
//! field), answers are `#[derive(Reply)]` structs; both describe themselves for OpenAPI.

// The derives name this crate by its full path, also from inside.
extern crate self as fluxer_wire;

pub mod account;
pub mod application;
pub mod audit;
pub mod auth;
pub mod channel;
pub mod channel_requests;
pub mod code;
pub mod discovery;
pub mod embed_requests;
pub mod error;
pub mod expressions;
pub mod favorite_meme;
pub mod flags;
pub mod form;
pub mod gif;
pub mod guild;
pub mod guild_requests;
pub mod harvest;
pub mod identity;
pub mod ids;
pub mod instance;
pub mod invite;
pub mod message;
pub mod message_requests;
pub mod permissions;
pub mod read_state;
pub mod report;
pub mod saved;
pub mod scalar;
pub mod schema;
pub mod search;
pub mod settings;
pub mod social;
pub mod stream;
pub mod sudo;
pub mod text;
pub mod theme;
pub mod user;

pub use code::{ApiCode, Invalid, invalid};
pub use error::{Error, Issue};
pub use fluxer_wire_derive::{Form, Reply};
pub use form::{Absent, At, Field, Fields, Optional, Patch, clean, parse};
pub use ids::*;
pub use permissions::Permissions;
pub use platform_kernel::{Id, Timestamp};
pub use scalar::{Base64Image, Color, Int, Json, List, QueryBool, QueryInt, Str};
pub use schema::{Definitions, Describe, Property};
pub use serde;
pub use serde_json::Value;
