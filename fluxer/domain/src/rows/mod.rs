//! The tables that several areas share. Tables of one area stand in its own folder.

pub mod channel;
pub mod guild;
pub mod message;
pub mod user;

pub use channel::*;
pub use guild::*;
pub use message::*;
pub use user::*;

use platform_store::{Schema, Table as _};

pub fn tables() -> Vec<&'static Schema> {
    vec![
        UserRow::SCHEMA,
        UserByTagRow::SCHEMA,
        UserByEmailRow::SCHEMA,
        SessionRow::SCHEMA,
        SessionByUserRow::SCHEMA,
        UserSettingsRow::SCHEMA,
        RelationshipRow::SCHEMA,
        GuildRow::SCHEMA,
        RoleRow::SCHEMA,
        MemberRow::SCHEMA,
        MembershipRow::SCHEMA,
        BanRow::SCHEMA,
        EmojiRow::SCHEMA,
        StickerRow::SCHEMA,
        InviteRow::SCHEMA,
        InviteByGuildRow::SCHEMA,
        InviteByChannelRow::SCHEMA,
        AuditLogRow::SCHEMA,
        ChannelRow::SCHEMA,
        ChannelByGuildRow::SCHEMA,
        ChannelStateRow::SCHEMA,
        PrivateChannelRow::SCHEMA,
        DmByUserRow::SCHEMA,
        DmPairRow::SCHEMA,
        MessageRow::SCHEMA,
        MessageBucketRow::SCHEMA,
        MessageByAuthorRow::SCHEMA,
        ReactionRow::SCHEMA,
        PinRow::SCHEMA,
        ReadStateRow::SCHEMA,
    ]
}
