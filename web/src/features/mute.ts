// Muting for a while: the same choices for a channel, a category, a community and a conversation.
import { t } from '@lingui/core/macro';
import type { MuteConfig } from '#/api/types';
import { entity, updateChannelOverride, updateGuildSettings } from '#/store';
import { type MenuEntry, toast } from '#/ui';

export const ALL = 0;
export const MENTIONS = 1;
export const NOTHING = 2;
export const INHERIT = 3;

const windows = (): [string, number | null][] => [
  [t`For 15 minutes`, 15 * 60],
  [t`For 30 minutes`, 30 * 60],
  [t`For 1 hour`, 3600],
  [t`For 3 hours`, 3 * 3600],
  [t`For 4 hours`, 4 * 3600],
  [t`For 8 hours`, 8 * 3600],
  [t`For 24 hours`, 24 * 3600],
  [t`For 3 days`, 3 * 24 * 3600],
  [t`Until I turn it back on`, null],
];

const config = (seconds: number | null): MuteConfig => ({
  end_time: seconds === null ? null : new Date(Date.now() + seconds * 1000).toISOString(),
  selected_time_window: seconds ?? -1,
});

const failed = () => toast({ kind: 'error', text: t`It could not be saved.` });

/** Whether a mute still holds by our clock. */
export function isMuted(
  row: { muted?: boolean; mute_config?: MuteConfig | null } | null | undefined,
): boolean {
  if (!row?.muted) return false;
  const end = row.mute_config?.end_time;
  return !end || Date.parse(end) > Date.now();
}

export function muteChannel(guildId: string, channelId: string, seconds: number | null | false): void {
  const patch =
    seconds === false ? { muted: false, mute_config: null } : { muted: true, mute_config: config(seconds) };
  updateChannelOverride(guildId, channelId, patch).catch(failed);
}

export function muteGuild(guildId: string, seconds: number | null | false): void {
  const patch =
    seconds === false ? { muted: false, mute_config: null } : { muted: true, mute_config: config(seconds) };
  updateGuildSettings(guildId, patch).catch(failed);
}

/** `Mute` with its durations, or `Unmute`. */
export function muteEntry(muted: boolean, set: (seconds: number | null | false) => void): MenuEntry {
  if (muted) return { id: 'unmute', label: t`Unmute`, onSelect: () => set(false) };
  return {
    id: 'mute',
    label: t`Mute`,
    submenu: windows().map(([label, seconds]) => ({
      id: `mute-${seconds ?? 'ever'}`,
      label,
      onSelect: () => set(seconds),
    })),
  };
}

/** The level of a channel or category; the community's own is what it inherits. */
export function levelEntries(guildId: string, channelId: string): MenuEntry[] {
  const row = entity('guildSettings', guildId)?.channel_overrides?.[channelId];
  const level = row?.message_notifications ?? INHERIT;
  const names: [number, string][] = [
    [INHERIT, t`As the community`],
    [ALL, t`All messages`],
    [MENTIONS, t`Only mentions`],
    [NOTHING, t`Nothing`],
  ];
  return names.map(([value, label]) => ({
    id: `level-${value}`,
    label,
    checked: level === value,
    radio: true,
    onSelect: () => {
      updateChannelOverride(guildId, channelId, { message_notifications: value as 0 | 1 | 2 | 3 }).catch(
        failed,
      );
    },
  }));
}
