//! Where a file's bytes come from, and the first look at them.

use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
};

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::{Error, Result, header::Header, types::sniff_image, work::Deadline};

/// The longest file that is read as a picture.
pub const MAX_IMAGE: u64 = 64 << 20;
/// What is read of a longer file to find its header.
const HEAD: usize = 1 << 20;
const CHUNK: usize = 64 << 10;

#[derive(Clone, Debug)]
pub enum Source {
    Bytes(Bytes),
    File(PathBuf),
}

impl From<Bytes> for Source {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}
impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

/// What one pass over a file tells.
pub struct Survey {
    pub size: u64,
    /// Empty if not asked for.
    pub sha256: String,
    /// Of a picture.
    pub header: Option<Header>,
    /// The first bytes, for what is no picture.
    pub head: Bytes,
}

impl Source {
    pub fn size(&self) -> io::Result<u64> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
            Self::File(path) => Ok(std::fs::metadata(path)?.len()),
        }
    }
    /// Memory a look at it takes beyond what is there already.
    pub fn held(&self) -> u64 {
        match self {
            Self::Bytes(_) => 0,
            Self::File(_) => self.size().unwrap_or(0).min(MAX_IMAGE) + HEAD as u64,
        }
    }
    /// All of a picture file.
    pub fn read(&self) -> Result<Bytes> {
        if self.size()? > MAX_IMAGE {
            return Err(Error::TooLarge(format!("{} bytes", self.size()?)));
        }
        Ok(match self {
            Self::Bytes(bytes) => bytes.clone(),
            Self::File(path) => std::fs::read(path)?.into(),
        })
    }
    pub fn survey(&self, hash: bool, deadline: Deadline) -> Result<Survey> {
        let (size, sha256, head) = match self {
            Self::Bytes(bytes) => {
                let sha256 = if hash { hex(&Sha256::digest(bytes)) } else { String::new() };
                (bytes.len() as u64, sha256, bytes.clone())
            }
            Self::File(path) => read_file(path, hash, deadline)?,
        };
        let header = sniff_image(&head).map(|format| {
            Header::read(&head)
                .ok_or_else(|| Error::Corrupt(format!("no dimensions in this {}", format.name())))
        });
        Ok(Survey { size, sha256, header: header.transpose()?, head: head.slice(..head.len().min(4096)) })
    }
}

/// Size, hash, and the whole of a picture of acceptable length or the first part of anything else.
fn read_file(path: &PathBuf, hash: bool, deadline: Deadline) -> Result<(u64, String, Bytes)> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut head = Vec::new();
    (&mut file).take(HEAD as u64).read_to_end(&mut head)?;
    let keep = sniff_image(&head).is_some() && size <= MAX_IMAGE;
    let mut hasher = Sha256::new();
    if hash {
        hasher.update(&head);
    }
    if keep {
        file.read_to_end(&mut head)?;
        if hash {
            hasher.update(head.get(HEAD..).unwrap_or_default());
        }
    } else if hash {
        let mut chunk = vec![0; CHUNK];
        loop {
            deadline.check()?;
            match file.read(&mut chunk)? {
                0 => break,
                read => hasher.update(&chunk[..read]),
            }
        }
    }
    let sha256 = if hash { hex(&hasher.finalize()) } else { String::new() };
    Ok((size, sha256, head.into()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
