// READY can be megabytes. It crosses to the page in parts, each small enough that taking it over holds up no frame:
// first all but the communities, then these a few at a time, then the word that it was all.
import type { GuildState, Ready } from '#/api/types';
import type { Dispatch } from './gateway';
import { reduce } from './reduce';

/** READY without its communities, whose ids stand instead of them. */
export type ReadyBase = Omit<Ready, 'guilds'> & { guild_ids: string[] };
const PART = 150; // channels and roles a message

export function* deliver(events: readonly Dispatch[]): Generator<Dispatch[]> {
  let plain: Dispatch[] = [];
  for (const event of events) {
    if (event.t !== 'READY') {
      plain.push(event);
      continue;
    }
    if (plain.length) yield reduce(plain);
    plain = [];
    const { guilds, ...rest } = event.d as Ready;
    yield [{ t: 'READY', d: { ...rest, guild_ids: guilds.map((guild) => guild.id) } satisfies ReadyBase }];
    let part: Dispatch[] = [];
    let weight = 0;
    for (const guild of guilds) {
      part.push({ t: 'READY_GUILD', d: guild });
      const full = guild as GuildState;
      weight += 1 + (full.channels?.length ?? 0) + (full.roles?.length ?? 0) + (full.members?.length ?? 0);
      if (weight >= PART) {
        yield part;
        part = [];
        weight = 0;
      }
    }
    part.push({ t: 'READY_DONE', d: null });
    yield part;
  }
  if (plain.length) yield reduce(plain);
}
