//! What stands around a message on a TCP connection: length prefix, TPDU, headers, and a look at
//! whether a frame can be a message at all. Sans-IO: bytes in, ranges and bytes out; nothing is
//! allocated because a prefix says so.

mod inspect;
mod length;
mod tpdu;
mod visa;

pub use inspect::{Inspection, Text, inspect};
pub use length::{Endian, FrameError, LengthPrefix, MAX_BODY};
pub use tpdu::Tpdu;
pub use visa::{VisaError, VisaHeader};
