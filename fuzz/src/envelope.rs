//! The envelope's CBOR form: whatever comes over a bus becomes a message or an error, in memory bounded by the
//! input, and what was read is written the same way every time.

use rig_envelope::{Bytes, Message};

/// Whether the input was a message.
pub fn run(data: &[u8]) -> bool {
    let Ok(message) = Message::decode(&Bytes::copy_from_slice(data)) else { return false };
    let written = Bytes::from(message.encode());
    let again = match Message::decode(&written) {
        Ok(again) => again,
        Err(error) => panic!("what was written is not read: {error}"),
    };
    // Compared as bytes: a NaN is not equal to itself.
    assert_eq!(again.encode(), written, "written twice, it differs");
    assert!(message.size() <= data.len(), "more than came in");
    let shown = format!("{message:?}");
    assert!(shown.len() <= 64 * data.len() + 1024, "a long debug form");
    true
}
