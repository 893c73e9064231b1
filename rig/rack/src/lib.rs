//! The rack: runs the gears of one scenario and the wires between them.
//!
//! [`Rack::apply`] brings a scenario up, or changes the running one to another by difference:
//! a gear is restarted when its type, configuration or wiring changed, all others keep their
//! sockets and tickets, and what is queued on a wire that stays is kept. Everything new is made
//! before anything running is touched; if it then cannot start, the scenario before is brought
//! back. A gear that panics costs a message, not the rack.

mod apply;
mod convergence;
mod drain;
mod hops;
mod options;
mod plan;
mod running;

pub use apply::{Applied, ApplyError, Rack};
pub use hops::{Hop, Hops};
pub use options::{Host, Options};
