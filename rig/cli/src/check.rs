//! `fluxrig check`: everything that can be wrong with scenarios, without running them.

use std::{path::PathBuf, process::ExitCode};

use platform_kernel::Environment;
use rig_scenario::Problem;
use serde_json::json;

use crate::{
    Outcome,
    console::{Colour, Console},
    document::{Document, oddities, rehearse},
    registry::registry,
    store::Store,
    values::Values,
};

#[derive(clap::Args)]
pub struct Args {
    /// Files, or name:version of the store
    #[arg(required = true)]
    scenarios: Vec<String>,
    /// The store of specifications [default: ~/.fluxrig/store]
    #[arg(long, value_name = "DIR")]
    store_dir: Option<PathBuf>,
    /// Where `${secret:NAME}` is looked for: `secrets/` in this folder
    #[arg(long, value_name = "DIR", default_value = "./data")]
    state_dir: PathBuf,
}

pub fn run(args: Args, console: &Console, environment: &Environment) -> Outcome {
    let store = Store::open(args.store_dir.as_deref(), environment);
    let values = Values { environment: environment.clone(), secrets: args.state_dir.join("secrets") };
    let registry = registry();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut reports = Vec::new();
    let mut sound = true;
    for reference in &args.scenarios {
        let document = Document::open(reference, &store)?;
        let (problems, odd, about) = match document.scenario(&registry, &values) {
            Err(problems) => (problems, Vec::new(), None),
            Ok(scenario) => {
                let specs = store.specs()?;
                let problems =
                    runtime.block_on(rehearse(&scenario, &registry, &values, specs, &document.base));
                let about = format!(
                    "{} {}: {} gears, {} wires",
                    scenario.name,
                    scenario.version,
                    scenario.gears.len(),
                    scenario.wires.len()
                );
                (problems, oddities(&scenario), Some(about))
            }
        };
        sound &= problems.is_empty();
        if console.json {
            reports.push(json!({
                "file": document.name,
                "ok": problems.is_empty(),
                "problems": problems.iter().map(as_json).collect::<Vec<_>>(),
                "warnings": odd.iter().map(as_json).collect::<Vec<_>>(),
            }));
            continue;
        }
        for problem in &problems {
            console.line(&told(console, &document.name, problem, Colour::Red, "error"))?;
        }
        for problem in &odd {
            console.line(&told(console, &document.name, problem, Colour::Yellow, "warning"))?;
        }
        if problems.is_empty() {
            let about = about.unwrap_or_default();
            console.line(&format!("{}: {} ({about})", document.name, console.paint(Colour::Green, "ok")))?;
        }
    }
    if console.json {
        console.object(&json!({"ok": sound, "scenarios": reports}))?;
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `file:12:5: error: what is wrong (did you mean …?)`, as compilers say it.
pub fn told(console: &Console, file: &str, problem: &Problem, colour: Colour, word: &str) -> String {
    let place =
        if problem.line > 0 { format!(":{}:{}", problem.line, problem.column) } else { String::new() };
    let meant = problem.suggestion.as_ref().map(|meant| format!(" (did you mean `{meant}`?)"));
    format!(
        "{}{place}: {} {}{}",
        file,
        console.paint(colour, format!("{word}:")),
        problem.message,
        meant.unwrap_or_default()
    )
}

fn as_json(problem: &Problem) -> serde_json::Value {
    json!({
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "suggestion": problem.suggestion,
    })
}
