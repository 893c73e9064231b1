//! What clients send about channels of guilds and about the settings of any channel.

use serde::Deserialize;

use crate::{
    At, Base64Image, ChannelId, Definitions, Field, Form, Int, List, Optional, Patch, Permissions, Reply,
    Str, UserId, Value,
    channel::{ChannelOverwriteRequest, ChannelType, OverwriteType},
    invalid,
};

/// A channel's name: 1–100, without invisible characters. Text channels have a further
/// rule that depends on their guild.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelName(pub String);

impl Field for ChannelName {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let name = crate::text::channel_name(&crate::scalar::string(value, at)?);
        match crate::text::length(&name) {
            0 => at.refuse(invalid::NAME_EMPTY_AFTER_NORMALIZATION),
            1..=100 => Some(Self(name)),
            _ => at.refuse(invalid::STRING_LENGTH_INVALID),
        }
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "minLength": 1, "maxLength": 100})
    }
}

/// Where a link channel leads: http or https, at most 2048 characters, no user name in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkUrl(pub String);

impl Field for LinkUrl {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = crate::text::normalize(&crate::scalar::string(value, at)?);
        if !(1..=2048).contains(&crate::text::length(&text)) {
            return at.refuse(invalid::URL_LENGTH_INVALID);
        }
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let authority = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
        let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
        if host.is_empty() || authority.contains('@') || text.contains(char::is_whitespace) {
            return at.refuse(invalid::INVALID_URL_FORMAT);
        }
        Some(Self(text))
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "minLength": 1, "maxLength": 2048})
    }
}

pub type Topic = Str<1, 1024>;
pub type Bitrate = Int<8000, 320_000>;
pub type UserLimit = Int<0, 99>;
pub type Overwrites = List<ChannelOverwriteRequest, 500>;

#[derive(Debug, Clone, Form)]
pub struct ChannelCreateRequest {
    #[form(rename = "type")]
    pub kind: GuildChannelType,
    pub name: ChannelName,
    pub topic: Option<Topic>,
    pub url: Option<LinkUrl>,
    pub parent_id: Option<ChannelId>,
    pub bitrate: Option<Bitrate>,
    pub user_limit: Option<UserLimit>,
    /// Not kept: a new channel never is.
    pub nsfw: Option<bool>,
    pub permission_overwrites: Option<Overwrites>,
}

/// The kinds of channel a guild can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuildChannelType(pub ChannelType);

impl Field for GuildChannelType {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        match value.as_i64().and_then(ChannelType::from_number) {
            Some(kind) if kind.is_guild() => Some(Self(kind)),
            _ => at.refuse(invalid::INVALID_FORMAT),
        }
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "integer", "enum": [0, 2, 4, 998]})
    }
}

/// A change of any channel: which of its keys count depends on the stored channel's type,
/// so it is read in two steps ([`ChannelUpdateRequest::read_as`]).
#[derive(Debug, Clone)]
pub struct ChannelUpdateRequest(Value);

impl ChannelUpdateRequest {
    /// The change as one of the shapes below.
    pub fn read_as<T: Field>(self) -> Result<T, crate::Error> {
        crate::parse(self.0)
    }
    pub fn into_value(self) -> Value {
        self.0
    }
}

impl Field for ChannelUpdateRequest {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        if value.is_object() { Some(Self(value)) } else { at.refuse(invalid::INVALID_FORMAT) }
    }
    fn schema(defs: &mut Definitions) -> Value {
        ChannelUpdateAny::schema(defs)
    }
}

/// Every key of every type, for the description only.
#[derive(Debug, Clone, Form)]
#[expect(dead_code, reason = "read by its schema only")]
struct ChannelUpdateAny {
    #[form(rename = "type")]
    kind: Optional<ChannelType>,
    name: Patch<ChannelName>,
    topic: Patch<Topic>,
    url: Patch<LinkUrl>,
    parent_id: Patch<ChannelId>,
    permission_overwrites: Option<Overwrites>,
    nsfw: Option<bool>,
    rate_limit_per_user: Option<Int<0, 21_600>>,
    bitrate: Option<Bitrate>,
    user_limit: Option<UserLimit>,
    rtc_region: Patch<Str<1, 64>>,
    icon: Patch<Base64Image<{ 10 * 1024 * 1024 }>>,
    owner_id: Option<UserId>,
    nicks: Patch<std::collections::BTreeMap<UserId, Option<Str<0, 32>>>>,
}

/// What every channel of a guild has.
#[derive(Debug, Clone, Form)]
pub struct ChannelUpdateCategoryRequest {
    pub name: Option<ChannelName>,
    pub topic: Patch<Topic>,
    pub parent_id: Patch<ChannelId>,
    pub permission_overwrites: Option<Overwrites>,
}

#[derive(Debug, Clone, Form)]
pub struct ChannelUpdateTextRequest {
    pub nsfw: Option<bool>,
    pub rate_limit_per_user: Option<Int<0, 21_600>>,
}

#[derive(Debug, Clone, Form)]
pub struct ChannelUpdateVoiceRequest {
    pub bitrate: Option<Bitrate>,
    pub user_limit: Option<UserLimit>,
    pub rtc_region: Patch<Str<1, 64>>,
}

#[derive(Debug, Clone, Form)]
pub struct ChannelUpdateLinkRequest {
    pub url: Option<LinkUrl>,
}

#[derive(Debug, Clone, Form)]
pub struct ChannelPositionItem {
    pub id: ChannelId,
    pub position: Option<Int<0, 9007199254740991>>,
    pub parent_id: Patch<ChannelId>,
    pub lock_permissions: Option<bool>,
}

#[derive(Debug, Clone, Form)]
pub struct PermissionOverwriteCreateRequest {
    #[form(rename = "type")]
    pub kind: OverwriteType,
    pub allow: Option<Permissions>,
    pub deny: Option<Permissions>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "RtcRegionResponse")]
pub struct RtcRegion {
    pub id: String,
    pub name: String,
    pub emoji: String,
}
