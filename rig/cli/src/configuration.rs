//! `fluxrig configuration`: what a rack started here would be configured as, and why.

use std::{path::PathBuf, process::ExitCode};

use platform_kernel::Environment;

use crate::{
    Outcome,
    config::Config,
    console::{Cell, Colour, Console},
};

#[derive(clap::Args)]
pub struct Args {
    /// Configuration [default: fluxrig.toml, where there is one]
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Unknown keys are errors
    #[arg(long)]
    strict_config: bool,
}

pub fn run(args: &Args, console: &Console, environment: &Environment) -> Outcome {
    let config = Config::load(args.config.as_deref(), environment, Vec::new(), args.strict_config)?;
    for warning in &config.warnings {
        console.warn(warning);
    }
    let rows: Vec<_> = config
        .all()
        .map(|[key, value, from, about]| {
            vec![Cell::from(key).in_colour(Colour::Cyan), value.into(), from.into(), about.into()]
        })
        .collect();
    console.table(&["KEY", "VALUE", "FROM", "ABOUT"], &rows)?;
    Ok(ExitCode::SUCCESS)
}
