//! One object in one file: magic, length of the header, the header as JSON padded with
//! spaces, the content. The header's room is set aside before the content is known, so that
//! content of any length passes through without being held.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use md5::{Digest, Md5};
use platform_kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Attributes, Details, Entry, Error, Meta, Parts};

const MAGIC: &[u8; 8] = b"fxblob1\n";
const START: usize = MAGIC.len() + 4;
/// Much of it is the sizes of ten thousand parts, if no two neighbours are of one size.
const MAX_HEADER: usize = 262_144;
/// As long as an etag gets: 32 digits, a dash, the number of parts.
const LONGEST_ETAG: &str = "ffffffffffffffffffffffffffffffff-10000";

#[derive(Serialize, Deserialize)]
pub(crate) struct Header {
    pub size: u64,
    pub content_type: String,
    #[serde(default)]
    pub etag: String,
    /// Objects of the first format have it in place of the etag.
    #[serde(default, skip_serializing)]
    sha256: String,
    pub modified: i64,
    #[serde(default, skip_serializing_if = "Parts::is_empty")]
    pub parts: Parts,
    #[serde(flatten)]
    pub details: Details,
}

impl Header {
    pub fn new(attributes: Attributes, parts: Parts, modified: Timestamp) -> Self {
        Self {
            size: u64::MAX,
            content_type: attributes.content_type,
            etag: LONGEST_ETAG.into(),
            sha256: String::new(),
            modified: modified.millis(),
            parts,
            details: attributes.details,
        }
    }
    pub fn meta(self, key: String) -> Meta {
        Meta {
            key,
            size: self.size,
            content_type: self.content_type,
            etag: self.etag,
            modified: Timestamp::from_millis(self.modified),
            parts: self.parts,
            details: self.details,
        }
    }
    pub fn entry(self, key: String) -> Entry {
        Entry { key, size: self.size, etag: self.etag, modified: Timestamp::from_millis(self.modified) }
    }
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.details.expires_at.is_some_and(|at| at <= now)
    }
}

/// An object file that is open; the content begins at `offset`.
pub(crate) struct Opened {
    pub file: File,
    pub header: Header,
    pub offset: u64,
}

/// Opens `path`, which must be a whole object.
pub(super) fn open(path: &Path) -> Result<Option<Opened>, Error> {
    let corrupt = |what: &str| Error::Corrupt(format!("{}: {what}", path.display()));
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if super::absent(&error) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut start = [0; START];
    file.read_exact(&mut start).map_err(|_| corrupt("too short"))?;
    let (magic, length) = start.split_at(MAGIC.len());
    let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
    if magic != MAGIC || length > MAX_HEADER {
        return Err(corrupt("not an object"));
    }
    let mut text = vec![0; length];
    file.read_exact(&mut text).map_err(|_| corrupt("too short"))?;
    let mut header: Header = serde_json::from_slice(&text).map_err(|_| corrupt("bad header"))?;
    if header.etag.is_empty() {
        header.etag = header.sha256.chars().take(32).collect();
    }
    let offset = (START + length) as u64;
    if file.metadata()?.len() != offset + header.size {
        return Err(corrupt("not as long as its header says"));
    }
    Ok(Some(Opened { file, header, offset }))
}

/// An object being written. Dropped before it is placed, it leaves nothing.
pub(crate) struct Writer {
    file: File,
    path: PathBuf,
    header: Header,
    reserved: usize,
    md5: Md5,
    size: u64,
    placed: bool,
}

impl Writer {
    pub fn create(path: PathBuf, header: Header) -> Result<Self, Error> {
        let reserved = serde_json::to_vec(&header).map_err(io::Error::from)?.len();
        if reserved > MAX_HEADER {
            return Err(Error::InvalidKey("too much is said about the object"));
        }
        let file = File::create_new(&path)?;
        let mut writer = Self { file, path, header, reserved, md5: Md5::new(), size: 0, placed: false };
        writer.file.seek(SeekFrom::Start((START + reserved) as u64))?;
        Ok(writer)
    }

    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.md5.update(bytes);
        self.size += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    /// Appends the content of another object without looking at it; [`Self::seal`] must be
    /// told the etag then. The kernel copies.
    pub fn append(&mut self, from: &mut Opened) -> io::Result<()> {
        from.file.seek(SeekFrom::Start(from.offset))?;
        let copied = io::copy(&mut (&mut from.file).take(from.header.size), &mut self.file)?;
        self.size += copied;
        if copied == from.header.size { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// Completes the header and makes everything durable.
    pub fn seal(&mut self, etag: Option<String>) -> io::Result<()> {
        self.header.size = self.size;
        self.header.etag = etag.unwrap_or_else(|| hex(&self.md5.finalize_reset()));
        let mut text = serde_json::to_vec(&self.header)?;
        text.resize(self.reserved, b' ');
        let start = [&MAGIC[..], &(self.reserved as u32).to_be_bytes(), &text].concat();
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&start)?;
        self.file.sync_all()
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
    pub const fn header(&self) -> &Header {
        &self.header
    }
    /// The file has been moved to its place.
    pub fn placed(mut self) -> Header {
        self.placed = true;
        let empty = Header::new(Attributes::default(), Parts::default(), Timestamp::default());
        std::mem::replace(&mut self.header, empty)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.placed {
            let _ = fs::remove_file(&self.path);
        }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
