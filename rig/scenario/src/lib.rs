//! Scenarios: the YAML that says which gears there are and how they are wired.
//!
//! Reads the document with the place of everything in it, checks it in a fixed order and says
//! what is wrong where, and what was probably meant. From a sound one come the wires with their
//! lanes, what belongs to one rack, which link an output depends on, and diagrams. Pure: no
//! files, no clock, no environment; the gear types are given as [`Manifest`]s.

mod activation;
mod binding;
mod configuration;
mod diagram;
mod document;
mod duration;
mod expand;
mod manifest;
mod names;
mod places;
mod problem;
mod scenario;
mod schema;

pub use activation::{projected, ready};
pub use binding::{Binding, bindings};
pub use configuration::config_problems;
pub use diagram::{mermaid, svg};
pub use duration::{DurationError, parse_duration};
pub use expand::{ExpandError, Source, expand};
pub use manifest::{Category, Manifest, PortDirection, Ports, Status, Terminus};
pub use names::{Endpoint, is_name, slug};
pub use problem::Problem;
pub use scenario::{Gear, Lane, RackTarget, Scenario, Wire};
pub use schema::schema;
