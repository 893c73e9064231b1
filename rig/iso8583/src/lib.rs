//! ISO 8583: messages between terminals, switches and card schemes, by specifications in YAML.
//!
//! Sans-IO: bytes to values and back ([`Wire`]), what the values mean ([`Spec`]), what stands
//! around a message on a connection ([`framing`]). Reading is bounded by the input and never
//! panics. No error and no debug form shows a value.

mod base;
mod condition;
mod decode;
mod ebcdic;
mod encode;
mod encoding;
mod error;
pub mod framing;
mod load;
pub mod mapping;
mod mask;
mod message;
mod node;
mod path;
mod prefix;
mod problem;
mod rules;
pub mod semantics;
mod simulation;
mod spec;
mod store;
mod wire;

pub use base::{BASES, base};
pub use condition::{Condition, ConditionError, Operand, Operator};
pub use encoding::Encoding;
pub use error::{CodecError, Fault};
pub use mask::{by_standard, masked};
pub use message::Iso8583Message;
pub use path::{Key, Path};
pub use prefix::{Family, Prefix};
pub use problem::{Problem, Problems};
pub use rules::{Validation, Violation, ViolationKind};
pub use simulation::{Delay, Responder, ResponderRule, Simulation, Source, State as SimulationState};
pub use spec::{Dimension, MeasuredField, NoReferences, REFERENCE, Resolver, Spec, hash, response_mti};
pub use store::SpecStore;
pub use wire::{Composite, Element, Kind, MAX_ELEMENT, Padding, Slice, UnknownTags, Wire};
