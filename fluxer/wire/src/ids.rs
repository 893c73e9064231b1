//! Typed snowflakes of the chat platform.

use platform_kernel::Id;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $tag:ident)*) => {
        $($(#[$doc])* pub type $name = Id<tag::$tag>;)*
        /// What tells one kind of id from another at compile time.
        pub mod tag {
            $(#[derive(Debug)] pub enum $tag {})*
        }
    };
}

ids! {
    UserId User
    GuildId Guild
    ChannelId Channel
    MessageId Message
    /// The `@everyone` role's id equals its guild's.
    RoleId Role
    AttachmentId Attachment
    EmojiId Emoji
    StickerId Sticker
    WebhookId Webhook
    /// Equal to the id of the application's bot user.
    ApplicationId Application
    AuditLogId AuditLog
    ScheduledMessageId ScheduledMessage
    ReportId Report
    FavoriteMemeId FavoriteMeme
    /// A role or a user, or any other id whose kind is not known by its place.
    AnyId Any
}
