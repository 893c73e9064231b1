//! `fluxer config`: check it, print what counts, describe what can be set.

use std::{io, process::ExitCode};

use clap::Subcommand;
use platform_kernel::{Environment, config::Value};

use super::{load, say};
use crate::{config::Config, keys::Keys};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the configuration and print the public addresses that follow from it.
    Check,
    /// Print the whole configuration with defaults filled in and secrets hidden.
    Print,
    /// Print the JSON Schema of the configuration file.
    Schema,
}

pub fn run(command: &Command, environment: &Environment) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check => {
            let loaded = load(environment)?;
            let file = loaded.file.as_ref().map_or_else(
                || "no file; defaults and environment".to_owned(),
                |file| file.display().to_string(),
            );
            say(io::stdout(), &format!("The configuration is sound ({file})."));
            let config = loaded.value;
            let settings = crate::config::settings(&config, &Keys::default(), config.services.server.port);
            let endpoints = settings.endpoints;
            for (name, address) in [
                ("api", &endpoints.api),
                ("api_client", &endpoints.api_client),
                ("app", &endpoints.app),
                ("gateway", &endpoints.gateway),
                ("media", &endpoints.media),
                ("static_cdn", &endpoints.static_cdn),
                ("admin", &endpoints.admin),
                ("marketing", &endpoints.marketing),
                ("invite", &endpoints.invite),
                ("gift", &endpoints.gift),
            ] {
                say(io::stdout(), &format!("  {name:<11} {address}"));
            }
        }
        Command::Print => print(&load(environment)?.value.print())?,
        Command::Schema => print(&platform_kernel::config::schema::<Config>("fluxer configuration"))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn print(value: &serde_json::Value) -> anyhow::Result<()> {
    say(io::stdout(), &serde_json::to_string_pretty(value)?);
    Ok(())
}
