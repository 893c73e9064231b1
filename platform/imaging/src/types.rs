//! What kind of file something is: content types by file name, by the first bytes, and which
//! formats and codecs count as media at all.
//!
//! Promises: names decide before bytes where a name is known; nothing here reads more than the
//! slice it is given; an unknown file is `application/octet-stream`, never a guess.

/// What a media file shows or sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Image,
    Video,
    Audio,
}

/// A picture format that can be read; all but [`Format::Svg`] can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Jpeg,
    Png,
    Gif,
    Webp,
    Avif,
    Svg,
}

impl Format {
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
            Self::Svg => "image/svg+xml",
        }
    }
    /// The decoder's name, as metadata tells it: AVIF is a profile of HEIF.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Avif => "heif",
            Self::Svg => "svg",
        }
    }
    /// The file name extension of what is written in this format.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Avif => "avif",
            Self::Svg => "svg",
        }
    }
    /// Of a lower-case extension; `apng` is PNG.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "jpg" | "jpeg" => Self::Jpeg,
            "png" | "apng" => Self::Png,
            "gif" => Self::Gif,
            "webp" => Self::Webp,
            "avif" => Self::Avif,
            "svg" => Self::Svg,
            _ => return None,
        })
    }
    pub fn from_content_type(content_type: &str) -> Option<Self> {
        Some(match content_type {
            "image/jpeg" | "image/jpg" => Self::Jpeg,
            "image/png" | "image/apng" => Self::Png,
            "image/gif" => Self::Gif,
            "image/webp" => Self::Webp,
            "image/avif" => Self::Avif,
            "image/svg+xml" => Self::Svg,
            _ => return None,
        })
    }
}

/// Names and extensions that are shown as plain text whatever a MIME database says.
const TEXT: &[&str] = &[
    "adb",
    "ads",
    "adoc",
    "asciidoc",
    "asm",
    "astro",
    "authors",
    "babelrc",
    "bash",
    "bat",
    "cbl",
    "changelog",
    "clj",
    "cljs",
    "cmake",
    "cmd",
    "cob",
    "conf",
    "config",
    "contributors",
    "cr",
    "d",
    "dart",
    "diff",
    "dockerfile",
    "editorconfig",
    "edn",
    "el",
    "env",
    "envrc",
    "erl",
    "eslintrc",
    "ex",
    "exs",
    "f",
    "f03",
    "f08",
    "f90",
    "f95",
    "fish",
    "for",
    "fs",
    "fsi",
    "fsx",
    "gitattributes",
    "gitignore",
    "go",
    "gql",
    "gradle",
    "graphql",
    "groovy",
    "gsh",
    "gvy",
    "gy",
    "hcl",
    "hrl",
    "hs",
    "ini",
    "jl",
    "kt",
    "kts",
    "lhs",
    "license",
    "lisp",
    "log",
    "lua",
    "m",
    "makefile",
    "me",
    "ml",
    "mli",
    "nasm",
    "news",
    "nim",
    "org",
    "pas",
    "patch",
    "pod",
    "pp",
    "prettierrc",
    "prisma",
    "proto",
    "ps1",
    "r",
    "readme",
    "rkt",
    "rmd",
    "rs",
    "rst",
    "s",
    "sbt",
    "sc",
    "scala",
    "scm",
    "sh",
    "svelte",
    "swift",
    "tcl",
    "text",
    "tf",
    "tfvars",
    "toml",
    "ts",
    "tsx",
    "jsx",
    "txt",
    "v",
    "vb",
    "vbs",
    "vim",
    "vimrc",
    "vue",
    "yaml",
    "yml",
    "zig",
    "zsh",
];

/// Media extensions and their types. They win over the MIME database.
const MEDIA: &[(&str, &str)] = &[
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("svg", "image/svg+xml"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("mov", "video/quicktime"),
    ("mkv", "video/x-matroska"),
    ("avi", "video/x-msvideo"),
    ("mp3", "audio/mpeg"),
    ("wav", "audio/wav"),
    ("flac", "audio/flac"),
    ("opus", "audio/opus"),
    ("aac", "audio/aac"),
    ("m4a", "audio/mp4"),
    ("ogg", "audio/ogg"),
];

/// The lower-case part after the last dot; a name without a dot as a whole.
pub fn extension(file_name: &str) -> String {
    file_name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
}

/// The content type a file is served with, which its name alone decides.
pub fn content_type_of(file_name: &str) -> &'static str {
    let extension = extension(file_name);
    if TEXT.contains(&extension.as_str()) {
        return "text/plain";
    }
    if let Some(media) = media_type_of(file_name) {
        return media;
    }
    if !file_name.contains('.') {
        return "application/octet-stream";
    }
    mime_guess::from_ext(&extension).first_raw().unwrap_or("application/octet-stream")
}

/// The media type of a name, if its extension is one of the supported media formats.
pub fn media_type_of(file_name: &str) -> Option<&'static str> {
    let extension = file_name.contains('.').then(|| extension(file_name))?;
    MEDIA.iter().find(|(known, _)| *known == extension).map(|(_, found)| *found)
}

/// The extension a media type is usually called by.
pub fn extension_of(content_type: &str) -> Option<&'static str> {
    MEDIA.iter().find(|(_, known)| *known == content_type).map(|(extension, _)| *extension)
}

/// Image, video or audio, of a content type with or without parameters. Any subtype counts:
/// whether a format is supported shows when it is read.
pub fn media_kind(content_type: &str) -> Option<Kind> {
    let (kind, _) = content_type.split_once('/')?;
    Some(match kind {
        "image" => Kind::Image,
        "video" => Kind::Video,
        "audio" => Kind::Audio,
        _ => return None,
    })
}

/// The supported media type the first bytes speak of. A few hundred bytes are enough, but for an
/// SVG with a long preamble (the first 4 KiB are looked at).
pub fn sniff(bytes: &[u8]) -> Option<&'static str> {
    if let Some(format) = sniff_image(bytes) {
        return Some(format.content_type());
    }
    Some(match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4)? {
            b"qt  " => "video/quicktime",
            b"M4A " | b"M4B " => "audio/mp4",
            b"isom" | b"iso2" | b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"iso7" | b"iso8" | b"iso9"
            | b"mp41" | b"mp42" | b"avc1" | b"M4V " | b"M4VH" | b"M4VP" | b"dash" | b"f4v " | b"MSNV"
            | b"3gp4" | b"3gp5" | b"3gp6" | b"mmp4" => "video/mp4",
            _ => return None,
        },
        [_, _, _, _, b'm', b'o', b'o', b'v', ..] | [_, _, _, _, b'm', b'd', b'a', b't', ..] => {
            "video/quicktime"
        }
        [0x1a, 0x45, 0xdf, 0xa3, rest @ ..] => {
            let head = &rest[..rest.len().min(64)];
            if head.windows(4).any(|at| at == b"webm") { "video/webm" } else { "video/x-matroska" }
        }
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => "video/x-msvideo",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => "audio/wav",
        [b'f', b'L', b'a', b'C', ..] => "audio/flac",
        [b'O', b'g', b'g', b'S', ..] => "audio/ogg",
        [b'I', b'D', b'3', ..] => "audio/mpeg",
        // ADTS first: its layer bits are zero where MPEG audio has 1–3
        [0xff, second, ..] if second & 0xf6 == 0xf0 => "audio/aac",
        [0xff, second, third, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0 && third >> 4 != 15 => {
            "audio/mpeg"
        }
        _ => return None,
    })
}

/// The picture format of the first bytes.
pub fn sniff_image(bytes: &[u8]) -> Option<Format> {
    Some(match bytes {
        [0xff, 0xd8, 0xff, ..] => Format::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Format::Png,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Format::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Format::Webp,
        [a, b, c, d, b'f', b't', b'y', b'p', brands @ ..] => {
            let size = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
            let brands = &brands[..brands.len().min(size.saturating_sub(8)).min(256)];
            // the minor version stands between the major brand and the compatible ones
            let found =
                brands.chunks_exact(4).enumerate().any(|(at, b)| at != 1 && (b == b"avif" || b == b"avis"));
            found.then_some(Format::Avif)?
        }
        _ if crate::svg::is_svg(bytes) => Format::Svg,
        _ => return None,
    })
}

const VIDEO_CODECS: &[&str] = &[
    "h264",
    "avc1",
    "hevc",
    "hev1",
    "hvc1",
    "h265",
    "vp8",
    "vp9",
    "av1",
    "av01",
    "theora",
    "mpeg4",
    "mpeg2video",
    "mpeg1video",
    "h263",
    "prores",
    "mjpeg",
    "wmv1",
    "wmv2",
    "wmv3",
    "vc1",
    "msmpeg4v3",
];
const BANNED_VIDEO_CODECS: &[&str] =
    &["prores_4444", "prores_4444xq", "apch", "apcn", "apcs", "apco", "ap4h", "ap4x"];
const AUDIO_CODECS: &[&str] =
    &["aac", "mp4a", "mp3", "opus", "vorbis", "flac", "pcm_s16le", "pcm_s24le", "pcm_f32le"];

/// Is a video with this codec, and this tag of its container, shown as one?
pub fn video_codec_allowed(codec: &str, tag: &str) -> bool {
    let (codec, tag) = (codec.to_ascii_lowercase(), tag.to_ascii_lowercase());
    let banned = |name: &str| BANNED_VIDEO_CODECS.contains(&name);
    VIDEO_CODECS.contains(&codec.as_str()) && !banned(&codec) && !banned(&tag)
}
pub fn audio_codec_allowed(codec: &str) -> bool {
    AUDIO_CODECS.contains(&codec.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide_the_content_type() {
        for (name, expected) in [
            ("a.png", "image/png"),
            ("A.JPEG", "image/jpeg"),
            ("lib.ts", "text/plain"),
            ("main.rs", "text/plain"),
            ("Dockerfile", "text/plain"),
            ("README", "text/plain"),
            ("archive.tar.gz", "application/gzip"),
            ("page.html", "text/html"),
            ("x.svg", "image/svg+xml"),
            ("x.mkv", "video/x-matroska"),
            ("x.m4a", "audio/mp4"),
            ("png", "application/octet-stream"),
            ("x.", "application/octet-stream"),
            ("", "application/octet-stream"),
            ("x.neverheardof", "application/octet-stream"),
            ("x.pdf", "application/pdf"),
        ] {
            assert_eq!(content_type_of(name), expected, "{name}");
        }
    }

    #[test]
    fn first_bytes_tell_the_format() {
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(sniff(b"GIF89a"), Some("image/gif"));
        assert_eq!(sniff(b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf"), Some("image/avif"));
        assert_eq!(sniff(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf"), Some("image/avif"));
        assert_eq!(sniff(b"\0\0\0\x18ftypisom\0\0\0\0isommp41"), Some("video/mp4"));
        assert_eq!(sniff(b"RIFF....WEBPVP8 "), Some("image/webp"));
        assert_eq!(sniff(b"RIFF....WAVEfmt "), Some("audio/wav"));
        assert_eq!(sniff(b"<?xml version='1.0'?><svg xmlns='x'/>"), Some("image/svg+xml"));
        assert_eq!(sniff(b"<!doctype html><body><svg/>"), None);
        assert_eq!(sniff(b"#EXTM3U\n"), None);
        assert_eq!(sniff(b""), None);
        assert_eq!(sniff(b"\xff\xf1\x50\x80"), Some("audio/aac"));
        assert_eq!(sniff(b"\xff\xfb\x90\x00"), Some("audio/mpeg"));
    }

    #[test]
    fn banned_codecs_win() {
        assert!(video_codec_allowed("h264", "avc1"));
        assert!(video_codec_allowed("prores", ""));
        assert!(!video_codec_allowed("prores", "apch"));
        assert!(!video_codec_allowed("prores_4444", ""));
        assert!(!video_codec_allowed("rawvideo", ""));
        assert!(audio_codec_allowed("opus") && !audio_codec_allowed("wmav2"));
    }
}
