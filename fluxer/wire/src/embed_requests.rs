//! Embeds as clients send them.

use crate::{
    At, Color, Definitions, Field, Form, List, Optional, Timestamp, Value, invalid, scalar::Str, text::length,
};

#[derive(Debug, Clone, Form)]
pub struct RichEmbedRequest {
    pub url: Option<WebUrl>,
    pub title: Option<Str<1, 256>>,
    pub color: Option<Color>,
    pub timestamp: Option<Timestamp>,
    pub description: Option<Str<1, 4096>>,
    pub author: Option<RichEmbedAuthorRequest>,
    pub image: Option<RichEmbedMediaRequest>,
    pub thumbnail: Option<RichEmbedMediaRequest>,
    pub footer: Option<RichEmbedFooterRequest>,
    pub fields: Option<List<RichEmbedFieldRequest, 25>>,
}

#[derive(Debug, Clone, Form)]
pub struct RichEmbedAuthorRequest {
    pub name: Str<1, 256>,
    pub url: Option<WebUrl>,
    pub icon_url: Option<MediaUrl>,
}

#[derive(Debug, Clone, Form)]
pub struct RichEmbedMediaRequest {
    pub url: MediaUrl,
    pub description: Option<Str<1, 4096>>,
}

#[derive(Debug, Clone, Form)]
pub struct RichEmbedFooterRequest {
    pub text: Str<1, 2048>,
    pub icon_url: Option<MediaUrl>,
}

#[derive(Debug, Clone, Form)]
pub struct RichEmbedFieldRequest {
    pub name: Str<1, 256>,
    pub value: Str<1, 1024>,
    pub inline: Optional<bool>,
}

/// An http or https address of at most 2048 characters, without user information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebUrl(pub String);

/// A [`WebUrl`], or `attachment://` and the name of a file of the same message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaUrl(pub String);

impl MediaUrl {
    /// The file meant by `attachment://name`.
    pub fn attachment(&self) -> Option<&str> {
        self.0.strip_prefix("attachment://")
    }
}

fn is_web(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default();
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && !authority.contains('@')
        && (!host.is_empty() || authority.starts_with('['))
        && !text.chars().any(|ch| ch.is_whitespace() || ch.is_control())
}

fn url_text(value: Value, at: &mut At) -> Option<String> {
    let text: Str<0, 10_000> = Str::read(value, at)?;
    if (1..=2048).contains(&length(&text)) {
        Some(text.into_inner())
    } else {
        at.refuse(invalid::URL_LENGTH_INVALID)
    }
}

impl Field for WebUrl {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = url_text(value, at)?;
        if is_web(&text) { Some(Self(text)) } else { at.refuse(invalid::INVALID_URL_FORMAT) }
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "minLength": 1, "maxLength": 2048})
    }
}

impl Field for MediaUrl {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = url_text(value, at)?;
        let file = text.strip_prefix("attachment://").is_some_and(|name| !name.is_empty());
        if file || is_web(&text) {
            Some(Self(text))
        } else {
            at.refuse(invalid::INVALID_URL_OR_ATTACHMENT_FORMAT)
        }
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "minLength": 1, "maxLength": 2048})
    }
}

#[cfg(test)]
mod tests {
    use super::is_web;

    #[test]
    fn only_plain_web_addresses() {
        for good in ["http://a", "https://a.example:8/x?y#z", "HTTPS://A.b", "http://[::1]/"] {
            assert!(is_web(good), "{good}");
        }
        for bad in ["ftp://a", "http://", "http://u@a", "a.example", "http:// a", "javascript:x", "http:///x"]
        {
            assert!(!is_web(bad), "{bad}");
        }
    }
}
