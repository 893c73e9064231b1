//! The inbound limit: 120 payloads in any 60 seconds, heartbeats included (§9). Exact, not
//! bucketed, since one payload too many ends the connection. An idle client holds one or two
//! entries, so the memory is that of what it sent lately.

use std::collections::VecDeque;

pub const LIMIT: usize = 120;
pub const WINDOW_MS: i64 = 60_000;

/// Times of the accepted payloads of the last minute.
#[derive(Debug, Default)]
pub struct Window(VecDeque<i64>);

impl Window {
    /// Counts a payload; `false` when it is one too many.
    pub fn accept(&mut self, now: i64) -> bool {
        while self.0.front().is_some_and(|&at| now - at >= WINDOW_MS) {
            self.0.pop_front();
        }
        if self.0.len() >= LIMIT {
            return false;
        }
        if self.0.len() < 4 && self.0.capacity() > 16 {
            self.0.shrink_to(4);
        }
        self.0.push_back(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_window_slides() {
        let mut window = Window::default();
        assert!((0..120).all(|at| window.accept(at)));
        assert!(!window.accept(59_999));
        assert!(window.accept(60_000));
        assert!(!window.accept(60_000));
    }

    proptest! {
        #[test]
        fn never_more_than_the_limit_in_any_window(steps in prop::collection::vec(0i64..2_000, 1..600)) {
            let (mut window, mut now, mut taken) = (Window::default(), 0, Vec::new());
            for step in steps {
                now += step;
                let before = taken.iter().filter(|&&at| now - at < WINDOW_MS).count();
                prop_assert_eq!(window.accept(now), before < LIMIT);
                if before < LIMIT {
                    taken.push(now);
                }
            }
        }
    }
}
