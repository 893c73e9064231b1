//! How long answers took: counted in microseconds up to a minute, told in milliseconds.

use std::time::Duration;

use hdrhistogram::Histogram;

/// Longer counts as this.
const LONGEST_US: u64 = 60_000_000;

#[derive(Clone, Debug)]
pub struct Latencies(Histogram<u32>);

impl Latencies {
    /// To one part in a thousand.
    pub fn fine() -> Self {
        Self::with(3)
    }
    /// To one part in a hundred, in a tenth of the memory.
    pub fn coarse() -> Self {
        Self::with(2)
    }
    fn with(digits: u8) -> Self {
        // Bounds and digits are constants that the library takes; the other arm cannot come.
        let made = Histogram::new_with_bounds(1, LONGEST_US, digits);
        Self(made.unwrap_or_else(|_| unreachable!("constant bounds")))
    }
    pub fn record(&mut self, took: Duration) {
        self.0.saturating_record(u64::try_from(took.as_micros()).unwrap_or(LONGEST_US).clamp(1, LONGEST_US));
    }
    pub fn count(&self) -> u64 {
        self.0.len()
    }
    /// Milliseconds within which `quantile` (0 to 1) of the answers came; 0 if there were none.
    pub fn quantile_ms(&self, quantile: f64) -> f64 {
        if self.0.is_empty() {
            return 0.0;
        }
        ms(self.0.value_at_quantile(quantile).min(self.0.max()))
    }
    pub fn min_ms(&self) -> f64 {
        if self.0.is_empty() { 0.0 } else { ms(self.0.min()) }
    }
    pub fn max_ms(&self) -> f64 {
        if self.0.is_empty() { 0.0 } else { ms(self.0.max()) }
    }
    pub fn clear(&mut self) {
        self.0.reset();
    }
}

fn ms(us: u64) -> f64 {
    us as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_in_milliseconds() {
        let mut latencies = Latencies::fine();
        assert_eq!(latencies.quantile_ms(0.5), 0.0);
        for us in 1..=1000 {
            latencies.record(Duration::from_micros(us * 10));
        }
        latencies.record(Duration::from_secs(300));
        assert!((latencies.quantile_ms(0.5) - 5.0).abs() < 0.02);
        assert!((latencies.min_ms() - 0.01).abs() < 0.001);
        assert!((latencies.max_ms() - 60_000.0).abs() < 100.0);
        assert_eq!(latencies.count(), 1001);
    }
}
