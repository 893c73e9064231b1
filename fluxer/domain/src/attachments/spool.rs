//! Files that are still arriving. They lie in a folder of the instance's own, one file each,
//! and are gone as soon as nobody holds them; what a killed process left is removed at start.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use bytes::{Bytes, BytesMut};
use tokio::{fs::File, io::AsyncWriteExt};

/// Small pieces are put together before they are written.
const CHUNK: usize = 256 * 1024;

/// The folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Spool(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    next: AtomicU64,
}

impl Spool {
    /// Opens (and makes) the folder, which belongs to this process alone, and empties it.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_file() {
                fs::remove_file(path)?;
            }
        }
        Ok(Self(Arc::new(Inner { folder: folder.to_owned(), next: AtomicU64::new(0) })))
    }

    /// Begins a file.
    pub async fn begin(&self) -> io::Result<Spooling> {
        let path = self.0.folder.join(format!("{:016x}", self.0.next.fetch_add(1, Relaxed)));
        let file = File::options().write(true).create_new(true).open(&path).await?;
        Ok(Spooling { file, spooled: Spooled { path, size: 0 }, pending: BytesMut::new() })
    }
}

/// A file being written; dropped before [`Spooling::finish`], it is gone.
#[derive(Debug)]
pub struct Spooling {
    file: File,
    spooled: Spooled,
    pending: BytesMut,
}

impl Spooling {
    pub async fn write(&mut self, bytes: Bytes) -> io::Result<()> {
        self.spooled.size += bytes.len() as u64;
        if self.pending.is_empty() && bytes.len() >= CHUNK {
            return self.file.write_all(&bytes).await;
        }
        self.pending.extend_from_slice(&bytes);
        if self.pending.len() >= CHUNK { self.flush().await } else { Ok(()) }
    }
    async fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(&self.pending.split()).await
    }
    /// Bytes so far.
    pub fn size(&self) -> u64 {
        self.spooled.size
    }
    /// The whole file. It need not survive a crash: nobody was told of it yet.
    pub async fn finish(mut self) -> io::Result<Spooled> {
        self.flush().await?;
        self.file.flush().await?;
        Ok(self.spooled)
    }
}

/// A file that has arrived. Dropping it removes it.
#[derive(Debug)]
pub struct Spooled {
    path: PathBuf,
    size: u64,
}

impl Spooled {
    pub fn path(&self) -> &Path {
        &self.path
    }
    pub fn size(&self) -> u64 {
        self.size
    }
}

impl Drop for Spooled {
    fn drop(&mut self) {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%error, path = %self.path.display(), "A spooled file was not removed.");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn files_live_as_long_as_they_are_held() {
        let folder = std::env::temp_dir().join(format!("fluxer-spool-{}", std::process::id()));
        let spool = Spool::open(&folder).unwrap();
        let mut file = spool.begin().await.unwrap();
        for piece in [&b"abc"[..], &[7; CHUNK * 2], b"def"] {
            file.write(Bytes::copy_from_slice(piece)).await.unwrap();
        }
        let whole = file.finish().await.unwrap();
        let read = fs::read(whole.path()).unwrap();
        assert_eq!((read.len() as u64, whole.size()), (6 + CHUNK as u64 * 2, 6 + CHUNK as u64 * 2));
        assert!(read.starts_with(b"abc\x07") && read.ends_with(b"\x07def"));
        let broken = spool.begin().await.unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
        drop((whole, broken));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        fs::write(folder.join("left"), b"by a crash").unwrap();
        Spool::open(&folder).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        fs::remove_dir_all(&folder).unwrap();
    }
}
