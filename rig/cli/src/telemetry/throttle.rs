//! So many lines a second for each gear, and some at once; what is left out is counted and told
//! with the next line that gets through. Without a clock: the caller says what time it is.

use std::{collections::HashMap, time::Duration};

#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// A second.
    pub rate: f64,
    pub burst: f64,
}

struct Bucket {
    tokens: f64,
    at: Duration,
    left_out: u64,
}

/// A bucket of tokens for each gear.
pub struct Throttle {
    limit: Limit,
    buckets: HashMap<String, Bucket>,
}

impl Throttle {
    pub fn new(limit: Limit) -> Self {
        Self { limit, buckets: HashMap::new() }
    }
    /// Whether a line of the gear may go out now, and how many before it could not.
    pub fn passes(&mut self, gear: &str, now: Duration) -> Option<u64> {
        // A burst stands on top of what a second gives.
        let most = self.limit.rate.max(1.0) + self.limit.burst;
        if !self.buckets.contains_key(gear) {
            self.buckets.insert(gear.to_owned(), Bucket { tokens: most, at: now, left_out: 0 });
        }
        let bucket = self.buckets.get_mut(gear)?;
        let passed = now.saturating_sub(bucket.at).as_secs_f64();
        bucket.at = now;
        bucket.tokens = (bucket.tokens + passed * self.limit.rate).min(most);
        if bucket.tokens < 1.0 {
            bucket.left_out += 1;
            return None;
        }
        bucket.tokens -= 1.0;
        Some(std::mem::take(&mut bucket.left_out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_loud_gear_does_not_silence_another() {
        let mut throttle = Throttle::new(Limit { rate: 10.0, burst: 5.0 });
        let at = Duration::from_secs;
        let through = (0..100).filter(|_| throttle.passes("loud", at(1)).is_some()).count();
        assert_eq!(through, 15);
        assert_eq!(throttle.passes("calm", at(1)), Some(0));
        assert_eq!(throttle.passes("loud", at(2)), Some(85));
        assert_eq!((0..100).filter(|_| throttle.passes("loud", at(2)).is_some()).count(), 9);
    }
}
