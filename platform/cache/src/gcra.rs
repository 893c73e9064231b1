//! The generic cell rate algorithm: `limit` requests at once after idling, then one each
//! `window / limit`. Pure arithmetic; the caller keeps the state and brings the time.
//!
//! Times are counted in ticks of `1 / limit` milliseconds, in which the interval between
//! requests is exactly `window_ms` ticks: nothing is rounded, and the limit-th request is
//! never refused by an error in the last bit.

use platform_kernel::Timestamp;

/// A rule: `limit` requests in `window_ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gcra {
    limit: u32,
    window_ms: u64,
}

/// A bucket's state: when it will be empty again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// The theoretical arrival time in ticks of `1 / limit` ms.
    tat: i128,
    limit: u32,
}

/// What to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub allowed: bool,
    pub limit: u32,
    /// Requests that would be allowed right after this one.
    pub remaining: u32,
    /// When the bucket is empty again (for a refused request: if it had counted).
    pub reset_at: Timestamp,
    /// How long until a request is allowed; 0 if this one was.
    pub retry_after_ms: u64,
}

impl Gcra {
    /// A limit of 0 refuses everything; a window of 0 allows everything else.
    pub const fn new(limit: u32, window_ms: u64) -> Self {
        Self { limit, window_ms }
    }

    /// Decides on a request at `now`, with the state to keep (a refused request does not
    /// change it). `None` is a bucket never used, or empty.
    pub fn check(self, state: Option<State>, now: Timestamp) -> (Decision, Option<State>) {
        let limit = i128::from(self.limit);
        let interval = i128::from(self.window_ms);
        if limit == 0 {
            let reset_at = now.plus_millis(clamp(interval));
            let retry_after_ms = self.window_ms.max(1);
            let refused = Decision { allowed: false, limit: 0, remaining: 0, reset_at, retry_after_ms };
            return (refused, state);
        }
        let now_ticks = i128::from(now.millis()) * limit;
        let tat = state.map_or(now_ticks, |state| state.in_ticks_of(self.limit).max(now_ticks));
        let next = tat + interval;
        let window = interval * limit;
        // now ≥ next − window
        let early = next - window - now_ticks;
        let allowed = early <= 0;
        // floor(limit − (next − now) / interval)
        let used = if interval == 0 { 0 } else { ceil(next - now_ticks, interval) };
        let remaining = if allowed { u32::try_from(limit - used).unwrap_or(0) } else { 0 };
        let decision = Decision {
            allowed,
            limit: self.limit,
            remaining,
            reset_at: Timestamp::from_millis(clamp(ceil(next, limit))),
            retry_after_ms: u64::try_from(ceil(early.max(0), limit)).unwrap_or(u64::MAX),
        };
        let kept = if allowed { Some(State { tat: next, limit: self.limit }) } else { state };
        (decision, kept)
    }
}

impl State {
    /// From here on the state says nothing and need not be kept.
    pub fn empty_at(self) -> Timestamp {
        Timestamp::from_millis(clamp(ceil(self.tat, i128::from(self.limit))))
    }

    /// A bucket whose rule changed keeps the moment at which it will be empty.
    fn in_ticks_of(self, limit: u32) -> i128 {
        if self.limit == limit {
            self.tat
        } else {
            ceil(self.tat * i128::from(limit), i128::from(self.limit))
        }
    }
}

/// Division rounded up; `by` is positive.
fn ceil(value: i128, by: i128) -> i128 {
    -(-value).div_euclid(by)
}

fn clamp(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millis(ms)
    }

    #[test]
    fn a_burst_then_one_each_interval() {
        let rule = Gcra::new(5, 10_000);
        let mut state = None;
        for request in 0..5 {
            let (decision, next) = rule.check(state, at(0));
            assert!(decision.allowed);
            assert_eq!(decision.remaining, 4 - request);
            assert_eq!(decision.reset_at, at(2000 * (i64::from(request) + 1)));
            state = next;
        }
        let (refused, same) = rule.check(state, at(500));
        assert_eq!((refused.allowed, refused.remaining, refused.retry_after_ms), (false, 0, 1500));
        assert_eq!(same, state);
        let (decision, _) = rule.check(state, at(2000));
        assert_eq!((decision.allowed, decision.remaining), (true, 0));
    }

    #[test]
    fn a_changed_rule_keeps_the_moment_of_emptiness() {
        let (_, state) = Gcra::new(2, 10_000).check(None, at(0));
        let (decision, _) = Gcra::new(10, 10_000).check(state, at(0));
        assert_eq!(decision.reset_at, at(6000));
        assert_eq!(decision.remaining, 4);
    }

    #[test]
    fn degenerate_rules() {
        assert!(!Gcra::new(0, 1000).check(None, at(0)).0.allowed);
        let (decision, state) = Gcra::new(1, 0).check(None, at(0));
        assert!(decision.allowed && Gcra::new(1, 0).check(state, at(0)).0.allowed);
    }

    proptest! {
        /// Whatever the times of the requests: no window of time sees more than the burst
        /// plus what refilled, and `retry_after` is the earliest moment that is allowed.
        #[test]
        fn never_more_than_the_rule(
            limit in 1u32..40,
            window in 1u64..20_000,
            gaps in prop::collection::vec(0i64..3_000, 1..120),
        ) {
            let rule = Gcra::new(limit, window);
            let (mut now, mut state) = (1_700_000_000_000i64, None);
            let mut allowed: Vec<i64> = Vec::new();
            for gap in gaps {
                now += gap;
                let (decision, next) = rule.check(state, at(now));
                if decision.allowed {
                    allowed.push(now);
                    prop_assert_eq!(decision.retry_after_ms, 0);
                } else {
                    prop_assert_eq!(decision.remaining, 0);
                    prop_assert_eq!(next, state);
                    let retry = now + i64::try_from(decision.retry_after_ms).unwrap();
                    prop_assert!(retry > now);
                    prop_assert!(rule.check(state, at(retry)).0.allowed);
                    prop_assert!(!rule.check(state, at(retry - 1)).0.allowed);
                }
                state = next;
            }
            for (first, from) in allowed.iter().enumerate() {
                for (last, to) in allowed.iter().enumerate().skip(first) {
                    let count = (last - first + 1) as i128;
                    let refilled = i128::from(to - from) * i128::from(limit) / i128::from(window);
                    prop_assert!(count <= i128::from(limit) + refilled);
                }
            }
        }

        /// `remaining` requests at the same moment are allowed, and no more.
        #[test]
        fn remaining_is_true(
            limit in 1u32..40,
            window in 1u64..20_000,
            gaps in prop::collection::vec(0i64..2_000, 0..60),
        ) {
            let rule = Gcra::new(limit, window);
            let (mut now, mut state) = (0i64, None);
            let mut remaining = limit;
            for gap in gaps {
                now += gap;
                let (decision, next) = rule.check(state, at(now));
                state = next;
                remaining = decision.remaining;
            }
            for _ in 0..remaining {
                if state.is_some() {
                    let (decision, next) = rule.check(state, at(now));
                    prop_assert!(decision.allowed);
                    state = next;
                }
            }
            if state.is_some() {
                prop_assert!(!rule.check(state, at(now)).0.allowed);
            }
        }
    }
}
