//! The file-system engine. An object is one file (see [`file`]): it is written to `.tmp`,
//! synced, renamed into place, and the folder is synced; so content and description cannot
//! part and nothing is ever half there. A bucket is a folder. Everything here blocks; the
//! front in `local.rs` runs it on threads that may.

mod expiry;
mod file;
mod listing;
mod local;
mod multipart;

use std::{
    fmt,
    fs::{self, File, TryLockError},
    io::{self, ErrorKind, Read, Seek, SeekFrom},
    ops::Range,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use bytes::Bytes;
use platform_kernel::{Clock, Timestamp};

use crate::{Attributes, Condition, Error, Meta, Parts, key, object::cut};
pub use expiry::Swept;
pub(crate) use file::hex;
use file::{Header, Opened, Writer};
pub use listing::{Page, Query};
pub use local::{Bucket, Local};
pub use multipart::{Part, Upload};

const TEMPORARY: &str = ".tmp";
const LOCK: &str = ".lock";
const TURNS: &str = ".turns";
/// So many changes of different objects are made at a time.
const TURNS_AT_ONCE: usize = 64;
/// Temporary files older than this are left over from a crash.
const ABANDONED_MS: i64 = 3_600_000;

pub(crate) struct Filesystem {
    root: PathBuf,
    clock: Clock,
    next: AtomicU64,
    /// Held shared: others know that temporary files may be in use.
    _lock: File,
}

impl fmt::Debug for Filesystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "filesystem {}", self.root.display())
    }
}

fn absent(error: &io::Error) -> bool {
    // NotADirectory cannot come from keys (folders are marked), but costs nothing to allow.
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Milliseconds since the file was last written.
fn age(found: &fs::Metadata, now: Timestamp) -> Option<i64> {
    let since = found.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(now.since(Timestamp::from_millis(since.as_millis() as i64)))
}

/// The names in a folder, which may be missing.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry?.file_name().into_string().ok());
    }
    names.sort();
    Ok(names)
}

impl Filesystem {
    pub fn open(root: &Path, clock: Clock) -> Result<Self, Error> {
        for folder in [TEMPORARY, TURNS, multipart::FOLDER, expiry::FOLDER] {
            fs::create_dir_all(root.join(folder))?;
        }
        let lock = File::options().create(true).append(true).open(root.join(LOCK))?;
        // Alone: whatever is in the way was left over by a process that is no more.
        let alone = match lock.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(error)) => return Err(error.into()),
        };
        let engine = Self { root: root.to_owned(), clock, next: AtomicU64::new(0), _lock: lock };
        engine.tidy(if alone { i64::MIN } else { ABANDONED_MS })?;
        if alone {
            engine.clear_remains()?;
        }
        engine._lock.unlock()?;
        engine._lock.lock_shared()?;
        Ok(engine)
    }

    /// Removes temporary files older than `limit`.
    fn tidy(&self, limit: i64) -> io::Result<u64> {
        let (folder, now) = (self.root.join(TEMPORARY), self.clock.now());
        let mut removed = 0;
        for name in names(&folder)? {
            let path = folder.join(name);
            let old = limit == i64::MIN
                || fs::metadata(&path).ok().and_then(|found| age(&found, now)).is_some_and(|age| age > limit);
            // Another process may have been quicker.
            removed += u64::from(old && fs::remove_file(&path).is_ok());
        }
        Ok(removed)
    }

    /// A name no other file of this folder has or had.
    fn unique(&self) -> String {
        let number = self.next.fetch_add(1, Relaxed);
        format!("{:x}-{:x}-{number:x}", self.clock.now().millis(), std::process::id())
    }

    pub fn writer(&self, attributes: Attributes) -> Result<Writer, Error> {
        self.writer_of_parts(attributes, Parts::default())
    }

    /// Where the content comes from parts that are known.
    pub fn writer_of_parts(&self, attributes: Attributes, parts: Parts) -> Result<Writer, Error> {
        let header = Header::new(attributes, parts, self.clock.now());
        Writer::create(self.root.join(TEMPORARY).join(self.unique()), header)
    }

    /// Makes what was written the object at `path`, if the condition holds then.
    pub fn finish(
        &self,
        mut writer: Writer,
        path: &Path,
        etag: Option<String>,
        condition: &Condition,
    ) -> Result<Header, Error> {
        writer.seal(etag)?;
        if let Some(at) = writer.header().details.expires_at {
            self.note_expiry(at, path)?;
        }
        self.place(writer.path(), path, condition)?;
        Ok(writer.placed())
    }

    pub fn put(
        &self,
        path: &Path,
        key: String,
        bytes: &Bytes,
        attributes: Attributes,
    ) -> Result<Meta, Error> {
        let mut writer = self.writer(attributes)?;
        writer.write(bytes)?;
        Ok(self.finish(writer, path, None, &Condition::Always)?.meta(key))
    }

    pub fn put_file(
        &self,
        path: &Path,
        key: String,
        from: &Path,
        attributes: Attributes,
    ) -> Result<Meta, Error> {
        let mut source = File::open(from)?;
        let mut writer = self.writer(attributes)?;
        let mut buffer = vec![0; 256 * 1024];
        loop {
            match source.read(&mut buffer)? {
                0 => return Ok(self.finish(writer, path, None, &Condition::Always)?.meta(key)),
                read => writer.write(&buffer[..read])?,
            }
        }
    }

    /// Copies an object, with other attributes if given; whether there was one.
    pub fn copy(
        &self,
        from: &Path,
        to: &Path,
        key: String,
        attributes: Option<Attributes>,
        condition: &Condition,
    ) -> Result<Option<Meta>, Error> {
        let Some(mut source) = self.object(from)? else { return Ok(None) };
        let etag = source.header.etag.clone();
        let kept = Attributes {
            content_type: source.header.content_type.clone(),
            details: source.header.details.clone(),
        };
        let parts = std::mem::take(&mut source.header.parts);
        let mut writer = self.writer_of_parts(attributes.unwrap_or(kept), parts)?;
        writer.append(&mut source)?;
        Ok(Some(self.finish(writer, to, Some(etag), condition)?.meta(key)))
    }

    /// Renames into a folder that a concurrent delete may be tidying away.
    fn place(&self, temporary: &Path, path: &Path, condition: &Condition) -> Result<(), Error> {
        let target = self.root.join(path);
        let folder = target.parent().unwrap_or(&self.root);
        for _ in 0..16 {
            self.make_folder(folder)?;
            let turn = self.turn(path)?;
            self.check(path, condition)?;
            let renamed = fs::rename(temporary, &target);
            drop(turn);
            match renamed {
                Ok(()) => match sync_folder(folder) {
                    // Deleted again in the meantime, folder and all: there is nothing to sync.
                    Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
                    synced => return Ok(synced?),
                },
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(io::Error::other("the folder keeps disappearing").into())
    }

    /// Whoever changes what is at `path`, in this process or another, takes turns: what is
    /// looked at before a change is still so when it is made. The turn ends with the file.
    fn turn(&self, path: &Path) -> io::Result<File> {
        let bytes = path.as_os_str().as_encoded_bytes();
        let number =
            bytes.iter().fold(7_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte as usize));
        let name = format!("{:02}", number % TURNS_AT_ONCE);
        let turn = File::options().create(true).append(true).open(self.root.join(TURNS).join(name))?;
        turn.lock()?;
        Ok(turn)
    }

    /// Whether the condition holds at the moment.
    pub fn check(&self, path: &Path, condition: &Condition) -> Result<(), Error> {
        if *condition == Condition::Always {
            return Ok(());
        }
        condition.check(self.object(path)?.map(|found| found.header.etag).as_deref())
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

    fn object(&self, path: &Path) -> Result<Option<Opened>, Error> {
        let opened = file::open(&self.root.join(path))?;
        let now = self.clock.now();
        Ok(opened.filter(|found| !found.header.has_expired(now)))
    }

    pub fn head(&self, path: &Path, key: String) -> Result<Option<Meta>, Error> {
        Ok(self.object(path)?.map(|found| found.header.meta(key)))
    }

    /// Opens an object at the start of the range.
    pub fn seek(
        &self,
        path: &Path,
        key: String,
        range: Option<Range<u64>>,
    ) -> Result<Option<(File, Meta, Range<u64>)>, Error> {
        let Some(Opened { mut file, header, offset }) = self.object(path)? else { return Ok(None) };
        let size = header.size;
        let range = cut(range, size).ok_or(Error::Range { size })?;
        file.seek(SeekFrom::Start(offset + range.start))?;
        Ok(Some((file, header.meta(key), range)))
    }

    pub fn delete(&self, path: &Path, condition: &Condition) -> Result<bool, Error> {
        let bucket = self.root.join(key::root_of(path));
        let turn = self.turn(path)?;
        self.check(path, condition)?;
        let path = self.root.join(path);
        let removed = fs::remove_file(&path);
        drop(turn);
        match removed {
            Ok(()) => {}
            Err(error) if absent(&error) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != bucket);
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
        sync_folder(&bucket).or_else(|e| if absent(&e) { Ok(()) } else { Err(e) })?;
        Ok(true)
    }

    /// Removes all objects and uploads; the buckets stay.
    pub fn clear(&self) -> Result<(), Error> {
        for name in names(&self.root)? {
            let path = self.root.join(&name);
            if [TEMPORARY, TURNS, LOCK].contains(&&*name) || !path.is_dir() {
                continue;
            }
            fs::remove_dir_all(&path)?;
            match fs::create_dir(&path) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }
}
