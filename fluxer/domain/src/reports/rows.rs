//! Reports as they are stored, with everything a moderator needs after the target is gone.

use fluxer_wire::{
    AnyId, ChannelId, GuildId, MessageId, ReportId, UserId,
    message::{Attachment, Embed, MessageSticker},
};
use platform_kernel::Timestamp;
use platform_store::{Schema, Table};
use serde::{Deserialize, Serialize};

pub fn tables() -> Vec<&'static Schema> {
    vec![ReportRow::SCHEMA, ReportSlotRow::SCHEMA, DsaCodeRow::SCHEMA, DsaTicketRow::SCHEMA]
}

pub const PENDING: i32 = 0;
pub const RESOLVED: i32 = 1;

#[derive(Table, Clone, Debug, Default)]
#[table(name = "iar_submissions")]
pub struct ReportRow {
    #[partition]
    pub report_id: ReportId,
    /// None: reported without an account.
    pub reporter_id: Option<UserId>,
    pub reporter_email: Option<String>,
    pub reporter_full_legal_name: Option<String>,
    pub reporter_country_of_residence: Option<String>,
    pub reporter_tag: Option<String>,
    pub reported_at: Timestamp,
    /// 0 pending, 1 resolved.
    pub status: i32,
    /// 0 message, 1 user, 2 guild.
    pub report_type: i32,
    pub category: String,
    pub additional_info: Option<String>,
    pub reported_user_id: Option<UserId>,
    pub reported_user_avatar_hash: Option<String>,
    pub reported_guild_id: Option<GuildId>,
    pub reported_guild_name: Option<String>,
    pub reported_guild_icon_hash: Option<String>,
    pub reported_guild_invite_code: Option<String>,
    pub reported_message_id: Option<MessageId>,
    pub reported_channel_id: Option<ChannelId>,
    pub reported_channel_name: Option<String>,
    /// The guild in which it happened.
    pub guild_context_id: Option<GuildId>,
    #[json]
    pub message_context: Vec<ContextMessage>,
    pub resolved_at: Option<Timestamp>,
    pub resolved_by_admin_id: Option<UserId>,
    pub public_comment: Option<String>,
    pub audit_log_reason: Option<String>,
    #[version]
    pub version: i32,
}

/// A message as it was when it, or one near it, was reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContextMessage {
    pub message_id: MessageId,
    pub channel_id: ChannelId,
    pub author_id: UserId,
    pub author_username: String,
    pub author_discriminator: i32,
    pub author_avatar_hash: Option<String>,
    /// A `MessageType`.
    pub kind: i32,
    pub content: Option<String>,
    pub edited_timestamp: Option<Timestamp>,
    pub flags: i32,
    pub mention_everyone: bool,
    pub mention_users: Vec<UserId>,
    pub mention_roles: Vec<AnyId>,
    pub embeds: Vec<Embed>,
    pub stickers: Vec<MessageSticker>,
    pub attachments: Vec<CopiedAttachment>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopiedAttachment {
    pub attachment: Attachment,
    /// Key of the copy in the reports bucket; none if the file was gone already.
    pub key: Option<String>,
}

/// One of the few reports that a reporter may file within an hour, by its end free again.
#[derive(Table, Clone, Debug)]
#[table(name = "report_slots", ttl = 3600)]
pub struct ReportSlotRow {
    /// User id, or the address in lower case.
    #[partition]
    pub reporter: String,
    #[cluster]
    pub slot: i32,
    pub taken_at: Timestamp,
}

/// The code sent to an address that wants to report without an account.
#[derive(Table, Clone, Debug)]
#[table(name = "dsa_report_email_verifications", ttl = 600)]
pub struct DsaCodeRow {
    #[partition]
    pub email_lower: String,
    pub code_hash: String,
    pub expires_at: Timestamp,
    pub last_sent_at: Timestamp,
}

/// What such an address may make one report with.
#[derive(Table, Clone, Debug)]
#[table(name = "dsa_report_tickets", ttl = 3600)]
pub struct DsaTicketRow {
    #[partition]
    pub ticket: String,
    pub email_lower: String,
    pub expires_at: Timestamp,
    pub created_at: Timestamp,
}
