//! What viewers see of a shared screen before they watch it.

use serde_json::json;

use crate::{At, ChannelId, Definitions, Field, Form, Optional, Str, Value, invalid};

const LONGEST_THUMBNAIL: usize = 2_000_000;

#[derive(Debug, Clone, Form)]
pub struct StreamPreviewUploadBodySchema {
    /// The channel the stream is in, as its key says.
    pub channel_id: ChannelId,
    /// Base64 of a JPEG, with or without `data:image/jpeg;base64,` before it.
    pub thumbnail: Thumbnail,
    /// What the picture is said to be.
    pub content_type: Optional<Str<1, 64>>,
}

#[derive(Debug, Clone, Form)]
pub struct StreamUpdateBodySchema {
    /// Where its viewers are best served.
    pub region: Optional<Str<1, 64>>,
}

/// A picture as text: longer than other strings may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail(pub String);

impl Field for Thumbnail {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        match value {
            Value::String(text) if (1..=LONGEST_THUMBNAIL).contains(&text.len()) => Some(Self(text)),
            Value::String(_) => at.refuse(invalid::STRING_LENGTH_INVALID),
            _ => at.refuse(invalid::INVALID_FORMAT),
        }
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "string", "minLength": 1, "maxLength": LONGEST_THUMBNAIL})
    }
}
