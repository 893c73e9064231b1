//! Messages to be sent later: kept as they were sent to us, checked when they are scheduled
//! and again, by the same rules, when their time has come.

mod manage;
mod rows;
mod schedule;
mod send;
mod time;
mod view;

pub use manage::{cancel, get, list};
pub use rows::tables;
pub use schedule::{schedule, update};
pub use send::jobs;
