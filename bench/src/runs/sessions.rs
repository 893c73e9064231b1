//! Memory of idle gateway sessions: the growth of the server's resident memory over many sessions, each of
//! another account, first of accounts that share nothing, then of members of one guild.

use std::{sync::Arc, time::Duration};

use anyhow::Result;
use clap::Args;

use crate::{
    process::{Server, need_files},
    session::Ignore,
    stats::{mib, table},
    world::{self, Sessions},
};

#[derive(Args)]
pub struct Options {
    #[arg(long, default_value_t = 10_000)]
    sessions: usize,
    /// Seconds between the last READY and the look at memory.
    #[arg(long, default_value_t = 5)]
    wait: u64,
}

pub async fn run(server: &Server, options: &Options) -> Result<()> {
    need_files(options.sessions as u64 + 200)?;
    for in_guild in [false, true] {
        let running = server.start().await?;
        let (people, guild) = if in_guild {
            let world = world::guild(&running, options.sessions, 4).await?;
            (world.people, Some(world.guild))
        } else {
            (world::people(&running, options.sessions, None).await?, None)
        };
        let before = running.settle().await?;
        let sessions = Sessions::start(running.address, &people, guild.as_deref(), Arc::new(Ignore)).await?;
        tokio::time::sleep(Duration::from_secs(options.wait)).await;
        let after = running.settle().await?;
        tokio::time::sleep(Duration::from_secs(20)).await;
        let later = running.usage()?;
        let grown = after.resident.saturating_sub(before.resident);
        let each = grown as f64 / options.sessions as f64 / 1024.0;
        table(
            if in_guild {
                "Idle sessions, all in one guild"
            } else {
                "Idle sessions, accounts without a guild"
            },
            &[
                ("sessions", &options.sessions),
                ("per session", &format!("{each:.1} KiB")),
                ("resident before", &mib(before.resident)),
                ("resident with the sessions", &mib(after.resident)),
                (
                    "processor to start one",
                    &format!("{:.3} ms", after.cpu_since(&before) * 1000.0 / options.sessions as f64),
                ),
                (
                    "processor while idle (one heartbeat a session in 20 s)",
                    &format!("{:.1} % of a core", later.cores_since(&after) * 100.0),
                ),
            ],
        );
        sessions.stop().await?;
    }
    Ok(())
}
