//! `fluxer`: the command line of the chat platform. See `commands` for what it can do.

mod build_info;
mod commands;
mod config;
mod data;
mod edge;
mod front;
mod health;
mod keys;
mod limits;
mod listener;
mod notices;
mod objects;
mod platform;
mod roles;
mod telemetry;

use std::process::ExitCode;

use platform_kernel::Environment;

fn main() -> ExitCode {
    commands::run(&Environment::process())
}
