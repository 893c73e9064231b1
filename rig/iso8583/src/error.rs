//! What can be wrong with a message. Errors say where and what kind, never a value: a message
//! carries card numbers.

use crate::path::Path;

/// What is wrong with one element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the message ends inside it")]
    Truncated,
    #[error("its length is not a number")]
    BadLength,
    #[error("its length {actual} is above the maximum of {maximum}")]
    TooLong { actual: usize, maximum: usize },
    #[error("it has {actual} units where exactly {expected} are due")]
    WrongLength { actual: usize, expected: usize },
    #[error("it holds a byte that is not ASCII")]
    NotAscii,
    #[error("it holds a character that EBCDIC does not have")]
    NotEbcdic,
    #[error("it holds something other than digits")]
    NotDigits,
    #[error("the nibble that fills it up is not zero")]
    Filler,
    #[error("it holds something other than hexadecimal digits")]
    NotHex,
    #[error("it is present, and the specification does not know it")]
    Unknown,
    #[error("its tag is longer than four bytes")]
    BadTag,
    #[error("its tag occurs twice")]
    Duplicate,
    #[error("a part of it is cut off")]
    PartCut,
    #[error("a part of it is missing")]
    PartMissing,
    #[error("it cannot carry a value")]
    NotData,
    #[error("{0} bytes are left after the last element")]
    Rest(usize),
}

/// Where a message could not be read or written, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("DE {path}: {fault} (at byte {at})")]
pub struct CodecError {
    pub path: Path,
    pub fault: Fault,
    /// The byte of the wire at which it was noticed.
    pub at: usize,
}
