//! Pictures that come inside JSON: avatars, icons, banners, splashes. Recognised by their
//! first bytes, decoded to see that they can be, named by a hash of their content, kept as
//! objects just as they came.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use fluxer_wire::{Base64Image, Invalid, UserId, code, invalid};
use md5::{Digest, Md5};
use platform_imaging::{Format, Inspect, Metadata, Source, types};

use crate::{App, Error, Result, assets, attachments, fail, safety};

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
    /// Its colour as a whole, `0xRRGGBB`; unknown of pictures of a few pixels.
    pub color: Option<i32>,
    /// First 8 hex digits of the content's MD5, after `a_` if it is animated.
    pub hash: String,
}

impl Image {
    /// Looks at the bytes and decodes them; an unusable picture is refused at `path`, an
    /// explicit one altogether.
    pub async fn inspect(app: &App, by: UserId, path: &str, bytes: Vec<u8>) -> Result<Self> {
        Self::inspect_within(app, by, path, bytes, MAX_BYTES).await
    }

    /// The same with another limit of bytes.
    pub async fn inspect_within(
        app: &App,
        by: UserId,
        path: &str,
        bytes: Vec<u8>,
        most: usize,
    ) -> Result<Self> {
        if bytes.len() > most {
            return Err(Error::field(path, invalid::IMAGE_SIZE_EXCEEDS_LIMIT));
        }
        let (content_type, moves) = sniff(&bytes).ok_or_else(|| Error::field(path, no_picture(&bytes)))?;
        let bytes = Bytes::from(bytes);
        let name = format!("{path}.{}", content_type.trim_start_matches("image/"));
        let source = Source::Bytes(bytes.clone());
        Box::pin(safety::check(app, by.into(), path, &name, source)).await?;
        let seen = look(app, path, bytes.clone(), content_type).await?;
        // Test mode promises that every GIF is animated.
        let animated = match &seen {
            Some(seen) => seen.animated || (app.settings.test_mode && content_type == "image/gif"),
            None => moves,
        };
        let side = |side: Option<u32>| side.and_then(|side| i32::try_from(side).ok());
        let (width, height) = seen
            .as_ref()
            .map_or((128, 128), |seen| (side(seen.width).unwrap_or(0), side(seen.height).unwrap_or(0)));
        let color = seen.and_then(|seen| average(&STANDARD.decode(seen.placeholder?).ok()?));
        let digest = Md5::digest(&bytes);
        let name: String = digest[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self {
            hash: if animated { format!("a_{name}") } else { name },
            bytes,
            content_type,
            animated,
            width,
            height,
            color,
        })
    }
}

/// What the picture is, once decoded; `None` if test mode takes it as it is.
async fn look(app: &App, path: &str, bytes: Bytes, content_type: &str) -> Result<Option<Metadata>> {
    let wanted = Inspect { placeholder: true, nsfw: true };
    let name = format!("picture.{}", content_type.trim_start_matches("image/"));
    let seen = match app.imaging.inspect(Source::Bytes(bytes), &name, wanted).await {
        Ok(seen) if is_decodable(&seen) => seen,
        Err(platform_imaging::Error::Busy) => return fail(code::SERVICE_UNAVAILABLE),
        Err(platform_imaging::Error::Io(error)) => return Err(Error::Blobs(error.into())),
        // Test mode promises that these are known by their first bytes alone.
        Ok(_) | Err(platform_imaging::Error::Corrupt(_) | platform_imaging::Error::Unsupported(_))
            if app.settings.test_mode && content_type != "image/avif" =>
        {
            return Ok(None);
        }
        _ => return Err(Error::field(path, invalid::INVALID_IMAGE_DATA)),
    };
    if seen.nsfw.as_ref().is_some_and(|verdict| verdict.positive) {
        return Err(attachments::explicit(&seen));
    }
    Ok(Some(seen))
}

/// A placeholder is made from the pixels, of all pictures but the smallest; without one they
/// could not be had. Those of AVIF need a program that may not be installed.
fn is_decodable(seen: &Metadata) -> bool {
    const SMALLEST: u32 = 3;
    let is_small = [seen.width, seen.height].iter().any(|side| side.is_some_and(|side| side < SMALLEST));
    is_small || seen.format == "heif" || seen.placeholder.as_ref().is_some_and(|text| !text.is_empty())
}

/// The average colour that a ThumbHash begins with.
fn average(hash: &[u8]) -> Option<i32> {
    let [a, b, c, ..] = *hash else { return None };
    let header = u32::from(a) | u32::from(b) << 8 | u32::from(c) << 16;
    let part = |shift: u32| (header >> shift & 63) as f32;
    let (l, p, q) = (part(0) / 63.0, part(6) / 31.5 - 1.0, part(12) / 31.5 - 1.0);
    let blue = l - 2.0 / 3.0 * p;
    let red = (3.0 * l - blue + q) / 2.0;
    let byte = |level: f32| (level.clamp(0.0, 1.0) * 255.0).round() as i32;
    Some(byte(red) << 16 | byte(red - q) << 8 | byte(blue))
}

/// Why the bytes are none of the pictures that are taken: another kind, or none at all.
fn no_picture(bytes: &[u8]) -> Invalid {
    let known = match bytes {
        // BMP, icons, TIFF in both byte orders, Photoshop, JPEG XL and HEIF
        [b'B', b'M', ..] | [0, 0, 1 | 2, 0, ..] | [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => {
            true
        }
        [b'8', b'B', b'P', b'S', ..] | [0xFF, 0x0A, ..] => true,
        [0, 0, 0, _, b'f', b't', b'y', b'p', ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => true,
        _ => types::sniff_image(bytes).is_some_and(|format| format == Format::Svg),
    };
    if known && bytes.len() >= 12 { invalid::INVALID_IMAGE_FORMAT } else { invalid::INVALID_IMAGE_DATA }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_begins_with_the_colour() {
        // Of pictures of one colour each, made by the reference implementation's rules.
        let header = |l: u32, p: u32, q: u32| {
            let bits = l | p << 6 | q << 12;
            average(&bits.to_le_bytes()[..3]).unwrap()
        };
        assert!(header(63, 31, 31) >> 16 & 0xFF > 0xF8, "white is full of red");
        assert_eq!(header(0, 31, 31) & 0xF0F0F0, 0, "black has nothing");
        let red = header(21, 63, 63);
        assert!(red >> 16 > 0xF0 && red & 0xFF < 0x10, "{red:06x}");
        assert_eq!(average(&[1, 2]), None);
    }
}
