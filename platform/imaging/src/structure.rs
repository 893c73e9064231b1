//! What is read of a picture's bytes without decoding it, as plain functions.

use crate::{Outline, Result, header::Header, sanitise};

/// What the header says; `None` for what is no picture.
pub fn outline(bytes: &[u8]) -> Option<Outline> {
    Header::read(bytes).as_ref().map(Outline::of)
}

/// The picture without metadata, not turned; `None` if there was nothing to take out.
pub fn clean(bytes: &[u8]) -> Result<Option<Vec<u8>>> {
    match Header::read(bytes) {
        Some(header) => sanitise::stripped(bytes, &header),
        None => Ok(None),
    }
}
