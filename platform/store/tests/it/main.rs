//! The SQLite engine: the common suite, and what is its own.

mod conformance;
mod crash;
mod disk;
mod file;
mod model;
mod schema;
mod temp;
