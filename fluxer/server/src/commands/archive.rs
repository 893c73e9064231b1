//! `fluxer archive`: whole guilds as files, with the server running or not.

use std::{io, process::ExitCode};

use clap::{Args, Subcommand};
use fluxer_domain::archives;
use fluxer_wire::GuildId;
use platform_kernel::Environment;
use serde_json::json;

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
    /// Have an archive of a guild made: its settings, roles, members, channels, messages and
    /// pictures, as a ZIP file that is kept for a year.
    Guild { id: GuildId },
    /// The archives of a guild, the newest first, as JSON. A completed one comes with an address
    /// that gives it to whoever knows it, for a week.
    List { id: GuildId },
}

pub fn run(options: &Options, environment: &Environment) -> anyhow::Result<ExitCode> {
    Instance::run(&options.folder, environment, async |instance| execute(instance, &options.command).await)
}

async fn execute(instance: &Instance, command: &Command) -> anyhow::Result<()> {
    let app = &instance.app;
    match command {
        Command::Guild { id } => {
            let archive = archives::order(app, *id, None).await?;
            let note = match instance.notify(&Notice::Jobs)? {
                true => "the server makes it",
                false => "it is made once the server runs",
            };
            say(io::stdout(), &format!("Archive {archive}: {note}; `fluxer archive list {id}` shows it."));
        }
        Command::List { id } => {
            let mut shown = Vec::new();
            for row in archives::list(app, *id).await? {
                shown.push(json!({
                    "archive_id": row.archive_id,
                    "status": row.status(),
                    "requested_at": row.requested_at,
                    "completed_at": row.completed_at,
                    "expires_at": row.expires_at,
                    "file_size": row.file_size,
                    "progress_percent": row.progress_percent,
                    "progress_step": row.progress_step,
                    "error": row.error_message,
                    "download_url": archives::link(app, &row)?,
                }));
            }
            say(io::stdout(), &serde_json::to_string_pretty(&shown)?);
        }
    }
    Ok(())
}
