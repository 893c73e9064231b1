//! The ground everything stands on: identifiers, time, randomness, configuration
//! loading, shutdown and telemetry. No product knowledge, no storage, no network.

pub mod clock;
pub mod id;
pub mod rng;

pub use clock::{Clock, Timestamp};
pub use id::{Generator, Id};
pub use rng::Rng;
