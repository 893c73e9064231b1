//! Rows of guilds as the wire shows them.

use fluxer_wire::{guild as wire, user::UserPartial};
use platform_kernel::Timestamp;

use crate::rows::{EmojiRow, GuildRow, MemberRow, RoleRow, StickerRow};

pub fn guild(row: &GuildRow) -> wire::Guild {
    wire::Guild {
        id: row.guild_id,
        name: row.name.clone(),
        icon: row.icon_hash.clone(),
        banner: row.banner_hash.clone(),
        banner_width: row.banner_width,
        banner_height: row.banner_height,
        splash: row.splash_hash.clone(),
        splash_width: row.splash_width,
        splash_height: row.splash_height,
        splash_card_alignment: row.splash_card_alignment,
        embed_splash: row.embed_splash_hash.clone(),
        embed_splash_width: row.embed_splash_width,
        embed_splash_height: row.embed_splash_height,
        vanity_url_code: row.vanity_url_code.clone(),
        owner_id: row.owner_id,
        system_channel_id: row.system_channel_id,
        system_channel_flags: row.system_channel_flags,
        rules_channel_id: row.rules_channel_id,
        afk_channel_id: row.afk_channel_id,
        afk_timeout: row.afk_timeout,
        features: row.features.iter().cloned().collect(),
        verification_level: row.verification_level,
        mfa_level: row.mfa_level,
        nsfw_level: row.nsfw_level,
        explicit_content_filter: row.explicit_content_filter,
        default_message_notifications: row.default_message_notifications,
        disabled_operations: row.disabled_operations,
        message_history_cutoff: row.message_history_cutoff,
        permissions: None,
    }
}

pub fn role(row: &RoleRow) -> wire::Role {
    wire::Role {
        id: row.role_id,
        name: row.name.clone(),
        color: row.color,
        position: row.position,
        hoist_position: row.hoist_position,
        permissions: row.permissions(),
        hoist: row.hoist,
        mentionable: row.mentionable,
        unicode_emoji: row.unicode_emoji.clone(),
    }
}

pub fn member(row: &MemberRow, user: UserPartial, now: Timestamp) -> wire::Member {
    wire::Member {
        user,
        nick: row.nick.clone(),
        avatar: row.avatar_hash.clone(),
        banner: row.banner_hash.clone(),
        accent_color: row.accent_color,
        roles: row.role_ids.iter().copied().collect(),
        joined_at: row.joined_at,
        mute: row.mute || row.is_timed_out(now),
        deaf: row.deaf,
        communication_disabled_until: row.communication_disabled_until,
        profile_flags: (row.profile_flags != 0).then_some(row.profile_flags),
    }
}

pub fn emoji(row: &EmojiRow) -> wire::Emoji {
    wire::Emoji { id: row.emoji_id, name: row.name.clone(), animated: row.animated }
}

pub fn sticker(row: &StickerRow) -> wire::Sticker {
    wire::Sticker {
        id: row.sticker_id,
        name: row.name.clone(),
        description: row.description.clone(),
        tags: row.tags.clone(),
        animated: row.animated,
    }
}
