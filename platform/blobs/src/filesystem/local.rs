//! The engine as async code sees it: blocking work on blocking threads, and streams in both
//! directions that hold two blocks at most, one being filled while the other is written.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read},
    ops::Range,
    path::Path,
    sync::Arc,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use platform_kernel::{Clock, Timestamp};
use tokio::task::JoinHandle;

use super::{
    Filesystem, Page, Part, Query, Upload, absent, expiry::Swept, file::Writer, listing::Walk, names,
};
use crate::{Attributes, Condition, Error, Meta, Object, Reading, key};

/// What goes to or comes from the disk at once.
const BLOCK: usize = 512 * 1024;

/// A bucket that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    pub name: String,
    pub made: Timestamp,
}

/// The file-system engine with what only it has: buckets to make and remove, uploads in
/// parts, grouped listings, objects that expire. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Local(Arc<Filesystem>);

async fn finished<T>(work: JoinHandle<T>) -> io::Result<T> {
    work.await.map_err(io::Error::other)
}

impl Local {
    pub(crate) fn open(root: &Path, clock: Clock) -> Result<Self, Error> {
        Ok(Self(Arc::new(Filesystem::open(root, clock)?)))
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Filesystem) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let engine = self.0.clone();
        finished(tokio::task::spawn_blocking(move || work(&engine))).await?
    }

    /// Writes a stream to a temporary file. Given up anywhere, it leaves nothing.
    async fn write(
        &self,
        stream: impl Stream<Item = io::Result<Bytes>> + Send,
        attributes: Attributes,
    ) -> Result<Writer, Error> {
        let mut writer = self.run(move |engine| engine.writer(attributes)).await?;
        let mut stream = std::pin::pin!(stream);
        let (mut block, mut ended) = fill(&mut stream).await?;
        loop {
            let writing = tokio::task::spawn_blocking(move || {
                block.iter().try_for_each(|bytes| writer.write(bytes)).map(|()| writer)
            });
            if ended {
                return Ok(finished(writing).await??);
            }
            let (written, filled) = tokio::join!(finished(writing), fill(&mut stream));
            writer = written??;
            (block, ended) = filled?;
        }
    }

    pub(crate) async fn put(
        &self,
        bucket: &str,
        key: &str,
        bytes: Bytes,
        attributes: Attributes,
    ) -> Result<Meta, Error> {
        let (path, key) = (key::path(bucket, key)?, key.to_owned());
        self.run(move |engine| engine.put(&path, key, &bytes, attributes)).await
    }

    /// Stores what the stream carries if the condition holds, before it is read and when it
    /// takes its place.
    pub async fn put_stream(
        &self,
        bucket: &str,
        key: &str,
        stream: impl Stream<Item = io::Result<Bytes>> + Send,
        attributes: Attributes,
        condition: Condition,
    ) -> Result<Meta, Error> {
        let (path, key) = (key::path(bucket, key)?, key.to_owned());
        if condition != Condition::Always {
            let (path, condition) = (path.clone(), condition.clone());
            self.run(move |engine| engine.check(&path, &condition)).await?;
        }
        let writer = self.write(stream, attributes).await?;
        self.run(move |engine| Ok(engine.finish(writer, &path, None, &condition)?.meta(key))).await
    }

    pub(crate) async fn put_file(
        &self,
        bucket: &str,
        key: &str,
        from: &Path,
        attributes: Attributes,
    ) -> Result<Meta, Error> {
        let (path, key, from) = (key::path(bucket, key)?, key.to_owned(), from.to_owned());
        self.run(move |engine| engine.put_file(&path, key, &from, attributes)).await
    }

    /// Copies an object, with other attributes if given.
    pub async fn copy(
        &self,
        from: (&str, &str),
        to: (&str, &str),
        attributes: Option<Attributes>,
        condition: Condition,
    ) -> Result<Option<Meta>, Error> {
        let (source, target, key) = (key::path(from.0, from.1)?, key::path(to.0, to.1)?, to.1.to_owned());
        self.run(move |engine| engine.copy(&source, &target, key, attributes, &condition)).await
    }

    pub async fn head(&self, bucket: &str, key: &str) -> Result<Option<Meta>, Error> {
        let (path, key) = (key::path(bucket, key)?, key.to_owned());
        self.run(move |engine| engine.head(&path, key)).await
    }

    pub(crate) async fn get(
        &self,
        bucket: &str,
        key: &str,
        range: Option<Range<u64>>,
    ) -> Result<Option<Object>, Error> {
        let (path, key) = (key::path(bucket, key)?, key.to_owned());
        self.run(move |engine| {
            let Some((mut file, meta, range)) = engine.seek(&path, key, range)? else { return Ok(None) };
            let bytes = block(&mut file, range.end - range.start)?;
            Ok(Some(Object { meta, bytes }))
        })
        .await
    }

    pub async fn read(
        &self,
        bucket: &str,
        key: &str,
        range: Option<Range<u64>>,
    ) -> Result<Option<Reading>, Error> {
        let (path, key) = (key::path(bucket, key)?, key.to_owned());
        let opened = self.run(move |engine| {
            let Some((mut file, meta, range)) = engine.seek(&path, key, range)? else { return Ok(None) };
            let first = block(&mut file, (range.end - range.start).min(BLOCK as u64))?;
            Ok(Some((file, meta, range, first)))
        });
        let Some((file, meta, range, first)) = opened.await? else { return Ok(None) };
        let left = range.end - range.start - first.len() as u64;
        let rest = stream::try_unfold(ahead(file, left), |reading| async move {
            let Some(reading) = reading else { return Ok(None) };
            let (file, bytes, left) = finished(reading).await??;
            Ok::<_, io::Error>(Some((bytes, ahead(file, left))))
        });
        let first = (!first.is_empty()).then_some(Ok(first));
        Ok(Some(Reading { meta, range, stream: stream::iter(first).chain(rest).boxed() }))
    }

    pub async fn delete(&self, bucket: &str, key: &str, condition: Condition) -> Result<bool, Error> {
        let path = key::path(bucket, key)?;
        self.run(move |engine| engine.delete(&path, &condition)).await
    }

    /// A page of a bucket's keys in byte order.
    pub async fn page(&self, bucket: &str, query: Query) -> Result<Page, Error> {
        let bucket = key::bucket(bucket)?;
        self.run(move |engine| Walk::through(engine, &bucket, &query)).await
    }

    pub(crate) async fn clear(&self) -> Result<(), Error> {
        self.run(Filesystem::clear).await
    }

    /// Removes what is due: expired objects, uploads abandoned for a week, leftovers.
    pub async fn sweep(&self) -> Result<Swept, Error> {
        self.run(Filesystem::sweep).await
    }

    /// Makes a bucket; whether it is new.
    pub async fn make_bucket(&self, bucket: &str) -> Result<bool, Error> {
        let bucket = key::bucket(bucket)?;
        self.run(move |engine| engine.make_bucket(&bucket)).await
    }

    pub async fn bucket(&self, bucket: &str) -> Result<Option<Bucket>, Error> {
        let (path, bucket) = (key::bucket(bucket)?, bucket.to_owned());
        self.run(move |engine| engine.bucket(&path, bucket)).await
    }

    pub async fn buckets(&self) -> Result<Vec<Bucket>, Error> {
        self.run(Filesystem::buckets).await
    }

    /// Removes an empty bucket.
    pub async fn remove_bucket(&self, bucket: &str) -> Result<(), Error> {
        let bucket = key::bucket(bucket)?;
        self.run(move |engine| engine.remove_bucket(&bucket)).await
    }

    /// Begins an upload in parts; its id.
    pub async fn start_upload(
        &self,
        bucket: &str,
        key: &str,
        attributes: Attributes,
    ) -> Result<String, Error> {
        key::path(bucket, key)?;
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        self.run(move |engine| engine.start_upload(&bucket, &key, attributes)).await
    }

    /// Stores a part; the last one of a number wins.
    pub async fn put_part(
        &self,
        bucket: &str,
        key: &str,
        upload: &str,
        number: u32,
        stream: impl Stream<Item = io::Result<Bytes>> + Send,
    ) -> Result<Part, Error> {
        let (bucket, key, id) = (bucket.to_owned(), key.to_owned(), upload.to_owned());
        self.run(move |engine| engine.check_upload(&bucket, &key, &id)).await?;
        let writer = self.write(stream, "".into()).await?;
        let id = upload.to_owned();
        self.run(move |engine| engine.finish_part(writer, &id, number)).await
    }

    pub async fn parts(&self, bucket: &str, key: &str, upload: &str) -> Result<Vec<Part>, Error> {
        let (bucket, key, id) = (bucket.to_owned(), key.to_owned(), upload.to_owned());
        self.run(move |engine| engine.parts(&bucket, &key, &id)).await
    }

    /// Makes an object of the named parts (number, etag), which must ascend; the rest of the
    /// upload is removed.
    pub async fn complete(
        &self,
        bucket: &str,
        key: &str,
        upload: &str,
        parts: Vec<(u32, String)>,
        condition: Condition,
    ) -> Result<Meta, Error> {
        let (bucket, key, id) = (bucket.to_owned(), key.to_owned(), upload.to_owned());
        self.run(move |engine| engine.complete(&bucket, &key, &id, &parts, &condition)).await
    }

    pub async fn abort(&self, bucket: &str, key: &str, upload: &str) -> Result<(), Error> {
        let (bucket, key, id) = (bucket.to_owned(), key.to_owned(), upload.to_owned());
        self.run(move |engine| engine.abort(&bucket, &key, &id)).await
    }

    /// The uploads of a bucket that are under way, by key and start.
    pub async fn uploads(&self, bucket: &str) -> Result<Vec<Upload>, Error> {
        let bucket = bucket.to_owned();
        self.run(move |engine| engine.uploads(&bucket)).await
    }
}

/// Takes a block off the stream; whether that was the end.
async fn fill(
    stream: &mut (impl Stream<Item = io::Result<Bytes>> + Unpin),
) -> io::Result<(Vec<Bytes>, bool)> {
    let (mut block, mut size) = (Vec::new(), 0);
    while size < BLOCK {
        let Some(bytes) = stream.next().await else { return Ok((block, true)) };
        let bytes = bytes?;
        size += bytes.len();
        block.push(bytes);
    }
    Ok((block, false))
}

fn block(file: &mut File, size: u64) -> io::Result<Bytes> {
    let mut bytes = Vec::with_capacity(size as usize);
    if file.take(size).read_to_end(&mut bytes)? as u64 != size {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes.into())
}

/// Begins to read the next block.
fn ahead(mut file: File, left: u64) -> Option<JoinHandle<io::Result<(File, Bytes, u64)>>> {
    (left > 0).then(|| {
        tokio::task::spawn_blocking(move || {
            let bytes = block(&mut file, left.min(BLOCK as u64))?;
            let left = left - bytes.len() as u64;
            Ok((file, bytes, left))
        })
    })
}

impl Filesystem {
    fn make_bucket(&self, bucket: &Path) -> Result<bool, Error> {
        match fs::create_dir(self.root.join(bucket)) {
            Ok(()) => super::sync_folder(&self.root).map(|()| true).map_err(Error::from),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn bucket(&self, path: &Path, name: String) -> Result<Option<Bucket>, Error> {
        match fs::metadata(self.root.join(path)) {
            Ok(found) => {
                let made = found.created().or_else(|_| found.modified())?;
                let made = made.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                Ok(Some(Bucket { name, made: Timestamp::from_millis(made.as_millis() as i64) }))
            }
            Err(error) if absent(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn buckets(&self) -> Result<Vec<Bucket>, Error> {
        let mut buckets = Vec::new();
        for folder in names(&self.root)? {
            if let Some(name) = key::bucket_of(&folder) {
                buckets.extend(self.bucket(Path::new(&folder), name)?);
            }
        }
        buckets.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(buckets)
    }

    fn remove_bucket(&self, bucket: &Path) -> Result<(), Error> {
        match fs::remove_dir(self.root.join(bucket)) {
            Ok(()) => Ok(super::sync_folder(&self.root)?),
            Err(error) if absent(&error) => Err(Error::NoSuchBucket),
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => Err(Error::NotEmpty),
            Err(error) => Err(error.into()),
        }
    }
}
