//! Invites: what is sent to make one, and how one looks.

use serde::Deserialize;

use crate::{
    ChannelId, Form, GuildId, Int, Reply, Timestamp, UserId, channel::ChannelType, int_enum,
    user::UserPartial,
};

int_enum! {
    pub enum InviteType {
        Guild = 0,
        GroupDm = 1,
        EmojiPack = 2,
        StickerPack = 3,
    }
}

#[derive(Debug, Clone, Form)]
pub struct ChannelInviteCreateRequest {
    /// 0 is without limit.
    pub max_uses: Option<Int<0, 100>>,
    /// Seconds; 0 is for ever.
    pub max_age: Option<Int<0, 604_800>>,
    /// A new one even if there is one like it.
    pub unique: Option<bool>,
    pub temporary: Option<bool>,
}

/// An invite. Which keys it has depends on its type and on whether its maker's view, with
/// uses and limits, is asked for.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "InviteResponseSchema")]
pub struct Invite {
    pub code: String,
    #[serde(rename = "type")]
    pub kind: InviteType,
    #[opt]
    pub guild: Option<InviteGuild>,
    #[opt]
    pub channel: Option<InviteChannel>,
    #[opt]
    pub pack: Option<InvitePack>,
    pub inviter: Option<UserPartial>,
    #[opt]
    pub member_count: Option<i64>,
    #[opt]
    pub presence_count: Option<i64>,
    pub expires_at: Option<Timestamp>,
    pub temporary: bool,
    #[opt]
    pub created_at: Option<Timestamp>,
    #[opt]
    pub uses: Option<i32>,
    #[opt]
    pub max_uses: Option<i32>,
    #[opt]
    pub max_age: Option<i32>,
}

/// What strangers may see of a guild.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildPartialResponse")]
pub struct InviteGuild {
    pub id: GuildId,
    pub name: String,
    pub icon: Option<String>,
    pub banner: Option<String>,
    pub banner_width: Option<i32>,
    pub banner_height: Option<i32>,
    pub splash: Option<String>,
    pub splash_width: Option<i32>,
    pub splash_height: Option<i32>,
    pub splash_card_alignment: i32,
    pub embed_splash: Option<String>,
    pub embed_splash_width: Option<i32>,
    pub embed_splash_height: Option<i32>,
    pub features: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "ChannelPartialResponse")]
pub struct InviteChannel {
    pub id: ChannelId,
    #[serde(rename = "type")]
    pub kind: ChannelType,
    pub name: Option<String>,
    #[opt]
    pub recipients: Option<Vec<InviteRecipient>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "ChannelPartialRecipientResponse")]
pub struct InviteRecipient {
    pub username: String,
}

/// A pack of emojis or stickers, as its invite shows it.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
pub struct InvitePack {
    pub id: crate::AnyId,
    pub name: String,
    pub description: Option<String>,
    #[serde(rename = "type")]
    pub kind: String,
    pub creator_id: UserId,
    pub creator: UserPartial,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
