//! The objects as the operations see them: names of buckets translated, times and errors in
//! the protocol's terms.

use std::time::{Duration, UNIX_EPOCH};

use http::StatusCode;
use platform_blobs::{Attributes, Condition, Details, Error, Local};
use s3s::{
    S3Error, S3ErrorCode, S3Result,
    dto::{ETag, ETagCondition, Metadata, Owner, Timestamp, TimestampFormat},
};

pub struct Objects {
    pub local: Local,
    pub region: String,
    /// (outside, inside)
    pub buckets: Vec<(String, String)>,
}

pub fn refuse<T>(code: S3ErrorCode, message: &'static str) -> S3Result<T> {
    Err(S3Error::with_message(code, message))
}

/// An error of the engine as the client is told it.
pub fn failed(error: Error) -> S3Error {
    let text = error.to_string();
    let code = match error {
        Error::InvalidKey(_) => S3ErrorCode::InvalidArgument,
        Error::Range { .. } => S3ErrorCode::InvalidRange,
        Error::NoSuchBucket => S3ErrorCode::NoSuchBucket,
        Error::NotEmpty => S3ErrorCode::BucketNotEmpty,
        Error::Absent => return no_such_key(),
        Error::Condition => S3ErrorCode::PreconditionFailed,
        Error::NoSuchUpload => S3ErrorCode::NoSuchUpload,
        Error::InvalidPart(_) => S3ErrorCode::InvalidPart,
        Error::PartOrder => S3ErrorCode::InvalidPartOrder,
        Error::Full => {
            tracing::error!("there is no room left for objects");
            let mut error = S3Error::with_message(S3ErrorCode::Custom("StorageFull".into()), text);
            error.set_status_code(StatusCode::INSUFFICIENT_STORAGE);
            return error;
        }
        Error::Corrupt(_) | Error::Io(_) => {
            tracing::error!(error = text, "objects cannot be served");
            return S3Error::with_message(
                S3ErrorCode::InternalError,
                "Something went wrong with the storage.",
            );
        }
    };
    S3Error::with_message(code, text)
}

pub fn no_such_key() -> S3Error {
    S3Error::with_message(S3ErrorCode::NoSuchKey, "There is no object with this key.")
}

pub fn time(at: platform_kernel::Timestamp) -> Timestamp {
    (UNIX_EPOCH + Duration::from_millis(at.millis().max(0) as u64)).into()
}

pub fn etag(value: String) -> ETag {
    ETag::Strong(value)
}

/// A moment as the `Expires` header writes it, and back.
pub fn http_date(at: &Timestamp) -> Option<String> {
    let mut text = Vec::new();
    at.format(TimestampFormat::HttpDate, &mut text).ok()?;
    String::from_utf8(text).ok()
}
pub fn from_http_date(text: &str) -> Option<Timestamp> {
    Timestamp::parse(TimestampFormat::HttpDate, text).ok()
}

/// What a put says beside the content type.
pub struct Said {
    pub cache_control: Option<String>,
    pub content_disposition: Option<String>,
    pub content_encoding: Option<String>,
    pub content_language: Option<String>,
    pub expires: Option<Timestamp>,
    pub metadata: Option<Metadata>,
}

impl Said {
    pub fn attributes(self, content_type: Option<String>) -> S3Result<Attributes> {
        let user = self.metadata.unwrap_or_default();
        let size: usize = user.iter().map(|(name, value)| name.len() + value.len()).sum();
        if size > 2048 {
            return refuse(S3ErrorCode::MetadataTooLarge, "The metadata of an object has at most 2 KiB.");
        }
        let details = Details {
            cache_control: self.cache_control,
            content_disposition: self.content_disposition,
            content_encoding: self.content_encoding,
            content_language: self.content_language,
            expires: self.expires.as_ref().and_then(http_date),
            expires_at: None,
            user: user.into_iter().collect(),
        };
        Ok(Attributes { content_type: content_type.unwrap_or_default(), details })
    }
}

/// What a write wants of the object in whose place it puts another.
pub fn condition(matches: Option<ETagCondition>, none_matches: Option<ETagCondition>) -> S3Result<Condition> {
    match (matches, none_matches) {
        (None, None) => Ok(Condition::Always),
        (None, Some(ETagCondition::Any)) => Ok(Condition::Absent),
        (Some(ETagCondition::Any), None) => Ok(Condition::Present(None)),
        (Some(ETagCondition::ETag(ETag::Strong(etag))), None) => Ok(Condition::Present(Some(etag))),
        _ => refuse(
            S3ErrorCode::NotImplemented,
            "Writes may ask for If-None-Match: * or for If-Match with an ETag.",
        ),
    }
}

/// The one owner of everything.
pub fn owner() -> Owner {
    Owner { display_name: Some("fluxer".into()), id: Some("fluxer".into()) }
}

impl Objects {
    /// The inner name of a bucket, which need not be there.
    pub fn inside(&self, bucket: &str) -> S3Result<String> {
        if let Some((_, inside)) = self.buckets.iter().find(|(outside, _)| outside == bucket) {
            return Ok(inside.clone());
        }
        // It would be another bucket's.
        if self.buckets.iter().any(|(_, inside)| inside == bucket) {
            return Err(failed(Error::NoSuchBucket));
        }
        Ok(bucket.to_owned())
    }

    pub fn outside(&self, bucket: String) -> String {
        match self.buckets.iter().find(|(_, inside)| *inside == bucket) {
            Some((outside, _)) => outside.clone(),
            None => bucket,
        }
    }

    /// The inner name of a bucket that is there.
    pub async fn bucket(&self, bucket: &str) -> S3Result<String> {
        let inside = self.inside(bucket)?;
        match self.local.bucket(&inside).await.map_err(failed)? {
            Some(_) => Ok(inside),
            None => Err(failed(Error::NoSuchBucket)),
        }
    }
}
