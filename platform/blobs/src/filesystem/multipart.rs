//! Uploads in parts: a folder for each, with what is to become of it in `upload.json` and a
//! file for each part, in the form of an object. Completing copies the parts into one
//! object, kernel to kernel; until that is in place the parts stay, so a crash costs nothing.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use md5::{Digest, Md5};
use platform_kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Filesystem, TEMPORARY, absent, age,
    file::{self, Header, Opened, Writer},
    names, sync_folder,
};
use crate::{Attributes, Condition, Details, Error, Meta, Parts, key};

pub(super) const FOLDER: &str = ".multipart";
const DESCRIPTION: &str = "upload.json";
/// Uploads that nobody touched for a week.
pub(super) const ABANDONED_MS: i64 = 7 * 86_400_000;

/// An upload that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: String,
    pub bucket: String,
    pub key: String,
    pub started: Timestamp,
}

/// A part that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub number: u32,
    pub size: u64,
    pub etag: String,
    pub modified: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Description {
    bucket: String,
    key: String,
    started: i64,
    content_type: String,
    details: Details,
}

fn part_name(number: u32) -> String {
    format!("part-{number:05}")
}

fn number_of(name: &str) -> Option<u32> {
    name.strip_prefix("part-")?.parse().ok()
}

impl Filesystem {
    /// The folder of an upload; ids are not paths.
    fn upload_folder(&self, id: &str) -> Result<PathBuf, Error> {
        let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        if plain { Ok(self.root.join(FOLDER).join(id)) } else { Err(Error::NoSuchUpload) }
    }

    fn describe(&self, bucket: &str, key: &str, id: &str) -> Result<(PathBuf, Description), Error> {
        let folder = self.upload_folder(id)?;
        let text = match fs::read(folder.join(DESCRIPTION)) {
            Ok(text) => text,
            Err(error) if absent(&error) => return Err(Error::NoSuchUpload),
            Err(error) => return Err(error.into()),
        };
        let found: Description =
            serde_json::from_slice(&text).map_err(|_| Error::Corrupt(folder.display().to_string()))?;
        if found.bucket == bucket && found.key == key {
            Ok((folder, found))
        } else {
            Err(Error::NoSuchUpload)
        }
    }

    pub fn start_upload(&self, bucket: &str, key: &str, attributes: Attributes) -> Result<String, Error> {
        let id = self.unique();
        let started = self.clock.now().millis();
        let Attributes { content_type, details } = attributes;
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        let text = serde_json::to_vec(&Description { bucket, key, started, content_type, details });
        let text = text.map_err(std::io::Error::from)?;
        let folder = self.root.join(FOLDER).join(&id);
        // Whole before it is in its place: half a description would be an upload nobody can end.
        let draft = self.root.join(TEMPORARY).join(&id);
        let write = || {
            let mut file = fs::File::create_new(&draft)?;
            file.write_all(&text)?;
            file.sync_all()?;
            fs::create_dir(&folder)?;
            fs::rename(&draft, folder.join(DESCRIPTION))?;
            sync_folder(&folder)?;
            sync_folder(&self.root.join(FOLDER))
        };
        write().inspect_err(|_| {
            let _ = fs::remove_file(&draft);
            let _ = fs::remove_dir_all(&folder);
        })?;
        Ok(id)
    }

    pub fn check_upload(&self, bucket: &str, key: &str, id: &str) -> Result<(), Error> {
        self.describe(bucket, key, id).map(drop)
    }

    /// Puts a written part in its place.
    pub fn finish_part(&self, mut writer: Writer, id: &str, number: u32) -> Result<Part, Error> {
        let folder = self.upload_folder(id)?;
        writer.seal(None)?;
        match fs::rename(writer.path(), folder.join(part_name(number))) {
            // Completed or aborted in the meantime.
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(Error::NoSuchUpload),
            renamed => renamed?,
        }
        let header = writer.placed();
        match sync_folder(&folder) {
            Err(error) if absent(&error) => Err(Error::NoSuchUpload),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(part(number, header)),
        }
    }

    /// The parts of an upload by number.
    pub fn parts(&self, bucket: &str, key: &str, id: &str) -> Result<Vec<Part>, Error> {
        let (folder, _) = self.describe(bucket, key, id)?;
        let mut parts = Vec::new();
        for name in names(&folder)? {
            if let Some(number) = number_of(&name)
                && let Some(found) = file::open(&folder.join(name))?
            {
                parts.push(part(number, found.header));
            }
        }
        Ok(parts)
    }

    /// Makes the named parts one object. Where the condition does not hold the upload stays.
    pub fn complete(
        &self,
        bucket: &str,
        key: &str,
        id: &str,
        parts: &[(u32, String)],
        condition: &Condition,
    ) -> Result<Meta, Error> {
        let path = key::path(bucket, key)?;
        let (folder, description) = self.describe(bucket, key, id)?;
        self.check(&path, condition)?;
        if !parts.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(Error::PartOrder);
        }
        let (mut digests, mut sizes) = (Md5::new(), Parts::default());
        for (number, etag) in parts {
            let found = self.part(&folder, *number)?.filter(|found| found.header.etag == *etag);
            let found = found.ok_or(Error::InvalidPart(*number))?;
            digests.update(binary(&found.header.etag));
            sizes.push(found.header.size);
        }
        let Description { content_type, details, .. } = description;
        let mut writer = self.writer_of_parts(Attributes { content_type, details }, sizes)?;
        for (number, etag) in parts {
            let found = self.part(&folder, *number)?.filter(|found| found.header.etag == *etag);
            writer.append(&mut found.ok_or(Error::InvalidPart(*number))?)?;
        }
        let etag = format!("{}-{}", file::hex(&digests.finalize()), parts.len());
        let header = self.finish(writer, &path, Some(etag), condition)?;
        self.remove_upload(&folder)?;
        Ok(header.meta(key.to_owned()))
    }

    fn part(&self, folder: &Path, number: u32) -> Result<Option<Opened>, Error> {
        file::open(&folder.join(part_name(number)))
    }

    pub fn abort(&self, bucket: &str, key: &str, id: &str) -> Result<(), Error> {
        let (folder, _) = self.describe(bucket, key, id)?;
        self.remove_upload(&folder)
    }

    /// The description goes first: what is left then is no upload any more.
    fn remove_upload(&self, folder: &Path) -> Result<(), Error> {
        for _ in 0..16 {
            let removed = fs::remove_file(folder.join(DESCRIPTION)).and_then(|()| fs::remove_dir_all(folder));
            match removed {
                // A part that came in between.
                Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => {}
                Err(error) if absent(&error) => {
                    let _ = fs::remove_dir_all(folder);
                    return Ok(());
                }
                removed => return Ok(removed?),
            }
        }
        Ok(())
    }

    /// The uploads of a bucket by key and start.
    pub fn uploads(&self, bucket: &str) -> Result<Vec<Upload>, Error> {
        let mut uploads = Vec::new();
        for id in names(&self.root.join(FOLDER))? {
            let Ok(text) = fs::read(self.root.join(FOLDER).join(&id).join(DESCRIPTION)) else { continue };
            if let Ok(found) = serde_json::from_slice::<Description>(&text)
                && found.bucket == bucket
            {
                let started = Timestamp::from_millis(found.started);
                uploads.push(Upload { id, bucket: found.bucket, key: found.key, started });
            }
        }
        uploads.sort_by(|a, b| (&a.key, a.started, &a.id).cmp(&(&b.key, b.started, &b.id)));
        Ok(uploads)
    }

    /// Removes the folders that are no upload: a start or an end that a crash cut short.
    pub(super) fn clear_remains(&self) -> std::io::Result<()> {
        for id in names(&self.root.join(FOLDER))? {
            let folder = self.root.join(FOLDER).join(id);
            if !folder.join(DESCRIPTION).exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        Ok(())
    }

    /// Removes uploads that nobody touched for `limit` milliseconds, and what is left of
    /// those that were being removed.
    pub(super) fn sweep_uploads(&self, limit: i64) -> Result<u64, Error> {
        let now = self.clock.now();
        let mut removed = 0;
        for id in names(&self.root.join(FOLDER))? {
            let folder = self.root.join(FOLDER).join(id);
            let Some(age) = fs::metadata(&folder).ok().and_then(|found| age(&found, now)) else { continue };
            let limit = if folder.join(DESCRIPTION).exists() { limit } else { super::ABANDONED_MS };
            if age > limit {
                self.remove_upload(&folder)?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

fn part(number: u32, header: Header) -> Part {
    Part { number, size: header.size, etag: header.etag, modified: Timestamp::from_millis(header.modified) }
}

/// The bytes of an etag in hex.
fn binary(etag: &str) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).unwrap_or(0) as u8;
    etag.as_bytes()
        .chunks(2)
        .map(|pair| digit(pair[0]) << 4 | pair.get(1).map_or(0, |byte| digit(*byte)))
        .collect()
}
