//! Leaves a push service alone after failures in a row: nothing is sent for a while, then one
//! attempt decides.

use std::{collections::HashMap, time::Duration};

use parking_lot::Mutex;
use platform_kernel::Timestamp;

/// Services nobody asked about for this long are forgotten.
const FORGET_MS: i64 = 300_000;
/// Before that is looked for.
const MANY: usize = 1024;

pub struct Breaker {
    threshold: u32,
    recovery_ms: i64,
    services: Mutex<HashMap<String, Service>>,
}

#[derive(Debug, Clone, Copy)]
struct Service {
    failures: u32,
    /// When it may be tried again; meaningful once it has failed often enough.
    retry_at: i64,
    seen_at: i64,
}

impl Breaker {
    pub fn new(threshold: u32, recovery: Duration) -> Self {
        let recovery_ms = i64::try_from(recovery.as_millis()).unwrap_or(i64::MAX);
        Self { threshold: threshold.max(1), recovery_ms, services: Mutex::default() }
    }

    /// Whether the service may be asked. Of a service left alone long enough, one attempt.
    pub fn admits(&self, origin: &str, now: Timestamp) -> bool {
        let mut services = self.services.lock();
        let Some(service) = services.get_mut(origin) else { return true };
        if service.failures < self.threshold {
            return true;
        }
        let due = now.millis() >= service.retry_at;
        if due {
            // Until that attempt has ended, or was given up, nobody else tries.
            service.retry_at = now.millis().saturating_add(self.recovery_ms);
        }
        due
    }

    pub fn record(&self, origin: &str, works: bool, now: Timestamp) {
        let (mut services, at) = (self.services.lock(), now.millis());
        if works {
            services.remove(origin);
            return;
        }
        if services.len() >= MANY {
            services.retain(|_, service| at - service.seen_at < FORGET_MS);
        }
        let new = Service { failures: 0, retry_at: 0, seen_at: at };
        let service = services.entry(origin.to_owned()).or_insert(new);
        service.failures = service.failures.saturating_add(1);
        service.seen_at = at;
        service.retry_at = at.saturating_add(self.recovery_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_after_failures_in_a_row_and_lets_one_through_later() {
        let breaker = Breaker::new(2, Duration::from_millis(100));
        let at = Timestamp::from_millis;
        breaker.record("a", false, at(0));
        assert!(breaker.admits("a", at(1)));
        breaker.record("a", true, at(1));
        breaker.record("a", false, at(2));
        assert!(breaker.admits("a", at(3)), "the row was broken");
        breaker.record("a", false, at(3));
        assert!(!breaker.admits("a", at(50)) && breaker.admits("b", at(50)));
        assert!(breaker.admits("a", at(103)) && !breaker.admits("a", at(104)), "one attempt");
        breaker.record("a", true, at(110));
        assert!(breaker.admits("a", at(111)));
    }
}
