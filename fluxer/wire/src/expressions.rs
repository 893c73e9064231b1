//! Custom emojis and stickers of guilds: what is sent to make them, and the answers that only
//! these operations give.

use serde::Deserialize;

use crate::{
    At, Base64Image, Definitions, EmojiId, Field, Form, List, QueryBool, Reply, StickerId, Str, Value,
    guild::{Emoji, Sticker},
    invalid,
    user::UserPartial,
};

/// 2–32 of `[A-Za-z0-9_]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmojiName(pub String);

impl Field for EmojiName {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let name = Str::<2, 32>::read(value, at)?.into_inner();
        if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            Some(Self(name))
        } else {
            at.refuse(invalid::INVALID_FORMAT)
        }
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "minLength": 2, "maxLength": 32, "pattern": "^[A-Za-z0-9_]+$"})
    }
}

pub type EmojiImage = Base64Image<{ 384 * 1024 }>;
pub type StickerImage = Base64Image<{ 512 * 1024 }>;

#[derive(Debug, Clone, Form)]
pub struct GuildEmojiCreateRequest {
    pub name: EmojiName,
    pub image: EmojiImage,
}

#[derive(Debug, Clone, Form)]
pub struct GuildEmojiBulkCreateRequest {
    /// 1–50.
    pub emojis: List<GuildEmojiCreateRequest, 50>,
}

#[derive(Debug, Clone, Form)]
pub struct GuildEmojiUpdateRequest {
    pub name: EmojiName,
}

#[derive(Debug, Clone, Form)]
pub struct GuildStickerCreateRequest {
    pub name: Str<2, 30>,
    pub description: Option<Str<1, 500>>,
    pub tags: Option<List<Str<1, 30>, 10>>,
    pub image: StickerImage,
}

#[derive(Debug, Clone, Form)]
pub struct GuildStickerBulkCreateRequest {
    /// 1–50.
    pub stickers: List<GuildStickerCreateRequest, 50>,
}

#[derive(Debug, Clone, Form)]
pub struct GuildStickerUpdateRequest {
    pub name: Str<2, 30>,
    pub description: Option<Str<1, 500>>,
    pub tags: Option<List<Str<1, 30>, 10>>,
}

#[derive(Debug, Clone, Form)]
pub struct PurgeQuery {
    pub purge: QueryBool<false>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildEmojiWithUserResponse")]
pub struct EmojiWithUser {
    pub id: EmojiId,
    pub name: String,
    pub animated: bool,
    pub user: UserPartial,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildStickerWithUserResponse")]
pub struct StickerWithUser {
    pub id: StickerId,
    pub name: String,
    pub description: String,
    pub tags: Vec<String>,
    pub animated: bool,
    pub user: UserPartial,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
pub struct ExpressionFailure {
    pub name: String,
    pub error: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildEmojiBulkCreateResponse")]
pub struct EmojiBulk {
    pub success: Vec<Emoji>,
    pub failed: Vec<ExpressionFailure>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildStickerBulkCreateResponse")]
pub struct StickerBulk {
    pub success: Vec<Sticker>,
    pub failed: Vec<ExpressionFailure>,
}
