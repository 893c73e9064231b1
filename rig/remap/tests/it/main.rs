//! Scenarios in which `remap` does what payment switches do by mapping, on a rack with real sockets.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod enrichment;
