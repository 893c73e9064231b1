//! Percentiles and tables.

use std::{fmt::Display, time::Duration};

/// Durations, kept whole: a run holds at most some millions of them.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<u32>);

impl Times {
    pub fn add(&mut self, time: Duration) {
        self.0.push(u32::try_from(time.as_nanos() / 100).unwrap_or(u32::MAX)); // in 100 ns, up to 7 minutes
    }
    pub fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// The values at these percentiles, in the same order.
    pub fn at<const N: usize>(&self, percentiles: [f64; N]) -> [Duration; N] {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        percentiles.map(|p| {
            let rank = (p / 100.0 * sorted.len() as f64).ceil() as usize;
            let value = sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0);
            Duration::from_nanos(u64::from(value) * 100)
        })
    }
}

/// `1.23 ms`.
pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// `12.3 MB` (of 1,048,576 bytes).
pub fn mib(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / 1_048_576.0)
}

/// `12,345`.
pub fn count(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Prints what a run found, as a Markdown table.
pub fn table(title: &str, rows: &[(&str, &dyn Display)]) {
    println!("\n### {title}\n");
    println!("| what | measured |");
    println!("|---|---|");
    for (what, value) in rows {
        println!("| {what} | {value} |");
    }
    println!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_rank() {
        let mut times = Times::default();
        for millis in (1..=100).rev() {
            times.add(Duration::from_millis(millis));
        }
        assert_eq!(times.at([50.0, 99.0, 100.0]), [50, 99, 100].map(Duration::from_millis), "nearest rank");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([count(999.0), count(1000.0), count(1_234_567.0)], ["999", "1,000", "1,234,567"]);
    }
}
