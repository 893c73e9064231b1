//! The file-system engine. An object is one file: magic, length of the header, the header as
//! JSON, the content; so content and description cannot part. It is written to `.tmp`,
//! synced, renamed into place, and the folder is synced. Runs on blocking threads.

use std::{
    cmp::Ordering,
    fmt,
    fs::{self, File},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    ops::Range,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use bytes::Bytes;
use platform_kernel::{Clock, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    Error, Meta, Object,
    key::{self, FOLDER_MARK},
};

const MAGIC: &[u8; 8] = b"fxblob1\n";
const TEMPORARY: &str = ".tmp";
/// Temporary files older than this are left over from a crash.
const ABANDONED_MS: i64 = 3_600_000;

pub(crate) struct Filesystem {
    root: PathBuf,
    clock: Clock,
    next: AtomicU64,
}

impl fmt::Debug for Filesystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "filesystem {}", self.root.display())
    }
}

#[derive(Serialize, Deserialize)]
struct Header {
    size: u64,
    content_type: String,
    sha256: String,
    modified: i64,
}

impl Header {
    fn meta(self, key: String) -> Meta {
        Meta {
            key,
            size: self.size,
            content_type: self.content_type,
            sha256: self.sha256,
            modified: Timestamp::from_millis(self.modified),
        }
    }
}

fn absent(error: &io::Error) -> bool {
    // NotADirectory cannot come from keys (folders are marked), but costs nothing to allow.
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

impl Filesystem {
    pub(crate) fn open(root: &Path, clock: Clock) -> Result<Self, Error> {
        fs::create_dir_all(root.join(TEMPORARY))?;
        let now = clock.now();
        for entry in fs::read_dir(root.join(TEMPORARY))? {
            let entry = entry?;
            let age = entry.metadata().and_then(|found| found.modified()).ok().and_then(|at| {
                let since = at.duration_since(std::time::UNIX_EPOCH).ok()?;
                Some(now.since(Timestamp::from_millis(since.as_millis() as i64)))
            });
            if age.is_some_and(|age| age > ABANDONED_MS) {
                // Another process may have been quicker.
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(Self { root: root.to_owned(), clock, next: AtomicU64::new(0) })
    }

    pub(crate) fn put(
        &self,
        path: &Path,
        key: String,
        bytes: &Bytes,
        content_type: String,
    ) -> Result<Meta, Error> {
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let modified = self.clock.now().millis();
        let header = Header { size: bytes.len() as u64, content_type, sha256, modified };
        let text = serde_json::to_vec(&header).map_err(io::Error::from)?;
        let number = self.next.fetch_add(1, Relaxed);
        let temporary = self.root.join(TEMPORARY).join(format!("{}-{modified}-{number}", std::process::id()));
        let write = || -> io::Result<()> {
            let mut file = File::create_new(&temporary)?;
            file.write_all(MAGIC)?;
            file.write_all(&(text.len() as u32).to_be_bytes())?;
            file.write_all(&text)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        let placed = write().and_then(|()| self.place(&temporary, &self.root.join(path)));
        if let Err(error) = placed {
            let _ = fs::remove_file(&temporary);
            return Err(error.into());
        }
        Ok(header.meta(key))
    }

    /// Renames into a folder that a concurrent delete may be tidying away.
    fn place(&self, temporary: &Path, target: &Path) -> io::Result<()> {
        let folder = target.parent().unwrap_or(&self.root);
        for _ in 0..16 {
            match self.make_folder(folder).and_then(|()| fs::rename(temporary, target)) {
                Ok(()) => match sync_folder(folder) {
                    // Deleted again in the meantime, folder and all: there is nothing to sync.
                    Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
                    synced => return synced,
                },
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("the folder keeps disappearing"))
    }

    /// Makes `folder` and its parents, each durable in the one above it.
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        if folder == self.root || folder.is_dir() {
            return Ok(());
        }
        let parent = folder.parent().unwrap_or(&self.root);
        self.make_folder(parent)?;
        match fs::create_dir(folder) {
            Ok(()) => sync_folder(parent),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn open_object(&self, path: &Path) -> Result<Option<(File, Header, u64)>, Error> {
        let corrupt = |what: &str| Error::Corrupt(format!("{}: {what}", path.display()));
        let mut file = match File::open(self.root.join(path)) {
            Ok(file) => file,
            Err(error) if absent(&error) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut start = [0; 12];
        file.read_exact(&mut start).map_err(|_| corrupt("too short"))?;
        let (magic, length) = start.split_at(MAGIC.len());
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]);
        if magic != MAGIC || length > 65_536 {
            return Err(corrupt("not an object"));
        }
        let mut text = vec![0; length as usize];
        file.read_exact(&mut text).map_err(|_| corrupt("too short"))?;
        let header: Header = serde_json::from_slice(&text).map_err(|_| corrupt("bad header"))?;
        let offset = start.len() as u64 + u64::from(length);
        if file.metadata()?.len() != offset + header.size {
            return Err(corrupt("not as long as its header says"));
        }
        Ok(Some((file, header, offset)))
    }

    pub(crate) fn head(&self, path: &Path, key: String) -> Result<Option<Meta>, Error> {
        Ok(self.open_object(path)?.map(|(_, header, _)| header.meta(key)))
    }

    pub(crate) fn get(
        &self,
        path: &Path,
        key: String,
        range: Option<Range<u64>>,
    ) -> Result<Option<Object>, Error> {
        let Some((mut file, header, offset)) = self.open_object(path)? else { return Ok(None) };
        let size = header.size;
        let range = match range {
            None => 0..size,
            Some(range) if range.start < size && range.start < range.end => range.start..range.end.min(size),
            Some(_) => return Err(Error::Range { size }),
        };
        file.seek(SeekFrom::Start(offset + range.start))?;
        let mut bytes = vec![0; (range.end - range.start) as usize];
        file.read_exact(&mut bytes)?;
        Ok(Some(Object { meta: header.meta(key), bytes: bytes.into() }))
    }

    pub(crate) fn delete(&self, path: &Path) -> Result<bool, Error> {
        let path = self.root.join(path);
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if absent(&error) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.root);
        for folder in folders {
            match fs::remove_dir(folder) {
                Ok(()) => {}
                // Another delete tidied it; its parents may still be ours to tidy.
                Err(error) if absent(&error) => {}
                Err(_) => {
                    sync_folder(folder).or_else(|e| if absent(&e) { Ok(()) } else { Err(e) })?;
                    return Ok(true);
                }
            }
        }
        sync_folder(&self.root)?;
        Ok(true)
    }

    pub(crate) fn list(
        &self,
        bucket: &Path,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Meta>, Error> {
        let mut found = Vec::new();
        self.walk(bucket, "", prefix, after, limit, &mut found)?;
        Ok(found)
    }

    /// Depth first in key order: a folder sorts as its name and a slash.
    fn walk(
        &self,
        folder: &Path,
        above: &str,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
        found: &mut Vec<Meta>,
    ) -> Result<(), Error> {
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) if absent(&error) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let mut children = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            let Some(name) = name.to_str() else { continue };
            let (plain, end) = match name.strip_suffix(FOLDER_MARK) {
                Some(plain) => (plain, "/"),
                None => (name, ""),
            };
            let Some(segment) = key::decode(plain) else { continue };
            let key = format!("{above}{segment}{end}");
            let wanted = if end.is_empty() {
                key.starts_with(prefix) && after.is_none_or(|after| key.as_str() > after)
            } else {
                // Everything below starts with `key`.
                (key.starts_with(prefix) || prefix.starts_with(&key))
                    && after.is_none_or(|after| {
                        key.as_str().cmp(after) == Ordering::Greater || after.starts_with(&key)
                    })
            };
            if wanted {
                children.push((key, name.to_owned()));
            }
        }
        children.sort();
        for (key, name) in children {
            if found.len() >= limit {
                break;
            }
            let path = folder.join(name);
            if key.ends_with('/') {
                self.walk(&path, &key, prefix, after, limit, found)?;
            } else if let Some(meta) = self.head(&path, key)? {
                found.push(meta);
            }
        }
        Ok(())
    }

    pub(crate) fn clear(&self) -> Result<(), Error> {
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            if entry.file_name() != TEMPORARY {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }
}
