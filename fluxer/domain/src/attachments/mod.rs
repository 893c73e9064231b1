//! Files of messages: from the bytes of a request to an object, a row and, one day, their end.
//!
//! `spool` holds what is still arriving, `uploads` says who may send how much, `examine` looks
//! at what came, `keep` makes objects of it. `names` and the arithmetic of `decay` are pure.
//!
//! Promises: a message that was acknowledged has all its objects; an object that no message
//! refers to is taken away, at the latest by the sweep that was ordered before it was made.

pub(crate) mod decay;
mod examine;
mod keep;
pub mod names;
mod rows;
mod scan;
mod spool;
pub mod testing;
mod uploads;

pub use decay::{expire_due, has_expired};
pub(crate) use examine::{Content, Examined, Incoming, Policy, examine, examine_fetched, explicit};
pub use keep::jobs;
pub(crate) use keep::{forget, keep, key};
pub use rows::{AttachmentLookupRow, DecayByExpiryRow, DecayRow, tables};
pub use spool::{Spool, Spooled, Spooling};
pub(crate) use uploads::claims;
pub use uploads::{Permit, Upload, Uploads, permit, permit_scheduled};
