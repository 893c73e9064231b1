//! Rate limits by bucket: requests per window, per client. `:name` in a bucket is a path
//! parameter; operations that name the same bucket share it.

/// A bucket: `limit` requests per `window_ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub bucket: &'static str,
    pub limit: u32,
    pub window_ms: u64,
}

/// What an operation without a rule of its own has.
pub const DEFAULT: Limit = Limit { bucket: "default", limit: 60, window_ms: 10_000 };

macro_rules! limits {
    ($($name:ident $bucket:literal $limit:literal $window:literal)*) => {
        $(pub const $name: Limit = Limit { bucket: $bucket, limit: $limit, window_ms: $window };)*
    };
}

limits! {
    AUTH_AUTHORIZE_IP "auth:authorize_ip" 5 60000
    AUTH_EMAIL_REVERT "auth:email_revert" 10 60000
    AUTH_FORGOT_PASSWORD "auth:forgot" 5 60000
    AUTH_HANDOFF_CANCEL "auth:handoff:cancel" 10 60000
    AUTH_HANDOFF_COMPLETE "auth:handoff:complete" 10 60000
    AUTH_HANDOFF_INITIATE "auth:handoff:initiate" 10 60000
    AUTH_HANDOFF_STATUS "auth:handoff:status" 60 60000
    AUTH_IP_AUTHORIZATION_POLL "auth:ip_authorization_poll" 60 60000
    AUTH_IP_AUTHORIZATION_RESEND "auth:ip_authorization_resend" 5 60000
    AUTH_LOGIN "auth:login" 10 10000
    AUTH_LOGIN_MFA "auth:login:mfa" 5 60000
    AUTH_LOGOUT "auth:logout" 20 10000
    AUTH_REGISTER "auth:register" 10 10000
    AUTH_RESEND_VERIFICATION "auth:verify:resend" 10 60000
    AUTH_RESET_PASSWORD "auth:reset" 10 60000
    AUTH_SESSIONS_GET "auth:sessions" 40 10000
    AUTH_SESSIONS_LOGOUT "auth:sessions:logout" 20 10000
    AUTH_SSO_COMPLETE "auth:sso:complete" 15 10000
    AUTH_SSO_START "auth:sso:start" 10 10000
    AUTH_VERIFY_EMAIL "auth:verify" 10 60000
    AUTH_WEBAUTHN_AUTHENTICATE "auth:webauthn:authenticate" 10 10000
    AUTH_WEBAUTHN_OPTIONS "auth:webauthn:options" 20 10000
    CHANNEL_DELETE "channel:delete::channel_id" 20 10000
    CHANNEL_GET "channel:read::channel_id" 100 10000
    CHANNEL_MESSAGES_GET "channel:messages:read::channel_id" 100 10000
    CHANNEL_MESSAGE_ACK "channel:message:ack::channel_id" 100 10000
    CHANNEL_MESSAGE_BULK_DELETE "channel:message:bulk_delete::channel_id" 10 10000
    CHANNEL_MESSAGE_CREATE "channel:message:create::channel_id" 20 10000
    CHANNEL_MESSAGE_DELETE "channel:message:delete::channel_id" 20 10000
    CHANNEL_MESSAGE_GET "channel:message:read::channel_id" 100 10000
    CHANNEL_MESSAGE_UPDATE "channel:message:update::channel_id" 20 10000
    CHANNEL_PINS "channel:pins::channel_id" 20 10000
    CHANNEL_REACTIONS "channel:reactions::channel_id" 30 10000
    CHANNEL_READ_STATE_DELETE "channel:read_state:delete::channel_id" 40 10000
    CHANNEL_STREAM_PREVIEW_GET "channel:stream:preview:get::stream_key" 60 10000
    CHANNEL_STREAM_PREVIEW_POST "channel:stream:preview:post::stream_key" 20 10000
    CHANNEL_STREAM_UPDATE "channel:stream:update::stream_key" 20 10000
    CHANNEL_TYPING "channel:typing::channel_id" 20 10000
    CHANNEL_UPDATE "channel:update::channel_id" 20 10000
    DISCOVERY_APPLY "discovery:apply::guild_id" 5 60000
    DISCOVERY_CATEGORIES "discovery:categories" 60 10000
    DISCOVERY_JOIN "discovery:join" 10 60000
    DISCOVERY_SEARCH "discovery:search" 30 10000
    DISCOVERY_STATUS "discovery:status::guild_id" 30 10000
    DSA_REPORT_CREATE "dsa:report:create" 5 3600000
    DSA_REPORT_EMAIL_SEND "dsa:report:email:send" 5 3600000
    DSA_REPORT_EMAIL_VERIFY "dsa:report:email:verify" 10 3600000
    FAVORITE_MEME_CREATE_FROM_MESSAGE "favorite_meme:create:message" 10 60000
    FAVORITE_MEME_CREATE_FROM_URL "favorite_meme:create:url" 20 60000
    FAVORITE_MEME_DELETE "favorite_meme:delete" 30 10000
    FAVORITE_MEME_GET "favorite_meme:get" 100 10000
    FAVORITE_MEME_LIST "favorite_meme:list" 60 10000
    FAVORITE_MEME_UPDATE "favorite_meme:update" 30 10000
    GATEWAY_BOT_INFO "gateway:bot_info" 60 60000
    GUILD_AUDIT_LOGS "guild:audit_logs::guild_id" 20 10000
    GUILD_CHANNELS_LIST "guild:channels:list::guild_id" 60 10000
    GUILD_CHANNEL_CREATE "guild:channel:create::guild_id" 10 60000
    GUILD_CHANNEL_POSITIONS "guild:channel:positions::guild_id" 30 10000
    GUILD_CREATE "guild:create" 10 60000
    GUILD_DELETE "guild:delete::guild_id" 10 60000
    GUILD_EMOJIS_LIST "guild:emojis:list::guild_id" 60 10000
    GUILD_EMOJI_BULK_CREATE "guild:emoji:bulk_create::guild_id" 6 60000
    GUILD_EMOJI_CREATE "guild:emoji:create::guild_id" 20 10000
    GUILD_EMOJI_DELETE "guild:emoji:delete::guild_id" 20 10000
    GUILD_EMOJI_UPDATE "guild:emoji:update::guild_id" 20 10000
    GUILD_GET "guild:read::guild_id" 100 10000
    GUILD_LEAVE "guild:leave::guild_id" 10 10000
    GUILD_LIST "guild:list" 40 10000
    GUILD_MEMBERS "guild:members::guild_id" 40 10000
    GUILD_MEMBER_REMOVE "guild:member:remove::guild_id" 20 10000
    GUILD_MEMBER_ROLE_ADD "guild:member:role:add::guild_id" 20 10000
    GUILD_MEMBER_ROLE_REMOVE "guild:member:role:remove::guild_id" 20 10000
    GUILD_MEMBER_UPDATE "guild:member:update::guild_id" 20 10000
    GUILD_ROLE_CREATE "guild:role:create::guild_id" 10 60000
    GUILD_ROLE_DELETE "guild:role:delete::guild_id" 10 60000
    GUILD_ROLE_HOIST_POSITIONS "guild:role:hoist_positions::guild_id" 20 10000
    GUILD_ROLE_HOIST_POSITIONS_RESET "guild:role:hoist_positions_reset::guild_id" 10 60000
    GUILD_ROLE_LIST "guild:role:list::guild_id" 60 10000
    GUILD_ROLE_POSITIONS "guild:role:positions::guild_id" 20 10000
    GUILD_ROLE_UPDATE "guild:role:update::guild_id" 20 10000
    GUILD_STICKERS_LIST "guild:sticker:list::guild_id" 60 10000
    GUILD_STICKER_BULK_CREATE "guild:sticker:bulk_create::guild_id" 6 60000
    GUILD_STICKER_CREATE "guild:sticker:create::guild_id" 20 10000
    GUILD_STICKER_DELETE "guild:sticker:delete::guild_id" 20 10000
    GUILD_STICKER_UPDATE "guild:sticker:update::guild_id" 20 10000
    GUILD_UPDATE "guild:update::guild_id" 20 10000
    GUILD_VANITY_URL_GET "guild:vanity_url:get::guild_id" 100 10000
    GUILD_VANITY_URL_PATCH "guild:vanity_url:patch::guild_id" 10 60000
    INSTANCE_INFO "instance:info" 60 60000
    INVITE_ACCEPT "invite:accept" 10 10000
    INVITE_CREATE "invite:create::channel_id" 20 60000
    INVITE_DELETE "invite:delete::invite_code" 20 10000
    INVITE_GET "invite:read::invite_code" 100 10000
    INVITE_LIST_CHANNEL "invite:list::channel_id" 40 10000
    INVITE_LIST_GUILD "invite:list::guild_id" 40 10000
    MFA_SMS_DISABLE "mfa:sms:disable" 10 60000
    MFA_SMS_ENABLE "mfa:sms:enable" 10 60000
    MFA_WEBAUTHN_DELETE "mfa:webauthn:delete" 10 60000
    MFA_WEBAUTHN_LIST "mfa:webauthn:list" 40 10000
    MFA_WEBAUTHN_REGISTER "mfa:webauthn:register" 10 60000
    MFA_WEBAUTHN_REGISTRATION_OPTIONS "mfa:webauthn:registration_options" 20 10000
    MFA_WEBAUTHN_UPDATE "mfa:webauthn:update" 20 10000
    KLIPY_FEATURED "klipy:featured" 40 10000
    KLIPY_REGISTER_SHARE "klipy:register_share" 60 10000
    KLIPY_SEARCH "klipy:search" 40 10000
    KLIPY_SUGGEST "klipy:suggest" 40 10000
    KLIPY_TRENDING "klipy:trending" 40 10000
    OAUTH_AUTHORIZE "oauth:authorize" 60 60000
    OAUTH_DEV_CLIENTS_LIST "oauth_dev:clients:list" 60 60000
    OAUTH_DEV_CLIENT_CREATE "oauth_dev:clients:create" 10 3600000
    OAUTH_DEV_CLIENT_DELETE "oauth_dev:clients:delete::client_id" 10 3600000
    OAUTH_DEV_CLIENT_ROTATE_SECRET "oauth_dev:clients:rotate_secret::client_id" 10 3600000
    OAUTH_DEV_CLIENT_UPDATE "oauth_dev:clients:update::client_id" 30 60000
    OAUTH_INTROSPECT "oauth:introspect" 120 60000
    OAUTH_TOKEN "oauth:token" 120 60000
    PHONE_ADD "phone:add" 10 60000
    PHONE_REMOVE "phone:remove" 10 60000
    PHONE_SEND_VERIFICATION "phone:send_verification" 5 60000
    PHONE_VERIFY_CODE "phone:verify_code" 10 60000
    READ_STATE_ACK_BULK "read_state:ack_bulk" 20 10000
    REPORT_CREATE "report:create" 10 3600000
    SEARCH_MESSAGES "search:messages" 20 10000
    SUDO_MFA_METHODS "sudo:mfa:methods" 20 60000
    SUDO_SMS_SEND "sudo:sms:send" 5 60000
    SUDO_WEBAUTHN_OPTIONS "sudo:webauthn:options" 10 60000
    USER_ACCOUNT_DELETE "user:account:delete" 5 3600000
    USER_ACCOUNT_DISABLE "user:account:disable" 5 3600000
    USER_AUTHORIZED_IPS_FORGET "user:authorized_ips:forget" 10 60000
    USER_BULK_MESSAGE_DELETE "user:messages:bulk_delete" 6 60000
    USER_CHANNELS "user:channels" 40 10000
    TENOR_FEATURED "tenor:featured" 40 10000
    TENOR_REGISTER_SHARE "tenor:register_share" 60 10000
    TENOR_SEARCH "tenor:search" 40 10000
    TENOR_SUGGEST "tenor:suggest" 40 10000
    TENOR_TRENDING "tenor:trending" 40 10000
    THEME_SHARE_CREATE "theme:share:create" 20 60000
    USER_CHECK_TAG "user:check_tag" 60 10000
    USER_EMAIL_CHANGE_BOUNCED_REQUEST_NEW "user:email_change:bounced:request_new" 10 60000
    USER_EMAIL_CHANGE_BOUNCED_RESEND_NEW "user:email_change:bounced:resend_new" 10 60000
    USER_EMAIL_CHANGE_BOUNCED_VERIFY_NEW "user:email_change:bounced:verify_new" 20 60000
    USER_EMAIL_CHANGE_REQUEST_NEW "user:email_change:request_new" 10 60000
    USER_EMAIL_CHANGE_RESEND_NEW "user:email_change:resend_new" 10 60000
    USER_EMAIL_CHANGE_RESEND_ORIGINAL "user:email_change:resend_original" 10 60000
    USER_EMAIL_CHANGE_START "user:email_change:start" 10 60000
    USER_EMAIL_CHANGE_VERIFY_NEW "user:email_change:verify_new" 20 60000
    USER_EMAIL_CHANGE_VERIFY_ORIGINAL "user:email_change:verify_original" 20 60000
    USER_FRIEND_REQUEST_ACCEPT "user:friend_request:accept" 20 10000
    USER_FRIEND_REQUEST_SEND "user:friend_request:send" 10 60000
    USER_GET "user:read::user_id" 100 10000
    USER_GET_PROFILE "user:profile::target_id" 100 10000
    USER_GUILD_SETTINGS_UPDATE "user:guild_settings:update" 30 10000
    USER_MENTIONS_DELETE "user:mentions:delete" 60 10000
    USER_MENTIONS_READ "user:mentions:read" 40 10000
    USER_MFA_BACKUP_CODES "user:mfa:backup_codes" 6 60000
    USER_MFA_TOTP_DISABLE "user:mfa:totp:disable" 10 60000
    USER_MFA_TOTP_ENABLE "user:mfa:totp:enable" 10 60000
    USER_NOTES_READ "user:notes:read" 60 10000
    USER_NOTES_WRITE "user:notes:write" 40 10000
    USER_PASSWORD_CHANGE_COMPLETE "user:password_change:complete" 10 60000
    USER_PASSWORD_CHANGE_RESEND "user:password_change:resend" 10 60000
    USER_PASSWORD_CHANGE_START "user:password_change:start" 10 60000
    USER_PASSWORD_CHANGE_VERIFY "user:password_change:verify" 20 60000
    USER_PRELOAD_MESSAGES "user:preload_messages" 40 10000
    USER_DATA_HARVEST "user:data:harvest" 1 3600000
    USER_HARVEST_LATEST "user:harvest:latest" 40 10000
    USER_HARVEST_STATUS "user:harvest:status" 40 10000
    USER_HARVEST_DOWNLOAD "user:harvest:download" 10 60000
    USER_HARVEST_ARCHIVE "user:harvest:archive" 30 60000
    USER_PUSH_LIST "user:push:list" 40 10000
    USER_PUSH_SUBSCRIBE "user:push:subscribe" 20 60000
    USER_PUSH_UNSUBSCRIBE "user:push:unsubscribe" 40 60000
    USER_RELATIONSHIPS_LIST "user:relationships:list" 40 10000
    USER_RELATIONSHIP_DELETE "user:relationship:delete" 30 10000
    USER_RELATIONSHIP_UPDATE "user:relationship:update" 30 10000
    USER_SAVED_MESSAGES_READ "user:saved_messages:read" 40 10000
    USER_SAVED_MESSAGES_WRITE "user:saved_messages:write" 30 10000
    USER_SETTINGS_GET "user:settings:get" 40 10000
    USER_SETTINGS_UPDATE "user:settings:update" 20 10000
    USER_UPDATE_SELF "user:update" 20 60000
}
