//! Start-up: from the start of the process to its first healthy answer, on a fresh folder (database and keys
//! are made) and on an existing database that holds a guild and some history.

use anyhow::Result;
use clap::Args;

use crate::{
    http::Client,
    process::{Server, remove},
    stats::{Times, ms, table},
    world,
};

#[derive(Args)]
pub struct Options {
    /// Starts of each kind.
    #[arg(long, default_value_t = 10)]
    starts: usize,
    /// Messages in the existing database.
    #[arg(long, default_value_t = 100_000)]
    messages: usize,
}

pub async fn run(server: &Server, options: &Options) -> Result<()> {
    let mut fresh = Times::default();
    for _ in 0..options.starts {
        fresh.add(server.start().await?.started_in);
    }

    let running = server.start().await?;
    let world = world::guild(&running, 100, 1).await?;
    let mut client = Client::connect(running.address, false).await?;
    world::seed(&mut client, &world.channels[0], &world.people[0], options.messages).await?;
    drop(client);
    let (mut folder, mut stopped) = running.stop().await?;
    let (mut existing, mut stops) = (Times::default(), Times::default());
    for _ in 0..options.starts {
        stops.add(stopped);
        let running = server.start_in(folder).await?;
        existing.add(running.started_in);
        (folder, stopped) = running.stop().await?;
    }
    if !server.keep {
        remove(&folder);
    }

    let [fresh_median, fresh_worst] = fresh.at([50.0, 100.0]);
    let [median, worst] = existing.at([50.0, 100.0]);
    let [stop, _] = stops.at([50.0, 100.0]);
    table(
        "Start to the first healthy answer",
        &[
            ("existing database, median", &ms(median)),
            ("existing database, worst", &ms(worst)),
            ("fresh folder, median", &ms(fresh_median)),
            ("fresh folder, worst", &ms(fresh_worst)),
            ("SIGTERM to gone, median", &ms(stop)),
            ("starts of each kind", &options.starts),
            ("messages in the database", &options.messages),
        ],
    );
    Ok(())
}
