//! Permission bits. How they are computed for a member stands in the domain.

use std::{fmt, ops};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A set of permission bits; a decimal string on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Permissions(u64);

macro_rules! bits {
    ($($name:ident $bit:literal)*) => {
        impl Permissions {
            $(pub const $name: Self = Self(1 << $bit);)*
            /// Every defined bit: the mask that stored role and overwrite bits are cut to.
            pub const ALL: Self = Self($(1 << $bit)|*);
            /// Defined bits by name, lowest first.
            pub const NAMES: &[(&str, Self)] = &[$((stringify!($name), Self::$name)),*];
        }
    };
}

bits! {
    CREATE_INSTANT_INVITE 0
    KICK_MEMBERS 1
    BAN_MEMBERS 2
    ADMINISTRATOR 3
    MANAGE_CHANNELS 4
    MANAGE_GUILD 5
    ADD_REACTIONS 6
    VIEW_AUDIT_LOG 7
    PRIORITY_SPEAKER 8
    STREAM 9
    VIEW_CHANNEL 10
    SEND_MESSAGES 11
    SEND_TTS_MESSAGES 12
    MANAGE_MESSAGES 13
    EMBED_LINKS 14
    ATTACH_FILES 15
    READ_MESSAGE_HISTORY 16
    MENTION_EVERYONE 17
    USE_EXTERNAL_EMOJIS 18
    CONNECT 20
    SPEAK 21
    MUTE_MEMBERS 22
    DEAFEN_MEMBERS 23
    MOVE_MEMBERS 24
    USE_VAD 25
    CHANGE_NICKNAME 26
    MANAGE_NICKNAMES 27
    MANAGE_ROLES 28
    MANAGE_WEBHOOKS 29
    MANAGE_EXPRESSIONS 30
    USE_EXTERNAL_STICKERS 37
    MODERATE_MEMBERS 40
    CREATE_EXPRESSIONS 43
    PIN_MESSAGES 51
    BYPASS_SLOWMODE 52
    UPDATE_RTC_REGION 53
}

impl Permissions {
    pub const NONE: Self = Self(0);
    /// What owners and administrators compute to: all 64 bits, defined or not.
    pub const EVERYTHING: Self = Self(u64::MAX);
    /// What `@everyone` of a new guild, and a new role, can do.
    pub const DEFAULT: Self = Self(
        Self::CREATE_INSTANT_INVITE.0
            | Self::ADD_REACTIONS.0
            | Self::STREAM.0
            | Self::VIEW_CHANNEL.0
            | Self::SEND_MESSAGES.0
            | Self::EMBED_LINKS.0
            | Self::ATTACH_FILES.0
            | Self::READ_MESSAGE_HISTORY.0
            | Self::USE_EXTERNAL_EMOJIS.0
            | Self::CONNECT.0
            | Self::SPEAK.0
            | Self::USE_VAD.0
            | Self::CHANGE_NICKNAME.0
            | Self::USE_EXTERNAL_STICKERS.0
            | Self::CREATE_EXPRESSIONS.0,
    );

    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
    pub const fn bits(self) -> u64 {
        self.0
    }
    /// Whether every bit of `other` is in `self`.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// Without the bits nobody defined.
    #[must_use]
    pub const fn known(self) -> Self {
        Self(self.0 & Self::ALL.0)
    }
    /// Names of the defined bits that are set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().filter(move |(_, bit)| self.contains(*bit)).map(|(name, _)| *name)
    }
}

impl ops::BitOr for Permissions {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
impl ops::BitOrAssign for Permissions {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}
impl ops::BitAnd for Permissions {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}
impl ops::Not for Permissions {
    type Output = Self;
    fn not(self) -> Self {
        Self(!self.0)
    }
}
impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl fmt::Debug for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}
impl Serialize for Permissions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Permissions;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("permission bits")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Permissions, E> {
                text.parse().map(Permissions).map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, bits: u64) -> Result<Permissions, E> {
                Ok(Permissions(bits))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mask_is_the_published_one() {
        assert_eq!(Permissions::ALL.bits(), 15_772_633_886_359_551);
    }
}
