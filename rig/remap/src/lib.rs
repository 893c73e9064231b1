//! `remap`: changes messages by a program in VRL, the Vector Remap Language.
//!
//! In a program `.` is the message's data and `%` its metadata: `.iso8583.field."39" = "91"`,
//! `%iso8583.mti = "0110"`. Programs are compiled and type-checked when the gear is made, and every
//! call that can fail must say what then. At run time only what the program reads is converted,
//! and only what it wrote is put back: a message it does not touch leaves as it came. A crate of
//! its own, because the compiler of the language is large.

mod config;
mod convert;
mod error;
mod functions;
mod gear;
mod plan;
mod program;
mod target;
mod write_back;

#[cfg(test)]
mod tests;

pub use config::RawMode;
pub use gear::RemapType;
pub use program::{Ended, Outputs, Program};
