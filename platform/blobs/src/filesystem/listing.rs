//! Listings: a walk through the folders in the order of the keys, by names alone; only what
//! is listed is opened.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Filesystem, absent, file};
use crate::{
    Entry, Error,
    key::{self, Name},
};

/// Which keys are wanted.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub prefix: String,
    /// Keys with the same text from the prefix to the next delimiter are one group.
    pub delimiter: Option<String>,
    /// Only keys and groups after this one.
    pub after: Option<String>,
    pub limit: usize,
}

/// A part of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub objects: Vec<Entry>,
    /// The groups, each with its delimiter.
    pub groups: Vec<String>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<String>,
}

struct Child {
    key: Vec<u8>,
    path: PathBuf,
    folder: bool,
}

pub(super) struct Walk<'a> {
    pub engine: &'a Filesystem,
    pub query: &'a Query,
    pub page: Page,
    last: Option<String>,
}

impl<'a> Walk<'a> {
    pub fn through(engine: &'a Filesystem, bucket: &Path, query: &'a Query) -> Result<Page, Error> {
        let mut walk = Self { engine, query, page: Page::default(), last: None };
        if query.limit > 0 {
            walk.folder(bucket, b"")?;
        }
        Ok(walk.page)
    }

    /// Whether the walk goes on.
    fn folder(&mut self, folder: &Path, above: &[u8]) -> Result<bool, Error> {
        let mut children = Vec::new();
        self.gather(folder, above, &mut children)?;
        children.sort_by(|a, b| a.key.cmp(&b.key));
        for child in children {
            let Ok(key) = String::from_utf8(child.key) else { continue };
            let group = self.group(&key);
            let goes_on = match group {
                Some(group)
                    if self.last.as_ref() == Some(&group) || self.query.after.as_ref() == Some(&group) =>
                {
                    true
                }
                Some(group) => match child.folder {
                    // A folder that a delete is about to tidy away holds nothing.
                    true if !self.any(&child.path)? => true,
                    _ => self.emit(group, None),
                },
                None if child.folder => self.folder(&child.path, key.as_bytes())?,
                None => match self.engine.entry(&child.path, &key)? {
                    Some(entry) => self.emit(key, Some(entry)),
                    None => true,
                },
            };
            if !goes_on {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The group that `key`, or everything below the folder `key`, belongs to.
    fn group(&self, key: &str) -> Option<String> {
        let delimiter = self.query.delimiter.as_deref().filter(|delimiter| !delimiter.is_empty())?;
        let start = self.query.prefix.len();
        let at = key.get(start..)?.find(delimiter)?;
        Some(key[..start + at + delimiter.len()].to_owned())
    }

    fn emit(&mut self, name: String, entry: Option<Entry>) -> bool {
        if self.page.objects.len() + self.page.groups.len() >= self.query.limit {
            self.page.next = self.last.take();
            return false;
        }
        match entry {
            Some(entry) => self.page.objects.push(entry),
            None => self.page.groups.push(name.clone()),
        }
        self.last = Some(name);
        true
    }

    /// What is in the folder and wanted. Where a name goes on in a folder of its own, that
    /// one's content belongs here: by its keys it may stand between other names.
    fn gather(&self, folder: &Path, above: &[u8], into: &mut Vec<Child>) -> Result<(), Error> {
        let (prefix, after) = (self.query.prefix.as_bytes(), self.query.after.as_deref().map(str::as_bytes));
        let entries = match fs::read_dir(self.engine.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) if absent(&error) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        for entry in entries {
            let name = entry?.file_name();
            let Some(name) = name.to_str() else { continue };
            let (more, is_folder, leaf) = match key::name(name) {
                Some(Name::Object(more)) => (more, false, true),
                Some(Name::Folder(mut more)) => {
                    more.push(b'/');
                    (more, true, false)
                }
                Some(Name::Longer(more)) => (more, false, false),
                None => continue,
            };
            let key = [above, &more].concat();
            let wanted = if leaf {
                key.starts_with(prefix) && after.is_none_or(|after| &key[..] > after)
            } else {
                // Everything below starts with `key`.
                (key.starts_with(prefix) || prefix.starts_with(&key))
                    && after.is_none_or(|after| &key[..] > after || after.starts_with(&key))
            };
            if !wanted {
                continue;
            }
            let path = folder.join(name);
            if leaf || is_folder {
                into.push(Child { key, path, folder: is_folder });
            } else {
                self.gather(&path, &key, into)?;
            }
        }
        Ok(())
    }

    fn any(&self, folder: &Path) -> Result<bool, Error> {
        let entries = match fs::read_dir(self.engine.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) if absent(&error) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        for entry in entries {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type().is_ok_and(|kind| kind.is_file()) || self.any(&path)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Filesystem {
    fn entry(&self, path: &Path, key: &str) -> Result<Option<Entry>, Error> {
        let opened = file::open(&self.root.join(path))?;
        let now = self.clock.now();
        Ok(opened
            .filter(|found| !found.header.has_expired(now))
            .map(|found| found.header.entry(key.to_owned())))
    }
}
