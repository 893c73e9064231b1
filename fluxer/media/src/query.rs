//! The parameters of a picture: what may be asked for, and nothing else. A value outside its set
//! refuses the request; parameters nobody knows are not looked at.

use platform_imaging::{Fit, Format, Quality, Transform};
use url::form_urlencoded;

use crate::answer::Refusal;

const SIZES: [u32; 30] = [
    16, 20, 22, 24, 28, 32, 40, 44, 48, 56, 60, 64, 80, 96, 100, 128, 160, 240, 256, 300, 320, 480, 512, 600,
    640, 1024, 1280, 1536, 2048, 3072,
];
const LARGEST: u32 = 4096;

/// Of avatars, icons, emojis and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageQuery {
    pub size: u32,
    pub quality: Quality,
    pub animated: bool,
}

impl ImageQuery {
    pub fn parse(query: Option<&str>) -> Result<Self, Refusal> {
        let given = Given::new(query);
        // Checked, but the path's extension decides.
        given.format()?;
        Ok(Self {
            size: given.one("size", size)?.unwrap_or(128),
            quality: given.quality()?.unwrap_or(Quality::High),
            animated: given.animated()?,
        })
    }
}

/// Of attachments and external media.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaQuery {
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub format: Option<Format>,
    pub quality: Quality,
    pub animated: bool,
    /// The format as it was called: it becomes the extension of the download.
    pub extension: Option<&'static str>,
}

impl MediaQuery {
    pub fn parse(query: Option<&str>) -> Result<Self, Refusal> {
        let given = Given::new(query);
        let side = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|side| digits && (1..=LARGEST).contains(side))
        };
        let format = given.format()?;
        Ok(Self {
            width: given.one("width", side)?,
            height: given.one("height", side)?,
            format: format.map(|(_, format)| format),
            quality: given.quality()?.unwrap_or(Quality::Lossless),
            animated: given.animated()?,
            extension: format.map(|(name, _)| name),
        })
    }

    /// Whether the file itself is wanted.
    pub fn is_plain(&self) -> bool {
        let lossless = Self { quality: Quality::Lossless, ..Self::PLAIN };
        *self == lossless
    }

    const PLAIN: Self = Self {
        width: None,
        height: None,
        format: None,
        quality: Quality::Lossless,
        animated: false,
        extension: None,
    };

    pub fn transform(&self) -> Transform {
        Transform {
            width: self.width,
            height: self.height,
            fit: Fit::Cover,
            format: self.format,
            quality: self.quality,
            animated: self.animated,
        }
    }
}

struct Given<'a>(Vec<(std::borrow::Cow<'a, str>, std::borrow::Cow<'a, str>)>);

impl<'a> Given<'a> {
    fn new(query: Option<&'a str>) -> Self {
        Self(form_urlencoded::parse(query.unwrap_or_default().as_bytes()).collect())
    }
    fn one<T>(&self, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
        match self.0.iter().find(|(known, _)| known == name) {
            None => Ok(None),
            Some((_, value)) => read(value).map(Some).ok_or(Refusal::BadRequest),
        }
    }
    fn format(&self) -> Result<Option<(&'static str, Format)>, Refusal> {
        self.one("format", |text| {
            Some(match text {
                "png" => ("png", Format::Png),
                "jpg" => ("jpg", Format::Jpeg),
                "jpeg" => ("jpeg", Format::Jpeg),
                "webp" => ("webp", Format::Webp),
                "gif" => ("gif", Format::Gif),
                _ => return None,
            })
        })
    }
    fn quality(&self) -> Result<Option<Quality>, Refusal> {
        self.one("quality", |text| {
            Some(match text {
                "high" => Quality::High,
                "low" => Quality::Low,
                "lossless" => Quality::Lossless,
                _ => return None,
            })
        })
    }
    fn animated(&self) -> Result<bool, Refusal> {
        let read = |text: &str| match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        Ok(self.one("animated", read)?.unwrap_or(false))
    }
}

fn size(text: &str) -> Option<u32> {
    let known = |size: &u32| size.to_string() == text;
    SIZES.iter().copied().chain([LARGEST]).find(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_closed() {
        let image = |query| ImageQuery::parse(Some(query));
        let default = ImageQuery { size: 128, quality: Quality::High, animated: false };
        assert_eq!(ImageQuery::parse(None), Ok(default));
        assert_eq!(image(""), Ok(default));
        assert_eq!(image("format=png&unknown=1"), Ok(default));
        assert_eq!(
            image("size=4096&quality=low&animated=true"),
            Ok(ImageQuery { size: 4096, quality: Quality::Low, animated: true })
        );
        for bad in [
            "size=127",
            "size=",
            "size=0128",
            "size=1e2",
            "size=-16",
            "format=PNG",
            "format=avif",
            "quality=80",
            "quality=High",
            "animated=1",
            "animated=TRUE",
            "animated",
        ] {
            assert_eq!(image(bad), Err(Refusal::BadRequest), "{bad}");
        }
    }

    #[test]
    fn files_are_plain_until_something_is_asked() {
        let media = |query| MediaQuery::parse(Some(query));
        for plain in ["", "quality=lossless", "animated=false&size=7"] {
            assert!(media(plain).unwrap().is_plain(), "{plain}");
        }
        for changed in ["width=1", "height=4096", "format=webp", "quality=high", "animated=true"] {
            assert!(!media(changed).unwrap().is_plain(), "{changed}");
        }
        assert_eq!(media("format=jpg").unwrap().extension, Some("jpg"));
        for bad in
            ["width=0", "width=4097", "height=+5", "height=1.5", "width=", "width=99999999999", "format=svg"]
        {
            assert_eq!(media(bad), Err(Refusal::BadRequest), "{bad}");
        }
    }
}
