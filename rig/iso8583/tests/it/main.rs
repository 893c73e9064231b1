//! The codec against vectors written by hand, against itself, and against arbitrary input.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod framing;
mod mapping;
mod meaning;
mod robust;
mod simulation;
mod vectors;
mod wire;

use rig_iso8583::{Iso8583Message, NoReferences, Path, REFERENCE, Spec};

pub fn reference() -> Spec {
    Spec::load(REFERENCE, &NoReferences).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A specification with one element, 2, described by `wire`.
pub fn with_element(wire: &str) -> Spec {
    let text = format!(
        "spec:\n  id: one\n  version: 1.0.0\n  name: one\n  wire:\n    fields:\n      0: {{type: String, length: 4, \
         enc: ASCII, prefix: ASCII.Fixed}}\n      1: {{type: Bitmap, length: 8, enc: Binary, prefix: \
         Binary.Fixed}}\n      2: {wire}\n"
    );
    Spec::load(&text, &NoReferences).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What element 2 alone is on the wire, without type and bitmap.
pub fn packed(spec: &Spec, value: &[u8]) -> Result<Vec<u8>, rig_iso8583::Fault> {
    let mut message = Iso8583Message::of("0200");
    spec.wire().set(&mut message, 2, value).map_err(|error| error.fault)?;
    spec.encode(&message).map(|bytes| bytes[12..].to_vec()).map_err(|error| error.fault)
}

pub fn unpacked(spec: &Spec, wire: &[u8]) -> Result<Iso8583Message, rig_iso8583::Fault> {
    let mut input = b"0200\x40\0\0\0\0\0\0\0".to_vec();
    input.extend_from_slice(wire);
    spec.decode(&input).map_err(|error| error.fault)
}

pub fn path(text: &str) -> Path {
    Path::parse(text).unwrap()
}
