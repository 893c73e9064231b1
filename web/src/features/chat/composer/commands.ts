// Commands that are typed. They are the client's own: the server sees what they make, never the command.
import { t } from '@lingui/core/macro';
import { api } from '#/api/client';
import { goTo, openDialog } from '#/app/layout';
import { channelPath } from '#/app/links';
import { type Outgoing, openDm, send } from '#/store';
import type { Suggestion } from './trigger';

interface Command {
  name: string;
  hint: () => string;
  guild?: boolean;
}

const commands: Command[] = [
  { name: 'shrug', hint: () => '¯\\_(ツ)_/¯' },
  { name: 'tableflip', hint: () => '(╯°□°)╯︵ ┻━┻' },
  { name: 'unflip', hint: () => '┬─┬ノ( º _ ºノ)' },
  { name: 'me', hint: () => t`Says what you do` },
  { name: 'spoiler', hint: () => t`Hides a text until it is pressed` },
  { name: 'tts', hint: () => t`Read aloud to those who want it` },
  { name: 'msg', hint: () => t`Writes to a person` },
  { name: 'nick', hint: () => t`Your name in this community`, guild: true },
  { name: 'kick', hint: () => t`Opens the dialog to remove a member`, guild: true },
  { name: 'ban', hint: () => t`Opens the dialog to ban a member`, guild: true },
];

export function commandList(guild: boolean): Suggestion[] {
  return commands
    .filter((command) => guild || !command.guild)
    .map((command) => ({
      key: command.name,
      kind: 'command',
      label: `/${command.name}`,
      names: [command.name],
      hint: command.hint(),
    }));
}

const faces: Record<string, string> = {
  shrug: '¯\\_(ツ)_/¯',
  tableflip: '(╯°□°)╯︵ ┻━┻',
  unflip: '┬─┬ノ( º _ ºノ)',
};

export interface Ran {
  /** What is sent instead; absent when the command did something else. */
  outgoing?: Outgoing;
  /** The text stays in the field. */
  keep?: boolean;
}

/** Runs the command a text begins with; `null` when it is text. */
export async function runCommand(outgoing: Outgoing, guildId: string | undefined): Promise<Ran | null> {
  const found = /^\/(\w+)(?:\s+([\s\S]*))?$/.exec(outgoing.content);
  if (!found) return null;
  const [, name = '', rest = ''] = found;
  const text = rest.trim();
  const face = faces[name];
  if (face) return { outgoing: { ...outgoing, content: text ? `${text} ${face}` : face } };
  switch (name) {
    case 'me':
      return text ? { outgoing: { ...outgoing, content: `_${text}_` } } : null;
    case 'spoiler':
      return text ? { outgoing: { ...outgoing, content: `||${text}||` } } : null;
    case 'tts':
      return text ? { outgoing: { ...outgoing, content: text, tts: true } } : null;
    case 'nick': {
      if (!guildId) return null;
      await api('PATCH /guilds/{guild_id}/members/@me', {
        path: { guild_id: guildId },
        body: { nick: text || null },
      });
      return {};
    }
    case 'msg': {
      const [, userId, words] = /^<@!?(\d+)>\s+([\s\S]+)$/.exec(text) ?? [];
      if (!userId || !words) return null;
      const channel = await openDm(userId);
      send(channel.id, { content: words });
      goTo(channelPath(null, channel.id));
      return {};
    }
    case 'kick':
    case 'ban': {
      const userId = /^<@!?(\d+)>/.exec(text)?.[1];
      if (!guildId || !userId) return null;
      openDialog({ kind: name, guildId, userId });
      return {};
    }
    default:
      return null;
  }
}
