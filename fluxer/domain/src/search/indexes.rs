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
