//! Saved media, which the wire calls favourite memes.

use crate::{
    AnyId, At, AttachmentId, Definitions, FavoriteMemeId, Field, Form, Int, Patch, Reply, Str, UserId, Value,
    embed_requests::WebUrl, invalid, text::length, text::normalize,
};

const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;
const MAX_NAME: usize = 100;

/// Saves a file or an embed's picture of a message.
#[derive(Debug, Clone, Form)]
pub struct CreateFavoriteMemeBodySchema {
    pub name: MemeName,
    pub alt_text: Option<Str<0, 500>>,
    pub tags: Option<MemeTags>,
    pub attachment_id: Option<AttachmentId>,
    pub embed_index: Option<Int<0, MAX_SAFE_INTEGER>>,
}

/// Saves what lies at an address.
#[derive(Debug, Clone, Form)]
pub struct CreateFavoriteMemeFromUrlBodySchema {
    pub url: WebUrl,
    pub name: Option<MemeName>,
    pub alt_text: Option<Str<0, 500>>,
    pub tags: Option<MemeTags>,
    pub klipy_slug: Option<Str<1, 100>>,
    pub tenor_slug_id: Option<Str<1, 300>>,
}

#[derive(Debug, Clone, Form)]
pub struct UpdateFavoriteMemeBodySchema {
    pub name: MemePatchName,
    pub alt_text: Patch<Str<0, 500>>,
    pub tags: Patch<MemeTags>,
}

/// A name of 1 to 100 units; one of nothing but white space has a code of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemeName(pub String);

impl Field for MemeName {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = match value {
            Value::Null => String::new(),
            value => normalize(&crate::scalar::string(value, at)?),
        };
        if text.is_empty() {
            return at.refuse(invalid::FAVORITE_MEME_NAME_REQUIRED);
        }
        if length(&text) > MAX_NAME {
            return at.refuse(invalid::STRING_LENGTH_INVALID);
        }
        Some(Self(text))
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "minLength": 1, "maxLength": MAX_NAME})
    }
}

/// The same where leaving it out leaves it as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemePatchName(pub Option<MemeName>);

impl Field for MemePatchName {
    const REQUIRED: bool = false;
    fn read(value: Value, at: &mut At) -> Option<Self> {
        MemeName::read(value, at).map(|name| Self(Some(name)))
    }
    fn missing(_: &mut At) -> Option<Self> {
        Some(Self(None))
    }
    fn schema(defs: &mut Definitions) -> Value {
        MemeName::schema(defs)
    }
}

/// Words to find it by, of 1 to 30 units. Blank ones are left out, and those said before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemeTags(pub Vec<String>);

impl Field for MemeTags {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let all: Vec<Option<Str<0, 30>>> = Field::read(value, at)?;
        let mut tags: Vec<String> = Vec::with_capacity(all.len());
        for tag in all.into_iter().flatten().map(String::from).filter(|tag| !tag.is_empty()) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        Some(Self(tags))
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 30}})
    }
}

#[derive(Debug, Clone, PartialEq, Reply)]
#[reply(name = "FavoriteMemeResponse")]
pub struct FavoriteMeme {
    pub id: FavoriteMemeId,
    pub user_id: UserId,
    pub name: String,
    pub alt_text: Option<String>,
    pub tags: Vec<String>,
    /// The copy's own.
    pub attachment_id: AttachmentId,
    pub filename: String,
    pub content_type: String,
    pub content_hash: Option<String>,
    /// Bytes.
    pub size: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
    /// Seconds.
    pub duration: Option<i32>,
    pub url: String,
    /// A film that stands for a GIF.
    pub is_gifv: bool,
    pub klipy_slug: Option<String>,
    pub tenor_slug_id: Option<String>,
}

/// Body of FAVORITE_MEME_DELETE.
#[derive(Debug, Clone, PartialEq, Reply)]
pub struct FavoriteMemeNamed {
    pub meme_id: AnyId,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{clean, parse};

    fn issue(body: Value) -> (String, &'static str) {
        let mut at = At::default();
        CreateFavoriteMemeBodySchema::read(clean(body), &mut at);
        let issues = at.into_issues();
        assert_eq!(issues.len(), 1, "{issues:?}");
        (issues[0].path.clone(), issues[0].code.unwrap().0)
    }

    #[test]
    fn names_are_not_blank() {
        for name in [json!(""), json!("  "), Value::Null] {
            assert_eq!(issue(json!({"name": name})), ("name".into(), "FAVORITE_MEME_NAME_REQUIRED"));
        }
        let long = "x".repeat(101);
        assert_eq!(issue(json!({"name": long})), ("name".into(), "STRING_LENGTH_INVALID"));
        let form: CreateFavoriteMemeBodySchema = parse(json!({"name": " a "})).unwrap();
        assert_eq!(form.name.0, "a");
    }

    #[test]
    fn blank_tags_are_dropped() {
        let body = clean(json!({"name": "a", "tags": ["", " ", "cat", " cat ", "dog"]}));
        let form: CreateFavoriteMemeBodySchema = parse(body).unwrap();
        assert_eq!(form.tags.unwrap().0, ["cat", "dog"]);
        let long = "x".repeat(31);
        assert_eq!(
            issue(json!({"name": "a", "tags": ["b", long]})),
            ("tags.1".into(), "STRING_LENGTH_INVALID")
        );
    }

    #[test]
    fn an_update_tells_absent_from_null() {
        let form: UpdateFavoriteMemeBodySchema = parse(json!({"alt_text": null})).unwrap();
        assert_eq!((form.name.0, form.alt_text, form.tags), (None, Patch::Null, Patch::Absent));
    }
}
