//! How often a token may start sessions: 20 a minute, and one in five seconds where the
//! operator wants that (§5).

use std::collections::HashMap;

use parking_lot::Mutex;

const MOST: u32 = 20;
const WINDOW_MS: i64 = 60_000;
const THROTTLE_MS: i64 = 5_000;
/// Above this many tokens the idle ones are forgotten.
const KEEP: usize = 10_000;

struct Uses {
    since: i64,
    count: u32,
    last: i64,
}

pub struct Limits {
    off: bool,
    throttle: bool,
    tokens: Mutex<HashMap<[u8; 32], Uses>>,
}

impl Limits {
    pub fn new(off: bool, throttle: bool) -> Self {
        Self { off, throttle, tokens: Mutex::default() }
    }
    /// Whether the token started a session a moment ago.
    pub fn is_throttled(&self, now: i64, token: &[u8; 32]) -> bool {
        self.throttle && self.tokens.lock().get(token).is_some_and(|uses| now - uses.last < THROTTLE_MS)
    }
    /// Counts a start; `false` when it is one too many.
    pub fn admit(&self, now: i64, token: &[u8; 32]) -> bool {
        if self.off && !self.throttle {
            return true;
        }
        let mut tokens = self.tokens.lock();
        if tokens.len() > KEEP {
            tokens.retain(|_, uses| now - uses.since < WINDOW_MS);
        }
        let uses = tokens.entry(*token).or_insert(Uses { since: now, count: 0, last: now });
        if now - uses.since >= WINDOW_MS {
            (uses.since, uses.count) = (now, 0);
        }
        uses.count += 1;
        uses.last = now;
        self.off || uses.count <= MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_a_minute_and_apart_if_wanted() {
        let limits = Limits::new(false, true);
        let token = [1; 32];
        assert!(!limits.is_throttled(0, &token));
        assert!((0..20).all(|n| limits.admit(n * 1000, &token)));
        assert!(!limits.admit(30_000, &token));
        assert!(limits.is_throttled(34_000, &token) && !limits.is_throttled(35_000, &token));
        assert!(limits.admit(60_000, &token));
        assert!(limits.admit(30_000, &[2; 32]));
    }
}
