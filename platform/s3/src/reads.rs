//! Reading an object: conditions, ranges, and what is said with it.

use platform_blobs::Meta;
use s3s::{
    S3Error, S3ErrorCode, S3Request, S3Response, S3Result,
    dto::{
        ETagCondition, GetObjectInput, GetObjectOutput, HeadObjectInput, HeadObjectOutput, Range, Timestamp,
    },
};

use crate::{
    body::Outgoing,
    inputs::{conditions, described},
    objects::{Objects, failed, no_such_key, refuse, time},
};

/// The conditions of a request.
#[derive(Default)]
pub struct Conditions {
    pub matches: Option<ETagCondition>,
    pub none_matches: Option<ETagCondition>,
    pub modified_since: Option<Timestamp>,
    pub unmodified_since: Option<Timestamp>,
}

fn holds(condition: &ETagCondition, value: &str) -> bool {
    match condition {
        ETagCondition::Any => true,
        ETagCondition::ETag(etag) => etag.value() == value,
    }
}

impl Conditions {
    /// RFC 9110: an entity tag counts before a date. A refusal says `unmodified` where the
    /// caller has the object already.
    pub fn check(&self, meta: &Meta, unmodified: S3ErrorCode) -> S3Result<()> {
        // Dates in headers are whole seconds.
        let modified = time(platform_kernel::Timestamp::from_millis(meta.modified.seconds() * 1000));
        let failed = match (&self.matches, &self.unmodified_since) {
            (Some(condition), _) => !holds(condition, &meta.etag),
            (None, Some(since)) => modified > *since,
            (None, None) => false,
        };
        if failed {
            return refuse(S3ErrorCode::PreconditionFailed, "The object is not as the request wants it.");
        }
        let same = match (&self.none_matches, &self.modified_since) {
            (Some(condition), _) => holds(condition, &meta.etag),
            (None, Some(since)) => modified <= *since,
            (None, None) => false,
        };
        if !same {
            return Ok(());
        }
        let mut error = S3Error::with_message(unmodified, "The object is the one the request knows.");
        let mut headers = http::HeaderMap::new();
        if let Ok(value) = http::HeaderValue::from_str(&format!("\"{}\"", meta.etag)) {
            headers.insert(http::header::ETAG, value);
        }
        error.set_headers(headers);
        Err(error)
    }
}

/// What of an object is asked for.
#[derive(Default)]
pub struct Piece {
    /// Nothing: all of it.
    bytes: Option<std::ops::Range<u64>>,
    /// How many parts there are, where one was asked for.
    pub parts: Option<i32>,
}

impl Piece {
    fn new(range: Option<Range>, part: Option<i32>, meta: &Meta) -> S3Result<Self> {
        let Some(number) = part else {
            let bytes = range.map(|range| range.check(meta.size).map_err(S3Error::from)).transpose()?;
            return Ok(Self { bytes, parts: None });
        };
        if range.is_some() {
            return refuse(S3ErrorCode::InvalidRequest, "Either a range or a part is asked for.");
        }
        let bytes = match u64::try_from(number) {
            Ok(number @ 1..=10_000) if !meta.parts.is_empty() => meta.parts.range(number),
            // ends in the number of parts, whose sizes were not always kept
            Ok(1..=10_000) if meta.etag.contains('-') => {
                return refuse(
                    S3ErrorCode::NotImplemented,
                    "The sizes of this object's parts are not known.",
                );
            }
            Ok(1) => Some(0..meta.size),
            Ok(2..=10_000) => None,
            _ => return refuse(S3ErrorCode::InvalidArgument, "Part numbers are 1 to 10000."),
        };
        let Some(bytes) = bytes else {
            let code = S3ErrorCode::Custom("InvalidPartNumber".into());
            let mut error = S3Error::with_message(code, "The object has no such part.");
            error.set_status_code(http::StatusCode::RANGE_NOT_SATISFIABLE);
            return Err(error);
        };
        let parts = (!meta.parts.is_empty()).then(|| meta.parts.count() as i32);
        // nothing is no range
        Ok(Self { bytes: (meta.size > 0).then_some(bytes), parts })
    }
    pub fn length(&self, size: u64) -> u64 {
        self.bytes.as_ref().map_or(size, |bytes| bytes.end - bytes.start)
    }
    /// As the `Content-Range` header has it.
    pub fn header(&self, size: u64) -> Option<String> {
        let bytes = self.bytes.as_ref()?;
        Some(format!("bytes {}-{}/{size}", bytes.start, bytes.end.saturating_sub(1)))
    }
}

impl Objects {
    pub async fn meta(&self, bucket: &str, key: &str) -> S3Result<(String, Meta)> {
        let bucket = self.bucket(bucket).await?;
        let meta = self.local.head(&bucket, key).await.map_err(failed)?.ok_or_else(no_such_key)?;
        Ok((bucket, meta))
    }

    pub async fn read_object(&self, mut input: GetObjectInput) -> S3Result<S3Response<GetObjectOutput>> {
        let (bucket, key) = (self.bucket(&input.bucket).await?, input.key);
        let conditions = conditions!(input);
        let (reading, piece) = loop {
            // The whole object opened once is one object; a piece needs to know it before.
            let (mut piece, mut known) = (Piece::default(), None);
            if input.range.is_some() || input.part_number.is_some() {
                let meta = self.local.head(&bucket, &key).await.map_err(failed)?.ok_or_else(no_such_key)?;
                conditions.check(&meta, S3ErrorCode::NotModified)?;
                piece = Piece::new(input.range, input.part_number, &meta)?;
                known = Some(meta.etag);
            }
            let read = self.local.read(&bucket, &key, piece.bytes.clone()).await.map_err(failed)?;
            let read = read.ok_or_else(no_such_key)?;
            if known.is_none_or(|etag| etag == read.meta.etag) {
                break (read, piece);
            }
        };
        let meta = reading.meta;
        conditions.check(&meta, S3ErrorCode::NotModified)?;
        let body = Outgoing::blob(reading.stream, piece.length(meta.size));
        Ok(S3Response::new(GetObjectOutput {
            body: Some(body),
            ..described!(GetObjectOutput, input, meta, &piece)
        }))
    }

    pub async fn describe_object(
        &self,
        request: S3Request<HeadObjectInput>,
    ) -> S3Result<S3Response<HeadObjectOutput>> {
        let mut input = request.input;
        let (_, meta) = self.meta(&input.bucket, &input.key).await?;
        conditions!(input).check(&meta, S3ErrorCode::NotModified)?;
        let piece = Piece::new(input.range, input.part_number, &meta)?;
        Ok(S3Response::new(described!(HeadObjectOutput, input, meta, &piece)))
    }
}

fn or_bytes(content_type: String) -> String {
    if content_type.is_empty() { "binary/octet-stream".into() } else { content_type }
}
