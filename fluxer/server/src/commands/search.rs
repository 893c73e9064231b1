//! `fluxer search`: making indexes anew, with the server running or not.

use std::{io, process::ExitCode};

use clap::{Args, Subcommand};
use fluxer_domain::search;
use platform_kernel::Environment;

use super::{Folder, instance::Instance, say};
use crate::notices::Notice;

#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    folder: Folder,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Empty the indexes and fill them again from the database. The server goes on serving; what
    /// is not indexed again yet says so when it is searched.
    Rebuild {
        /// Only this index [default: all of them]
        #[arg(long, value_parser = search::names())]
        index: Option<String>,
    },
    /// Tell how much of what is searched is indexed.
    Status,
}

pub fn run(options: &Options, environment: &Environment) -> anyhow::Result<ExitCode> {
    Instance::run(&options.folder, environment, async |instance| execute(instance, &options.command).await)
}

async fn execute(instance: &Instance, command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Rebuild { index } => {
            let names = match index {
                Some(name) => vec![name.clone()],
                None => search::names().map(str::to_owned).to_vec(),
            };
            if instance.notify(&Notice::Rebuild { rebuild: names.clone() })? {
                say(io::stdout(), "The server makes it anew; `fluxer search status` tells how far it is.");
                return Ok(());
            }
            for name in names {
                let places = search::rebuild(&instance.app, &name).await?;
                say(io::stdout(), &format!("{name}: {places} to be indexed when the server runs"));
            }
        }
        Command::Status => {
            for name in search::names() {
                let (done, all) = search::progress(&instance.app, name).await?;
                say(io::stdout(), &format!("{name}: {done} of {all} {} indexed", places(name)));
            }
        }
    }
    Ok(())
}

fn places(index: &str) -> &'static str {
    if index == search::GUILD_MEMBERS.name { "guilds" } else { "channels" }
}
