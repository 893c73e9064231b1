//! What is fuzzed, and what must hold for any input: beyond "no panic", each harness states properties.
//!
//! The same harnesses run under libFuzzer (`fuzz_targets/`) and, for a short while, as tests: over the seeds
//! and over random mutations of them from a fixed beginning, so that a failure can be repeated.

pub mod condition;
pub mod envelope;
pub mod frame;
pub mod framing;
pub mod image;
pub mod iso8583;
pub mod message;
pub mod permissions;
pub mod scenario;

#[cfg(test)]
mod smoke;
