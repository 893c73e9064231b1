//! How bytes become messages on a connection, and messages bytes.

use std::ops::Range;

use rig_envelope::{Message, Meta};

use crate::GearError;

/// What is found at the beginning of the bytes that were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scan {
    /// A frame, and where the next one begins.
    Frame { frame: Range<usize>, next: usize },
    /// No whole frame yet. `begun`: the peer owes the rest of one.
    More { begun: bool },
    /// Nothing that follows can be trusted.
    Broken(GearError),
}

/// Sans-IO; one for all connections of a gear.
pub trait Framing: Send + Sync + 'static {
    /// Looks for the first frame. The first `seen` bytes were there the last time, too.
    fn scan(&self, bytes: &[u8], seen: usize) -> Scan;
    /// Makes a message of a frame, with the metadata of its connection; none where the frame says
    /// nothing. Errors hold no content.
    fn open(&self, frame: &[u8], origin: &Meta) -> Result<Option<Message>, GearError>;
    /// Appends a message as it goes out. On an error nothing that was appended is sent.
    fn write(&self, message: &Message, out: &mut Vec<u8>) -> Result<(), GearError>;
    /// The last frame of a peer that leaves these bytes behind; none if they are part of one.
    fn last(&self, _bytes: &[u8]) -> Option<Range<usize>> {
        None
    }
}
