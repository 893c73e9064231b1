//! `fluxrig gears`: what gear types there are, and their pages in the documentation.

mod page;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use rig_scenario::Manifest;

use crate::{
    Outcome,
    console::{Cell, Colour, Console, Usage},
    registry::registry,
};

#[derive(clap::Subcommand)]
pub enum Command {
    /// The types there are
    List,
    /// A type's page: ports, configuration
    Doc {
        /// The type; without it all
        gear: Option<String>,
        /// All types
        #[arg(long, conflicts_with = "gear")]
        all: bool,
        /// Write a file for each type into this folder, and an index
        #[arg(long, value_name = "DIR")]
        write: Option<PathBuf>,
    },
    /// What a type says of itself, as JSON
    Manifest {
        /// The type; without it all
        gear: Option<String>,
    },
}

pub fn run(command: Command, console: &Console) -> Outcome {
    match command {
        Command::List => list(console)?,
        Command::Doc { gear, all: _, write } => {
            let manifests = chosen(gear.as_deref())?;
            match write {
                Some(folder) => write_pages(&folder, &manifests, console)?,
                None => {
                    let pages: Vec<_> = manifests.iter().map(page::page).collect();
                    console.document(&pages.join("\n"))?;
                }
            }
        }
        Command::Manifest { gear } => {
            let manifests = chosen(gear.as_deref())?;
            let value = match (gear, &manifests[..]) {
                (Some(_), [only]) => serde_json::to_value(only)?,
                (_, all) => serde_json::to_value(all)?,
            };
            console.object(&value)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(console: &Console) -> anyhow::Result<()> {
    let rows: Vec<_> = registry()
        .manifests()
        .into_iter()
        .map(|manifest| {
            vec![
                Cell::from(manifest.gear_type.clone()).in_colour(Colour::Cyan),
                page::word(&manifest.category).into(),
                page::word(&manifest.status).into(),
                manifest.summary.into(),
            ]
        })
        .collect();
    console.table(&["TYPE", "CATEGORY", "STATUS", "SUMMARY"], &rows)
}

/// The manifest of one type, or all.
fn chosen(gear: Option<&str>) -> anyhow::Result<Vec<Manifest>> {
    let all = registry().manifests();
    let Some(name) = gear else { return Ok(all) };
    if let Some(found) = all.iter().find(|manifest| manifest.gear_type == name) {
        return Ok(vec![found.clone()]);
    }
    let names: Vec<_> = all.iter().map(|manifest| &*manifest.gear_type).collect();
    let meant = names
        .iter()
        .map(|known| (strsim::damerau_levenshtein(name, known), *known))
        .min()
        .filter(|(distance, _)| *distance <= 3)
        .map(|(_, known)| format!(" (did you mean `{known}`?)"))
        .unwrap_or_default();
    Err(Usage::error(format!("there is no gear type `{name}`; there are {}{meant}", names.join(", "))))
}

fn write_pages(folder: &Path, manifests: &[Manifest], console: &Console) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for (name, text) in files(manifests) {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| path.display().to_string())?;
        console.line(&path.display().to_string())?;
    }
    Ok(())
}

/// File names and texts of the pages.
fn files(manifests: &[Manifest]) -> Vec<(String, String)> {
    let mut files: Vec<_> =
        manifests.iter().map(|manifest| (format!("{}.md", manifest.doc), page::page(manifest))).collect();
    files.push(("README.md".into(), page::index(manifests)));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `fluxrig gears doc --all --write docs/rig/gears` after a change of a manifest.
    #[test]
    fn the_pages_are_current() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rig/gears");
        let files = files(&registry().manifests());
        for (name, text) in &files {
            let written = fs::read_to_string(folder.join(name)).unwrap_or_default();
            assert!(written == *text, "docs/rig/gears/{name} is not what `fluxrig gears doc` writes");
        }
        assert_eq!(fs::read_dir(folder).unwrap().count(), files.len(), "a page of a gear that is gone");
    }

    #[test]
    fn a_mistyped_name_is_guessed() {
        let error = chosen(Some("conducter")).unwrap_err().to_string();
        assert!(error.ends_with("(did you mean `conductor`?)"), "{error}");
        assert_eq!(chosen(Some("log")).unwrap().len(), 1);
    }
}
