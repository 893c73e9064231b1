//! Durable message creates: callers that each send one message after another over a connection of their own,
//! closed loop. The server answers when the message is on disk (`synchronous=FULL`).

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use clap::Args;
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    http::Client,
    process::{Server, usage},
    stats::{Times, count, ms, table},
    world,
};

#[derive(Args)]
pub struct Options {
    #[arg(long, default_value_t = 64)]
    callers: usize,
    /// Channels the callers are spread over.
    #[arg(long, default_value_t = 16)]
    channels: usize,
    /// Measured seconds, after two of warming up.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Length of a message in bytes.
    #[arg(long, default_value_t = 60)]
    length: usize,
}

pub async fn run(server: &Server, options: &Options) -> Result<()> {
    let running = server.start().await?;
    let world = world::guild(&running, options.callers, options.channels).await?;
    let body = serde_json::to_vec(&json!({"content": "x".repeat(options.length)}))?;
    let begun = Instant::now() + Duration::from_secs(2);
    let end = begun + Duration::from_secs(options.seconds);

    let mut callers = JoinSet::new();
    for (number, person) in world.people.iter().enumerate() {
        let mut client = Client::connect(running.address, running.limited).await?;
        client.speak_as(person.number, Some(&person.token));
        let path = format!("/channels/{}/messages", world.channels[number % options.channels]);
        let body = body.clone();
        callers.spawn(async move {
            let (mut times, mut sent) = (Times::default(), 0u64);
            loop {
                let start = Instant::now();
                if start >= end {
                    return anyhow::Ok((times, sent));
                }
                let answer = client.send("POST", &path, &body).await?;
                ensure!(answer.status == 200, "{} {}", answer.status, String::from_utf8_lossy(answer.body));
                let done = Instant::now();
                sent += 1;
                if start >= begun && done < end {
                    times.add(done - start);
                }
            }
        });
    }
    tokio::time::sleep_until(begun.into()).await;
    let (before, own_before) = (running.usage()?, usage(std::process::id())?);
    tokio::time::sleep_until(end.into()).await;
    let (after, own_after) = (running.usage()?, usage(std::process::id())?);

    let (mut times, mut sent) = (Times::default(), 0);
    while let Some(result) = callers.join_next().await {
        let (theirs, number) = result??;
        times.merge(theirs);
        sent += number;
    }
    let rate = times.len() as f64 / options.seconds as f64;
    let [p50, p99, p999] = times.at([50.0, 99.0, 99.9]);
    table(
        "Durable message creates",
        &[
            ("creates per second", &count(rate)),
            ("p50 / p99 / p99.9", &format!("{} / {} / {}", ms(p50), ms(p99), ms(p999))),
            ("callers, channels", &format!("{}, {}", options.callers, options.channels)),
            ("server, processor", &after.text_since(&before)),
            (
                "server, processor per message",
                &format!("{:.0} µs", after.cpu_since(&before) * 1e6 / times.len().max(1) as f64),
            ),
            ("load generator, processor", &format!("{:.2} cores", own_after.cores_since(&own_before))),
            ("sent in all, none refused", &count(sent as f64)),
        ],
    );
    Ok(())
}
