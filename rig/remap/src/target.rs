//! What a program works on: the parts of a message that it reads, and a list of what it changed.

use std::fmt;

use vrl::{
    compiler::{SecretTarget, Target},
    path::{OwnedTargetPath, PathPrefix},
    value::Value as Vrl,
};

use crate::plan::{has_dots, split_names};

/// One place a program wrote to, or took something from.
pub struct Change {
    pub target: OwnedTargetPath,
    /// Objects left empty on the way go, too.
    pub compact: bool,
}

/// The message as its program sees it.
pub struct Event {
    pub data: Vrl,
    pub meta: Vrl,
    pub changes: Vec<Change>,
}

impl Event {
    pub fn new(data: Vrl, meta: Vrl) -> Self {
        Self { data, meta, changes: Vec::new() }
    }
    fn part(&self, prefix: PathPrefix) -> &Vrl {
        match prefix {
            PathPrefix::Event => &self.data,
            PathPrefix::Metadata => &self.meta,
        }
    }
    fn part_mut(&mut self, prefix: PathPrefix) -> &mut Vrl {
        match prefix {
            PathPrefix::Event => &mut self.data,
            PathPrefix::Metadata => &mut self.meta,
        }
    }
    fn changed(&mut self, target: &OwnedTargetPath, compact: bool) -> OwnedTargetPath {
        let target = match has_dots(target) {
            true => OwnedTargetPath::metadata(split_names(&target.path)),
            false => target.clone(),
        };
        let again = |change: &Change| change.target == target && change.compact == compact;
        if !self.changes.iter().any(again) {
            self.changes.push(Change { target: target.clone(), compact });
        }
        target
    }
}

/// Nothing of the contents.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event").field("changes", &self.changes.len()).finish_non_exhaustive()
    }
}

impl Target for Event {
    fn target_insert(&mut self, target: &OwnedTargetPath, value: Vrl) -> Result<(), String> {
        let target = self.changed(target, false);
        self.part_mut(target.prefix).insert(&target.path, value);
        Ok(())
    }
    fn target_get(&self, target: &OwnedTargetPath) -> Result<Option<&Vrl>, String> {
        let part = self.part(target.prefix);
        Ok(match has_dots(target) {
            true => part.get(&split_names(&target.path)),
            false => part.get(&target.path),
        })
    }
    fn target_get_mut(&mut self, target: &OwnedTargetPath) -> Result<Option<&mut Vrl>, String> {
        let target = self.changed(target, false);
        Ok(self.part_mut(target.prefix).get_mut(&target.path))
    }
    fn target_remove(&mut self, target: &OwnedTargetPath, compact: bool) -> Result<Option<Vrl>, String> {
        let target = self.changed(target, compact);
        Ok(self.part_mut(target.prefix).remove(&target.path, compact))
    }
}

/// A message has no secrets.
impl SecretTarget for Event {
    fn get_secret(&self, _key: &str) -> Option<&str> {
        None
    }
    fn insert_secret(&mut self, _key: &str, _value: &str) {}
    fn remove_secret(&mut self, _key: &str) {}
}
