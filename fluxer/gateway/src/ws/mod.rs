//! The WebSocket itself, server side: the upgrade and the framing of RFC 6455 without
//! extensions.
//!
//! Why not a library: the ones at hand own a read buffer and a write buffer per connection,
//! the latter as large as the largest message so far. Ten thousand idle sessions that each got
//! a READY would hold hundreds of megabytes. Here an idle connection owns neither, and a
//! dispatch is framed straight out of the bytes all recipients share.

pub mod codec;
pub mod upgrade;
