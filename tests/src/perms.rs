//! Permission bits as the wire has them (`permissions.md` §1), and decimal strings of them.

macro_rules! bits {
    ($($name:ident = $bit:literal),* $(,)?) => {
        $(pub const $name: u64 = 1 << $bit;)*
        /// Every defined bit with its name.
        pub const NAMED: &[(&str, u64)] = &[$((stringify!($name), $name)),*];
    };
}

bits! {
    CREATE_INSTANT_INVITE = 0, KICK_MEMBERS = 1, BAN_MEMBERS = 2, ADMINISTRATOR = 3, MANAGE_CHANNELS = 4,
    MANAGE_GUILD = 5, ADD_REACTIONS = 6, VIEW_AUDIT_LOG = 7, PRIORITY_SPEAKER = 8, STREAM = 9,
    VIEW_CHANNEL = 10, SEND_MESSAGES = 11, SEND_TTS_MESSAGES = 12, MANAGE_MESSAGES = 13, EMBED_LINKS = 14,
    ATTACH_FILES = 15, READ_MESSAGE_HISTORY = 16, MENTION_EVERYONE = 17, USE_EXTERNAL_EMOJIS = 18,
    CONNECT = 20, SPEAK = 21, MUTE_MEMBERS = 22, DEAFEN_MEMBERS = 23, MOVE_MEMBERS = 24, USE_VAD = 25,
    CHANGE_NICKNAME = 26, MANAGE_NICKNAMES = 27, MANAGE_ROLES = 28, MANAGE_WEBHOOKS = 29,
    MANAGE_EXPRESSIONS = 30, USE_EXTERNAL_STICKERS = 37, MODERATE_MEMBERS = 40, CREATE_EXPRESSIONS = 43,
    PIN_MESSAGES = 51, BYPASS_SLOWMODE = 52, UPDATE_RTC_REGION = 53,
}

/// What `@everyone` and a new role may do when nothing else is said.
pub const DEFAULT: u64 = CREATE_INSTANT_INVITE
    | ADD_REACTIONS
    | STREAM
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_EXTERNAL_EMOJIS
    | CONNECT
    | SPEAK
    | USE_VAD
    | CHANGE_NICKNAME
    | USE_EXTERNAL_STICKERS
    | CREATE_EXPRESSIONS;
