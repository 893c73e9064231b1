//! Things as audit entries compare them, key by key.

use fluxer_wire::Value;
use serde::Serialize;
use serde_json::json;

use super::Snapshot;
use crate::rows::{BanRow, ChannelRow, EmojiRow, GuildRow, InviteRow, MemberRow, RoleRow, StickerRow};

fn object(value: Value) -> Snapshot {
    match value {
        Value::Object(map) => map,
        _ => Snapshot::new(),
    }
}

fn sorted<T: Serialize + Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort();
    items
}

pub fn guild(row: &GuildRow) -> Snapshot {
    object(json!({
        "guild_id": row.guild_id,
        "name": row.name,
        "owner_id": row.owner_id,
        "vanity_url_code": row.vanity_url_code,
        "icon_hash": row.icon_hash,
        "banner_hash": row.banner_hash,
        "banner_width": row.banner_width,
        "banner_height": row.banner_height,
        "splash_hash": row.splash_hash,
        "splash_width": row.splash_width,
        "splash_height": row.splash_height,
        "splash_card_alignment": row.splash_card_alignment,
        "embed_splash_hash": row.embed_splash_hash,
        "embed_splash_width": row.embed_splash_width,
        "embed_splash_height": row.embed_splash_height,
        "features": sorted(&row.features),
        "verification_level": row.verification_level,
        "mfa_level": row.mfa_level,
        "nsfw_level": row.nsfw_level,
        "explicit_content_filter": row.explicit_content_filter,
        "default_message_notifications": row.default_message_notifications,
        "system_channel_id": row.system_channel_id,
        "system_channel_flags": row.system_channel_flags,
        "rules_channel_id": row.rules_channel_id,
        "afk_channel_id": row.afk_channel_id,
        "afk_timeout": row.afk_timeout,
        "disabled_operations": row.disabled_operations,
        "member_count": row.member_count,
        "message_history_cutoff": row.message_history_cutoff,
    }))
}

pub fn channel(row: &ChannelRow) -> Snapshot {
    object(json!({
        "channel_id": row.channel_id,
        "type": row.kind,
        "name": row.name,
        "topic": row.topic,
        "parent_id": row.parent_id,
        "position": row.position,
        "nsfw": row.nsfw,
        "rate_limit_per_user": row.rate_limit_per_user,
        "user_limit": row.user_limit,
        "bitrate": row.bitrate,
        "rtc_region": row.rtc_region,
        "permission_overwrite_count": row.overwrites.len(),
    }))
}

pub fn member(row: &MemberRow) -> Snapshot {
    object(json!({
        "user_id": row.user_id,
        "nick": row.nick,
        "roles": sorted(&row.role_ids),
        "avatar_hash": row.avatar_hash,
        "banner_hash": row.banner_hash,
        "bio": row.bio,
        "pronouns": row.pronouns,
        "accent_color": row.accent_color,
        "deaf": row.deaf,
        "mute": row.mute,
        "communication_disabled_until": row.communication_disabled_until,
        "temporary": row.temporary,
    }))
}

pub fn role(row: &RoleRow) -> Snapshot {
    object(json!({
        "role_id": row.role_id,
        "name": row.name,
        "permissions": row.permissions(),
        "position": row.position,
        "hoist_position": row.hoist_position,
        "color": row.color,
        "icon_hash": row.icon_hash,
        "unicode_emoji": row.unicode_emoji,
        "hoist": row.hoist,
        "mentionable": row.mentionable,
    }))
}

pub fn ban(row: &BanRow) -> Snapshot {
    object(json!({
        "user_id": row.user_id,
        "moderator_id": row.moderator_id,
        "banned_at": row.banned_at,
        "expires_at": row.expires_at,
        "reason": row.reason,
    }))
}

pub fn invite(row: &InviteRow) -> Snapshot {
    object(json!({
        "code": row.code,
        "channel_id": row.channel_id,
        "guild_id": row.guild_id,
        "inviter_id": row.inviter_id,
        "uses": row.uses,
        "max_uses": row.max_uses,
        "max_age": row.max_age,
        "temporary": row.temporary,
        "created_at": row.created_at,
    }))
}

pub fn emoji(row: &EmojiRow) -> Snapshot {
    object(json!({
        "emoji_id": row.emoji_id,
        "name": row.name,
        "animated": row.animated,
        "creator_id": row.creator_id,
    }))
}

pub fn sticker(row: &StickerRow) -> Snapshot {
    object(json!({
        "sticker_id": row.sticker_id,
        "name": row.name,
        "description": row.description,
        "animated": row.animated,
        "creator_id": row.creator_id,
    }))
}
