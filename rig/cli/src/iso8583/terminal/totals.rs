//! What all terminals count together, and the report of it.

use std::{collections::BTreeMap, io, time::Duration};

use tokio::time::Instant;

use crate::iso8583::{
    latency::Latencies,
    progress::{grouped, row},
};

/// So many complaints are kept in words.
const MAX_COMPLAINTS: usize = 10;

pub struct Totals {
    pub sent: u64,
    pub ok: u64,
    pub cross_wired: u64,
    pub failed: u64,
    pub dropped: u64,
    pub reconnects: u64,
    /// Answers to requests that were given up, or answered before.
    pub late: u64,
    pub by_de39: BTreeMap<String, u64>,
    pub by_de42: BTreeMap<String, u64>,
    pub latency: Latencies,
    pub answered: u64,
    pub first: Option<Instant>,
    pub last: Option<Instant>,
    pub complaints: Vec<String>,
}

impl Default for Totals {
    fn default() -> Self {
        Self {
            sent: 0,
            ok: 0,
            cross_wired: 0,
            failed: 0,
            dropped: 0,
            reconnects: 0,
            late: 0,
            by_de39: BTreeMap::new(),
            by_de42: BTreeMap::new(),
            latency: Latencies::fine(),
            answered: 0,
            first: None,
            last: None,
            complaints: Vec::new(),
        }
    }
}

impl Totals {
    pub fn complain(&mut self, text: impl FnOnce() -> String) {
        if self.complaints.len() < MAX_COMPLAINTS {
            self.complaints.push(text());
        }
    }
    /// An answer that belongs to a request.
    pub fn answer(&mut self, took: Duration, now: Instant) {
        self.answered += 1;
        self.latency.record(took);
        self.last = Some(now);
    }
    pub fn elapsed(&self) -> Duration {
        self.first
            .zip(self.last)
            .map_or(Duration::ZERO, |(first, last)| last.saturating_duration_since(first))
    }
}

/// Counts one more `key`; without a new key where there is one.
pub fn count(map: &mut BTreeMap<String, u64>, key: &str) {
    match map.get_mut(key) {
        Some(count) => *count += 1,
        None => {
            map.insert(key.to_owned(), 1);
        }
    }
}

#[derive(Debug, serde::Serialize)]
pub struct Report {
    pub terminals: u32,
    /// Of each terminal; 0 where a time was given instead.
    pub count: u64,
    /// Requests that were sent, or should have been.
    pub total: u64,
    pub ok: u64,
    pub cross_wired: u64,
    pub failed: u64,
    pub dropped: u64,
    pub reconnects: u64,
    pub late: u64,
    pub by_de39: BTreeMap<String, u64>,
    pub by_de42: BTreeMap<String, u64>,
    pub elapsed_sec: f64,
    pub achieved_tps: f64,
    pub latency_p50_ms: f64,
    pub latency_p90_ms: f64,
    pub latency_p99_ms: f64,
    pub latency_p999_ms: f64,
    pub latency_max_ms: f64,
    /// The first ones, in words.
    pub complaints: Vec<String>,
}

impl Report {
    pub fn of(totals: &Totals, terminals: u32, count: u64) -> Self {
        let elapsed = totals.elapsed().as_secs_f64();
        Self {
            terminals,
            count,
            total: totals.sent.max(totals.ok + totals.failed + totals.dropped),
            ok: totals.ok,
            cross_wired: totals.cross_wired,
            failed: totals.failed,
            dropped: totals.dropped,
            reconnects: totals.reconnects,
            late: totals.late,
            by_de39: totals.by_de39.clone(),
            by_de42: totals.by_de42.clone(),
            elapsed_sec: elapsed,
            achieved_tps: if elapsed > 0.0 { totals.answered as f64 / elapsed } else { 0.0 },
            latency_p50_ms: totals.latency.quantile_ms(0.5),
            latency_p90_ms: totals.latency.quantile_ms(0.9),
            latency_p99_ms: totals.latency.quantile_ms(0.99),
            latency_p999_ms: totals.latency.quantile_ms(0.999),
            latency_max_ms: totals.latency.max_ms(),
            complaints: totals.complaints.clone(),
        }
    }
    /// Whether every answer was the right one. What was dropped with its connection does not count.
    pub const fn is_sound(&self) -> bool {
        self.cross_wired == 0 && self.failed == 0
    }

    pub fn show(&self, out: &mut impl io::Write) -> io::Result<()> {
        row(
            out,
            "transactions",
            format_args!(
                "{} by {} terminals in {:.1} s, {:.1}/s",
                grouped(self.total),
                self.terminals,
                self.elapsed_sec,
                self.achieved_tps
            ),
        )?;
        row(
            out,
            "answers",
            format_args!(
                "{} ok, {} failed, {} cross-wired, {} late",
                grouped(self.ok),
                grouped(self.failed),
                grouped(self.cross_wired),
                grouped(self.late)
            ),
        )?;
        row(
            out,
            "connections",
            format_args!(
                "{} made again, {} requests lost with theirs",
                grouped(self.reconnects),
                grouped(self.dropped)
            ),
        )?;
        row(
            out,
            "latency, ms",
            format_args!(
                "p50 {:.2}  p90 {:.2}  p99 {:.2}  p99.9 {:.2}  max {:.2}",
                self.latency_p50_ms,
                self.latency_p90_ms,
                self.latency_p99_ms,
                self.latency_p999_ms,
                self.latency_max_ms
            ),
        )?;
        for (name, counted) in [("DE 39", &self.by_de39), ("DE 42", &self.by_de42)] {
            if !counted.is_empty() {
                let listed: Vec<_> =
                    counted.iter().map(|(value, count)| format!("{value} {}", grouped(*count))).collect();
                row(out, name, listed.join("  "))?;
            }
        }
        for complaint in &self.complaints {
            row(out, "", complaint)?;
        }
        Ok(())
    }
}
