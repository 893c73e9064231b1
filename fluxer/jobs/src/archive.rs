//! A ZIP archive that is written on one side while it is stored on the other: neither the
//! archive nor any file of it is ever whole in memory.
//!
//! Compressing is work for a thread. One that ends without [`Archive::finish`] makes the
//! stream end in an error, so that half an archive is never stored.

use std::io::{self, Write};

use bytes::Bytes;
use futures_util::stream::{self, BoxStream};
use tokio::sync::mpsc;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const LEVEL: i64 = 9;
/// Chunks between the writer and the store.
const AHEAD: usize = 8;
const CHUNK: usize = 64 * 1024;

enum Piece {
    File(String),
    Bytes(Bytes),
    Finish,
}

/// The writing side.
pub struct Archive(mpsc::Sender<Piece>);

/// A new archive and what comes of it.
pub fn open() -> (Archive, BoxStream<'static, io::Result<Bytes>>) {
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
    pub async fn file(&self, name: impl Into<String>) -> io::Result<()> {
        self.send(Piece::File(name.into())).await
    }
    pub async fn write(&self, bytes: impl Into<Bytes>) -> io::Result<()> {
        self.send(Piece::Bytes(bytes.into())).await
    }
    pub async fn finish(self) -> io::Result<()> {
        self.send(Piece::Finish).await
    }

    async fn send(&self, piece: Piece) -> io::Result<()> {
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "the archive could not be stored");
        self.0.send(piece).await.map_err(gone)
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
            archive.file("a/b.json").await.unwrap();
            for _ in 0..1000 {
                archive.write(vec![b'x'; 1000]).await.unwrap();
            }
            archive.file("c").await.unwrap();
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
        archive.file("a").await.unwrap();
        drop(archive);
        let chunks: Vec<_> = stream.collect().await;
        assert!(chunks.last().unwrap().is_err());
    }
}
