//! Files that pass through: what is fetched, and what a decoder wants to have as a file. Bounded
//! together; gone when nobody holds them, and at the next start whatever a crash left.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, pin_mut};
use sha2::{Digest, Sha256};
use tokio::{
    io::AsyncWriteExt,
    sync::{OwnedSemaphorePermit, Semaphore},
};

use crate::answer::{Refusal, failed};

/// All files together, in MiB.
const ROOM: usize = 4096;

#[derive(Clone)]
pub struct Spool(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    next: AtomicU64,
    room: Arc<Semaphore>,
}

/// A file in the spool.
pub struct Spooled {
    pub path: PathBuf,
    pub size: u64,
    pub sha256: String,
    _room: Option<OwnedSemaphorePermit>,
}

impl Drop for Spooled {
    fn drop(&mut self) {
        // What stays behind is removed at the next start.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Spool {
    /// Empties the folder, which belongs to the spool alone.
    pub fn open(folder: &Path) -> io::Result<Self> {
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        std::fs::create_dir_all(folder)?;
        let room = Arc::new(Semaphore::new(ROOM));
        Ok(Self(Arc::new(Inner { folder: folder.to_owned(), next: AtomicU64::new(0), room })))
    }

    /// Keeps what the stream carries.
    pub async fn keep<E: Into<Refusal>>(
        &self,
        stream: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<Spooled, Refusal> {
        let number = self.0.next.fetch_add(1, Relaxed);
        let path = self.0.folder.join(number.to_string());
        // From here on it is removed however this ends.
        let mut spooled = Spooled { path, size: 0, sha256: String::new(), _room: None };
        let mut file = tokio::fs::File::create(&spooled.path).await.map_err(failed)?;
        let mut hash = Sha256::new();
        pin_mut!(stream);
        while let Some(piece) = stream.next().await {
            let piece = piece.map_err(Into::into)?;
            let size = spooled.size + piece.len() as u64;
            self.make_room(&mut spooled, size)?;
            file.write_all(&piece).await.map_err(failed)?;
            hash.update(&piece);
        }
        file.flush().await.map_err(failed)?;
        spooled.sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(spooled)
    }

    fn make_room(&self, spooled: &mut Spooled, size: u64) -> Result<(), Refusal> {
        let (had, wanted) = (spooled.size.div_ceil(1 << 20), size.div_ceil(1 << 20));
        spooled.size = size;
        if wanted > had {
            let more = u32::try_from(wanted - had).unwrap_or(u32::MAX);
            let more = self.0.room.clone().try_acquire_many_owned(more).map_err(|_| Refusal::Busy)?;
            match &mut spooled._room {
                Some(room) => room.merge(more),
                room => *room = Some(more),
            }
        }
        Ok(())
    }
}
