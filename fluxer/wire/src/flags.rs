//! Bit fields and fixed sets of numbers that are not permissions.

/// 64-bit account flags. Only the [`user::PUBLIC`] ones are shown to others.
pub mod user {
    pub const STAFF: u64 = 1 << 0;
    pub const CTP_MEMBER: u64 = 1 << 1;
    pub const PARTNER: u64 = 1 << 2;
    pub const BUG_HUNTER: u64 = 1 << 3;
    pub const FRIENDLY_BOT: u64 = 1 << 4;
    pub const FRIENDLY_BOT_MANUAL_APPROVAL: u64 = 1 << 5;
    pub const HIGH_GLOBAL_RATE_LIMIT: u64 = 1 << 33;
    pub const DELETED: u64 = 1 << 34;
    pub const DISABLED_SUSPICIOUS_ACTIVITY: u64 = 1 << 35;
    pub const SELF_DELETED: u64 = 1 << 36;
    pub const PREMIUM_DISCRIMINATOR: u64 = 1 << 37;
    pub const DISABLED: u64 = 1 << 38;
    pub const HAS_SESSION_STARTED: u64 = 1 << 39;
    pub const PREMIUM_BADGE_HIDDEN: u64 = 1 << 40;
    pub const PREMIUM_BADGE_MASKED: u64 = 1 << 41;
    pub const PREMIUM_BADGE_TIMESTAMP_HIDDEN: u64 = 1 << 42;
    pub const PREMIUM_BADGE_SEQUENCE_HIDDEN: u64 = 1 << 43;
    pub const PREMIUM_PERKS_SANITIZED: u64 = 1 << 44;
    pub const PREMIUM_PURCHASE_DISABLED: u64 = 1 << 45;
    pub const PREMIUM_ENABLED_OVERRIDE: u64 = 1 << 46;
    pub const RATE_LIMIT_BYPASS: u64 = 1 << 47;
    pub const REPORT_BANNED: u64 = 1 << 48;
    pub const VERIFIED_NOT_UNDERAGE: u64 = 1 << 49;
    pub const HAS_DISMISSED_PREMIUM_ONBOARDING: u64 = 1 << 51;
    pub const USED_MOBILE_CLIENT: u64 = 1 << 52;
    pub const APP_STORE_REVIEWER: u64 = 1 << 53;
    pub const DM_HISTORY_BACKFILLED: u64 = 1 << 54;
    pub const HAS_RELATIONSHIPS_INDEXED: u64 = 1 << 55;
    pub const MESSAGES_BY_AUTHOR_BACKFILLED: u64 = 1 << 56;
    pub const STAFF_HIDDEN: u64 = 1 << 57;
    pub const BOT_SANITIZED: u64 = 1 << 58;

    pub const PUBLIC: u64 = 63;

    /// Every flag by name, as the test routes and operators call them.
    pub const NAMES: &[(&str, u64)] = &[
        ("STAFF", STAFF),
        ("CTP_MEMBER", CTP_MEMBER),
        ("PARTNER", PARTNER),
        ("BUG_HUNTER", BUG_HUNTER),
        ("FRIENDLY_BOT", FRIENDLY_BOT),
        ("FRIENDLY_BOT_MANUAL_APPROVAL", FRIENDLY_BOT_MANUAL_APPROVAL),
        ("HIGH_GLOBAL_RATE_LIMIT", HIGH_GLOBAL_RATE_LIMIT),
        ("DELETED", DELETED),
        ("DISABLED_SUSPICIOUS_ACTIVITY", DISABLED_SUSPICIOUS_ACTIVITY),
        ("SELF_DELETED", SELF_DELETED),
        ("PREMIUM_DISCRIMINATOR", PREMIUM_DISCRIMINATOR),
        ("DISABLED", DISABLED),
        ("HAS_SESSION_STARTED", HAS_SESSION_STARTED),
        ("PREMIUM_BADGE_HIDDEN", PREMIUM_BADGE_HIDDEN),
        ("PREMIUM_BADGE_MASKED", PREMIUM_BADGE_MASKED),
        ("PREMIUM_BADGE_TIMESTAMP_HIDDEN", PREMIUM_BADGE_TIMESTAMP_HIDDEN),
        ("PREMIUM_BADGE_SEQUENCE_HIDDEN", PREMIUM_BADGE_SEQUENCE_HIDDEN),
        ("PREMIUM_PERKS_SANITIZED", PREMIUM_PERKS_SANITIZED),
        ("PREMIUM_PURCHASE_DISABLED", PREMIUM_PURCHASE_DISABLED),
        ("PREMIUM_ENABLED_OVERRIDE", PREMIUM_ENABLED_OVERRIDE),
        ("RATE_LIMIT_BYPASS", RATE_LIMIT_BYPASS),
        ("REPORT_BANNED", REPORT_BANNED),
        ("VERIFIED_NOT_UNDERAGE", VERIFIED_NOT_UNDERAGE),
        ("HAS_DISMISSED_PREMIUM_ONBOARDING", HAS_DISMISSED_PREMIUM_ONBOARDING),
        ("USED_MOBILE_CLIENT", USED_MOBILE_CLIENT),
        ("APP_STORE_REVIEWER", APP_STORE_REVIEWER),
        ("DM_HISTORY_BACKFILLED", DM_HISTORY_BACKFILLED),
        ("HAS_RELATIONSHIPS_INDEXED", HAS_RELATIONSHIPS_INDEXED),
        ("MESSAGES_BY_AUTHOR_BACKFILLED", MESSAGES_BY_AUTHOR_BACKFILLED),
        ("STAFF_HIDDEN", STAFF_HIDDEN),
        ("BOT_SANITIZED", BOT_SANITIZED),
    ];
}

/// What an account has to prove before it may go on, by bit.
pub mod suspicious {
    pub const NAMES: &[(&str, i32)] = &[
        ("REQUIRE_VERIFIED_EMAIL", 1),
        ("REQUIRE_REVERIFIED_EMAIL", 2),
        ("REQUIRE_VERIFIED_PHONE", 4),
        ("REQUIRE_REVERIFIED_PHONE", 8),
        ("REQUIRE_VERIFIED_EMAIL_OR_VERIFIED_PHONE", 16),
        ("REQUIRE_REVERIFIED_EMAIL_OR_VERIFIED_PHONE", 32),
        ("REQUIRE_VERIFIED_EMAIL_OR_REVERIFIED_PHONE", 64),
        ("REQUIRE_REVERIFIED_EMAIL_OR_REVERIFIED_PHONE", 128),
    ];
}

/// Guild operations an instance's staff can switch off.
pub mod guild_operation {
    pub const PUSH_NOTIFICATIONS: i32 = 1;
    pub const EVERYONE_MENTIONS: i32 = 2;
    pub const TYPING_EVENTS: i32 = 4;
    pub const INSTANT_INVITES: i32 = 8;
    pub const SEND_MESSAGE: i32 = 16;
    pub const REACTIONS: i32 = 32;
    pub const MEMBER_LIST_UPDATES: i32 = 64;
}

/// Features of a guild, as they stand in `features`.
pub mod guild_feature {
    pub const ANIMATED_ICON: &str = "ANIMATED_ICON";
    pub const ANIMATED_BANNER: &str = "ANIMATED_BANNER";
    pub const BANNER: &str = "BANNER";
    pub const DETACHED_BANNER: &str = "DETACHED_BANNER";
    pub const INVITE_SPLASH: &str = "INVITE_SPLASH";
    pub const INVITES_DISABLED: &str = "INVITES_DISABLED";
    pub const TEXT_CHANNEL_FLEXIBLE_NAMES: &str = "TEXT_CHANNEL_FLEXIBLE_NAMES";
    pub const DISALLOW_UNCLAIMED_ACCOUNTS: &str = "DISALLOW_UNCLAIMED_ACCOUNTS";
    pub const VANITY_URL: &str = "VANITY_URL";
    pub const DISCOVERABLE: &str = "DISCOVERABLE";
    pub const UNAVAILABLE_FOR_EVERYONE: &str = "UNAVAILABLE_FOR_EVERYONE";
    pub const UNAVAILABLE_FOR_EVERYONE_BUT_STAFF: &str = "UNAVAILABLE_FOR_EVERYONE_BUT_STAFF";
    pub const LARGE_GUILD_OVERRIDE: &str = "LARGE_GUILD_OVERRIDE";
    pub const VERY_LARGE_GUILD: &str = "VERY_LARGE_GUILD";
    pub const MORE_EMOJI: &str = "MORE_EMOJI";
    pub const MORE_STICKERS: &str = "MORE_STICKERS";
    pub const UNLIMITED_EMOJI: &str = "UNLIMITED_EMOJI";
    pub const EXPRESSION_PURGE_ALLOWED: &str = "EXPRESSION_PURGE_ALLOWED";
    pub const UNLIMITED_STICKERS: &str = "UNLIMITED_STICKERS";
}

/// `system_channel_flags` of a guild.
pub mod system_channel {
    pub const SUPPRESS_JOIN_NOTIFICATIONS: i32 = 1;
}

/// Flags of attachments. The first two are for clients to set, the last is not.
pub mod attachment {
    pub const IS_SPOILER: i32 = 8;
    pub const CONTAINS_EXPLICIT_MEDIA: i32 = 16;
    pub const IS_ANIMATED: i32 = 32;
}

/// Flags of the media of embeds.
pub mod embed_media {
    pub const CONTAINS_EXPLICIT_MEDIA: i32 = 16;
    pub const IS_ANIMATED: i32 = 32;
}

/// Flags of messages.
pub mod message {
    pub const SUPPRESS_EMBEDS: i32 = 4;
    pub const SUPPRESS_NOTIFICATIONS: i32 = 4096;
    pub const VOICE_MESSAGE: i32 = 8192;
    pub const COMPACT_ATTACHMENTS: i32 = 131_072;
    /// What a client may set.
    pub const SENDABLE: i32 = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | VOICE_MESSAGE | COMPACT_ATTACHMENTS;
}
