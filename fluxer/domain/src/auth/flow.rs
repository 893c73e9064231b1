//! Counters inside flows: how often a code is sent, a password tried, a name changed. They
//! count by account or address, beside the rate limits of the operations themselves.

use std::time::Duration;

use fluxer_wire::{Error as Refusal, code};
use subtle::ConstantTimeEq;

use crate::{App, Error, Result};

pub const MINUTE: u64 = 60;
const CODE_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// 429 `RATE_LIMITED`, to be tried again after `seconds`.
pub fn rate_limited(seconds: i64) -> Error {
    Refusal::new(code::RATE_LIMITED).with("global", false).with("retry_after", seconds.max(1)).into()
}

/// Counts one more; 429 past `limit` in `seconds`.
pub async fn count(app: &App, key: &str, limit: u64, seconds: u64) -> Result<()> {
    let within = app.cache.hit(&format!("flow:{key}"), limit, Duration::from_secs(seconds)).await?;
    if within { Ok(()) } else { Err(rate_limited(i64::try_from(seconds).unwrap_or(i64::MAX))) }
}

/// A code people type: `XXXX-XXXX`.
pub fn code(app: &App) -> String {
    let mut code = app.rng.text(8, CODE_ALPHABET);
    code.insert(4, '-');
    code
}

/// Whether what was typed is the code, whatever the case and dashes.
pub fn same_code(expected: &str, given: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|ch| ch.to_ascii_uppercase()).collect()
    };
    bare(expected).as_bytes().ct_eq(bare(given).as_bytes()).into()
}

/// Whether two secrets are the same, in constant time.
pub fn same_secret(expected: &str, given: &str) -> bool {
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}
