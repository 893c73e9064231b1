//! Listings of objects, in the two forms the protocol has.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use platform_blobs::{Entry, Page, Query};
use s3s::{
    S3ErrorCode, S3Response, S3Result,
    dto::{
        CommonPrefix, EncodingType, ListObjectsInput, ListObjectsOutput, ListObjectsV2Input,
        ListObjectsV2Output, Object, ObjectStorageClass,
    },
};

use crate::objects::{Objects, etag, failed, owner, refuse, time};

const MOST: i32 = 1000;
/// Keys may hold what XML cannot; clients ask for them encoded.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// Texts as the client wants them.
pub struct Written(bool);

impl Written {
    pub fn new(encoding: Option<&EncodingType>) -> S3Result<Self> {
        match encoding.map(EncodingType::as_str) {
            None => Ok(Self(false)),
            Some(EncodingType::URL) => Ok(Self(true)),
            Some(_) => refuse(S3ErrorCode::InvalidArgument, "encoding-type is url or nothing."),
        }
    }
    pub fn text(&self, text: String) -> String {
        if self.0 { utf8_percent_encode(&text, PLAIN).to_string() } else { text }
    }
}

pub fn at_most(asked: Option<i32>) -> S3Result<i32> {
    match asked.unwrap_or(MOST) {
        asked if asked < 0 => refuse(S3ErrorCode::InvalidArgument, "The number of results is not negative."),
        asked => Ok(asked.min(MOST)),
    }
}

fn object(entry: Entry, written: &Written, owned: bool) -> Object {
    Object {
        e_tag: Some(etag(entry.etag)),
        key: Some(written.text(entry.key)),
        last_modified: Some(time(entry.modified)),
        owner: owned.then(owner),
        size: Some(entry.size as i64),
        storage_class: Some(ObjectStorageClass::from_static(ObjectStorageClass::STANDARD)),
        ..Object::default()
    }
}

pub fn groups(groups: Vec<String>, written: &Written) -> Vec<CommonPrefix> {
    groups.into_iter().map(|group| CommonPrefix { prefix: Some(written.text(group)) }).collect()
}

impl Objects {
    async fn page(&self, bucket: &str, query: Query) -> S3Result<Page> {
        let bucket = self.bucket(bucket).await?;
        self.local.page(&bucket, query).await.map_err(failed)
    }

    pub async fn list_first(&self, input: ListObjectsInput) -> S3Result<S3Response<ListObjectsOutput>> {
        let written = Written::new(input.encoding_type.as_ref())?;
        let limit = at_most(input.max_keys)?;
        let query = Query {
            prefix: input.prefix.clone().unwrap_or_default(),
            delimiter: input.delimiter.clone(),
            after: input.marker.clone().filter(|marker| !marker.is_empty()),
            limit: limit as usize,
        };
        let Page { objects, groups: found, next } = self.page(&input.bucket, query).await?;
        Ok(S3Response::new(ListObjectsOutput {
            name: Some(input.bucket),
            prefix: Some(written.text(input.prefix.unwrap_or_default())),
            marker: Some(written.text(input.marker.unwrap_or_default())),
            max_keys: Some(limit),
            is_truncated: Some(next.is_some()),
            contents: Some(objects.into_iter().map(|entry| object(entry, &written, true)).collect()),
            common_prefixes: Some(groups(found, &written)),
            delimiter: input.delimiter.map(|delimiter| written.text(delimiter)),
            next_marker: next.map(|next| written.text(next)),
            encoding_type: input.encoding_type,
            request_charged: None,
        }))
    }

    pub async fn list_second(&self, input: ListObjectsV2Input) -> S3Result<S3Response<ListObjectsV2Output>> {
        let written = Written::new(input.encoding_type.as_ref())?;
        let limit = at_most(input.max_keys)?;
        let after = match &input.continuation_token {
            Some(token) => {
                match URL_SAFE_NO_PAD.decode(token).ok().and_then(|key| String::from_utf8(key).ok()) {
                    Some(key) => Some(key),
                    None => {
                        return refuse(
                            S3ErrorCode::InvalidArgument,
                            "The continuation token is not one of ours.",
                        );
                    }
                }
            }
            None => input.start_after.clone().filter(|key| !key.is_empty()),
        };
        let query = Query {
            prefix: input.prefix.clone().unwrap_or_default(),
            delimiter: input.delimiter.clone(),
            after,
            limit: limit as usize,
        };
        let Page { objects, groups: found, next } = self.page(&input.bucket, query).await?;
        let owned = input.fetch_owner.unwrap_or(false);
        Ok(S3Response::new(ListObjectsV2Output {
            name: Some(input.bucket),
            prefix: Some(written.text(input.prefix.unwrap_or_default())),
            max_keys: Some(limit),
            key_count: Some((objects.len() + found.len()) as i32),
            continuation_token: input.continuation_token,
            is_truncated: Some(next.is_some()),
            next_continuation_token: next.map(|next| URL_SAFE_NO_PAD.encode(next)),
            contents: Some(objects.into_iter().map(|entry| object(entry, &written, owned)).collect()),
            common_prefixes: Some(groups(found, &written)),
            delimiter: input.delimiter.map(|delimiter| written.text(delimiter)),
            encoding_type: input.encoding_type,
            start_after: input.start_after.map(|key| written.text(key)),
            request_charged: None,
        }))
    }
}
