import { describe, expect, it } from 'vitest';
import type { GuildSettings, Message } from '#/api/types';
import { isQuiet, levelOf, type Surroundings, worth } from './notify';

const settings = (more: Partial<GuildSettings> = {}): GuildSettings => ({
  guild_id: 'g',
  channel_overrides: {},
  hide_muted_channels: false,
  message_notifications: 3,
  mobile_push: true,
  mute_config: null,
  muted: false,
  suppress_everyone: false,
  suppress_roles: false,
  version: 1,
  ...more,
});
const override = (id: string, more: object) =>
  settings({
    channel_overrides: {
      [id]: { collapsed: false, message_notifications: 3, mute_config: null, muted: false, ...more },
    },
  });
const guild = {
  id: 'g',
  features: [],
  member_count: 5,
  default_message_notifications: 0,
} as never as NonNullable<Surroundings['guild']>;
const base: Surroundings = {
  message: { id: '9', author: { id: 'bob' }, flags: 0, mention_everyone: false } as Message,
  channel: { id: 'c', type: 0, parent_id: 'k' },
  guild,
  settings: settings(),
  rules: { me: 'me', myRoles: [], suppressEveryone: false, suppressRoles: false },
  blocked: false,
  status: 'online',
  quiet: null,
  gated: false,
  reading: false,
  seen: false,
  now: new Date(2026, 10, 24, 12),
};
const mention = { ...base.message, mentions: [{ id: 'me' }] } as Message;

describe('a notification', () => {
  it.each<[string, Partial<Surroundings>, ReturnType<typeof worth>]>([
    ['a message where all are told', {}, 'message'],
    ['one’s own', { message: { ...base.message, author: { id: 'me' } } as Message }, undefined],
    ['a blocked person’s', { blocked: true }, undefined],
    ['sent silently', { message: { ...mention, flags: 4096 } }, undefined],
    ['do not disturb', { status: 'dnd', message: mention }, undefined],
    ['quiet hours', { quiet: { from: '11:00', to: '13:00' }, message: mention }, undefined],
    ['the channel is being read', { reading: true }, undefined],
    ['read already', { seen: true }, undefined],
    ['behind the age gate', { gated: true }, undefined],
    ['muted channel, mention too', { settings: override('c', { muted: true }), message: mention }, undefined],
    ['muted category', { settings: override('k', { muted: true }) }, undefined],
    [
      'a mute that ended',
      {
        settings: override('c', {
          muted: true,
          mute_config: { end_time: '2020-01-01T00:00:00Z', selected_time_window: 1 },
        }),
      },
      'message',
    ],
    ['muted community', { settings: settings({ muted: true }) }, undefined],
    ['only mentions: a message', { settings: settings({ message_notifications: 1 }) }, undefined],
    [
      'only mentions: a mention',
      { settings: settings({ message_notifications: 1 }), message: mention },
      'mention',
    ],
    ['nothing: a mention', { settings: settings({ message_notifications: 2 }), message: mention }, undefined],
    [
      'the channel says otherwise',
      { settings: { ...override('c', { message_notifications: 0 }), message_notifications: 2 } },
      'message',
    ],
    [
      'the category says otherwise',
      { settings: { ...override('k', { message_notifications: 0 }), message_notifications: 2 } },
      'message',
    ],
    ['a large community’s default', { guild: { ...guild, member_count: 251 } }, undefined],
    [
      'a large community, asked for',
      { guild: { ...guild, member_count: 251 }, settings: settings({ message_notifications: 0 }) },
      'message',
    ],
    ['a direct message', { channel: { id: 'c', type: 1 }, guild: undefined, settings: undefined }, 'direct'],
    [
      'a muted direct message',
      {
        channel: { id: 'c', type: 1 },
        guild: undefined,
        settings: { ...override('c', { muted: true }), guild_id: null },
      },
      undefined,
    ],
    [
      'everyone, suppressed',
      {
        settings: settings({ message_notifications: 1 }),
        message: { ...base.message, mention_everyone: true },
        rules: { ...base.rules, suppressEveryone: true },
      },
      undefined,
    ],
  ])('%s', (_, change, expected) => {
    expect(worth({ ...base, ...change })).toBe(expected);
  });
  it('takes the level from the nearest that has one', () => {
    expect(levelOf({ id: 'c', parent_id: null }, undefined, undefined)).toBe(0);
    expect(
      levelOf({ id: 'c', parent_id: null }, undefined, { ...guild, default_message_notifications: 1 }),
    ).toBe(1);
  });
  it('knows nights', () => {
    const at = (hour: number) => new Date(2026, 1, 1, hour);
    const night = { from: '22:00', to: '07:00' };
    expect([21, 22, 0, 6, 7].map((hour) => isQuiet(night, at(hour)))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
});
