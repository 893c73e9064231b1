import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { goTo, lastChannel, openSettings, useLayout } from '#/app/layout';
import { channelPath, guildPath, HOME, settingsPath } from '#/app/links';
import { run } from '#/app/shell/commands';
import { actions, keyOf } from '#/features/keys/actions';
import { FRIEND, message } from '#/features/people/actions';
import { displayName, dmName, tag } from '#/features/people/names';
import { Bit } from '#/model/permissions';
import { entity, list, permissions, unread } from '#/store';
import { parseQuery, type Scope, score } from './rank';

export interface Candidate {
  id: string;
  kind: 'person' | 'group' | 'channel' | 'voice' | 'community' | 'setting' | 'action';
  name: string;
  /** Where it is, or what else it is called. */
  detail: string;
  /** Other words it is found by. */
  words: string;
  entity?: string;
  path?: string;
  keys?: string;
  mentions: number;
  unread: boolean;
  go: () => void;
}

const kinds: Record<Scope, Candidate['kind'][] | null> = {
  all: null,
  people: ['person', 'group'],
  text: ['channel'],
  voice: ['voice'],
  communities: ['community'],
  commands: ['setting', 'action'],
};

function conversations(): Candidate[] {
  return list('dms').map((id) => {
    const channel = entity('channels', id);
    const other = channel?.type === 1 ? channel.recipients?.[0] : undefined;
    const state = unread('channel', id);
    const path = channelPath('@me', id);
    return {
      id,
      kind: other ? 'person' : 'group',
      name: dmName(id),
      detail: other ? tag(other) : '',
      words: other ? other.username : (channel?.recipients ?? []).map((one) => one.username).join(' '),
      entity: other?.id ?? id,
      path,
      mentions: state.mentions,
      unread: state.unread,
      go: () => goTo(path),
    };
  });
}

function friends(known: Set<string | undefined>): Candidate[] {
  return list('relationships').flatMap((id): Candidate[] => {
    const user = entity('users', id);
    if (entity('relationships', id)?.type !== FRIEND || known.has(id) || !user) return [];
    return [
      {
        id: `person-${id}`,
        kind: 'person',
        name: displayName(id),
        detail: tag(user),
        words: user.username,
        entity: id,
        mentions: 0,
        unread: false,
        go: () => void message(id),
      },
    ];
  });
}

function communities(): Candidate[] {
  return list('guilds').flatMap((guildId): Candidate[] => {
    const guild = entity('guilds', guildId);
    if (!guild) return [];
    const state = unread('guild', guildId);
    const last = lastChannel(guildId);
    const home = last ? channelPath(guildId, last) : guildPath(guildId);
    const channels = list('channels', guildId).flatMap((id): Candidate[] => {
      const channel = entity('channels', id);
      if (!channel || (channel.type !== 0 && channel.type !== 2)) return [];
      if (!permissions(guildId, id).has(Bit.VIEW_CHANNEL)) return [];
      const category = entity('channels', channel.parent_id)?.name ?? '';
      const own = unread('channel', id);
      const path = channel.type === 0 ? channelPath(guildId, id) : home;
      return [
        {
          id,
          kind: channel.type === 0 ? 'channel' : 'voice',
          name: channel.name ?? '',
          detail: guild.name,
          words: `${category} ${guild.name}`,
          entity: id,
          path,
          mentions: own.mentions,
          unread: own.unread && !own.muted,
          go: () => goTo(path),
        },
      ];
    });
    return [
      {
        id: guildId,
        kind: 'community',
        name: guild.name,
        detail: t`Community`,
        words: '',
        entity: guildId,
        path: home,
        mentions: state.mentions,
        unread: state.unread,
        go: () => goTo(home),
      },
      ...channels,
    ];
  });
}

const plain = { mentions: 0, unread: false };

function commands(): Candidate[] {
  const pages: [string, string, string][] = [
    ['profile', t`Profile`, t`picture, name, about`],
    ['account', t`Account`, t`e-mail, phone, username`],
    ['security', t`Security`, t`password, codes, passkeys`],
    ['devices', t`Devices`, t`sessions, sign out`],
    ['privacy', t`Privacy`, t`who may write, call, add`],
    ['blocked', t`Blocked`, ''],
    ['appearance', t`Appearance`, t`theme, dark, light, colour, density, font`],
    ['accessibility', t`Accessibility`, t`motion, contrast, announcements, reader`],
    ['chat', t`Chat`, t`previews, embeds, media`],
    ['notifications', t`Notifications`, t`sounds, desktop, push`],
    ['keys', t`Keys`, t`keyboard, shortcuts`],
    ['language', t`Language and time`, ''],
    ['developer', t`Developer`, t`applications, bots`],
    ['about', t`About`, t`version, licences`],
  ];
  return [
    ...pages.map(
      ([page, name, words]): Candidate => ({
        id: `setting-${page}`,
        kind: 'setting',
        name,
        detail: t`Settings`,
        words,
        path: settingsPath(page),
        ...plain,
        go: () => openSettings(page),
      }),
    ),
    ...actions
      .filter((action) => run[action.id] && action.id !== 'switcher' && !action.id.startsWith('row-'))
      .map(
        (action): Candidate => ({
          id: `action-${action.id}`,
          kind: 'action',
          name: i18n._(action.name),
          detail: t`Action`,
          words: '',
          keys: keyOf(action.id),
          ...plain,
          go: () => void run[action.id]?.(),
        }),
      ),
    {
      id: 'friends',
      kind: 'action',
      name: t`Friends`,
      detail: t`Go to`,
      words: '',
      path: HOME,
      ...plain,
      go: () => goTo(HOME),
    },
  ];
}

export function gather(): Candidate[] {
  const dms = conversations();
  return [...dms, ...friends(new Set(dms.map((one) => one.entity))), ...communities(), ...commands()];
}

/** With nothing typed: where one has just been, then what waits to be read. */
function usual(all: readonly Candidate[]): Candidate[] {
  const { recent } = useLayout.getState();
  const been = recent
    .slice(1)
    .flatMap((path) => all.find((one) => one.path === path && one.kind !== 'community') ?? []);
  const waiting = all
    .filter((one) => one.unread && one.kind !== 'community' && !been.includes(one))
    .toSorted((a, b) => b.mentions - a.mentions);
  return [...been.slice(0, 6), ...waiting].slice(0, 14);
}

export function find(all: readonly Candidate[], text: string): Candidate[] {
  const { scope, query } = parseQuery(text);
  const wanted = kinds[scope];
  const pool = wanted ? all.filter((one) => wanted.includes(one.kind)) : all;
  if (!query && scope === 'all') return usual(all);
  const { recent } = useLayout.getState();
  return pool
    .map((one) => {
      const points = Math.max(score(one.name, query), score(`${one.name} ${one.words}`, query) * 0.7);
      const bonus = points
        ? (one.mentions ? 4 : one.unread ? 2 : 0) + (one.path && recent.includes(one.path) ? 5 : 0)
        : 0;
      // Settings and actions give way to places of the same name.
      const rank = one.kind === 'setting' || one.kind === 'action' ? -3 : 0;
      return { one, points: points ? points + bonus + (scope === 'commands' ? 0 : rank) : 0 };
    })
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, 20)
    .map(({ one }) => one);
}
