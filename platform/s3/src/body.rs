//! Bodies: what comes in is counted and checked against every digest the client gave, while
//! it streams; a body that is not what it claims to be ends in an error, so that nothing of
//! it is kept. What goes out is a stream of known length.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream, stream::BoxStream};
use http::HeaderMap;
use md5::{Digest, Md5};
use s3s::{
    S3Error, S3ErrorCode, StdError, TrailingHeaders,
    checksum::ChecksumHasher,
    crypto::{Checksum as _, Crc32, Crc32c, Crc64Nvme, Sha1, Sha256},
    dto::{Checksum, StreamingBlob},
    stream::{ByteStream, RemainingLength},
};

use crate::objects::failed;

/// So much of a body is read for nothing.
const MOST_IGNORED: usize = 64 * 1024 * 1024;

/// What a client says about a body.
#[derive(Default)]
pub struct Claims {
    /// Base64, as the header has it.
    pub md5: Option<String>,
    pub length: Option<i64>,
    pub checksum: Checksum,
    /// Where checksums that follow the body will be.
    pub trailers: Option<TrailingHeaders>,
    /// Checksums to follow, by the name of their header.
    pub trailing: Vec<String>,
}

/// Why a body was refused, for whoever made the stream.
#[derive(Clone, Default)]
struct Verdict(Arc<Mutex<Option<S3ErrorCode>>>);

impl Verdict {
    fn set(&self, code: S3ErrorCode) -> io::Error {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(code);
        io::Error::other("the body is not what it was said to be")
    }
    /// The refusal, if the body was refused.
    fn take(&self) -> Option<S3Error> {
        let code = self.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let custom = matches!(code, S3ErrorCode::Custom(_));
        let mut error = S3Error::with_message(code, "The body is not what the request says it is.");
        if custom {
            error.set_status_code(http::StatusCode::BAD_REQUEST);
        }
        Some(error)
    }
}

struct Check {
    body: StreamingBlob,
    claims: Claims,
    md5: Option<Md5>,
    hasher: ChecksumHasher,
    length: u64,
    verdict: Verdict,
}

const NAMES: [&str; 5] = [
    "x-amz-checksum-crc32",
    "x-amz-checksum-crc32c",
    "x-amz-checksum-sha1",
    "x-amz-checksum-sha256",
    "x-amz-checksum-crc64nvme",
];

fn values(checksum: &Checksum) -> [Option<&String>; 5] {
    [
        checksum.checksum_crc32.as_ref(),
        checksum.checksum_crc32c.as_ref(),
        checksum.checksum_sha1.as_ref(),
        checksum.checksum_sha256.as_ref(),
        checksum.checksum_crc64nvme.as_ref(),
    ]
}

/// The checksums that a request says will follow its body.
pub fn trailing(headers: &HeaderMap) -> Vec<String> {
    let named = headers.get("x-amz-trailer").and_then(|value| value.to_str().ok()).unwrap_or_default();
    named.split(',').map(|name| name.trim().to_ascii_lowercase()).collect()
}

/// The body of a request.
pub struct Incoming {
    /// Fails at its end if a claim is false.
    pub stream: BoxStream<'static, io::Result<Bytes>>,
    verdict: Verdict,
}

impl Incoming {
    pub fn new(body: Option<StreamingBlob>, claims: Claims) -> Self {
        let verdict = Verdict::default();
        Self { stream: checked(body, claims, verdict.clone()).boxed(), verdict }
    }

    /// Why the body was not stored. What is left of it is taken in, within reason: a client
    /// that is still sending would not hear the answer.
    pub async fn refused(mut self, error: platform_blobs::Error) -> S3Error {
        if let Some(error) = self.verdict.take() {
            return error;
        }
        let mut left = MOST_IGNORED;
        while let Some(Ok(bytes)) = self.stream.next().await {
            left = left.saturating_sub(bytes.len());
            if left == 0 {
                break;
            }
        }
        failed(error)
    }
}

fn checked(
    body: Option<StreamingBlob>,
    claims: Claims,
    verdict: Verdict,
) -> impl Stream<Item = io::Result<Bytes>> + Send {
    let given = values(&claims.checksum);
    let wanted =
        |index: usize| given[index].is_some() || claims.trailing.iter().any(|name| name == NAMES[index]);
    let hasher = ChecksumHasher {
        crc32: wanted(0).then(Crc32::new),
        crc32c: wanted(1).then(Crc32c::new),
        sha1: wanted(2).then(Sha1::new),
        sha256: wanted(3).then(Sha256::new),
        crc64nvme: wanted(4).then(Crc64Nvme::new),
    };
    let md5 = claims.md5.as_ref().map(|_| Md5::new());
    let body = body.unwrap_or_else(|| StreamingBlob::from(s3s::Body::empty()));
    let check = Check { body, claims, md5, hasher, length: 0, verdict };
    stream::try_unfold(Some(check), |check| async move {
        let Some(mut check) = check else { return Ok(None) };
        match check.body.next().await {
            Some(Ok(bytes)) => {
                check.length += bytes.len() as u64;
                if let Some(md5) = &mut check.md5 {
                    md5.update(&bytes);
                }
                check.hasher.update(&bytes);
                Ok(Some((bytes, Some(check))))
            }
            Some(Err(error)) => Err(check.verdict.set(code_of(&error))),
            None => check.end().map(|()| None),
        }
    })
}

/// What the protocol's layer says of a body that it refuses.
fn code_of(error: &StdError) -> S3ErrorCode {
    let text = error.to_string();
    if text.contains("Sha256Mismatch") {
        S3ErrorCode::Custom("XAmzContentSHA256Mismatch".into())
    } else if text.contains("SignatureMismatch") {
        S3ErrorCode::SignatureDoesNotMatch
    } else {
        S3ErrorCode::IncompleteBody
    }
}

impl Check {
    fn end(self) -> io::Result<()> {
        let Self { claims, md5, hasher, length, verdict, .. } = self;
        if claims.length.is_some_and(|claimed| claimed as u64 != length) {
            return Err(verdict.set(S3ErrorCode::IncompleteBody));
        }
        if let (Some(md5), Some(claimed)) = (md5, &claims.md5) {
            match STANDARD.decode(claimed) {
                Ok(claimed) if claimed.len() == 16 => {
                    if claimed[..] != md5.finalize()[..] {
                        return Err(verdict.set(S3ErrorCode::BadDigest));
                    }
                }
                _ => return Err(verdict.set(S3ErrorCode::InvalidDigest)),
            }
        }
        let found = hasher.finalize();
        let trailed = |name: &str| {
            let value = |headers: &HeaderMap| headers.get(name)?.to_str().ok().map(str::to_owned);
            claims.trailers.as_ref().and_then(|trailers| trailers.read(value).flatten())
        };
        let given = values(&claims.checksum);
        for (index, found) in values(&found).into_iter().enumerate() {
            let claimed = given[index].cloned().or_else(|| trailed(NAMES[index]));
            if found.is_some() && claimed.as_ref() != found {
                return Err(verdict.set(S3ErrorCode::BadDigest));
            }
        }
        Ok(())
    }
}

/// A stream to be sent. The lock is never contended: it only makes the stream shareable.
pub struct Outgoing {
    stream: Mutex<BoxStream<'static, io::Result<Bytes>>>,
    left: u64,
}

impl Outgoing {
    pub fn blob(stream: BoxStream<'static, io::Result<Bytes>>, length: u64) -> StreamingBlob {
        StreamingBlob::new(Self { stream: Mutex::new(stream), left: length })
    }
}

impl Stream for Outgoing {
    type Item = Result<Bytes, StdError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let stream = this.stream.get_mut().unwrap_or_else(PoisonError::into_inner);
        let polled = stream.as_mut().poll_next(cx);
        if let Poll::Ready(Some(Ok(bytes))) = &polled {
            this.left = this.left.saturating_sub(bytes.len() as u64);
        }
        polled.map(|item| item.map(|bytes| bytes.map_err(StdError::from)))
    }
}

impl ByteStream for Outgoing {
    fn remaining_length(&self) -> RemainingLength {
        RemainingLength::new_exact(self.left as usize)
    }
}
