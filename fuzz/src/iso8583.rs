//! ISO 8583 messages by the reference specification: read, laid down in an envelope, written and read again.

use std::sync::LazyLock;

use rig_envelope::{Bytes, Message};
use rig_iso8583::{NoReferences, REFERENCE, Spec, Validation};

static SPEC: LazyLock<Spec> =
    LazyLock::new(|| Spec::load(REFERENCE, &NoReferences).expect("the reference specification is sound"));

/// Whether the input was a message.
pub fn run(data: &[u8]) -> bool {
    let spec = &*SPEC;
    let Ok(message) = spec.decode(data) else { return false };
    let total: usize = message.iter().filter(|item| item.0.is_element()).map(|item| item.1.len()).sum();
    assert!(total <= 2 * data.len() + 16, "{total} bytes of values from {} bytes", data.len());
    let _ = spec.violations(&message, Validation::Enforce, None);
    let _ = spec.dump(&message);
    let mut envelope = Message::from_raw(Bytes::copy_from_slice(data));
    spec.lay_down(&message, &mut envelope).expect("what was read can be laid down");
    let Ok(written) = spec.encode(&message) else { return true };
    let again = spec.decode(&written).expect("what was written can be read");
    assert!(again.elements().eq(message.elements()), "other elements came back");
    true
}
