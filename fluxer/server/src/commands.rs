//! The commands of the binary, one file each. Parses the command line and says how a command
//! ended: 0 done, 1 failed, 2 not understood.

mod archive;
mod config;
mod doctor;
mod instance;
mod jobs;
mod mail;
mod search;
mod serve;
mod user;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use platform_kernel::{Environment, config::Loaded};

use crate::{build_info::Build, config::Config};

/// A self-hosted chat platform in one program.
///
/// Without any configuration `fluxer serve` runs a whole instance on port 8080 with its data
/// in ./data. FLUXER_CONFIG may name a configuration file; FLUXER_CONFIG__SECTION__KEY sets
/// one value (see `fluxer config schema`).
#[derive(Debug, Parser)]
#[command(name = "fluxer")]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server.
    Serve(serve::Options),
    /// Check, print or describe the configuration.
    #[command(subcommand)]
    Config(config::Command),
    /// Examine the machine and the installation, and say how to mend what is wrong.
    Doctor(Folder),
    /// Preview the letters of the instance, or try whether they leave.
    Mail(mail::Options),
    /// Make search indexes anew, and see how far that is.
    Search(search::Options),
    /// Look at background jobs, and deal with those that failed, with the server running or not.
    Jobs(jobs::Options),
    /// Make archives of guilds, and find them.
    Archive(archive::Options),
    /// Manage accounts, with the server running or not.
    User(user::Options),
}

/// Where the data is.
#[derive(Clone, Debug, Args)]
struct Folder {
    /// Folder that holds everything the instance keeps [default: $FLUXER_DATA, else ./data]
    #[arg(long, value_name = "FOLDER", global = true)]
    data: Option<PathBuf>,
}

impl Folder {
    fn path(&self, environment: &Environment) -> PathBuf {
        let chosen = self.data.clone().or_else(|| environment.get("FLUXER_DATA").map(PathBuf::from));
        chosen.unwrap_or_else(|| PathBuf::from("data"))
    }
}

/// Runs what the command line asks for.
pub fn run(environment: &Environment) -> ExitCode {
    let build = Build::read(environment);
    let version: &'static str = format!("{} ({})", build.version(), build.channel).leak();
    let matches = Line::command().version(version).get_matches();
    let line = match Line::from_arg_matches(&matches) {
        Ok(line) => line,
        Err(error) => error.exit(),
    };
    let done = match line.command {
        Command::Serve(options) => serve::run(options, environment, &build),
        Command::Config(command) => config::run(&command, environment),
        Command::Doctor(folder) => doctor::run(&folder, environment),
        Command::Mail(options) => mail::run(&options, environment),
        Command::Search(options) => search::run(&options, environment),
        Command::Jobs(options) => jobs::run(&options, environment),
        Command::Archive(options) => archive::run(&options, environment),
        Command::User(options) => user::run(&options, environment),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            say(io::stderr(), &format!("fluxer: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// The checked configuration; its warnings go to standard error.
fn load(environment: &Environment) -> anyhow::Result<Loaded<Config>> {
    let loaded = crate::config::load(environment)?;
    for warning in &loaded.warnings {
        say(io::stderr(), &format!("warning: {warning}"));
    }
    Ok(loaded)
}

/// Writes a line for a person. Whether anybody still reads it does not matter.
fn say(mut to: impl Write, line: &str) {
    let _ = writeln!(to, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Line::command().debug_assert();
    }

    #[test]
    fn the_data_folder_is_chosen_in_order() {
        let environment = Environment::from_iter([("FLUXER_DATA", "/env")]);
        let folder = |data: Option<&str>| Folder { data: data.map(PathBuf::from) };
        assert_eq!(folder(Some("/flag")).path(&environment), PathBuf::from("/flag"));
        assert_eq!(folder(None).path(&environment), PathBuf::from("/env"));
        assert_eq!(folder(None).path(&Environment::default()), PathBuf::from("data"));
    }
}
