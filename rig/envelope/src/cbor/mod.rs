//! The CBOR form of a message (RFC 8949): deterministic when written, tolerant when read.
//!
//! Read: any order of keys, indefinite lengths, tags (ignored), null for what is empty, unknown keys
//! (skipped). Refused: text that is not UTF-8, numbers beyond 64 bits, bytes left over. A length is
//! believed only as far as bytes are there.

mod decode;
mod encode;
#[cfg(test)]
mod tests;

pub use decode::DecodeError;

/// Deepest nesting that is read.
pub const MAX_DEPTH: usize = 64;
/// Most values in one message: a byte of input can stand for one, which takes forty in memory.
pub const MAX_NODES: usize = 131_072;
/// Most bytes that are read as one message.
pub const MAX_ENCODED: usize = 8 * 1024 * 1024;
