//! `fluxrig`: runs racks, and has the tools around them. See `rig_cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    rig_cli::main(&platform_kernel::Environment::process())
}
