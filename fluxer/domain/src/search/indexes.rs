//! The indexes: what is kept of each kind of thing, in the specification's names. Times are
//! seconds. A version is raised when documents are made in another way.

use platform_search::{Field, Index};

/// Messages. A document's name is `{channel}-{message}`.
pub static MESSAGES: Index = Index {
    name: "messages",
    version: 1,
    fields: &[
        Field::text("content"),
        Field::keyword("channelId"),
        Field::keyword("guildId"),
        Field::keyword("authorId"),
        Field::keyword("authorType"),
        Field::number("createdAt"),
        // what is left of the id: with `createdAt` it makes the order of messages
        Field::number("sequence"),
        Field::number("editedAt"),
        Field::flag("isPinned"),
        Field::keyword("mentionedUserIds"),
        Field::flag("mentionEveryone"),
        Field::flag("hasLink"),
        Field::flag("hasEmbed"),
        Field::flag("hasFile"),
        Field::flag("hasVideo"),
        Field::flag("hasImage"),
        Field::flag("hasSound"),
        Field::flag("hasSticker"),
        Field::flag("hasForward"),
        Field::keyword("embedTypes"),
        Field::keyword("embedProviders"),
        Field::keyword("linkHostnames"),
        Field::keyword("attachmentFilenames"),
        Field::keyword("attachmentExtensions"),
    ],
};

/// Members. A document's name is `{guild}_{user}`.
pub static GUILD_MEMBERS: Index = Index {
    name: "guild_members",
    version: 1,
    fields: &[
        Field::text("username"),
        Field::text("discriminator"),
        Field::text("globalName"),
        Field::text("nickname"),
        Field::keyword("userId").searchable(),
        Field::keyword("guildId"),
        Field::keyword("roleIds"),
        Field::number("joinedAt"),
        Field::number("joinSourceType"),
        Field::keyword("sourceInviteCode"),
        Field::number("userCreatedAt"),
        Field::flag("isBot"),
    ],
};

/// Guilds. A document's name is the id.
pub static GUILDS: Index = Index {
    name: "guilds",
    version: 1,
    fields: &[
        Field::text("name"),
        Field::text("vanityUrlCode"),
        Field::text("discoveryDescription"),
        Field::keyword("ownerId"),
        Field::number("verificationLevel"),
        Field::number("mfaLevel"),
        Field::number("nsfwLevel"),
        Field::keyword("features"),
        Field::number("createdAt"),
        Field::flag("isDiscoverable"),
        Field::number("discoveryCategory"),
    ],
};

/// Accounts. A document's name is the id.
pub static USERS: Index = Index {
    name: "users",
    version: 1,
    fields: &[
        Field::text("username"),
        Field::text("email"),
        Field::text("phone"),
        Field::keyword("userId").searchable(),
        Field::flag("isBot"),
        Field::flag("isSystem"),
        Field::flag("emailVerified"),
        Field::flag("emailBounced"),
        Field::number("premiumType"),
        Field::number("tempBannedUntil"),
        Field::number("pendingDeletionAt"),
        Field::keyword("acls"),
        Field::number("suspiciousActivityFlags"),
        Field::number("createdAt"),
        // the day
        Field::number("lastActiveAt"),
    ],
};

/// Reports. A document's name is the id.
pub static REPORTS: Index = Index {
    name: "reports",
    version: 1,
    fields: &[
        Field::text("category"),
        Field::text("additionalInfo"),
        Field::text("reportedGuildName"),
        Field::text("reportedChannelName"),
        // to filter by
        Field::keyword("categoryName"),
        Field::keyword("reporterId"),
        Field::number("reportedAt"),
        Field::number("status"),
        Field::number("reportType"),
        Field::keyword("reportedUserId"),
        Field::keyword("reportedGuildId"),
        Field::keyword("reportedMessageId"),
        Field::keyword("reportedChannelId"),
        Field::keyword("guildContextId"),
        Field::keyword("resolvedByAdminId"),
        Field::number("resolvedAt"),
        Field::number("createdAt"),
    ],
};

/// Entries of the guilds' audit logs. A document's name is `{guild}_{entry}`.
pub static AUDIT_LOGS: Index = Index {
    name: "audit_logs",
    version: 1,
    fields: &[
        Field::keyword("action").searchable(),
        Field::keyword("targetType").searchable(),
        Field::keyword("targetId").searchable(),
        Field::text("auditLogReason"),
        Field::keyword("guildId"),
        Field::keyword("adminUserId"),
        Field::number("createdAt"),
    ],
};
