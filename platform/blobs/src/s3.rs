//! The S3 engine: objects on a server that speaks S3, one client for each bucket. What is
//! longer than a part goes up in parts; a stream that ends early takes its upload with it.
//! How long objects live there is for the bucket's own rules to say; until then an expired
//! one is not answered.

use std::{
    collections::BTreeMap,
    fmt, io,
    ops::Range,
    path::Path as FilePath,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use object_store::{
    Attribute, ClientOptions, Error as StoreError, GetOptions, GetRange, GetResult, ObjectStore,
    ObjectStoreExt, PutMultipartOptions, PutOptions, PutPayload, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    list::{PaginatedListOptions, PaginatedListStore},
    multipart::{MultipartStore, PartId},
    path::Path,
};
use platform_kernel::{Clock, Timestamp};
use tokio::task::JoinSet;
// object_store speaks through it and leaves its TLS to whoever builds the program.
use reqwest as _;

use crate::{Attributes, Details, Entry, Error, Meta, Object, Parts, Reading, key, object::cut};

/// Content up to this length is put at once, and longer content in parts of it. S3 allows
/// 10,000 parts, none but the last below 5 MiB.
const PART: usize = 8 * 1024 * 1024;
/// Parts that go up at the same time.
const AT_ONCE: usize = 3;
/// The user metadata that says when an object is gone.
const EXPIRES_AT: &str = "expires-at-ms";

/// Where the server is and who we are to it.
#[derive(Clone, Default)]
pub struct S3Options {
    pub endpoint: String,
    pub region: String,
    pub access_key_id: String,
    pub secret_access_key: String,
    /// The server's names of buckets, by ours; what is not named here has the same name there.
    pub buckets: BTreeMap<String, String>,
    /// `https://bucket.host/` in place of `https://host/bucket`.
    pub virtual_hosted: bool,
}

#[derive(Clone)]
pub(crate) struct S3 {
    options: Arc<S3Options>,
    clock: Clock,
    clients: Arc<Mutex<BTreeMap<String, Arc<AmazonS3>>>>,
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S3 {}", self.options.endpoint)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Io(io::Error::other(error))
    }
}

fn location(key: &str) -> Result<Path, Error> {
    key::check(key)?;
    Path::parse(key).map_err(|_| Error::InvalidKey("not a key that every S3 server takes"))
}

fn attributes(about: &Attributes) -> object_store::Attributes {
    let Details { cache_control, content_disposition, content_encoding, content_language, .. } =
        &about.details;
    let mut all = object_store::Attributes::new();
    if !about.content_type.is_empty() {
        all.insert(Attribute::ContentType, about.content_type.clone().into());
    }
    for (attribute, value) in [
        (Attribute::CacheControl, cache_control),
        (Attribute::ContentDisposition, content_disposition),
        (Attribute::ContentEncoding, content_encoding),
        (Attribute::ContentLanguage, content_language),
    ] {
        if let Some(value) = value {
            all.insert(attribute, value.clone().into());
        }
    }
    let end = about.details.expires_at.map(|at| (EXPIRES_AT.to_owned(), at.millis().to_string()));
    for (name, value) in about.details.user.clone().into_iter().chain(end) {
        all.insert(Attribute::Metadata(name.into()), value.into());
    }
    all
}

fn meta(key: &str, found: &GetResult) -> Meta {
    let mut details = Details::default();
    let mut content_type = String::new();
    for (attribute, value) in &found.attributes {
        let value = value.to_string();
        match attribute {
            Attribute::ContentType => content_type = value,
            Attribute::CacheControl => details.cache_control = Some(value),
            Attribute::ContentDisposition => details.content_disposition = Some(value),
            Attribute::ContentEncoding => details.content_encoding = Some(value),
            Attribute::ContentLanguage => details.content_language = Some(value),
            Attribute::Metadata(name) if name == EXPIRES_AT => {
                details.expires_at = value.parse().ok().map(Timestamp::from_millis);
            }
            Attribute::Metadata(name) => drop(details.user.insert(name.to_string(), value)),
            _ => {}
        }
    }
    Meta {
        key: key.to_owned(),
        size: found.meta.size,
        content_type,
        etag: bare(found.meta.e_tag.as_deref()),
        modified: Timestamp::from_millis(found.meta.last_modified.timestamp_millis()),
        parts: Parts::default(),
        details,
    }
}

fn bare(etag: Option<&str>) -> String {
    etag.unwrap_or_default().trim_matches('"').to_owned()
}

/// Aborts an upload that was not completed.
struct Abort {
    client: Arc<AmazonS3>,
    path: Path,
    id: Option<String>,
}

impl Drop for Abort {
    fn drop(&mut self) {
        if let Some(id) = self.id.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let (client, path) = (self.client.clone(), self.path.clone());
            // What this cannot reach, the bucket's rule for unfinished uploads removes.
            runtime.spawn(async move { drop(client.abort_multipart(&path, &id).await) });
        }
    }
}

impl S3 {
    pub fn new(options: S3Options, clock: Clock) -> Result<Self, Error> {
        // Only the first choice in a process counts; it is the same one everywhere.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let engine = Self { options: Arc::new(options), clock, clients: Arc::default() };
        // What cannot be right is said at once, not at the first object.
        engine.client("probe")?;
        engine.clients.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(engine)
    }

    fn client(&self, bucket: &str) -> Result<Arc<AmazonS3>, Error> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(bucket) {
            return Ok(client.clone());
        }
        key::bucket(bucket)?;
        let S3Options { endpoint, region, access_key_id, secret_access_key, buckets, virtual_hosted } =
            &*self.options;
        let name = buckets.get(bucket).map_or(bucket, String::as_str);
        // object_store takes the host of virtual addressing as it is.
        let endpoint = match (virtual_hosted, endpoint.split_once("://")) {
            (true, Some((scheme, host))) => format!("{scheme}://{name}.{host}"),
            _ => endpoint.clone(),
        };
        let client = AmazonS3Builder::new()
            .with_endpoint(endpoint.trim_end_matches('/'))
            .with_region(region)
            .with_bucket_name(name)
            .with_access_key_id(access_key_id)
            .with_secret_access_key(secret_access_key)
            .with_virtual_hosted_style_request(*virtual_hosted)
            .with_client_options(
                ClientOptions::new()
                    .with_allow_http(true)
                    .with_connect_timeout(Duration::from_secs(5))
                    .with_read_timeout(Duration::from_secs(30))
                    .with_timeout(Duration::from_secs(300)),
            )
            .with_retry(RetryConfig {
                max_retries: 3,
                retry_timeout: Duration::from_secs(30),
                ..Default::default()
            })
            .build()?;
        Ok(clients.entry(bucket.to_owned()).or_insert(Arc::new(client)).clone())
    }

    pub async fn put(&self, bucket: &str, key: &str, bytes: Bytes, about: Attributes) -> Result<Meta, Error> {
        let (client, path, size) = (self.client(bucket)?, location(key)?, bytes.len() as u64);
        let options = PutOptions { attributes: attributes(&about), ..PutOptions::default() };
        let put = client.put_opts(&path, PutPayload::from_bytes(bytes), options).await?;
        Ok(self.put_meta(key, size, about, put.e_tag))
    }

    fn put_meta(&self, key: &str, size: u64, about: Attributes, etag: Option<String>) -> Meta {
        let Attributes { content_type, details } = about;
        let (key, etag, modified) = (key.to_owned(), bare(etag.as_deref()), self.clock.now());
        Meta { key, size, content_type, etag, modified, parts: Parts::default(), details }
    }

    pub async fn put_stream(
        &self,
        bucket: &str,
        key: &str,
        stream: impl Stream<Item = io::Result<Bytes>> + Send,
        about: Attributes,
    ) -> Result<Meta, Error> {
        let (client, path) = (self.client(bucket)?, location(key)?);
        // boxed: borrowed, the future could not be sent
        let mut stream = Box::pin(stream);
        let (first, ended) = fill(&mut stream).await?;
        if ended {
            return self.put(bucket, key, first, about).await;
        }
        let options =
            PutMultipartOptions { attributes: attributes(&about), ..PutMultipartOptions::default() };
        let id = client.create_multipart_opts(&path, options).await?;
        let mut abort = Abort { client: client.clone(), path: path.clone(), id: Some(id.clone()) };
        let (mut size, mut index, mut parts) = (0, 0, Vec::new());
        let (mut block, mut ended) = (first, false);
        let mut sending = JoinSet::new();
        loop {
            if !block.is_empty() {
                size += block.len() as u64;
                let (client, path, id) = (client.clone(), path.clone(), id.clone());
                sending.spawn(async move {
                    let part = client.put_part(&path, &id, index, PutPayload::from_bytes(block)).await?;
                    Ok::<_, Error>((index, part))
                });
                index += 1;
            }
            if ended {
                break;
            }
            if sending.len() >= AT_ONCE
                && let Some(sent) = sending.join_next().await
            {
                parts.push(sent.map_err(io::Error::other)??);
            }
            (block, ended) = fill(&mut stream).await?;
        }
        while let Some(sent) = sending.join_next().await {
            parts.push(sent.map_err(io::Error::other)??);
        }
        parts.sort_unstable_by_key(|(index, _)| *index);
        let parts: Vec<PartId> = parts.into_iter().map(|(_, part)| part).collect();
        let put = client.complete_multipart(&path, &id, parts).await?;
        abort.id = None;
        Ok(self.put_meta(key, size, about, put.e_tag))
    }

    pub async fn put_file(
        &self,
        bucket: &str,
        key: &str,
        from: &FilePath,
        about: Attributes,
    ) -> Result<Meta, Error> {
        let file = tokio::fs::File::open(from).await?;
        let blocks = stream::try_unfold(file, |mut file| async move {
            let mut block = BytesMut::with_capacity(256 * 1024);
            let read = tokio::io::AsyncReadExt::read_buf(&mut file, &mut block).await?;
            Ok((read > 0).then(|| (block.freeze(), file)))
        });
        self.put_stream(bucket, key, blocks, about).await
    }

    /// What there is, unless its time is over.
    async fn find(
        &self,
        bucket: &str,
        key: &str,
        range: Option<Range<u64>>,
        head: bool,
    ) -> Result<Option<GetResult>, Error> {
        let (client, path) = (self.client(bucket)?, location(key)?);
        // Servers read the ends as signed numbers: what reaches that far is open.
        let range = range.map(|range| match i64::try_from(range.end) {
            Ok(_) => GetRange::Bounded(range),
            Err(_) => GetRange::Offset(range.start),
        });
        match client.get_opts(&path, GetOptions { range, head, ..GetOptions::default() }).await {
            Ok(found) => {
                let gone = meta(key, &found).details.expires_at.is_some_and(|at| at <= self.clock.now());
                Ok((!gone).then_some(found))
            }
            Err(StoreError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn open(
        &self,
        bucket: &str,
        key: &str,
        range: Option<Range<u64>>,
    ) -> Result<Option<(GetResult, Range<u64>)>, Error> {
        let Some(asked) = range else {
            let found = self.find(bucket, key, None, false).await?;
            return Ok(found.map(|found| (0..found.meta.size, found)).map(|(range, found)| (found, range)));
        };
        if asked.start < asked.end {
            match self.find(bucket, key, Some(asked.clone()), false).await {
                Ok(None) => return Ok(None),
                Ok(Some(found)) => {
                    let range = found.range.clone();
                    return Ok(Some((found, range)));
                }
                // It may be the range; the object's size tells.
                Err(error) => match self.head(bucket, key).await? {
                    Some(meta) if cut(Some(asked), meta.size).is_none() => {
                        return Err(Error::Range { size: meta.size });
                    }
                    _ => return Err(error),
                },
            }
        }
        match self.head(bucket, key).await? {
            Some(meta) => Err(Error::Range { size: meta.size }),
            None => Ok(None),
        }
    }

    pub async fn get(
        &self,
        bucket: &str,
        key: &str,
        range: Option<Range<u64>>,
    ) -> Result<Option<Object>, Error> {
        let Some((found, _)) = self.open(bucket, key, range).await? else { return Ok(None) };
        Ok(Some(Object { meta: meta(key, &found), bytes: found.bytes().await? }))
    }

    pub async fn read(
        &self,
        bucket: &str,
        key: &str,
        range: Option<Range<u64>>,
    ) -> Result<Option<Reading>, Error> {
        let Some((found, range)) = self.open(bucket, key, range).await? else { return Ok(None) };
        let meta = meta(key, &found);
        Ok(Some(Reading { meta, range, stream: found.into_stream().map_err(io::Error::other).boxed() }))
    }

    pub async fn head(&self, bucket: &str, key: &str) -> Result<Option<Meta>, Error> {
        Ok(self.find(bucket, key, None, true).await?.map(|found| meta(key, &found)))
    }

    pub async fn copy(&self, from: (&str, &str), to: (&str, &str)) -> Result<bool, Error> {
        let (source, target) = (self.client(from.0)?, self.client(to.0)?);
        if from.0 != to.0 {
            // object_store copies within a bucket; across them the content passes through here.
            let Some(reading) = self.read(from.0, from.1, None).await? else { return Ok(false) };
            let about =
                Attributes { content_type: reading.meta.content_type.clone(), details: reading.meta.details };
            self.put_stream(to.0, to.1, reading.stream, about).await?;
            return Ok(true);
        }
        drop(target);
        match source.copy(&location(from.1)?, &location(to.1)?).await {
            Ok(()) => Ok(true),
            Err(StoreError::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    pub async fn delete(&self, bucket: &str, key: &str) -> Result<bool, Error> {
        if self.head(bucket, key).await?.is_none() {
            return Ok(false);
        }
        match self.client(bucket)?.delete(&location(key)?).await {
            Ok(()) | Err(StoreError::NotFound { .. }) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    pub async fn list(
        &self,
        bucket: &str,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Entry>, Error> {
        let client = self.client(bucket)?;
        let (mut entries, mut page_token) = (Vec::new(), None);
        while entries.len() < limit {
            let options = PaginatedListOptions {
                offset: after.map(str::to_owned),
                max_keys: Some((limit - entries.len()).min(1000)),
                page_token,
                ..PaginatedListOptions::default()
            };
            let wanted = (!prefix.is_empty()).then_some(prefix);
            let page = match client.list_paginated(wanted, options).await {
                Ok(page) => page,
                Err(StoreError::NotFound { .. }) => break,
                Err(error) => return Err(error.into()),
            };
            entries.extend(page.result.objects.into_iter().map(|found| Entry {
                key: found.location.to_string(),
                size: found.size,
                etag: bare(found.e_tag.as_deref()),
                modified: Timestamp::from_millis(found.last_modified.timestamp_millis()),
            }));
            page_token = page.page_token;
            if page_token.is_none() {
                break;
            }
        }
        entries.truncate(limit);
        Ok(entries)
    }

    /// Empties the buckets we know the names of.
    pub async fn clear(&self) -> Result<(), Error> {
        for bucket in self.options.buckets.keys() {
            loop {
                let found = self.list(bucket, "", None, 1000).await?;
                if found.is_empty() {
                    break;
                }
                for entry in found {
                    self.client(bucket)?.delete(&location(&entry.key)?).await?;
                }
            }
        }
        Ok(())
    }
}

/// Takes a part off the stream; whether that was the end.
async fn fill(stream: &mut (impl Stream<Item = io::Result<Bytes>> + Unpin)) -> io::Result<(Bytes, bool)> {
    let mut block = BytesMut::new();
    while block.len() < PART {
        match stream.next().await {
            Some(bytes) => block.extend_from_slice(&bytes?),
            None => return Ok((block.freeze(), true)),
        }
    }
    Ok((block.freeze(), false))
}
