//! What a path asks for. Pure: segments in, a [`Route`] or a refusal out. Segments are looked at
//! before they are decoded, so that an encoded slash never moves anything to another place.

use percent_encoding::percent_decode_str;

use crate::{answer::Refusal, default_avatars};

/// Formats by their extension; the last cannot be written.
const IMAGES: [&str; 7] = ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Health,
    Telemetry,
    /// Of those who have none, by its number.
    DefaultAvatar(usize),
    Metadata,
    Thumbnail,
    Frames,
    /// An avatar, icon, banner or splash: where it is kept, the hash, the extension asked for.
    Image {
        prefix: String,
        hash: String,
        extension: String,
    },
    Emoji(String),
    Sticker(String),
    Attachment {
        channel: String,
        id: String,
        name: String,
    },
    Theme(String),
    /// Still encoded: it was signed so.
    External {
        signature: String,
        path: String,
    },
}

impl Route {
    /// For metrics.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Telemetry => "telemetry",
            Self::DefaultAvatar(_) => "default_avatar",
            Self::Metadata => "metadata",
            Self::Thumbnail => "thumbnail",
            Self::Frames => "frames",
            Self::Image { .. } => "image",
            Self::Emoji(_) => "emoji",
            Self::Sticker(_) => "sticker",
            Self::Attachment { .. } => "attachment",
            Self::Theme(_) => "theme",
            Self::External { .. } => "external",
        }
    }

    pub fn parse(path: &str) -> Result<Self, Refusal> {
        let path = path.strip_prefix('/').ok_or(Refusal::NotFound)?;
        if let Some(rest) = path.strip_prefix("external/") {
            return match rest.split_once('/') {
                Some((signature, path)) if !signature.is_empty() && !path.is_empty() => {
                    Ok(Self::External { signature: signature.to_owned(), path: path.to_owned() })
                }
                _ => Err(Refusal::BadRequest),
            };
        }
        let segments = path.split('/').map(decode).collect::<Option<Vec<_>>>().ok_or(Refusal::NotFound)?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        Ok(match segments[..] {
            ["_health"] => Self::Health,
            ["internal", "telemetry"] => Self::Telemetry,
            ["_metadata"] => Self::Metadata,
            ["_thumbnail"] => Self::Thumbnail,
            ["_frames"] => Self::Frames,
            ["avatars", file] => Self::DefaultAvatar(default_avatars::number(file).ok_or(Refusal::NotFound)?),
            [kind @ ("avatars" | "icons" | "banners" | "splashes" | "embed-splashes"), id, file] => {
                image(format!("{kind}/{id}"), file, true)?
            }
            ["guilds", guild, "users", user, kind @ ("avatars" | "banners"), file] => {
                image(format!("guilds/{guild}/users/{user}/{kind}"), file, false)?
            }
            ["emojis", file] => Self::Emoji(split(file)?.0.to_owned()),
            ["stickers", file] => {
                let id = file.split('.').next().unwrap_or_default();
                if id.is_empty() {
                    return Err(Refusal::BadRequest);
                }
                Self::Sticker(id.to_owned())
            }
            ["attachments", channel, id, name] => {
                Self::Attachment { channel: channel.to_owned(), id: id.to_owned(), name: name.to_owned() }
            }
            ["themes", file] => {
                let id = file.strip_suffix(".css").ok_or(Refusal::NotFound)?;
                let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
                if id.len() != 16 || !id.bytes().all(hex) {
                    return Err(Refusal::NotFound);
                }
                Self::Theme(id.to_owned())
            }
            _ => return Err(Refusal::NotFound),
        })
    }
}

/// A segment as it was meant. Nothing that could be taken for a place of its own.
pub fn decode(segment: &str) -> Option<String> {
    let text = percent_decode_str(segment).decode_utf8().ok()?;
    let harmless = !text.is_empty() && !matches!(&*text, "." | "..") && !text.contains(['/', '\0']);
    harmless.then(|| text.into_owned())
}

/// Name and extension around the only dot.
fn split(file: &str) -> Result<(&str, &str), Refusal> {
    let (name, extension) = file.split_once('.').ok_or(Refusal::BadRequest)?;
    let known = IMAGES.contains(&extension) && !name.is_empty();
    if known { Ok((name, extension)) } else { Err(Refusal::BadRequest) }
}

fn image(prefix: String, file: &str, strict: bool) -> Result<Route, Refusal> {
    let (name, extension) = split(file)?;
    let plain = file.len() <= 100 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if strict && !plain {
        return Err(Refusal::BadRequest);
    }
    let hash = name.strip_prefix("a_").unwrap_or(name);
    if hash.is_empty() {
        return Err(Refusal::BadRequest);
    }
    Ok(Route::Image { prefix, hash: hash.to_owned(), extension: extension.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(prefix: &str, hash: &str, extension: &str) -> Result<Route, Refusal> {
        Ok(Route::Image { prefix: prefix.into(), hash: hash.into(), extension: extension.into() })
    }

    #[test]
    fn paths_name_what_is_kept() {
        for (path, expected) in [
            ("/avatars/1/a_0123abcd.gif", image("avatars/1", "0123abcd", "gif")),
            ("/embed-splashes/1/x.webp", image("embed-splashes/1", "x", "webp")),
            ("/guilds/1/users/2/banners/a_x.png", image("guilds/1/users/2/banners", "x", "png")),
            // Only there, anything may stand before the dot.
            ("/guilds/1/users/2/avatars/x-y.png", image("guilds/1/users/2/avatars", "x-y", "png")),
            ("/avatars/5.png", Ok(Route::DefaultAvatar(5))),
            ("/emojis/1.svg", Ok(Route::Emoji("1".into()))),
            ("/stickers/1", Ok(Route::Sticker("1".into()))),
            ("/stickers/1.any.thing", Ok(Route::Sticker("1".into()))),
            ("/themes/0123456789abcdef.css", Ok(Route::Theme("0123456789abcdef".into()))),
            (
                "/attachments/1/2/a%20b%3F.png",
                Ok(Route::Attachment { channel: "1".into(), id: "2".into(), name: "a b?.png".into() }),
            ),
            (
                "/external/sig/v2/aHR0cA",
                Ok(Route::External { signature: "sig".into(), path: "v2/aHR0cA".into() }),
            ),
            (
                "/external/s/x%3D1/https/a/b%2Fc/",
                Ok(Route::External { signature: "s".into(), path: "x%3D1/https/a/b%2Fc/".into() }),
            ),
        ] {
            assert_eq!(Route::parse(path), expected, "{path}");
        }
    }

    #[test]
    fn names_are_checked() {
        let long = format!("/avatars/1/{}.png", "x".repeat(97));
        for path in [
            "/avatars/1/x.PNG",
            "/avatars/1/x.bmp",
            "/avatars/1/x.y.png",
            "/avatars/1/x",
            "/avatars/1/.png",
            "/avatars/1/a_.png",
            "/avatars/1/x-y.png",
            &long,
            "/guilds/1/users/2/avatars/x.y.png",
            "/emojis/1",
            "/emojis/1.2.png",
            "/emojis/1.exe",
            "/stickers/.png",
            "/external/",
            "/external/sig",
            "/external/sig/",
            "/external//v2/x",
        ] {
            assert_eq!(Route::parse(path), Err(Refusal::BadRequest), "{path}");
        }
        for path in [
            "",
            "/",
            "/avatars/1/x.png/",
            "/avatars/1",
            "/avatars/6.png",
            "/avatars//x.png",
            "/avatars/../icons/x.png",
            "/avatars/%2e%2e/x.png",
            "/attachments/1/2/..",
            "/attachments/1/2/a%2Fb.png",
            "/attachments/1/2/%00.png",
            "/attachments/1/2/%ff.png",
            "/attachments/1/2/3/4.png",
            "/themes/0123456789ABCDEF.css",
            "/themes/0123456789abcde.css",
            "/themes/0123456789abcdef",
            "/externals",
            "/_health/",
            "/unknown",
        ] {
            assert_eq!(Route::parse(path), Err(Refusal::NotFound), "{path}");
        }
    }
}
