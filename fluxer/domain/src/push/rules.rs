//! Whether a message is worth waking somebody for: the reader's settings against the message,
//! without looking anything up.

use fluxer_wire::{ChannelId, RoleId, UserId, settings::MuteConfig};
use platform_kernel::Timestamp;

use crate::users::guild_settings::UserGuildSettingsRow;

const ALL: i32 = 0;
const MENTIONS: i32 = 1;
const NOTHING: i32 = 2;
const INHERIT: i32 = 3;

/// What the message is to everybody.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    pub channel: ChannelId,
    /// None: a DM or group DM.
    pub guild: Option<Community>,
    pub everyone: bool,
    pub mentioned: &'a [UserId],
    pub roles: &'a [RoleId],
    pub now: Timestamp,
}

#[derive(Debug, Clone, Copy)]
pub struct Community {
    pub default_level: i32,
    /// In large communities nobody is woken by everything.
    pub large: bool,
}

/// Whether the reader is to be woken; `settings` is their row for the guild, or the one of
/// their DMs, if they ever made any.
pub fn wants(
    occasion: &Occasion<'_>,
    reader: UserId,
    held: &[RoleId],
    settings: Option<&UserGuildSettingsRow>,
) -> bool {
    let in_channel = settings.and_then(|row| row.channel_overrides.get(&occasion.channel));
    if settings.is_some_and(|row| row.mobile_push == Some(false) && occasion.guild.is_some()) {
        return false;
    }
    let muted = in_channel.map_or(settings.is_some_and(|row| row.muted), |own| own.muted);
    let for_now =
        |mute: Option<&MuteConfig>| mute.and_then(|mute| mute.end_time).is_some_and(|end| end > occasion.now);
    // A mute with an end is over when its time is, whatever the switch beside it says.
    let over = |mute: Option<&MuteConfig>| {
        mute.and_then(|mute| mute.end_time).is_some_and(|end| end <= occasion.now)
    };
    let own_mute = in_channel.and_then(|own| own.mute_config.as_ref());
    let general_mute = settings.and_then(|row| row.mute_config.as_ref());
    let governing = if in_channel.is_some() { own_mute } else { general_mute };
    if (muted && !over(governing)) || for_now(own_mute) || for_now(general_mute) {
        return false;
    }
    let chosen = |level: i32| (level != INHERIT && level >= 0).then_some(level);
    let level = in_channel
        .and_then(|own| chosen(own.message_notifications))
        .or_else(|| settings.and_then(|row| chosen(row.message_notifications)));
    let Some(community) = occasion.guild else { return level != Some(NOTHING) };
    let level = match level.unwrap_or(community.default_level) {
        MENTIONS => MENTIONS,
        NOTHING => NOTHING,
        _ if community.large => MENTIONS,
        _ => ALL,
    };
    match level {
        ALL => true,
        NOTHING => false,
        _ if occasion.everyone => !settings.is_some_and(|row| row.suppress_everyone),
        _ => {
            let by_role = || held.iter().any(|role| occasion.roles.contains(role));
            occasion.mentioned.contains(&reader)
                || (!settings.is_some_and(|row| row.suppress_roles) && by_role())
        }
    }
}

#[cfg(test)]
mod tests {
    use fluxer_wire::settings::ChannelOverride;

    use super::*;
    use crate::users::guild_settings::blank;

    const ADA: UserId = UserId::new(7);
    const ROOM: ChannelId = ChannelId::new(9);
    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    fn occasion(default_level: i32) -> Occasion<'static> {
        let guild = Some(Community { default_level, large: false });
        Occasion { channel: ROOM, guild, everyone: false, mentioned: &[], roles: &[], now: NOW }
    }
    fn row(change: impl FnOnce(&mut UserGuildSettingsRow)) -> Option<UserGuildSettingsRow> {
        let mut row = blank(ADA, fluxer_wire::GuildId::new(1));
        change(&mut row);
        Some(row)
    }
    fn own(level: i32, muted: bool, end: Option<i64>) -> ChannelOverride {
        let mute_config =
            end.map(|end| MuteConfig { end_time: Some(NOW.plus_millis(end)), selected_time_window: 60 });
        ChannelOverride { collapsed: false, message_notifications: level, muted, mute_config }
    }
    fn asked(occasion: &Occasion<'_>, settings: Option<UserGuildSettingsRow>) -> bool {
        wants(occasion, ADA, &[RoleId::new(3)], settings.as_ref())
    }

    #[test]
    fn without_settings_the_community_decides() {
        assert!(asked(&occasion(ALL), None) && !asked(&occasion(MENTIONS), None));
        assert!(!asked(&occasion(NOTHING), None) && asked(&occasion(42), None), "unknown levels are all");
        let mentioned = Occasion { mentioned: &[ADA], ..occasion(MENTIONS) };
        assert!(asked(&mentioned, None));
    }

    #[test]
    fn the_nearest_level_wins_and_inherits() {
        let settings = |level, near| {
            row(|row| {
                row.message_notifications = level;
                row.channel_overrides.insert(ROOM, own(near, false, None));
            })
        };
        assert!(asked(&occasion(NOTHING), settings(NOTHING, ALL)));
        assert!(asked(&occasion(NOTHING), settings(ALL, INHERIT)));
        assert!(!asked(&occasion(ALL), settings(INHERIT, NOTHING)));
        assert!(asked(&occasion(ALL), settings(INHERIT, INHERIT)));
    }

    #[test]
    fn mutes_hold_until_they_end() {
        assert!(!asked(&occasion(ALL), row(|row| row.muted = true)));
        let timed = |end| {
            row(|row| {
                row.muted = true;
                row.mute_config =
                    Some(MuteConfig { end_time: Some(NOW.plus_millis(end)), selected_time_window: 60 });
            })
        };
        assert!(!asked(&occasion(ALL), timed(1)) && asked(&occasion(ALL), timed(-1)));
        let near = |muted, end| {
            row(|row| {
                row.channel_overrides.insert(ROOM, own(ALL, muted, end));
            })
        };
        assert!(!asked(&occasion(ALL), near(true, None)) && !asked(&occasion(ALL), near(false, Some(5))));
        let louder = row(|row| {
            row.muted = true;
            row.channel_overrides.insert(ROOM, own(ALL, false, None));
        });
        assert!(asked(&occasion(ALL), louder), "the channel's own word beats the community's");
        assert!(!asked(&occasion(ALL), row(|row| row.mobile_push = Some(false))));
        assert!(asked(&occasion(ALL), row(|row| row.mobile_push = None)));
    }

    #[test]
    fn mentions_can_be_suppressed_by_kind() {
        let suppressing = || {
            row(|row| {
                row.suppress_everyone = true;
                row.suppress_roles = true;
            })
        };
        let everyone = Occasion { everyone: true, mentioned: &[ADA], ..occasion(MENTIONS) };
        assert!(asked(&everyone, None) && !asked(&everyone, suppressing()));
        let role = Occasion { roles: &[RoleId::new(3)], ..occasion(MENTIONS) };
        assert!(asked(&role, None) && !asked(&role, suppressing()));
        let direct = Occasion { mentioned: &[ADA], ..occasion(MENTIONS) };
        assert!(asked(&direct, suppressing()));
    }

    #[test]
    fn large_communities_wake_for_mentions_only() {
        let large = Occasion { guild: Some(Community { default_level: ALL, large: true }), ..occasion(ALL) };
        assert!(!asked(&large, None) && !asked(&large, row(|row| row.message_notifications = ALL)));
        assert!(asked(&Occasion { mentioned: &[ADA], ..large }, None));
    }

    #[test]
    fn private_messages_wake_unless_muted_or_off() {
        let private = Occasion { guild: None, ..occasion(ALL) };
        assert!(asked(&private, None) && asked(&private, row(|row| row.mobile_push = Some(false))));
        assert!(!asked(&private, row(|row| row.muted = true)));
        assert!(!asked(&private, row(|row| row.message_notifications = NOTHING)));
        assert!(asked(&private, row(|row| row.message_notifications = MENTIONS)));
        let near = row(|row| {
            row.channel_overrides.insert(ROOM, own(NOTHING, false, None));
        });
        assert!(!asked(&private, near));
    }
}
