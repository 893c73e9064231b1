//! Resident memory of a server that nobody talks to: fresh, and after a working day's worth of requests.

use std::time::Duration;

use anyhow::Result;
use clap::Args;

use crate::{
    process::Server,
    stats::{mib, table},
    world,
};

#[derive(Args)]
pub struct Options {
    /// Seconds to wait before looking.
    #[arg(long, default_value_t = 5)]
    wait: u64,
    /// Accounts that register and join before the second look.
    #[arg(long, default_value_t = 1000)]
    people: usize,
}

pub async fn run(server: &Server, options: &Options) -> Result<()> {
    let running = server.start().await?;
    tokio::time::sleep(Duration::from_secs(options.wait)).await;
    let fresh = running.settle().await?;
    world::guild(&running, options.people, 4).await?;
    tokio::time::sleep(Duration::from_secs(options.wait)).await;
    let used = running.settle().await?;
    let resting = running.usage()?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let cores = running.usage()?.cores_since(&resting);
    table(
        "Idle server, everything embedded",
        &[
            ("resident, fresh", &mib(fresh.resident)),
            (
                &format!("resident, after {} people registered and joined", options.people),
                &mib(used.resident),
            ),
            ("processor when idle", &format!("{:.2} % of a core", cores * 100.0)),
        ],
    );
    Ok(())
}
