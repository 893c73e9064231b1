// What may be written at the caret: people and roles at @, channels at #, emoji at :, commands at /.
import { t } from '@lingui/core/macro';
import type { Channel } from '#/api/types';
import { emojiData, loadEmoji } from '#/features/emoji/data';
import { usageOf } from '#/features/emoji/recent';
import { Bit } from '#/model/permissions';
import { entity, knownMembers, list, me, permissions, searchMembers } from '#/store';
import { speakers } from '../loaded';
import { commandList } from './commands';
import { rank } from './ranking';
import type { Place, Suggestion, Trigger } from './trigger';

function people({ channelId, guildId }: Place, extra: readonly string[]): Suggestion[] {
  const recent = speakers(channelId);
  const channel = entity('channels', channelId);
  const ids = new Set([
    ...recent,
    ...(guildId ? knownMembers(guildId) : (channel?.recipients?.map((user) => user.id) ?? [])),
    ...extra,
  ]);
  const own = me()?.id;
  return [...ids]
    .filter((id) => id !== own)
    .flatMap((id) => {
      const user = entity('users', id) ?? channel?.recipients?.find((one) => one.id === id);
      if (!user) return [];
      const nick = guildId ? entity('members', `${guildId}:${id}`)?.nick : channel?.nicks?.[id];
      const name = nick || user.global_name || user.username;
      const at = recent.indexOf(id);
      return {
        key: id,
        kind: 'person' as const,
        id,
        label: `@${name}`,
        wire: `<@${id}>`,
        names: [name, user.global_name ?? '', user.username].filter(Boolean),
        hint: user.username === name ? undefined : user.username,
        recent: at < 0 ? undefined : at,
        used: usageOf(`@${id}`),
      };
    });
}

function groups({ channelId, guildId }: Place): Suggestion[] {
  if (!guildId) return [];
  const all = permissions(guildId, channelId).has(Bit.MENTION_EVERYONE);
  const roles = list('roles', guildId).flatMap((id) => {
    const role = entity('roles', id);
    if (!role || id === guildId || !(role.mentionable || all)) return [];
    return {
      key: id,
      kind: 'role' as const,
      id,
      label: `@${role.name}`,
      wire: `<@&${id}>`,
      names: [role.name],
      hint: t`Role`,
    };
  });
  if (!all) return roles;
  const everybody = [
    {
      key: 'everyone',
      kind: 'group' as const,
      label: '@everyone',
      names: ['everyone'],
      hint: t`Everyone here`,
    },
    { key: 'here', kind: 'group' as const, label: '@here', names: ['here'], hint: t`Everyone who is online` },
  ];
  return [...roles, ...everybody];
}

const readable = (channel: Channel) => channel.type === 0 || channel.type === 2;

function channels({ guildId }: Place): Suggestion[] {
  if (!guildId) return [];
  return list('channels', guildId).flatMap((id) => {
    const channel = entity('channels', id);
    if (!channel || !readable(channel) || !permissions(guildId, id).has(Bit.VIEW_CHANNEL)) return [];
    const parent = channel.parent_id ? entity('channels', channel.parent_id)?.name : undefined;
    const name = channel.name ?? '';
    return {
      key: id,
      kind: 'channel' as const,
      id,
      label: `#${name}`,
      wire: `<#${id}>`,
      names: [name],
      hint: parent ?? undefined,
      used: usageOf(`#${id}`),
    };
  });
}

function emojis({ channelId, guildId }: Place, known: ReturnType<typeof emojiData>): Suggestion[] {
  const custom: Suggestion[] = [];
  const foreign = !guildId || permissions(guildId, channelId).has(Bit.USE_EXTERNAL_EMOJIS);
  for (const guild of guildId
    ? [guildId, ...list('guilds').filter((id) => id !== guildId)]
    : list('guilds')) {
    if (guild !== guildId && !(foreign && mayUseAnywhere())) continue;
    for (const id of list('emojis', guild)) {
      const emoji = entity('emojis', id);
      if (!emoji) continue;
      custom.push({
        key: id,
        kind: 'custom',
        id,
        label: `:${emoji.name}:`,
        wire: `<${emoji.animated ? 'a' : ''}:${emoji.name}:${id}>`,
        names: [emoji.name],
        hint: guild === guildId ? undefined : (entity('guilds', guild)?.name ?? undefined),
        used: usageOf(id),
      });
    }
  }
  const plain = (known?.all ?? []).map((emoji) => ({
    key: emoji.char,
    kind: 'emoji' as const,
    label: emoji.char,
    names: emoji.names,
    words: emoji.words,
    hint: `:${emoji.names[0]}:`,
    used: usageOf(emoji.char),
  }));
  return [...custom, ...plain];
}

/** Whether this account may use one community's emoji in another; the instance's limits decide. */
export const mayUseAnywhere = (): boolean => {
  const traits = (me() as { traits?: string[] } | undefined)?.traits;
  return traits === undefined || traits.includes('premium') || (me()?.premium_type ?? 0) > 0;
};

export function suggestions(
  trigger: Trigger,
  place: Place,
  found: readonly string[] = [],
  known = emojiData(),
): Suggestion[] {
  switch (trigger.kind) {
    case '@':
      return rank([...people(place, found), ...groups(place)], trigger.query);
    case '#':
      return rank(channels(place), trigger.query);
    case ':':
      if (!known) void loadEmoji().catch(() => {});
      return rank(emojis(place, known), trigger.query);
    case '/':
      return rank(commandList(place.guildId !== undefined), trigger.query, 12);
  }
}

/** Members whose name begins so, from the server; local ones are shown before the answer is there. */
export async function remote(trigger: Trigger, { guildId }: Place): Promise<string[]> {
  if (trigger.kind !== '@' || !guildId) return [];
  return searchMembers(guildId, trigger.query, 25);
}
