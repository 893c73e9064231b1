//! A ZIP archive that is written on one side while it is stored on the other: neither the
//! archive nor any file of it is ever whole in memory.
//!
//! Compressing is work for a thread. One that ends without [`Archive::finish`] makes the
//! stream end in an error, so that half an archive is never stored.
//!
//! A job that gathers one ([`job`]) is done again from the beginning when it was cut off.

use std::{
    io::{self, Write},
    sync::Arc,
};

use bytes::Bytes;
use fluxer_domain::{App, Error, Result, images};
use futures_util::{
    StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use platform_blobs::{Attributes, Details};
use platform_kernel::Timestamp;
use platform_queue::{JobError, Payload, Worker};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::sync::mpsc;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const LEVEL: i64 = 9;
/// Chunks between the writer and the store.
const AHEAD: usize = 8;
const CHUNK: usize = 64 * 1024;
const TRIES: u32 = 4;

enum Piece {
    File(String),
    Bytes(Bytes),
    Finish,
}

/// The writing side.
pub struct Archive(mpsc::Sender<Piece>);

type Step<O> = fn(Arc<App>, O) -> BoxFuture<'static, Result<()>>;

/// A worker that gathers what an order of the kind names, and gives up after some tries.
pub fn job<O>(app: &Arc<App>, worker: Worker, kind: &'static str, gather: Step<O>, give_up: Step<O>) -> Worker
where
    O: DeserializeOwned + Copy + Send + 'static,
{
    let app = app.clone();
    worker.handle(kind, 1, move |payload: Payload| {
        let app = app.clone();
        async move {
            let order: O = payload.parse()?;
            match gather(app.clone(), order).await {
                Ok(()) => Ok(()),
                Err(error) if payload.attempt < TRIES => Err(JobError::retry(error)),
                Err(error) => {
                    give_up(app, order).await?;
                    Err(JobError::fatal(error))
                }
            }
        }
    })
}

/// Stores what `write` puts into an archive; what that returned, and the archive's size in bytes.
pub async fn store<'a, T>(
    app: &'a App,
    (bucket, key): (&'a str, &'a str),
    kept_until: Timestamp,
    write: impl FnOnce(Archive) -> BoxFuture<'a, Result<T>>,
) -> Result<(T, u64)> {
    let (archive, stream) = open();
    let about = Attributes {
        content_type: "application/zip".into(),
        details: Details { expires_at: Some(kept_until), ..Details::default() },
    };
    // Boxed, or the compiler does not see that the two together may be sent.
    let storing: BoxFuture<'a, _> = Box::pin(app.blobs.put_stream(bucket, key, stream, about));
    let (written, stored) = tokio::join!(write(archive), storing);
    Ok((written?, stored?.size))
}

/// A new archive and what comes of it.
fn open() -> (Archive, BoxStream<'static, io::Result<Bytes>>) {
    let (pieces, inbox) = mpsc::channel(AHEAD);
    let (outbox, chunks) = mpsc::channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        let sink = Chunks { outbox: outbox.clone(), buffer: Vec::with_capacity(CHUNK) };
        if let Err(error) = write(sink, inbox) {
            // nobody listens any more: nothing is stored anyway
            let _ = outbox.blocking_send(Err(error));
        }
    });
    let next = |mut chunks: mpsc::Receiver<io::Result<Bytes>>| async move {
        chunks.recv().await.map(|chunk| (chunk, chunks))
    };
    (Archive(pieces), Box::pin(stream::unfold(chunks, next)))
}

impl Archive {
    /// Begins a file; what is written next is its content.
    async fn file(&self, name: String) -> Result<()> {
        self.send(Piece::File(name)).await
    }
    async fn write(&self, bytes: impl Into<Bytes>) -> Result<()> {
        self.send(Piece::Bytes(bytes.into())).await
    }
    pub async fn finish(self) -> Result<()> {
        self.send(Piece::Finish).await
    }

    /// Files of JSON.
    pub async fn documents(&self, documents: Vec<(&'static str, Value)>) -> Result<()> {
        for (name, document) in documents {
            self.file(name.to_owned()).await?;
            self.write(serde_json::to_vec_pretty(&document).map_err(Error::internal)?).await?;
        }
        Ok(())
    }

    /// Pictures by the file's name and the object's key; those that are gone are left out.
    pub async fn pictures(&self, app: &App, pictures: Vec<(String, String)>) -> Result<()> {
        for (name, key) in pictures {
            let Some(mut object) = app.blobs.read(images::BUCKET, &key, None).await? else { continue };
            self.file(name).await?;
            while let Some(chunk) = object.stream.next().await {
                self.write(chunk.map_err(Error::internal)?).await?;
            }
        }
        Ok(())
    }

    /// A file with one JSON array, that is filled bit by bit.
    pub async fn list(&self, name: String) -> Result<List<'_>> {
        self.file(name).await?;
        Ok(List { archive: self, text: vec![b'['], first: true })
    }

    async fn send(&self, piece: Piece) -> Result<()> {
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "the archive could not be stored");
        self.0.send(piece).await.map_err(gone).map_err(Error::internal)
    }
}

/// See [`Archive::list`].
pub struct List<'a> {
    archive: &'a Archive,
    text: Vec<u8>,
    first: bool,
}

impl List<'_> {
    /// Adds items; how many there were.
    pub async fn add<T: Serialize>(&mut self, items: impl IntoIterator<Item = T>) -> Result<usize> {
        let mut count = 0;
        for item in items {
            self.text.extend_from_slice(if self.first { b"\n" } else { b",\n" });
            self.first = false;
            serde_json::to_writer(&mut self.text, &item).map_err(Error::internal)?;
            count += 1;
        }
        self.archive.write(std::mem::take(&mut self.text)).await?;
        Ok(count)
    }
    pub async fn end(self) -> Result<()> {
        self.archive.write(&b"\n]\n"[..]).await
    }
}

fn write(sink: Chunks, mut inbox: mpsc::Receiver<Piece>) -> io::Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL));
    let mut zip = ZipWriter::new_stream(sink);
    while let Some(piece) = inbox.blocking_recv() {
        match piece {
            Piece::File(name) => zip.start_file(name, options).map_err(io::Error::other)?,
            Piece::Bytes(bytes) => zip.write_all(&bytes)?,
            Piece::Finish => {
                let sink = zip.finish().map_err(io::Error::other)?;
                return sink.into_inner().flush();
            }
        }
    }
    Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive was not finished"))
}

/// Sends what is written in chunks.
struct Chunks {
    outbox: mpsc::Sender<io::Result<Bytes>>,
    buffer: Vec<u8>,
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let chunk = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK));
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.outbox.blocking_send(Ok(chunk.into())).map_err(gone)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use futures_util::StreamExt;

    use super::*;

    #[tokio::test]
    async fn an_archive_comes_out_as_it_was_put_in() {
        let (archive, stream) = open();
        let writing = async {
            archive.file("a/b.json".into()).await.unwrap();
            for _ in 0..1000 {
                archive.write(vec![b'x'; 1000]).await.unwrap();
            }
            archive.file("c".into()).await.unwrap();
            archive.write(&b"end"[..]).await.unwrap();
            archive.finish().await.unwrap();
        };
        let reading = stream.fold(Vec::new(), |mut all, chunk| async move {
            all.extend_from_slice(&chunk.unwrap());
            all
        });
        let ((), bytes) = tokio::join!(writing, reading);
        let mut zip = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        zip.by_name("a/b.json").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "x".repeat(1_000_000));
        text.clear();
        zip.by_name("c").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "end");
    }

    #[tokio::test]
    async fn an_archive_that_is_not_finished_is_an_error() {
        let (archive, stream) = open();
        archive.file("a".into()).await.unwrap();
        drop(archive);
        let chunks: Vec<_> = stream.collect().await;
        assert!(chunks.last().unwrap().is_err());
    }
}
