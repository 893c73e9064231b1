//! The program `fluxrig`: its command line, its configuration, and what stands around a running
//! rack (logs, metrics, signals, reload).
//!
//! A module is a command, or what several commands share. Exit codes: 0 it worked, 1 it did not,
//! 2 it was asked for wrongly. What a command finds goes to standard output, as a table or with
//! `--json` as JSON; what went wrong goes to standard error.

mod check;
mod completion;
mod config;
mod configuration;
mod console;
mod document;
mod gears;
mod iso8583;
mod registry;
mod run;
mod scenario;
mod spec;
mod store;
mod telemetry;
mod values;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use platform_kernel::Environment;

pub use console::Console;

/// What ends a command, apart from success: the text is for people.
pub type Outcome = anyhow::Result<ExitCode>;

#[derive(Parser)]
#[command(
    name = "fluxrig",
    version,
    about = "Orchestrates messages: racks, gears, scenarios",
    propagate_version = true
)]
#[command(arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    /// JSON instead of tables and sentences
    #[arg(long, global = true)]
    json: bool,
    /// No colours, even on a terminal
    #[arg(long, global = true)]
    no_color: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a scenario on this machine until told to stop
    #[command(visible_alias = "rack")]
    Run(run::Args),
    /// Check scenarios as far as it goes without running them
    Check(check::Args),
    /// Pictures, the schema, differences, and the store of scenarios
    #[command(subcommand)]
    Scenario(scenario::Command),
    /// Specifications of protocols: check, document, and the store of them
    #[command(subcommand)]
    Spec(spec::Command),
    /// What gears there are, and how they are configured
    #[command(subcommand)]
    Gears(gears::Command),
    /// Play terminals and hosts, measure a switch, read a message
    #[command(subcommand)]
    Iso8583(Box<iso8583::Command>),
    /// The configuration as it would be used here, and where each value comes from
    Configuration(configuration::Args),
    /// A script that completes commands in a shell
    Completion(completion::Args),
    /// The version
    Version,
}

/// Runs the command line of the process.
pub fn main(environment: &Environment) -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and the version come this way, too, and are no failure.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let console = Console::new(cli.json, cli.no_color || environment.get("NO_COLOR").is_some());
    let outcome = match cli.command {
        Command::Run(args) => run::run(args, &console, environment),
        Command::Check(args) => check::run(args, &console, environment),
        Command::Scenario(command) => scenario::run(command, &console, environment),
        Command::Spec(command) => spec::run(command, &console, environment),
        Command::Gears(command) => gears::run(command, &console),
        Command::Iso8583(command) => iso8583::run(*command, console.json, environment),
        Command::Configuration(args) => configuration::run(&args, &console, environment),
        Command::Completion(args) => completion::run(&args),
        Command::Version => version(&console),
    };
    outcome.unwrap_or_else(|error| {
        console.error(&error);
        match error.downcast_ref::<console::Usage>() {
            Some(_) => ExitCode::from(2),
            None => ExitCode::FAILURE,
        }
    })
}

fn version(console: &Console) -> Outcome {
    let version = env!("CARGO_PKG_VERSION");
    match console.json {
        true => console.object(&serde_json::json!({"name": "fluxrig", "version": version}))?,
        false => console.line(&format!("fluxrig {version}"))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The command line, for completions.
fn command_line() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::command_line().debug_assert();
    }
}
