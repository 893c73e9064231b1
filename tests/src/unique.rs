//! Names, addresses and ids that no other test (or run against the same instance) uses.

use std::hash::{BuildHasher, Hasher};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

/// A well-formed id that nothing has.
pub const UNKNOWN: &str = "123456789012345678";

fn seed() -> u64 {
    static SEED: OnceLock<u64> = OnceLock::new();
    // The standard library's per-process hasher keys are the only randomness needed here.
    *SEED.get_or_init(|| std::hash::RandomState::new().build_hasher().finish())
}

/// A number that is different at every call and, very likely, in every run.
pub fn number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    seed().wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A word fit for user names, guild names, nonces: `t` and up to 16 hex digits.
pub fn word() -> String {
    format!("t{:x}", number())
}

/// A private address; every simulated client comes from its own.
pub fn address() -> String {
    let n = number();
    format!("10.{}.{}.{}", (n >> 16) & 0xff, (n >> 8) & 0xff, n & 0xff)
}

/// The string at a JSON pointer or key; panics with the document when it is not there.
#[track_caller]
pub fn s(v: &Value, key: &str) -> String {
    let found = if key.starts_with('/') { v.pointer(key) } else { v.get(key) };
    match found {
        Some(Value::String(s)) => s.clone(),
        _ => panic!("no string at {key:?} in {v}"),
    }
}

/// The `id` of every element of an array, in order; of an absent one, none.
#[track_caller]
pub fn ids(v: &Value) -> Vec<String> {
    if v.is_null() {
        return Vec::new();
    }
    v.as_array().unwrap_or_else(|| panic!("not an array: {v}")).iter().map(|e| s(e, "id")).collect()
}
