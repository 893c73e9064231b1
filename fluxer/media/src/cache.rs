//! What was made once is kept on disk, up to a bound; least recently used goes first. Entries are
//! files whose name is a hash of what was asked for and whose head says what they are, so they
//! outlive a restart and whatever is not whole counts as absent. A cache that cannot be used is
//! no failure: things are made again.

mod index;

use std::{
    fs::{self, File, FileTimes},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, UNIX_EPOCH},
};

use bytes::Bytes;
use parking_lot::Mutex;
use platform_kernel::{Clock, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::content::{Content, Part};
use index::Index;

const MAGIC: &[u8; 8] = b"fxmedia1";
const MAX_HEAD: u32 = 64 << 10;
/// Entries up to this size are read, and checked, as a whole.
const SMALL: u64 = 4 << 20;
/// How fresh the order of use is after a restart.
const TOUCH_MS: i64 = 3_600_000;

#[derive(Clone)]
pub struct Cache(Option<Arc<Inner>>);

struct Inner {
    folder: PathBuf,
    limit: u64,
    clock: Clock,
    index: Mutex<Index>,
    next: AtomicU64,
}

/// What is said about something kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub content_type: String,
    pub etag: String,
    pub modified: i64,
    /// Not served any more from then on.
    pub until: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    key: String,
    size: u64,
    sha256: String,
    about: About,
}

type Name = [u8; 32];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn name_of(key: &str) -> Name {
    Sha256::digest(key).into()
}

impl Cache {
    /// Opens the folder, which belongs to the cache alone. What is in it is counted behind.
    pub fn open(folder: &Path, limit: u64, clock: Clock) -> io::Result<Self> {
        if limit == 0 {
            return Ok(Self(None));
        }
        fs::create_dir_all(folder)?;
        let (index, next) = (Mutex::default(), AtomicU64::new(0));
        let inner = Arc::new(Inner { folder: folder.to_owned(), limit, clock, index, next });
        let scanned = inner.clone();
        std::thread::Builder::new().name("media-cache".into()).spawn(move || {
            if let Err(error) = scanned.scan() {
                tracing::warn!(%error, "The cache of the media proxy could not be read.");
            }
        })?;
        Ok(Self(Some(inner)))
    }

    /// Whether something of this size would be kept: a few large ones must not displace all
    /// the rest.
    pub fn takes(&self, size: u64) -> bool {
        self.0.as_ref().is_some_and(|inner| size <= inner.limit / 8)
    }

    pub async fn get(&self, key: &str) -> Option<(About, Content)> {
        let (inner, key) = (self.0.clone()?, key.to_owned());
        tokio::task::spawn_blocking(move || inner.get(&key)).await.ok().flatten()
    }

    /// Keeps the content of a file or of memory, if it is not too large.
    pub async fn put(&self, key: &str, about: About, content: Content) {
        let Some(inner) = self.0.clone().filter(|_| self.takes(content.size())) else { return };
        let key = key.to_owned();
        let put = tokio::task::spawn_blocking(move || inner.put(&key, about, &content));
        if let Ok(Err(error)) = put.await {
            tracing::warn!(%error, "The media proxy could not keep what it made.");
        }
    }
}

impl Inner {
    fn path(&self, name: &Name) -> PathBuf {
        let name = hex(name);
        self.folder.join(&name[..2]).join(&name[2..])
    }

    fn get(&self, key: &str) -> Option<(About, Content)> {
        let name = name_of(key);
        let path = self.path(&name);
        let mut file = File::open(&path).ok()?;
        let now = self.clock.now();
        let Some((about, content)) =
            read(&mut file, key).filter(|(about, _)| about.until.is_none_or(|until| now.millis() < until))
        else {
            self.remove(&name);
            return None;
        };
        self.index.lock().touch(&name);
        self.mark(&path, now);
        Some((about, content))
    }

    /// Leaves on the file when it was last used, now and then.
    fn mark(&self, path: &Path, now: Timestamp) {
        let used = fs::metadata(path).and_then(|found| found.modified()).ok();
        let used = used.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).map(|at| at.as_millis() as i64);
        if used.is_none_or(|used| (now.millis() - used).abs() > TOUCH_MS) {
            let at = UNIX_EPOCH + Duration::from_millis(now.millis().max(0) as u64);
            if let Ok(file) = File::options().append(true).open(path) {
                let _ = file.set_times(FileTimes::new().set_modified(at));
            }
        }
    }

    fn put(&self, key: &str, about: About, content: &Content) -> io::Result<()> {
        let name = name_of(key);
        let path = self.path(&name);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let number = self.next.fetch_add(1, Relaxed);
        let temporary = self.folder.join(format!("{}-{number}.new", std::process::id()));
        let written = write(&temporary, key, about, content)
            .and_then(|size| fs::rename(&temporary, &path).map(|()| size));
        let size = match written {
            Ok(size) => size,
            Err(error) => {
                let _ = fs::remove_file(&temporary);
                return Err(error);
            }
        };
        let gone = {
            let mut index = self.index.lock();
            index.insert(name, size);
            index.shrink(self.limit)
        };
        for name in gone {
            let _ = fs::remove_file(self.path(&name));
        }
        self.count();
        Ok(())
    }

    fn remove(&self, name: &Name) {
        self.index.lock().remove(name);
        let _ = fs::remove_file(self.path(name));
        self.count();
    }

    fn count(&self) {
        metrics::gauge!("media_cache_bytes").set(self.index.lock().total() as f64);
    }

    /// Takes what earlier runs kept into the order of use, and removes what is nobody's.
    fn scan(&self) -> io::Result<()> {
        let mut found = Vec::new();
        let own = format!("{}-", std::process::id());
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".new") {
                if !name.starts_with(&own) {
                    let _ = fs::remove_file(entry.path());
                }
                continue;
            }
            let Ok(files) = fs::read_dir(entry.path()) else { continue };
            for file in files.filter_map(Result::ok) {
                let full = format!("{name}{}", file.file_name().to_string_lossy());
                let Some(hash) = unhex(&full) else { continue };
                let Ok(about) = file.metadata() else { continue };
                found.push((about.modified().unwrap_or(UNIX_EPOCH), hash, about.len()));
            }
        }
        found.sort_unstable();
        let gone = {
            let mut index = self.index.lock();
            for (_, name, size) in found {
                index.insert_old(name, size);
            }
            index.shrink(self.limit)
        };
        for name in gone {
            let _ = fs::remove_file(self.path(&name));
        }
        self.count();
        Ok(())
    }
}

fn unhex(text: &str) -> Option<Name> {
    let mut name = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in name.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(name)
}

/// An entry, if it is whole and what was asked for.
fn read(file: &mut File, key: &str) -> Option<(About, Content)> {
    let mut start = [0; 12];
    file.read_exact(&mut start).ok()?;
    let (magic, length) = start.split_at(MAGIC.len());
    let length = u32::from_be_bytes(length.try_into().ok()?);
    if magic != MAGIC || length > MAX_HEAD {
        return None;
    }
    let mut head = vec![0; length as usize];
    file.read_exact(&mut head).ok()?;
    let head: Head = serde_json::from_slice(&head).ok()?;
    let from = start.len() as u64 + u64::from(length);
    if head.key != key || file.metadata().ok()?.len() != from + head.size {
        return None;
    }
    if head.size > SMALL {
        let part = Part { file: file.try_clone().ok()?, start: from, size: head.size, spooled: None };
        return Some((head.about, Content::File(Arc::new(part))));
    }
    let mut bytes = Vec::with_capacity(head.size as usize);
    file.read_to_end(&mut bytes).ok()?;
    let whole = hex(&Sha256::digest(&bytes)) == head.sha256;
    whole.then(|| (head.about, Content::Bytes(Bytes::from(bytes))))
}

/// Writes an entry; its size as a file.
fn write(path: &Path, key: &str, about: About, content: &Content) -> io::Result<u64> {
    let (size, sha256) = match content {
        Content::Bytes(bytes) => (bytes.len() as u64, hex(&Sha256::digest(bytes))),
        // Too large to be checked when read.
        content => (content.size(), String::new()),
    };
    let mut head = Head { key: key.to_owned(), size, sha256, about };
    let mut file = File::create_new(path)?;
    if let Content::File(part) = content
        && size <= SMALL
    {
        let mut bytes = vec![0; size as usize];
        std::os::unix::fs::FileExt::read_exact_at(&part.file, &mut bytes, part.start)?;
        head.sha256 = hex(&Sha256::digest(&bytes));
    }
    let text = serde_json::to_vec(&head)?;
    file.write_all(MAGIC)?;
    file.write_all(&(text.len() as u32).to_be_bytes())?;
    file.write_all(&text)?;
    match content {
        Content::Bytes(bytes) => file.write_all(bytes)?,
        Content::File(part) => {
            let mut from = part.file.try_clone()?;
            from.seek(io::SeekFrom::Start(part.start))?;
            io::copy(&mut from.take(part.size), &mut file)?;
        }
        Content::Object { .. } => return Err(io::Error::other("objects are not kept twice")),
    }
    // A name must not outlive a loss of power without its content.
    file.sync_data()?;
    Ok(file.metadata()?.len())
}

#[cfg(test)]
mod tests;
