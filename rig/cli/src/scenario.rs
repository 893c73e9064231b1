//! `fluxrig scenario`: pictures, the schema for editors, what a change would restart, the store.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, anyhow};
use platform_kernel::Environment;
use rig_scenario::{Gear, Problem, Scenario, slug};
use serde_json::json;

use crate::{
    Outcome,
    check::told,
    console::{Cell, Colour, Console},
    document::Document,
    registry::registry,
    store::{Entry, Kind, New, Store},
};

#[derive(clap::Subcommand)]
pub enum Command {
    /// A picture of a scenario
    Viz {
        /// A file, or name:version of the store
        scenario: String,
        #[arg(long, default_value = "mermaid")]
        format: Format,
        /// Write <name>.mmd and <name>.svg into this folder
        #[arg(short, long, value_name = "DIR")]
        out: Option<PathBuf>,
        #[command(flatten)]
        at: At,
    },
    /// JSON Schema of scenarios, for editors
    Schema,
    /// What would be restarted: a scenario beside the one it replaces
    Diff {
        scenario: String,
        /// What it replaces; without it the latest of that name in the store
        before: Option<String>,
        #[command(flatten)]
        at: At,
    },
    /// Put a scenario into the store
    Import {
        file: PathBuf,
        /// Without it the name in the document
        #[arg(long)]
        name: Option<String>,
        /// Without it the version in the document
        #[arg(long)]
        tag: Option<String>,
        /// Only say what would be done
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        at: At,
    },
    /// What is in the store
    List {
        #[command(flatten)]
        at: At,
    },
    /// Write a scenario of the store into a file (`-`: to standard output)
    Export {
        /// name:version, name (its latest) or hash
        urn: String,
        file: PathBuf,
        #[command(flatten)]
        at: At,
    },
}

#[derive(clap::Args)]
pub struct At {
    /// The store [default: ~/.fluxrig/store]
    #[arg(long, value_name = "DIR")]
    store_dir: Option<PathBuf>,
}

impl At {
    pub fn store(&self, environment: &Environment) -> Store {
        Store::open(self.store_dir.as_deref(), environment)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Mermaid,
    Svg,
}

pub fn run(command: Command, console: &Console, environment: &Environment) -> Outcome {
    match command {
        Command::Viz { scenario, format, out, at } => {
            let scenario = read(&Document::open(&scenario, &at.store(environment))?, console)?;
            let Some(folder) = out else {
                console.document(&picture(&scenario, format))?;
                return Ok(ExitCode::SUCCESS);
            };
            fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
            for (format, ending) in [(Format::Mermaid, "mmd"), (Format::Svg, "svg")] {
                let path = folder.join(format!("{}.{ending}", slug(&scenario.name)));
                fs::write(&path, picture(&scenario, format)).with_context(|| path.display().to_string())?;
                console.line(&path.display().to_string())?;
            }
        }
        Command::Schema => console.object(&rig_scenario::schema(&registry().manifests()))?,
        Command::Diff { scenario, before, at } => {
            let store = at.store(environment);
            let after = read(&Document::open(&scenario, &store)?, console)?;
            let before = match before {
                Some(reference) => Document::open(&reference, &store)?,
                None => Document::open(&slug(&after.name), &store)?,
            };
            let before = read(&before, console)?;
            return difference(&before, &after, console);
        }
        Command::Import { file, name, tag, dry_run, at } => {
            let store = at.store(environment);
            let document = Document::open(&file.display().to_string(), &store)?;
            let scenario = read(&document, console)?;
            let name = name.unwrap_or_else(|| slug(&scenario.name));
            let new = New {
                kind: Kind::Scenario,
                name: &name,
                tag: Some(tag.as_deref().unwrap_or(&scenario.version)),
                title: &scenario.name,
                text: &document.text,
            };
            let entry = if dry_run { store.dry_run(&new)? } else { store.import(&new)? };
            imported(&entry, dry_run, console)?;
        }
        Command::List { at } => list(&at.store(environment).list(Kind::Scenario)?, console)?,
        Command::Export { urn, file, at } => {
            export(&at.store(environment), Kind::Scenario, &urn, &file, console)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn picture(scenario: &Scenario, format: Format) -> String {
    match format {
        Format::Mermaid => rig_scenario::mermaid(scenario),
        Format::Svg => rig_scenario::svg(scenario),
    }
}

fn read(document: &Document, console: &Console) -> anyhow::Result<Scenario> {
    Scenario::parse(&document.text).map_err(|problem: Problem| {
        console.complain(&told(console, &document.name, &problem, Colour::Red, "error"));
        anyhow!("{} is no sound scenario", document.name)
    })
}

/// What an import came to, in the words scripts look for.
pub fn imported(entry: &Entry, dry_run: bool, console: &Console) -> anyhow::Result<()> {
    if console.json {
        return console.object(&serde_json::to_value(entry)?);
    }
    let word = if dry_run { "Would import" } else { "Imported" };
    let (short, hash) = (entry.hash.get(..12).unwrap_or_default(), &entry.hash);
    Ok(console.line(&format!("{word} {}:{}@{short} -> {hash}", entry.name, entry.tag))?)
}

/// A table of documents; the first of a name is its latest.
pub fn list(entries: &[Entry], console: &Console) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    let rows: Vec<_> = entries
        .iter()
        .map(|entry| {
            let latest = seen.insert(entry.name.clone());
            let version = if latest { format!("{} (latest)", entry.tag) } else { entry.tag.clone() };
            let imported = match entry.imported.get(..16) {
                Some(minute) => minute.replace('T', " "),
                None => "unrecorded".to_owned(),
            };
            vec![
                Cell::from(entry.name.clone()).in_colour(Colour::Cyan),
                Cell::shown(version, entry.tag.clone()),
                Cell::shown(imported, entry.imported.clone()),
                Cell::from(entry.size),
                Cell::shown(entry.hash.get(..12).unwrap_or_default(), entry.hash.clone()),
                entry.title.clone().into(),
            ]
        })
        .collect();
    console.table(&["NAME", "VERSION", "IMPORTED", "SIZE", "HASH", "TITLE"], &rows)
}

pub fn export(store: &Store, kind: Kind, urn: &str, file: &Path, console: &Console) -> anyhow::Result<()> {
    let (entry, text) = store.find(kind, urn)?;
    if file == Path::new("-") {
        return Ok(console.document(&text)?);
    }
    fs::write(file, text).with_context(|| file.display().to_string())?;
    Ok(console.line(&format!("{}:{} -> {}", entry.name, entry.tag, file.display()))?)
}

/// What of a gear makes it restart when it changes.
fn substance<'a>(scenario: &'a Scenario, gear: &'a Gear) -> impl PartialEq + 'a {
    let wires: BTreeSet<_> = scenario
        .wires
        .iter()
        .filter(|wire| wire.from.gear == gear.name || wire.to.gear == gear.name)
        .map(|wire| (&wire.from, &wire.to, wire.lane))
        .collect();
    (&gear.gear_type, &gear.config, &gear.deploy, wires)
}

fn difference(before: &Scenario, after: &Scenario, console: &Console) -> Outcome {
    let gears = |scenario: &'_ Scenario| -> BTreeSet<String> {
        scenario.gears.iter().map(|gear| gear.name.clone()).collect()
    };
    let (old, new) = (gears(before), gears(after));
    let mut fates: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for name in old.union(&new) {
        let fate = match (before.gear(name), after.gear(name)) {
            (None, _) => "start",
            (_, None) => "stop",
            (Some(a), Some(b)) if substance(before, a) == substance(after, b) => "keep",
            _ => "restart",
        };
        fates.entry(fate).or_default().push(name.clone());
    }
    let same = fates.keys().all(|fate| *fate == "keep");
    if console.json {
        let of = |fate| fates.get(fate).cloned().unwrap_or_default();
        console.object(&json!({
            "same": same,
            "before": before.version, "after": after.version,
            "start": of("start"), "restart": of("restart"), "stop": of("stop"), "keep": of("keep"),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    console.line(&format!("{} {} → {}", after.name, before.version, after.version))?;
    for (fate, sign, colour) in [
        ("start", "+", Colour::Green),
        ("restart", "~", Colour::Yellow),
        ("stop", "-", Colour::Red),
        ("keep", "=", Colour::Faint),
    ] {
        for name in fates.get(fate).into_iter().flatten() {
            console.line(&console.paint(colour, format!("{sign} {fate:7} {name}")))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
