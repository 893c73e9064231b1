//! `fluxrig spec`: specifications checked, documented, and kept in the store.

mod doc;
mod html;
mod markdown;
mod source;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, anyhow};
use platform_kernel::Environment;
use rig_iso8583::{Problems, REFERENCE, Resolver, Spec, SpecStore};
use serde_json::json;

use crate::{
    Outcome,
    console::{Colour, Console, Usage},
    scenario::{At, export, imported, list},
    store::{Kind, New, Store},
};

#[derive(clap::Subcommand)]
pub enum Command {
    /// Check specifications; every problem is told
    Check {
        #[arg(required = true)]
        files: Vec<String>,
        #[command(flatten)]
        at: At,
    },
    /// Check a specification and put it into the store
    Import {
        file: PathBuf,
        /// Without it the `id` in the document
        #[arg(long)]
        name: Option<String>,
        /// Without it the version in the document
        #[arg(long)]
        tag: Option<String>,
        #[command(flatten)]
        at: At,
    },
    /// What is in the store
    List {
        #[command(flatten)]
        at: At,
    },
    /// The versions of one specification
    History {
        name: String,
        #[command(flatten)]
        at: At,
    },
    /// Write a specification of the store into a file (`-`: to standard output)
    Export {
        /// name:version, name (its latest) or hash
        urn: String,
        file: PathBuf,
        #[command(flatten)]
        at: At,
    },
    /// The protocol reference of a specification
    Doc {
        /// A file, or name:version of the store
        file: String,
        #[arg(long, default_value = "markdown")]
        format: doc::Format,
        /// public leaves out what the specification calls private
        #[arg(long, default_value = "public")]
        scope: doc::Scope,
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Heading of the page
        #[arg(long)]
        title: Option<String>,
        #[command(flatten)]
        at: At,
    },
}

pub fn run(command: Command, console: &Console, environment: &Environment) -> Outcome {
    match command {
        Command::Check { files, at } => return check(&files, &at.store(environment), console),
        Command::Import { file, name, tag, at } => {
            let store = at.store(environment);
            let (text, spec) = read(&file.display().to_string(), &store, console)?;
            let name = name.unwrap_or_else(|| spec.id.clone());
            let tag = tag.unwrap_or_else(|| spec.version.clone());
            let new = New { kind: Kind::Spec, name: &name, tag: Some(&tag), title: &spec.title, text: &text };
            imported(&store.import(&new)?, false, console)?;
        }
        Command::List { at } => list(&at.store(environment).list(Kind::Spec)?, console)?,
        Command::History { name, at } => {
            let store = at.store(environment);
            let entries: Vec<_> =
                store.list(Kind::Spec)?.into_iter().filter(|entry| entry.name == name).collect();
            if entries.is_empty() {
                store.find(Kind::Spec, &name)?;
            }
            list(&entries, console)?;
        }
        Command::Export { urn, file, at } => {
            export(&at.store(environment), Kind::Spec, &urn, &file, console)?;
        }
        Command::Doc { file, format, scope, out, title, at } => {
            let (text, spec) = read(&file, &at.store(environment), console)?;
            let page = doc::render(&spec, &text, format, scope, title.as_deref());
            match out {
                None => console.document(&page)?,
                Some(path) => {
                    fs::write(&path, page).with_context(|| path.display().to_string())?;
                    console.line(&path.display().to_string())?;
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Looks beside the file, then in the store.
struct Beside {
    folder: PathBuf,
    specs: SpecStore,
}

impl Resolver for Beside {
    fn resolve(&self, reference: &str) -> Result<String, String> {
        if let Some(text) = self.specs.get(reference) {
            return Ok(text.to_owned());
        }
        if reference.starts_with('/') || reference.split(['/', '\\']).any(|part| part == "..") {
            return Err("a reference stays in the specification's own folder".into());
        }
        fs::read_to_string(self.folder.join(reference)).map_err(|error| error.to_string())
    }
}

/// The text behind a file name or a reference, and what it says.
fn open(reference: &str, store: &Store) -> anyhow::Result<(String, Result<Spec, Problems>)> {
    let path = Path::new(reference);
    match fs::read_to_string(path) {
        Ok(text) => {
            let folder = path.parent().map(Path::to_owned).unwrap_or_default();
            let loaded = Spec::load(&text, &Beside { folder, specs: store.specs()? });
            Ok((text, loaded))
        }
        Err(_) if reference == "iso8583-v87-ascii" => {
            Ok((REFERENCE.to_owned(), Spec::load(REFERENCE, &store.specs()?)))
        }
        Err(error) if reference.contains(['/', '.']) && !reference.contains(':') => {
            Err(Usage::error(format!("{reference}: {error}")))
        }
        Err(_) => {
            let (_, text) = store.find(Kind::Spec, reference)?;
            let loaded = Spec::load(&text, &store.specs()?);
            Ok((text, loaded))
        }
    }
}

fn read(reference: &str, store: &Store, console: &Console) -> anyhow::Result<(String, Spec)> {
    let (text, loaded) = open(reference, store)?;
    let spec = loaded.map_err(|problems| {
        for line in told(reference, &problems, console) {
            console.complain(&line);
        }
        anyhow!("{reference} is no sound specification")
    })?;
    Ok((text, spec))
}

fn told(file: &str, problems: &Problems, console: &Console) -> Vec<String> {
    let word = console.paint(Colour::Red, "error:");
    let one = |problem: &rig_iso8583::Problem| match problem.line {
        0 => format!("{file}: {word} {}", problem.message),
        line => format!("{file}:{line}: {word} {}", problem.message),
    };
    problems.0.iter().map(one).collect()
}

fn check(files: &[String], store: &Store, console: &Console) -> Outcome {
    let (mut sound, mut reports) = (true, Vec::new());
    for file in files {
        let (_, loaded) = open(file, store)?;
        sound &= loaded.is_ok();
        if console.json {
            let problems = loaded.as_ref().err().map(|problems| problems.0.clone()).unwrap_or_default();
            let problems: Vec<_> = problems
                .iter()
                .map(|problem| json!({"line": problem.line, "message": problem.message}))
                .collect();
            reports.push(json!({"file": file, "ok": loaded.is_ok(), "problems": problems}));
            continue;
        }
        match loaded {
            Ok(spec) => {
                let ok = console.paint(Colour::Green, "ok");
                let elements = spec.wire().elements().count();
                console.line(&format!(
                    "{file}: {ok} ({} {}, {elements} elements, hash {})",
                    spec.id,
                    spec.version,
                    spec.short_hash()
                ))?;
            }
            Err(problems) => {
                for line in told(file, &problems, console) {
                    console.line(&line)?;
                }
            }
        }
    }
    if console.json {
        console.object(&json!({"ok": sound, "specs": reports}))?;
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
