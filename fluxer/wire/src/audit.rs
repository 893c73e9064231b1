//! The guild audit log on the wire.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    AuditLogId, ChannelId, Definitions, Describe, Form, GuildId, Optional, QueryInt, Reply, UserId, Value,
    WebhookId, int_enum, user::UserPartial,
};

int_enum! {
    /// What was done.
    pub enum AuditLogActionType {
        GuildUpdate = 1,
        ChannelCreate = 10,
        ChannelUpdate = 11,
        ChannelDelete = 12,
        ChannelOverwriteCreate = 13,
        ChannelOverwriteUpdate = 14,
        ChannelOverwriteDelete = 15,
        MemberKick = 20,
        MemberPrune = 21,
        MemberBanAdd = 22,
        MemberBanRemove = 23,
        MemberUpdate = 24,
        MemberRoleUpdate = 25,
        MemberMove = 26,
        MemberDisconnect = 27,
        BotAdd = 28,
        RoleCreate = 30,
        RoleUpdate = 31,
        RoleDelete = 32,
        InviteCreate = 40,
        InviteUpdate = 41,
        InviteDelete = 42,
        WebhookCreate = 50,
        WebhookUpdate = 51,
        WebhookDelete = 52,
        EmojiCreate = 60,
        EmojiUpdate = 61,
        EmojiDelete = 62,
        MessageDelete = 72,
        MessageBulkDelete = 73,
        MessagePin = 74,
        MessageUnpin = 75,
        StickerCreate = 90,
        StickerUpdate = 91,
        StickerDelete = 92,
    }
}

#[derive(Debug, Clone, Form)]
pub struct AuditLogQuery {
    pub limit: QueryInt<1, 100, 50>,
    pub before: Optional<AuditLogId>,
    pub after: Optional<AuditLogId>,
    /// Only what this user did.
    pub user_id: Optional<UserId>,
    pub action_type: Optional<QueryAction>,
}

/// An action as a query parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryAction(pub AuditLogActionType);

impl crate::Field for QueryAction {
    fn read(value: Value, at: &mut crate::At) -> Option<Self> {
        let number = value.as_str().and_then(|text| text.parse().ok());
        match number.and_then(AuditLogActionType::from_number) {
            Some(action) => Some(Self(action)),
            None => at.refuse(crate::invalid::INVALID_FORMAT),
        }
    }
    fn schema(defs: &mut crate::Definitions) -> Value {
        <AuditLogActionType as crate::Field>::schema(defs)
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildAuditLogListResponse")]
pub struct AuditLog {
    pub audit_log_entries: Vec<AuditLogEntry>,
    /// Who acted, and the users acted on.
    pub users: Vec<UserPartial>,
    pub webhooks: Vec<AuditLogWebhook>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildAuditLogEntryResponse")]
pub struct AuditLogEntry {
    pub id: AuditLogId,
    pub action_type: i32,
    pub user_id: Option<UserId>,
    pub target_id: Option<String>,
    #[opt]
    pub reason: Option<String>,
    #[opt]
    pub options: Option<AuditLogOptions>,
    #[opt]
    #[serde(default)]
    pub changes: Vec<AuditLogChange>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize, Reply)]
pub struct AuditLogOptions {
    #[opt]
    pub channel_id: Option<String>,
    #[opt]
    pub message_id: Option<String>,
    #[opt]
    pub id: Option<String>,
    #[opt]
    pub delete_member_days: Option<String>,
    #[opt]
    pub role_name: Option<String>,
    #[opt]
    pub inviter_id: Option<String>,
    #[opt]
    pub count: Option<i64>,
    #[opt]
    #[serde(rename = "type")]
    pub kind: Option<i64>,
    #[opt]
    pub integration_type: Option<i64>,
    #[opt]
    pub members_removed: Option<i64>,
    #[opt]
    pub max_age: Option<i64>,
    #[opt]
    pub max_uses: Option<i64>,
    #[opt]
    pub uses: Option<i64>,
    #[opt]
    pub temporary: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "AuditLogChangeSchema")]
pub struct AuditLogChange {
    pub key: String,
    #[opt]
    pub old_value: Option<Changed>,
    #[opt]
    pub new_value: Option<Changed>,
}

/// A value as it was or is: a scalar, a list, or names added and removed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Changed(pub Value);

impl Describe for Changed {
    fn schema(_: &mut Definitions) -> Value {
        let texts = json!({"type": "array", "items": {"type": "string"}});
        json!({"anyOf": [
            {"type": "string"},
            {"type": "number"},
            {"type": "boolean"},
            texts,
            {"type": "array", "items": {"type": "number"}},
            {"type": "object", "properties": {"added": texts, "removed": texts}, "required": ["added", "removed"]},
            {"type": "null"},
        ]})
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "AuditLogWebhookResponse")]
pub struct AuditLogWebhook {
    pub id: WebhookId,
    #[serde(rename = "type")]
    pub kind: i32,
    pub guild_id: Option<GuildId>,
    pub channel_id: Option<ChannelId>,
    pub name: String,
    pub avatar_hash: Option<String>,
}
