//! Durable jobs: run at least once, later, again after a failure.
//!
//! [`Queue`] takes jobs, alone or inside a [`platform_store::Batch`] with the writes they
//! belong to; [`Worker`] runs them. Jobs are kept by an engine: the store itself, or NATS
//! JetStream for several processes on several machines. A job survives crashes: it is leased while it runs, and
//! a lease that is not renewed runs out. Handlers must bear being run twice. Idle costs
//! nothing: workers sleep until the next due time or a push. Must not know what jobs do.

mod calendar;
mod claim;
mod cron;
mod embedded;
mod error;
mod inspect;
mod jetstream;
mod job;
mod lease;
mod letters;
mod pump;
mod queue;
mod rows;
mod schedule;
mod shelf;
mod stats;
mod worker;

pub use calendar::{Calendar, CalendarState};
pub use cron::Cron;
pub use error::{Error, JobError};
pub use inspect::{Depths, JobInfo, State};
pub use jetstream::Options as JetStream;
pub use job::{Job, Payload};
pub use lease::Leased;
pub use letters::Letter;
pub use queue::{Pending, Pushed, Queue};
pub use rows::tables;
pub use stats::KindStats;
pub use worker::Worker;
