//! ClamAV over TCP: a file goes to clamd in pieces (`INSTREAM`), a verdict comes back.
//!
//! A scan is bounded in time as a whole and at every step; at most [`Options::at_once`] files
//! are with the scanner, the others wait for their turn within the same bound.

use std::{io, path::Path, sync::Arc, time::Duration};

use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
    time::timeout,
};

/// What clamd's own client sends at once; its buffer is no larger.
const PIECE: usize = 2048;
/// Pieces that are written together.
const PIECES: usize = 32;
const MAX_REPLY: u64 = 4096;

/// Where the scanner is and how it is asked.
#[derive(Debug, Clone)]
pub struct Options {
    pub host: String,
    pub port: u16,
    /// Let files pass while the scanner cannot be asked.
    pub fail_open: bool,
    pub connect: Duration,
    /// For the whole scan of one file.
    pub patience: Duration,
    pub at_once: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: "clamav".into(),
            port: 3310,
            fail_open: true,
            connect: Duration::from_secs(5),
            patience: Duration::from_secs(60),
            at_once: 8,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    /// By its signature's name.
    Infected(String),
}

#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    #[error("the virus scanner cannot be reached: {0}")]
    Unreachable(io::Error),
    #[error("the file cannot be read: {0}")]
    File(io::Error),
    #[error("the virus scanner broke off: {0}")]
    Broken(io::Error),
    #[error("the virus scanner took too long")]
    Timeout,
    #[error("the virus scanner answered {0:?}")]
    Refused(String),
}

/// A scanner. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Scanner(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: Options,
    places: Semaphore,
}

impl Scanner {
    pub fn new(options: Options) -> Self {
        let places = Semaphore::new(options.at_once.max(1));
        Self(Arc::new(Inner { options, places }))
    }

    pub fn fails_open(&self) -> bool {
        self.0.options.fail_open
    }

    /// What the scanner says about the file. Larger ones than it is set up for it calls clean.
    pub async fn scan(&self, path: &Path) -> Result<Verdict, ScanError> {
        let scan = async {
            // The semaphore is never closed.
            let _place = self.0.places.acquire().await;
            self.ask(path).await
        };
        timeout(self.0.options.patience, scan).await.map_err(|_| ScanError::Timeout)?
    }

    async fn ask(&self, path: &Path) -> Result<Verdict, ScanError> {
        let options = &self.0.options;
        let connecting = TcpStream::connect((options.host.as_str(), options.port));
        let connected = timeout(options.connect, connecting).await;
        let mut socket = connected
            .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
            .map_err(ScanError::Unreachable)?;
        let file = File::open(path).await.map_err(ScanError::File)?;
        // clamd answers early, and closes, when it has seen enough: then the answer counts.
        let sent = send(&mut socket, file).await;
        let mut reply = Vec::new();
        let read = (&mut socket).take(MAX_REPLY).read_to_end(&mut reply).await;
        match (verdict(&reply), sent, read) {
            (Some(verdict), ..) => Ok(verdict),
            (None, Err(error), _) => Err(error),
            (None, Ok(()), Err(error)) => Err(ScanError::Broken(error)),
            (None, Ok(()), Ok(_)) => Err(ScanError::Refused(printable(&reply))),
        }
    }
}

async fn send(socket: &mut TcpStream, mut file: File) -> Result<(), ScanError> {
    let mut frame = b"zINSTREAM\0".to_vec();
    let mut piece = vec![0; PIECE];
    loop {
        let length = fill(&mut file, &mut piece).await.map_err(ScanError::File)?;
        // Never longer than PIECE.
        frame.extend_from_slice(&(length as u32).to_be_bytes());
        frame.extend_from_slice(&piece[..length]);
        if length == 0 || frame.len() >= PIECE * PIECES {
            socket.write_all(&frame).await.map_err(ScanError::Broken)?;
            frame.clear();
        }
        if length == 0 {
            return socket.flush().await.map_err(ScanError::Broken);
        }
    }
}

/// Reads until the buffer is full or the file ends.
async fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..]).await? {
            0 => break,
            more => length += more,
        }
    }
    Ok(length)
}

/// `stream: OK`, or `stream: NAME FOUND`.
fn verdict(reply: &[u8]) -> Option<Verdict> {
    let text = std::str::from_utf8(reply).ok()?.trim_end_matches('\0').trim();
    if text.ends_with("OK") {
        return Some(Verdict::Clean);
    }
    let name = text.strip_suffix(" FOUND")?;
    let name = name.split_once(": ").map_or(name, |(_, name)| name);
    Some(Verdict::Infected(name.to_owned()))
}

fn printable(reply: &[u8]) -> String {
    String::from_utf8_lossy(reply).trim_end_matches('\0').trim().to_owned()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn replies() {
        assert_eq!(verdict(b"stream: OK\0"), Some(Verdict::Clean));
        let found = Verdict::Infected("Test.Eicar.Body.UNOFFICIAL".into());
        assert_eq!(verdict(b"stream: Test.Eicar.Body.UNOFFICIAL FOUND\0"), Some(found));
        assert_eq!(verdict(b"INSTREAM size limit exceeded. ERROR\0"), None);
        assert_eq!(verdict(b""), None);
    }

    /// A clamd that answers `reply` once it has all of the stream; gives what it got.
    async fn clamd(reply: &'static [u8]) -> (Options, tokio::task::JoinHandle<Vec<u8>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let served = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut command = [0; 10];
            socket.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut got = Vec::new();
            loop {
                let length = socket.read_u32().await.unwrap() as usize;
                if length == 0 {
                    break;
                }
                assert!(length <= PIECE);
                let mut piece = vec![0; length];
                socket.read_exact(&mut piece).await.unwrap();
                got.extend(piece);
            }
            socket.write_all(reply).await.unwrap();
            got
        });
        (Options { host: "127.0.0.1".into(), port, ..Options::default() }, served)
    }

    fn file(name: &str, bytes: &[u8]) -> PathBuf {
        let path = std::env::temp_dir().join(format!("fluxer-scan-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        path
    }

    #[tokio::test]
    async fn a_file_arrives_whole() {
        let (options, served) = clamd(b"stream: OK\0").await;
        let bytes: Vec<u8> = (0..300_001_u32).map(|n| n as u8).collect();
        let path = file("whole", &bytes);
        assert_eq!(Scanner::new(options).scan(&path).await.unwrap(), Verdict::Clean);
        assert_eq!(served.await.unwrap(), bytes);
        std::fs::remove_file(path).unwrap();
    }

    #[tokio::test]
    async fn failures_are_told_apart() {
        let path = file("failures", b"abc");
        let (options, _served) = clamd(b"INSTREAM size limit exceeded. ERROR\0").await;
        let error = Scanner::new(options).scan(&path).await.unwrap_err();
        assert!(matches!(error, ScanError::Refused(_)), "{error}");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let options = Options { host: "127.0.0.1".into(), port, ..Options::default() };
        let error = Scanner::new(options.clone()).scan(&path).await.unwrap_err();
        assert!(matches!(error, ScanError::Unreachable(_)), "{error}");
        // One that listens and says nothing.
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = silent.local_addr().unwrap().port();
        let options = Options { port, patience: Duration::from_millis(50), ..options };
        let error = Scanner::new(options).scan(&path).await.unwrap_err();
        assert!(matches!(error, ScanError::Timeout), "{error}");
        std::fs::remove_file(path).unwrap();
    }
}
