//! The local store of documents, by content: `blobs/<sha256>` and an index of names with tags.
//!
//! Tags are semantic versions. Writing is atomic (a file beside, then a rename) and guarded by a
//! lock, so that two imports at once both end up in the index; a text is never overwritten.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use platform_kernel::{Clock, Environment};
use rig_iso8583::SpecStore;
use semver::Version;
use serde::{Deserialize, Serialize};

use crate::{config::at_home, console::Usage};

/// Where it is unless it is said otherwise.
pub const DEFAULT: &str = "~/.fluxrig/store";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Spec,
    Scenario,
}

/// One version of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub kind: Kind,
    pub name: String,
    /// Without a leading `v`.
    pub tag: String,
    pub hash: String,
    /// ISO 8601.
    #[serde(default)]
    pub imported: String,
    pub size: u64,
    #[serde(default)]
    pub title: String,
}

impl Entry {
    fn version(&self) -> Option<Version> {
        Version::parse(&self.tag).ok()
    }
}

#[derive(Default, Serialize, Deserialize)]
struct Index {
    entries: Vec<Entry>,
}

/// A folder.
pub struct Store(PathBuf);

/// What is to be stored.
pub struct New<'a> {
    pub kind: Kind,
    pub name: &'a str,
    /// None: the next minor version after the latest.
    pub tag: Option<&'a str>,
    pub title: &'a str,
    pub text: &'a str,
}

impl Store {
    pub fn open(folder: Option<&Path>, environment: &Environment) -> Self {
        Self(folder.map_or_else(|| at_home(DEFAULT, environment), Path::to_owned))
    }

    fn index(&self) -> anyhow::Result<Index> {
        let path = self.0.join("index.json");
        match fs::read(&path) {
            Ok(text) => {
                serde_json::from_slice(&text).with_context(|| format!("{} cannot be read", path.display()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Index::default()),
            Err(error) => Err(error).with_context(|| path.display().to_string()),
        }
    }

    /// Files a text. The same text under the same tag again changes nothing; another text under a
    /// tag that is there is refused.
    pub fn import(&self, new: &New<'_>) -> anyhow::Result<Entry> {
        let blobs = self.0.join("blobs");
        fs::create_dir_all(&blobs).with_context(|| blobs.display().to_string())?;
        let lock = File::create(self.0.join("lock"))?;
        lock.lock()?;
        let mut index = self.index()?;
        let entry = prepared(&index.entries, new)?;
        if let Some(same) = index.entries.iter().find(|other| is_same(other, &entry)) {
            if same.hash == entry.hash {
                return Ok(same.clone());
            }
            bail!("{}:{} is there already with another content; give it a new tag", entry.name, entry.tag);
        }
        let blob = blobs.join(&entry.hash);
        if !blob.exists() {
            written(&blob, new.text.as_bytes())?;
        }
        index.entries.push(entry.clone());
        written(&self.0.join("index.json"), &serde_json::to_vec_pretty(&index)?)?;
        Ok(entry)
    }

    /// What an import would make, without doing it.
    pub fn dry_run(&self, new: &New<'_>) -> anyhow::Result<Entry> {
        prepared(&self.index()?.entries, new)
    }

    /// All documents of a kind, by name, newest version first.
    pub fn list(&self, kind: Kind) -> anyhow::Result<Vec<Entry>> {
        let mut entries: Vec<_> =
            self.index()?.entries.into_iter().filter(|entry| entry.kind == kind).collect();
        entries.sort_by(|a, b| (&a.name, b.version()).cmp(&(&b.name, a.version())));
        Ok(entries)
    }

    /// The document behind `name:tag`, `name` (its latest), a hash or twelve and more of its characters.
    pub fn find(&self, kind: Kind, reference: &str) -> anyhow::Result<(Entry, String)> {
        let entries = self.list(kind)?;
        let (name, tag) = reference.split_once(':').unwrap_or((reference, "latest"));
        let tag = tag.trim_start_matches('v');
        let hexadecimal = reference.len() >= 12 && reference.bytes().all(|byte| byte.is_ascii_hexdigit());
        let found = entries
            .iter()
            .find(|entry| entry.name == name && (tag == "latest" || entry.tag == tag))
            .or_else(|| entries.iter().find(|entry| hexadecimal && entry.hash.starts_with(reference)));
        let Some(entry) = found else {
            let names: Vec<_> = entries.iter().map(|entry| format!("{}:{}", entry.name, entry.tag)).collect();
            let there = if names.is_empty() {
                "it is empty".to_owned()
            } else {
                format!("it has {}", names.join(", "))
            };
            return Err(Usage::error(format!(
                "the store {} has no `{reference}`; {there}",
                self.0.display()
            )));
        };
        let path = self.0.join("blobs").join(&entry.hash);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        if rig_iso8583::hash(&text) != entry.hash {
            bail!("{} was changed: its content is not what its name says", path.display());
        }
        Ok((entry.clone(), text))
    }

    /// All specifications, for the gears of a rack.
    pub fn specs(&self) -> anyhow::Result<SpecStore> {
        let mut specs = SpecStore::default();
        // The latest comes last, so that it is what the bare name means.
        for entry in self.list(Kind::Spec)?.iter().rev() {
            let (_, text) = self.find(Kind::Spec, &format!("{}:{}", entry.name, entry.tag))?;
            specs.put(&entry.name, &format!("v{}", entry.tag), text.clone());
            specs.put(&entry.name, &entry.tag, text);
        }
        Ok(specs)
    }
}

fn is_same(a: &Entry, b: &Entry) -> bool {
    (a.kind, &a.name, &a.tag) == (b.kind, &b.name, &b.tag)
}

fn prepared(entries: &[Entry], new: &New<'_>) -> anyhow::Result<Entry> {
    if !rig_scenario::is_name(new.name) {
        return Err(Usage::error(format!(
            "`{}` cannot be a name: lower-case letters, digits, `-` and `_` only; give one with --name",
            new.name
        )));
    }
    let tag = match new.tag {
        Some(tag) => Version::parse(tag.trim_start_matches('v')).map_err(|_| {
            Usage::error(format!("`{tag}` is no version: write three numbers, for example 1.0.0"))
        })?,
        None => next(entries, new),
    };
    Ok(Entry {
        kind: new.kind,
        name: new.name.to_owned(),
        tag: tag.to_string(),
        hash: rig_iso8583::hash(new.text),
        imported: Clock::system().now().to_string(),
        size: new.text.len() as u64,
        title: new.title.to_owned(),
    })
}

fn next(entries: &[Entry], new: &New<'_>) -> Version {
    let latest = entries
        .iter()
        .filter(|entry| entry.kind == new.kind && entry.name == new.name)
        .filter_map(Entry::version)
        .max();
    latest.map_or(Version::new(1, 0, 0), |latest| Version::new(latest.major, latest.minor + 1, 0))
}

/// Writes a file beside, and puts it in its place when it is whole.
fn written(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let beside = path.with_extension("new");
    fs::write(&beside, content).with_context(|| beside.display().to_string())?;
    File::open(&beside)?.sync_all()?;
    fs::rename(&beside, path).with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(name: &str) -> Store {
        let folder = std::env::temp_dir().join(format!("rig-store-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Store(folder)
    }

    fn new<'a>(name: &'a str, tag: Option<&'a str>, text: &'a str) -> New<'a> {
        New { kind: Kind::Spec, name, tag, title: "A title", text }
    }

    #[test]
    fn documents_by_name_tag_and_hash() {
        let store = store("names");
        let first = store.import(&new("host", Some("v1.2.0"), "one")).unwrap();
        assert_eq!((&*first.tag, first.size), ("1.2.0", 3));
        assert_eq!(store.import(&new("host", Some("1.2.0"), "one")).unwrap(), first);
        assert!(store.import(&new("host", Some("1.2.0"), "two")).is_err());
        let second = store.import(&new("host", None, "two")).unwrap();
        assert_eq!(second.tag, "1.3.0");
        store.import(&new("host", Some("1.10.0"), "ten")).unwrap();
        let of = |reference: &str| store.find(Kind::Spec, reference).map(|found| found.1).ok();
        assert_eq!(of("host").as_deref(), Some("ten"));
        assert_eq!(of("host:v1.3.0").as_deref(), Some("two"));
        assert_eq!(of(&first.hash[..12]).as_deref(), Some("one"));
        assert_eq!(of("nowhere"), None);
        assert!(store.find(Kind::Scenario, "host").is_err());
        let tags: Vec<_> = store.list(Kind::Spec).unwrap().into_iter().map(|entry| entry.tag).collect();
        assert_eq!(tags, ["1.10.0", "1.3.0", "1.2.0"]);
        assert_eq!(store.specs().unwrap().get("host"), Some("ten"));
        fs::remove_dir_all(&store.0).unwrap();
    }

    #[test]
    fn bad_names_tags_and_tampering() {
        let store = store("bad");
        assert!(store.import(&new("A b", None, "x")).is_err());
        assert!(store.import(&new("a", Some("1.0"), "x")).is_err());
        let entry = store.import(&new("a", None, "x")).unwrap();
        fs::write(store.0.join("blobs").join(entry.hash), "y").unwrap();
        assert!(store.find(Kind::Spec, "a").unwrap_err().to_string().contains("was changed"));
        fs::remove_dir_all(&store.0).unwrap();
    }
}
