//! One file a measurement: what it sets up, what it drives, what it prints.

pub mod create;
pub mod fanout;
pub mod floor;
pub mod history;
pub mod idle;
pub mod latency;
pub mod sessions;
pub mod start;
