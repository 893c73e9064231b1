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
    objects::{Objects, etag, failed, from_http_date, no_such_key, refuse, time},
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

/// The bytes that a `Range` header means.
fn bytes_of(range: Option<Range>, meta: &Meta) -> S3Result<Option<std::ops::Range<u64>>> {
    range.map(|range| range.check(meta.size).map_err(S3Error::from)).transpose()
}

fn content_range(range: Option<&std::ops::Range<u64>>, size: u64) -> Option<String> {
    range.map(|range| format!("bytes {}-{}/{size}", range.start, range.end.saturating_sub(1)))
}

impl Objects {
    pub async fn meta(&self, bucket: &str, key: &str) -> S3Result<(String, Meta)> {
        let bucket = self.bucket(bucket).await?;
        let meta = self.local.head(&bucket, key).await.map_err(failed)?.ok_or_else(no_such_key)?;
        Ok((bucket, meta))
    }

    pub async fn read_object(&self, input: GetObjectInput) -> S3Result<S3Response<GetObjectOutput>> {
        if input.part_number.is_some() {
            return refuse(S3ErrorCode::NotImplemented, "Objects are not served by parts.");
        }
        let (bucket, key) = (self.bucket(&input.bucket).await?, input.key);
        let conditions = Conditions {
            matches: input.if_match,
            none_matches: input.if_none_match,
            modified_since: input.if_modified_since,
            unmodified_since: input.if_unmodified_since,
        };
        // The whole object opened once is one object; only a range needs its size before.
        let mut asked = None;
        if let Some(range) = input.range {
            let meta = self.local.head(&bucket, &key).await.map_err(failed)?.ok_or_else(no_such_key)?;
            conditions.check(&meta, S3ErrorCode::NotModified)?;
            asked = bytes_of(Some(range), &meta)?;
        }
        let reading = self.local.read(&bucket, &key, asked.clone()).await.map_err(failed)?;
        let reading = reading.ok_or_else(no_such_key)?;
        let (meta, range) = (reading.meta, reading.range);
        conditions.check(&meta, S3ErrorCode::NotModified)?;
        let length = range.end - range.start;
        let mut output = GetObjectOutput {
            accept_ranges: Some("bytes".into()),
            body: Some(Outgoing::blob(reading.stream, length)),
            cache_control: meta.details.cache_control,
            content_disposition: meta.details.content_disposition,
            content_encoding: meta.details.content_encoding,
            content_language: meta.details.content_language,
            content_length: Some(length as i64),
            content_range: content_range(asked.as_ref().map(|_| &range), meta.size),
            content_type: Some(or_bytes(meta.content_type)),
            e_tag: Some(etag(meta.etag)),
            expires: meta.details.expires.as_deref().and_then(from_http_date),
            last_modified: Some(time(meta.modified)),
            metadata: Some(meta.details.user.into_iter().collect()),
            ..GetObjectOutput::default()
        };
        if let Some(value) = input.response_content_type {
            output.content_type = Some(value);
        }
        if let Some(value) = input.response_expires {
            output.expires = Some(value);
        }
        for (given, value) in [
            (input.response_cache_control, &mut output.cache_control),
            (input.response_content_disposition, &mut output.content_disposition),
            (input.response_content_encoding, &mut output.content_encoding),
            (input.response_content_language, &mut output.content_language),
        ] {
            if given.is_some() {
                *value = given;
            }
        }
        Ok(S3Response::new(output))
    }

    pub async fn describe_object(
        &self,
        request: S3Request<HeadObjectInput>,
    ) -> S3Result<S3Response<HeadObjectOutput>> {
        let input = request.input;
        if input.part_number.is_some() {
            return refuse(S3ErrorCode::NotImplemented, "Objects are not served by parts.");
        }
        let (_, meta) = self.meta(&input.bucket, &input.key).await?;
        let conditions = Conditions {
            matches: input.if_match,
            none_matches: input.if_none_match,
            modified_since: input.if_modified_since,
            unmodified_since: input.if_unmodified_since,
        };
        conditions.check(&meta, S3ErrorCode::NotModified)?;
        let range = bytes_of(input.range, &meta)?;
        let length = range.as_ref().map_or(meta.size, |range| range.end - range.start);
        Ok(S3Response::new(HeadObjectOutput {
            accept_ranges: Some("bytes".into()),
            cache_control: input.response_cache_control.or(meta.details.cache_control),
            content_disposition: input.response_content_disposition.or(meta.details.content_disposition),
            content_encoding: input.response_content_encoding.or(meta.details.content_encoding),
            content_language: input.response_content_language.or(meta.details.content_language),
            content_length: Some(length as i64),
            content_range: content_range(range.as_ref(), meta.size),
            content_type: Some(input.response_content_type.unwrap_or(or_bytes(meta.content_type))),
            e_tag: Some(etag(meta.etag)),
            expires: input.response_expires.or(meta.details.expires.as_deref().and_then(from_http_date)),
            last_modified: Some(time(meta.modified)),
            metadata: Some(meta.details.user.into_iter().collect()),
            ..HeadObjectOutput::default()
        }))
    }
}

fn or_bytes(content_type: String) -> String {
    if content_type.is_empty() { "binary/octet-stream".into() } else { content_type }
}
