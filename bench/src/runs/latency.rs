//! From sending a message to receiving it over the gateway, at a fixed rate.
//!
//! Open loop: every message has a time at which it is due, and its latency counts from then, so that a stall
//! of the server is not hidden by callers that wait for it. Every receiver sees every message.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, bail, ensure};
use clap::Args;
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    http::{Client, find},
    process::{Server, usage},
    session::Sink,
    stats::{Times, count, ms, table},
    world::{self, Sessions},
};

#[derive(Args)]
pub struct Options {
    /// Messages per second.
    #[arg(long, default_value_t = 1000)]
    rate: u64,
    #[arg(long, default_value_t = 64)]
    callers: usize,
    /// Sessions that receive every message.
    #[arg(long, default_value_t = 10)]
    receivers: usize,
    #[arg(long, default_value_t = 20)]
    seconds: u64,
}

/// Marks a message of this run; digits follow: when it was due, in µs since the run's beginning.
const MARK: &[u8] = b"due ";

/// Takes the due time out of every marked message.
struct Received {
    origin: Instant,
    times: Mutex<Times>,
    number: AtomicU64,
}

impl Sink for Received {
    fn dispatch(&self, frame: &[u8]) {
        let Some(at) = find(frame, MARK) else { return };
        let digits = frame[at + MARK.len()..].iter().take_while(|byte| byte.is_ascii_digit());
        let due = digits.fold(0u64, |sum, digit| sum * 10 + u64::from(digit - b'0'));
        let late = self.origin.elapsed().saturating_sub(Duration::from_micros(due));
        self.times.lock().unwrap_or_else(PoisonError::into_inner).add(late);
        self.number.fetch_add(1, Ordering::Relaxed);
    }
}

pub async fn run(server: &Server, options: &Options) -> Result<()> {
    let running = server.start().await?;
    let world = world::guild(&running, options.callers + options.receivers, 16).await?;
    let (senders, receivers) = world.people.split_at(options.callers);
    let origin = Instant::now();
    let received = Arc::new(Received { origin, times: Mutex::default(), number: AtomicU64::new(0) });
    let sessions = Sessions::start(running.address, receivers, Some(&world.guild), received.clone()).await?;
    running.settle().await?;

    // The first second's worth is sent and thrown away.
    let start = origin.elapsed() + Duration::from_millis(500);
    let step = Duration::from_secs(1) / u32::try_from(options.rate)?;
    let each = options.rate * (options.seconds + 1) / options.callers as u64;
    let mut callers = JoinSet::new();
    for (number, person) in senders.iter().enumerate() {
        let mut client = Client::connect(running.address, running.limited).await?;
        client.speak_as(person.number, Some(&person.token));
        let path = format!("/channels/{}/messages", world.channels[number % 16]);
        let callers_in_all = options.callers;
        callers.spawn(async move {
            let mut answers = Times::default();
            for turn in 0..each {
                let due = start + step * u32::try_from(turn * callers_in_all as u64 + number as u64)?;
                tokio::time::sleep_until((origin + due).into()).await;
                let content = format!("due {} and some words as people write them", due.as_micros());
                let answer =
                    client.send("POST", &path, &serde_json::to_vec(&json!({"content": content}))?).await?;
                ensure!(answer.status == 200, "{} {}", answer.status, String::from_utf8_lossy(answer.body));
                answers.add((origin.elapsed()).saturating_sub(due));
            }
            anyhow::Ok(answers)
        });
    }
    tokio::time::sleep_until((origin + start + Duration::from_secs(1)).into()).await;
    *received.times.lock().unwrap_or_else(PoisonError::into_inner) = Times::default();
    let (before, own_before) = (running.usage()?, usage(std::process::id())?);
    let mut answers = Times::default();
    while let Some(result) = callers.join_next().await {
        answers.merge(result??);
    }
    let (after, own_after) = (running.usage()?, usage(std::process::id())?);

    let expected = each * options.callers as u64 * options.receivers as u64;
    let waited = Instant::now();
    while received.number.load(Ordering::Relaxed) < expected {
        if waited.elapsed() > Duration::from_secs(10) {
            sessions.stop().await?; // says why, if a session was closed
            bail!("{} of {expected} deliveries arrived", received.number.load(Ordering::Relaxed));
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    sessions.stop().await?;
    let times = std::mem::take(&mut *received.times.lock().unwrap_or_else(PoisonError::into_inner));
    let [p50, p99, p999, worst] = times.at([50.0, 99.0, 99.9, 100.0]);
    let [answered, answered_late] = answers.at([50.0, 99.0]);
    table(
        "Sending to receiving over the gateway",
        &[
            ("messages per second", &options.rate),
            ("received, p50 / p99", &format!("{} / {}", ms(p50), ms(p99))),
            ("received, p99.9 / worst", &format!("{} / {}", ms(p999), ms(worst))),
            ("answered to the sender, p50 / p99", &format!("{} / {}", ms(answered), ms(answered_late))),
            ("receivers of every message", &options.receivers),
            ("deliveries, none lost", &count(expected as f64)),
            ("server, processor", &after.text_since(&before)),
            ("load generator, processor", &format!("{:.2} cores", own_after.cores_since(&own_before))),
        ],
    );
    Ok(())
}
