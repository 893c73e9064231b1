//! Limits of accounts and guilds, resolved by rules: of every rule that matches the subject
//! the highest value wins. A self-hosted instance gives everybody the premium values.

use std::collections::BTreeMap;

use crate::{
    App,
    rows::{GuildRow, UserRow},
};
use fluxer_wire::flags;

/// `(key, free, premium)`; the published defaults, in the order their hash is made of.
pub const DEFAULTS: &[(&str, i64, i64)] = &[
    ("avatar_max_size", 10_485_760, 10_485_760),
    ("emoji_max_size", 393_216, 393_216),
    ("feature_animated_avatar", 0, 1),
    ("feature_animated_banner", 0, 1),
    ("feature_custom_discriminator", 0, 1),
    ("feature_custom_notification_sounds", 1, 1),
    ("feature_early_access", 0, 1),
    ("feature_global_expressions", 0, 1),
    ("feature_higher_video_quality", 0, 1),
    ("feature_per_guild_profiles", 0, 1),
    ("feature_voice_entrance_sounds", 0, 1),
    ("max_attachment_file_size", 26_214_400, 524_288_000),
    ("max_attachments_per_message", 10, 10),
    ("max_bio_length", 320, 320),
    ("max_bookmarks", 50, 300),
    ("max_channels_per_category", 50, 50),
    ("max_created_packs", 0, 50),
    ("max_custom_backgrounds", 1, 15),
    ("max_embeds_per_message", 10, 10),
    ("max_favorite_meme_tags", 10, 10),
    ("max_favorite_memes", 50, 500),
    ("max_group_dm_recipients", 25, 25),
    ("max_group_dms_per_user", 150, 150),
    ("max_guild_channels", 500, 500),
    ("max_guild_emojis_animated_more", 250, 250),
    ("max_guild_emojis_animated", 50, 50),
    ("max_guild_emojis_static_more", 250, 250),
    ("max_guild_emojis_static", 50, 50),
    ("max_guild_invites", 1000, 1000),
    ("max_guild_members", 1_000_000, 1_000_000),
    ("max_guild_roles", 250, 250),
    ("max_guild_stickers_more", 250, 250),
    ("max_guild_stickers", 50, 50),
    ("max_guilds", 100, 200),
    ("max_installed_packs", 0, 50),
    ("max_message_length", 2000, 4000),
    ("max_pack_expressions", 200, 200),
    ("max_private_channels_per_user", 250, 250),
    ("max_reactions_per_message", 30, 30),
    ("max_relationships", 1000, 1000),
    ("max_users_per_message_reaction", 5000, 5000),
    ("max_voice_message_duration", 1200, 1200),
    ("max_webhooks_per_channel", 15, 15),
    ("max_webhooks_per_guild", 1000, 1000),
    ("sticker_max_size", 524_288, 524_288),
];

/// Values for features of a guild that are above the defaults.
const GUILD_RULES: &[(&str, &str, i64)] = &[
    (flags::guild_feature::VERY_LARGE_GUILD, "max_guild_members", 10_000_000),
    (flags::guild_feature::MORE_EMOJI, "max_guild_emojis_static", 250),
    (flags::guild_feature::MORE_EMOJI, "max_guild_emojis_animated", 250),
    (flags::guild_feature::UNLIMITED_EMOJI, "max_guild_emojis_static", i64::MAX),
    (flags::guild_feature::UNLIMITED_EMOJI, "max_guild_emojis_animated", i64::MAX),
    (flags::guild_feature::MORE_STICKERS, "max_guild_stickers", 250),
    (flags::guild_feature::UNLIMITED_STICKERS, "max_guild_stickers", i64::MAX),
];

fn default(key: &str, premium: bool) -> i64 {
    DEFAULTS
        .iter()
        .find(|(name, ..)| *name == key)
        .map_or(0, |(_, free, paid)| if premium { *paid } else { *free })
}

impl App {
    /// Whether the account has the premium values.
    pub fn is_premium(&self, user: &UserRow) -> bool {
        if self.settings.self_hosted || user.has(flags::user::PREMIUM_ENABLED_OVERRIDE) {
            return true;
        }
        if user.premium_type.unwrap_or(0) == 0 {
            return false;
        }
        const GRACE_SECONDS: i64 = 3 * 86_400;
        user.premium_until.is_none_or(|until| {
            let grace = if user.premium_will_cancel { 0 } else { GRACE_SECONDS };
            self.clock.now() <= until.plus_seconds(grace)
        })
    }

    /// A limit of an account, by its published key; 0 for an unknown one.
    pub fn user_limit(&self, user: &UserRow, key: &str) -> i64 {
        default(key, self.is_premium(user))
    }

    /// Whether a `feature_*` of an account is on.
    pub fn has_feature(&self, user: &UserRow, key: &str) -> bool {
        self.user_limit(user, key) > 0
    }

    /// A limit of a guild, by its published key.
    pub fn guild_limit(&self, guild: &GuildRow, key: &str) -> i64 {
        let base = default(key, self.settings.self_hosted);
        GUILD_RULES
            .iter()
            .filter(|(feature, name, _)| *name == key && guild.has_feature(feature))
            .fold(base, |best, (_, _, value)| best.max(*value))
    }
}

/// The hash by which clients tell whether their built-in defaults are the server's.
pub fn defaults_hash() -> String {
    let side = |premium: bool| {
        let entries: Vec<String> = DEFAULTS
            .iter()
            .map(|(key, free, paid)| format!("\"{key}\":{}", if premium { paid } else { free }))
            .collect();
        entries.join(",")
    };
    let text = format!("{{\"free\":{{{}}},\"premium\":{{{}}}}}", side(false), side(true));
    let hash = text.encode_utf16().fold(0_i32, |hash, unit| hash.wrapping_mul(31).wrapping_add(unit.into()));
    let mut rest = hash.unsigned_abs();
    let mut digits = Vec::new();
    while rest > 0 {
        digits.push(char::from_digit(rest % 36, 36).unwrap_or('0'));
        rest /= 36;
    }
    digits.iter().rev().collect()
}

/// What the rules for accounts give above the free values: premium for everybody on a
/// self-hosted instance.
pub fn premium_overrides() -> BTreeMap<&'static str, i64> {
    DEFAULTS.iter().filter(|(_, free, paid)| free != paid).map(|(key, _, paid)| (*key, *paid)).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(super::defaults_hash(), "cgdiuz");
    }
}
