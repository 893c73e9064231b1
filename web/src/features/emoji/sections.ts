// What the picker shows, in order: found or frequent ones, each community's own, then Unicode by group.
import { t } from '@lingui/core/macro';
import type { ReactionEmoji } from '#/api/types';
import { rank } from '#/features/chat/composer/ranking';
import { mayUseAnywhere } from '#/features/chat/composer/suggest';
import { emojiUrl } from '#/model/media';
import { entity, list } from '#/store';
import { type Emoji, type EmojiData, emojiByChar, withTone } from './data';
import { frequent, usageOf } from './recent';

export interface Cell {
  key: string;
  emoji: ReactionEmoji;
  label: string;
  /** Where it comes from. */
  origin?: string;
  src?: string;
  /** Why it cannot be used here. */
  reason?: string;
  names: string[];
  words?: string[];
  used: number;
}

export interface Section {
  id: string;
  title: string;
  cells: Cell[];
}

function plain(emoji: Emoji, tone: number): Cell {
  return {
    key: emoji.char,
    emoji: { name: tone ? withTone(emoji, tone) : emoji.char },
    label: `:${emoji.names[0]}:`,
    origin: emoji.label,
    names: emoji.names,
    words: emoji.words,
    used: usageOf(emoji.char),
  };
}

function custom(id: string, guildId: string, here: string | undefined): Cell[] {
  const emoji = entity('emojis', id);
  if (!emoji) return [];
  const foreign = guildId !== here && !mayUseAnywhere();
  return [
    {
      key: id,
      emoji: { name: emoji.name, id, animated: emoji.animated },
      label: `:${emoji.name}:`,
      origin: entity('guilds', guildId)?.name ?? undefined,
      src: emojiUrl(id, emoji.animated, 32),
      reason: foreign ? t`It can only be used in its own community.` : undefined,
      names: [emoji.name],
      used: usageOf(id),
    },
  ];
}

const groupNames = (): Record<number, string> => ({
  0: t`Smileys`,
  1: t`People`,
  3: t`Animals and nature`,
  4: t`Food and drink`,
  5: t`Travel and places`,
  6: t`Activities`,
  7: t`Objects`,
  8: t`Symbols`,
  9: t`Flags`,
});

export function sectionsOf(
  data: EmojiData | undefined,
  here: string | undefined,
  tone: number,
  query: string,
): Section[] {
  const guilds = list('guilds');
  const own = [...(here ? [here] : []), ...guilds.filter((id) => id !== here)].map((id) => ({
    id,
    title: entity('guilds', id)?.name ?? '',
    cells: list('emojis', id).flatMap((emoji) => custom(emoji, id, here)),
  }));
  if (query) {
    const all = [
      ...own.flatMap((section) => section.cells),
      ...(data?.all ?? []).map((one) => plain(one, tone)),
    ];
    return [{ id: 'found', title: t`Found`, cells: rank(all, query, 100) }];
  }
  const often = frequent().flatMap((key) => {
    const emoji = emojiByChar(key);
    if (emoji) return [plain(emoji, tone)];
    const guild = entity('emojis', key)?.guild_id;
    return guild ? custom(key, guild, here) : [];
  });
  const names = groupNames();
  const groups = (data?.groups ?? []).map((group) => ({
    id: `group-${group.id}`,
    title: names[group.id] ?? '',
    cells: group.emojis.map((one) => plain(one, tone)),
  }));
  return [{ id: 'often', title: t`Often used`, cells: often }, ...own, ...groups].filter(
    ({ cells }) => cells.length > 0,
  );
}
