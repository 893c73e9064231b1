//! The SQLite engine: the common suite, and what is its own.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic and print")]

mod conformance;
mod crash;
mod disk;
mod file;
mod model;
mod schema;
mod temp;
