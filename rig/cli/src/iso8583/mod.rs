//! `fluxrig iso8583`: plays the other ends of a switch – terminals, scheme hosts, an echo, a load –
//! and reads messages.
//!
//! Every mode runs on one thread of its own with one task a connection, so that it takes as little
//! as it can from what is measured beside it. What they print shows nothing sensitive.

mod connection;
mod decode;
mod echo;
mod host;
mod latency;
mod load;
mod options;
mod pace;
mod progress;
mod terminal;
#[cfg(test)]
mod tests;

use std::{process::ExitCode, thread, time::Duration};

use anyhow::{Context as _, anyhow};
use platform_kernel::{Environment, Shutdown, shutdown::Trigger};

use self::options::Specs;
use crate::store::Store;

#[derive(Debug, clap::Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one of them")]
pub enum Command {
    /// Send network management messages at a rate and measure the answers
    Load(load::Args),
    /// Send back every message as it came
    Echo(echo::Args),
    /// Play terminals: send requests, check every answer against its request
    Terminal(terminal::Args),
    /// Play a scheme host: answer every request
    Host(host::Args),
    /// Show what a message says
    Decode(decode::Args),
}

/// Runs one mode until it is done or the program is interrupted. With `json` the report goes to the
/// standard output as JSON.
pub fn run(command: Command, json: bool, environment: &Environment) -> anyhow::Result<ExitCode> {
    let specs = Specs(Store::open(None, environment));
    let work = move || -> anyhow::Result<ExitCode> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let (trigger, stop) = Shutdown::new();
            tokio::spawn(interrupted(trigger));
            dispatch(command, json, &specs, stop).await
        })
    };
    // A thread of its own: the caller may be inside a runtime already.
    let thread = thread::Builder::new().name("iso8583".into()).spawn(work).context("no thread")?;
    thread.join().map_err(|_| anyhow!("it panicked"))?
}

async fn dispatch(command: Command, json: bool, specs: &Specs, stop: Shutdown) -> anyhow::Result<ExitCode> {
    match command {
        Command::Load(args) => load::run(args, json, stop).await,
        Command::Echo(args) => echo::run(args, json, stop).await,
        Command::Terminal(args) => terminal::run(args, json, specs, stop).await,
        Command::Host(args) => host::run(args, json, specs, stop).await,
        Command::Decode(args) => decode::run(&args, json, specs),
    }
}

/// The first interrupt ends the work in order; a second one is left to the system.
async fn interrupted(trigger: Trigger) {
    let ended = async {
        #[cfg(unix)]
        if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => return,
                _ = terminate.recv() => return,
            }
        }
        let _ = tokio::signal::ctrl_c().await;
    };
    ended.await;
    trigger.request(Duration::from_secs(10));
    // The trigger is kept meanwhile: losing it would be a request of its own.
    if tokio::signal::ctrl_c().await.is_ok() {
        #[allow(clippy::exit, reason = "asked twice")]
        std::process::exit(130);
    }
}
