//! Pages of 50 messages out of a long channel, at random places and at the end.

use std::time::Instant;

use anyhow::{Result, ensure};
use clap::Args;
use tokio::task::JoinSet;

use crate::{
    http::Client,
    process::{Server, usage},
    stats::{Times, count, mib, ms, table},
    world,
};

#[derive(Args)]
pub struct Options {
    #[arg(long, default_value_t = 1_000_000)]
    messages: usize,
    #[arg(long, default_value_t = 5000)]
    pages: usize,
    /// Callers of the second half; the first half is one caller alone.
    #[arg(long, default_value_t = 16)]
    callers: usize,
}

pub async fn run(server: &Server, options: &Options) -> Result<()> {
    let running = server.start().await?;
    let world = world::guild(&running, options.callers, 1).await?;
    let (channel, reader) = (&world.channels[0], &world.people[0]);
    let mut client = Client::connect(running.address, running.limited).await?;
    let begun = Instant::now();
    let ids = world::seed(&mut client, channel, reader, options.messages).await?;
    println!("({} messages seeded in {:.1} s)", options.messages, begun.elapsed().as_secs_f64());
    running.settle().await?;

    // Places spread over the whole history in an order that jumps about (a step by a large odd number).
    let place = |turn: usize| &ids[50 + turn * 7_368_787 % (ids.len() - 50)];
    let mut alone = Times::default();
    let mut client = Client::connect(running.address, running.limited).await?;
    client.speak_as(reader.number, Some(&reader.token));
    for turn in 0..options.pages * 2 {
        let start = Instant::now();
        page(&mut client, channel, Some(place(turn % options.pages))).await?;
        if turn >= options.pages {
            alone.add(start.elapsed()); // the first round warms up
        }
    }
    let mut newest = Times::default();
    for _ in 0..options.pages {
        let start = Instant::now();
        page(&mut client, channel, None).await?;
        newest.add(start.elapsed());
    }

    let (before, own_before, begun) = (running.usage()?, usage(std::process::id())?, Instant::now());
    let mut callers = JoinSet::new();
    for (number, person) in world.people.iter().enumerate() {
        let mut client = Client::connect(running.address, running.limited).await?;
        client.speak_as(person.number, Some(&person.token));
        let channel = channel.clone();
        let mine: Vec<_> =
            (number..options.pages * 2).step_by(options.callers).map(|turn| place(turn).clone()).collect();
        callers.spawn(async move {
            let mut times = Times::default();
            for before in mine {
                let start = Instant::now();
                page(&mut client, &channel, Some(&before)).await?;
                times.add(start.elapsed());
            }
            anyhow::Ok(times)
        });
    }
    let mut together = Times::default();
    while let Some(result) = callers.join_next().await {
        together.merge(result??);
    }
    let took = begun.elapsed().as_secs_f64();
    let (after, own_after) = (running.usage()?, usage(std::process::id())?);

    let [alone_p50, alone_p99] = alone.at([50.0, 99.0]);
    let [newest_p50, newest_p99] = newest.at([50.0, 99.0]);
    let [p50, p99] = together.at([50.0, 99.0]);
    table(
        "History pages of 50",
        &[
            ("messages in the channel", &count(options.messages as f64)),
            ("anywhere, one caller, p50 / p99", &format!("{} / {}", ms(alone_p50), ms(alone_p99))),
            ("newest, one caller, p50 / p99", &format!("{} / {}", ms(newest_p50), ms(newest_p99))),
            (
                &format!("anywhere, {} callers, p50 / p99", options.callers),
                &format!("{} / {}", ms(p50), ms(p99)),
            ),
            (&format!("pages per second, {} callers", options.callers), &count(together.len() as f64 / took)),
            ("server, processor", &after.text_since(&before)),
            ("load generator, processor", &format!("{:.2} cores", own_after.cores_since(&own_before))),
            ("server, resident", &mib(after.resident)),
        ],
    );
    Ok(())
}

async fn page(client: &mut Client, channel: &str, before: Option<&String>) -> Result<()> {
    let path = match before {
        Some(before) => format!("/channels/{channel}/messages?limit=50&before={before}"),
        None => format!("/channels/{channel}/messages?limit=50"),
    };
    let answer = client.send("GET", &path, b"").await?;
    ensure!(answer.status == 200, "{} {}", answer.status, String::from_utf8_lossy(answer.body));
    ensure!(answer.body.len() > 50 * 100, "a page of {} bytes is no page of 50", answer.body.len());
    Ok(())
}
