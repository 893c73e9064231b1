//! Stops asking a destination that does not answer, and tries it again after a while.

use std::time::Duration;

/// When a destination is given up, for how long, and how it comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Timeouts in a row.
    pub trip_after: u32,
    pub cooldown: Duration,
    /// Requests let through to try it; all have to be answered.
    pub half_open_probes: u32,
}

/// As metrics show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Closed = 0,
    HalfOpen = 1,
    Open = 2,
}

#[derive(Clone, Copy, Debug)]
enum Inner {
    Closed { failures: u32 },
    Open { until: Duration },
    HalfOpen { sent: u32, answered: u32 },
}

#[derive(Clone, Debug)]
pub struct Breaker {
    rules: Rules,
    inner: Inner,
}

impl Breaker {
    pub fn new(rules: Rules) -> Self {
        Self { rules, inner: Inner::Closed { failures: 0 } }
    }

    pub fn state(&self) -> State {
        match self.inner {
            Inner::Closed { .. } => State::Closed,
            Inner::HalfOpen { .. } => State::HalfOpen,
            Inner::Open { .. } => State::Open,
        }
    }

    /// Whether a request may go there now.
    pub fn lets_through(&self, now: Duration) -> bool {
        match self.inner {
            Inner::Closed { .. } => true,
            Inner::Open { until } => now >= until,
            Inner::HalfOpen { sent, .. } => sent < self.rules.half_open_probes,
        }
    }

    /// A request goes there.
    pub fn sent(&mut self, now: Duration) {
        match &mut self.inner {
            Inner::Closed { .. } => {}
            Inner::Open { until } if now >= *until => self.inner = Inner::HalfOpen { sent: 1, answered: 0 },
            Inner::Open { .. } => {}
            Inner::HalfOpen { sent, .. } => *sent += 1,
        }
    }

    /// A request that was counted by [`sent`](Self::sent) did not go after all.
    pub fn unsent(&mut self) {
        if let Inner::HalfOpen { sent, .. } = &mut self.inner {
            *sent = sent.saturating_sub(1);
        }
    }

    pub fn answered(&mut self) {
        match &mut self.inner {
            Inner::Closed { failures } => *failures = 0,
            // A late answer of before: the cool-down is kept.
            Inner::Open { .. } => {}
            Inner::HalfOpen { answered, .. } => {
                *answered += 1;
                if *answered >= self.rules.half_open_probes {
                    self.inner = Inner::Closed { failures: 0 };
                }
            }
        }
    }

    pub fn timed_out(&mut self, now: Duration) {
        let open = Inner::Open { until: now + self.rules.cooldown };
        match &mut self.inner {
            Inner::Closed { failures } => {
                *failures += 1;
                if *failures >= self.rules.trip_after {
                    self.inner = open;
                }
            }
            Inner::Open { .. } => {}
            Inner::HalfOpen { .. } => self.inner = open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn it_trips_cools_down_and_comes_back() {
        let mut breaker = Breaker::new(Rules { trip_after: 2, cooldown: at(10), half_open_probes: 2 });
        breaker.timed_out(at(0));
        breaker.answered();
        breaker.timed_out(at(1));
        assert_eq!(breaker.state(), State::Closed, "not in a row");
        breaker.timed_out(at(2));
        assert_eq!(breaker.state(), State::Open);
        assert!(!breaker.lets_through(at(11)));
        assert!(breaker.lets_through(at(12)));
        breaker.sent(at(12));
        assert_eq!(breaker.state(), State::HalfOpen);
        breaker.sent(at(12));
        assert!(!breaker.lets_through(at(12)), "two probes and no more");
        breaker.answered();
        assert_eq!(breaker.state(), State::HalfOpen);
        breaker.answered();
        assert_eq!(breaker.state(), State::Closed);
    }

    #[test]
    fn a_failed_probe_opens_it_again() {
        let mut breaker = Breaker::new(Rules { trip_after: 1, cooldown: at(10), half_open_probes: 3 });
        breaker.timed_out(at(0));
        breaker.sent(at(10));
        breaker.timed_out(at(12));
        assert_eq!(breaker.state(), State::Open);
        assert!(!breaker.lets_through(at(21)));
        assert!(breaker.lets_through(at(22)));
    }

    #[test]
    fn a_probe_that_was_not_sent_is_not_counted() {
        let mut breaker = Breaker::new(Rules { trip_after: 1, cooldown: at(10), half_open_probes: 1 });
        breaker.timed_out(at(0));
        breaker.sent(at(10));
        assert!(!breaker.lets_through(at(10)));
        breaker.unsent();
        assert!(breaker.lets_through(at(10)));
    }
}
