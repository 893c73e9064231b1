//! `fluxer search`: making indexes anew and looking into them, with the server running or not.

use std::{io, process::ExitCode};

use anyhow::Context;
use clap::{Args, Subcommand};
use fluxer_domain::search::{
    self, Progress,
    whole::{self, Found},
};
use platform_kernel::Environment;
use platform_search::Index;

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
    /// Find guilds, accounts, reports or entries of audit logs by words. What was never asked for is
    /// indexed first.
    Find {
        #[arg(value_parser = whole::ALL.map(|index| index.name))]
        index: String,
        /// Words; the last one may be the beginning of one [default: everything, newest first]
        #[arg(default_value = "")]
        query: String,
        #[arg(long, default_value_t = 25)]
        limit: usize,
        #[arg(long, default_value_t = 0)]
        offset: usize,
    },
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
                let progress = match search::progress(&instance.app, name).await? {
                    Progress::Channels(done, all) => format!("{done} of {all} channels indexed"),
                    Progress::Guilds(done, all) => format!("{done} of {all} guilds indexed"),
                    Progress::Whole(None) => "not asked for yet".to_owned(),
                    Progress::Whole(Some(false)) => "being indexed".to_owned(),
                    Progress::Whole(Some(true)) => "indexed".to_owned(),
                };
                say(io::stdout(), &format!("{name}: {progress}"));
            }
        }
        Command::Find { index, query, limit, offset } => {
            let index = whole::named(index).context("there is no such index")?;
            find(instance, index, query, *offset, *limit).await?;
        }
    }
    Ok(())
}

async fn find(
    instance: &Instance,
    index: &'static Index,
    query: &str,
    offset: usize,
    limit: usize,
) -> anyhow::Result<()> {
    let app = &instance.app;
    let running = instance.data.server().is_some();
    if whole::state(app, index).await? != Some(true) {
        if running {
            // its folder belongs to the server
            whole::order(app, index).await?;
            instance.notify(&Notice::Jobs)?;
            say(io::stdout(), "The server indexes it now; ask again in a moment.");
            return Ok(());
        }
        whole::fill(app, index).await?;
    }
    match whole::find(app, index, query, offset, limit).await? {
        Found::Indexing => say(io::stdout(), "It is not indexed; it will be when the server runs."),
        Found::Hits { hits, total } => {
            for hit in &hits {
                say(io::stdout(), &format!("{}  {}", hit.id, hit.about));
            }
            say(io::stdout(), &format!("{} of {total}", hits.len()));
        }
    }
    Ok(())
}
