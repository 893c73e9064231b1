//! The engines: the common suite, and what is each one's own.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic and print")]

mod crash;
mod embedded;
mod meilisearch;
mod temp;
