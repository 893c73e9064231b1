//! Objects that go by themselves: a folder of notes, named by the moment they are due, each
//! naming one object. A note is durable before its object is. The object's own header has
//! the last word: it may have been put again without an end.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use platform_kernel::Timestamp;

use super::{Filesystem, file, multipart, names, sync_folder};
use crate::{Condition, Error};

pub(super) const FOLDER: &str = ".expiring";

/// What [`Filesystem::sweep`] removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub objects: u64,
    pub uploads: u64,
    pub temporary: u64,
}

impl Filesystem {
    pub(super) fn note_expiry(&self, at: Timestamp, path: &Path) -> Result<(), Error> {
        let folder = self.root.join(FOLDER);
        let note = folder.join(format!("{:016x}-{}", at.millis().max(0), self.unique()));
        let write = || {
            let mut file = fs::File::create_new(&note)?;
            file.write_all(path.as_os_str().as_encoded_bytes())?;
            file.sync_all()?;
            sync_folder(&folder)
        };
        Ok(write().inspect_err(|_| drop(fs::remove_file(&note)))?)
    }

    /// Removes what is due: expired objects, abandoned uploads, leftovers.
    pub fn sweep(&self) -> Result<Swept, Error> {
        let now = self.clock.now();
        let mut swept = Swept { temporary: self.tidy(super::ABANDONED_MS)?, ..Swept::default() };
        let folder = self.root.join(FOLDER);
        for name in names(&folder)? {
            let due = name.get(..16).and_then(|digits| i64::from_str_radix(digits, 16).ok());
            if due.is_some_and(|due| due > now.millis()) {
                break;
            }
            let note = folder.join(name);
            let path = PathBuf::from(fs::read_to_string(&note).unwrap_or_default());
            // Only what this engine wrote is followed.
            let inside = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
            if inside
                && path.iter().count() > 1
                && let Some(found) = file::open(&self.root.join(&path))?
                && found.header.has_expired(now)
            {
                swept.objects += u64::from(self.delete(&path, &Condition::Always)?);
            }
            fs::remove_file(&note)?;
        }
        swept.uploads = self.sweep_uploads(multipart::ABANDONED_MS)?;
        Ok(swept)
    }
}
