//! One connection with frames on it, read and written by one task.
//!
//! Reading and writing go on side by side: a peer that reads slowly does not keep us from reading
//! what it wrote. What waits to be written is bounded by not reading while it is much.

use std::{io, sync::Arc, time::Duration};

use rig_iso8583::framing::LengthPrefix;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadHalf, WriteHalf},
    net::TcpStream,
};

/// So much may wait to be written before nothing more is read.
const MAX_QUEUED: usize = 1 << 20;
const READ_AT_ONCE: usize = 16 << 10;

pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

#[derive(Debug, PartialEq, Eq)]
pub enum Progress {
    Read,
    Wrote,
}

pub struct Connection {
    reader: ReadHalf<Box<dyn Stream>>,
    writer: WriteHalf<Box<dyn Stream>>,
    prefix: LengthPrefix,
    input: Vec<u8>,
    /// Where the first frame that was not taken begins.
    start: usize,
    output: Vec<u8>,
    written: usize,
    /// Read and written so far.
    pub bytes: u64,
}

impl Connection {
    pub fn new(stream: Box<dyn Stream>, prefix: LengthPrefix) -> Self {
        let (reader, writer) = tokio::io::split(stream);
        Self { reader, writer, prefix, input: Vec::new(), start: 0, output: Vec::new(), written: 0, bytes: 0 }
    }

    /// Reads or writes once, whatever is possible first; waits if neither is. May be dropped and
    /// called again. A peer that closes is an error of the kind `UnexpectedEof`.
    pub async fn turn(&mut self) -> io::Result<Progress> {
        let queued = self.output.len() - self.written;
        if self.start > 0 {
            self.input.drain(..self.start);
            self.start = 0;
        }
        self.input.reserve(READ_AT_ONCE);
        tokio::select! {
            biased;
            wrote = self.writer.write(&self.output[self.written..]), if queued > 0 => {
                let count = wrote?;
                if count == 0 {
                    return Err(io::ErrorKind::WriteZero.into());
                }
                self.bytes += count as u64;
                self.written += count;
                if self.written == self.output.len() {
                    self.output.clear();
                    self.written = 0;
                }
                Ok(Progress::Wrote)
            }
            read = self.reader.read_buf(&mut self.input), if queued < MAX_QUEUED => {
                let count = read?;
                if count == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                self.bytes += count as u64;
                Ok(Progress::Read)
            }
        }
    }

    /// Takes the next frame that was read whole; false if there is none yet.
    pub fn frame(&mut self, body: &mut Vec<u8>) -> io::Result<bool> {
        let rest = &self.input[self.start..];
        let found = self.prefix.frame(rest);
        match found.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))? {
            None => Ok(false),
            Some(range) => {
                body.clear();
                body.extend_from_slice(&rest[range.clone()]);
                self.start += range.end;
                Ok(true)
            }
        }
    }

    /// Appends a frame to what [`Connection::turn`] writes.
    pub fn queue(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        let length = parts.iter().map(|part| part.len()).sum();
        self.prefix
            .write(length, &mut self.output)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        for part in parts {
            self.output.extend_from_slice(part);
        }
        Ok(())
    }

    /// Writes what is queued and says to the peer that nothing more comes.
    pub async fn close(mut self) {
        let rest = async {
            while !self.output.is_empty() {
                match self.turn().await {
                    Ok(_) => self.start = self.input.len(),
                    Err(_) => return,
                }
            }
            let _ = self.writer.shutdown().await;
        };
        let _ = tokio::time::timeout(Duration::from_secs(1), rest).await;
    }
}

/// How to come to a connection.
#[derive(Clone)]
pub struct Target {
    pub address: Arc<str>,
    pub prefix: LengthPrefix,
    pub timeout: Duration,
}

impl Target {
    pub async fn connect(&self) -> io::Result<Connection> {
        let connecting = async {
            let stream = TcpStream::connect(&*self.address).await?;
            stream.set_nodelay(true)?;
            let stream: Box<dyn Stream> = Box::new(stream);
            Ok(Connection::new(stream, self.prefix))
        };
        match tokio::time::timeout(self.timeout, connecting).await {
            Ok(connected) => connected,
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }
}
