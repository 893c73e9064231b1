//! Pictures that come inside JSON: avatars, icons, banners, splashes. Recognised by their
//! first bytes, named by a hash of their content, kept as objects.

use bytes::Bytes;
use fluxer_wire::{Base64Image, invalid};
use md5::{Digest, Md5};

use crate::{App, Error, Result, assets};

/// At most this many bytes once decoded.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The bucket of everything the media proxy serves.
pub const BUCKET: &str = "cdn";

/// What an image field of a request holds.
pub type ImageField = Base64Image<MAX_BYTES>;

/// A picture that was looked at and can be stored.
#[derive(Debug, Clone)]
pub struct Image {
    pub bytes: Bytes,
    pub content_type: &'static str,
    pub animated: bool,
    pub width: i32,
    pub height: i32,
    /// First 8 hex digits of the content's MD5, after `a_` if it is animated.
    pub hash: String,
}

impl Image {
    /// Looks at the bytes; an unusable picture is refused at `path`.
    pub fn inspect(path: &str, bytes: Vec<u8>) -> Result<Self> {
        if bytes.len() > MAX_BYTES {
            return Err(Error::field(path, invalid::IMAGE_SIZE_EXCEEDS_LIMIT));
        }
        let (content_type, animated) =
            sniff(&bytes).ok_or_else(|| Error::field(path, invalid::INVALID_IMAGE_FORMAT))?;
        let (width, height) = imagesize::blob_size(&bytes).map_or((0, 0), |size| (size.width, size.height));
        let digest = Md5::digest(&bytes);
        let name: String = digest[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self {
            hash: if animated { format!("a_{name}") } else { name },
            bytes: bytes.into(),
            content_type,
            animated,
            width: width.try_into().unwrap_or(i32::MAX),
            height: height.try_into().unwrap_or(i32::MAX),
        })
    }
}

/// Content type and whether it moves.
fn sniff(bytes: &[u8]) -> Option<(&'static str, bool)> {
    if bytes.len() < 12 {
        return None;
    }
    let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(("image/png", has(b"acTL"))),
        [0xFF, 0xD8, 0xFF, ..] => Some(("image/jpeg", false)),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(("image/gif", true)),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            Some(("image/webp", has(b"ANIM")))
        }
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f', ..] => Some(("image/avif", false)),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b's', ..] => Some(("image/avif", true)),
        _ => None,
    }
}

impl App {
    /// Stores a picture under `{prefix}/{hash without a_}`, e.g. prefix `icons/123`.
    pub async fn store_image(&self, prefix: &str, image: &Image) -> Result<()> {
        let key = object_key(prefix, &image.hash);
        assets::store(self, &key, image.bytes.clone(), image.content_type).await
    }
    /// Has a stored picture removed; failure only leaves an orphan and is logged.
    pub async fn remove_image(&self, prefix: &str, hash: &str) {
        if let Err(error) = assets::discard(self, [object_key(prefix, hash)], "picture replaced").await {
            tracing::warn!(%error, prefix, "An unused picture was not removed.");
        }
    }
}

/// Where a picture is kept.
pub fn object_key(prefix: &str, hash: &str) -> String {
    format!("{prefix}/{}", hash.strip_prefix("a_").unwrap_or(hash))
}
