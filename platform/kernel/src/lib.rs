//! The ground everything stands on: identifiers, time, randomness, configuration
//! loading, the environment and shutdown. No product knowledge, no storage, no network.

pub mod clock;
pub mod config;
pub mod environment;
pub mod id;
pub mod network;
pub mod rng;
pub mod shutdown;

pub use clock::{Clock, Timestamp};
pub use environment::Environment;
pub use id::{Generator, Id};
pub use network::Network;
pub use rng::Rng;
pub use shutdown::Shutdown;
