//! `fluxrig completion`.

use std::{io, process::ExitCode};

use clap_complete::Shell;

use crate::Outcome;

#[derive(clap::Args)]
pub struct Args {
    /// For bash: `source <(fluxrig completion bash)`
    shell: Shell,
}

pub fn run(args: &Args) -> Outcome {
    clap_complete::generate(args.shell, &mut crate::command_line(), "fluxrig", &mut io::stdout());
    Ok(ExitCode::SUCCESS)
}
