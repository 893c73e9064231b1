// Members the gateway is asked for: authors whose member data is missing, and searches by the beginning of a name.
import { call } from '#/net/client';
import { memberKey, membersIn, onReset, tables } from './state';

const GATHER = 50;
const PATIENCE = 30_000;
const AT_ONCE = 100;
let next = 1;
const asked = new Set<string>();
const gathering = new Map<string, Set<string>>();
interface Asked {
  ids: string[];
  chunks: number;
  done(ids: string[]): void;
}
const waiting = new Map<string, Asked>();

export function heardChunk(chunk: {
  nonce?: string;
  chunk_count: number;
  members: { user: { id: string } }[];
}): void {
  const request = chunk.nonce ? waiting.get(chunk.nonce) : undefined;
  if (!request) return;
  request.ids.push(...chunk.members.map((member) => member.user.id));
  request.chunks++;
  if (request.chunks >= chunk.chunk_count) request.done(request.ids);
}

function ask(guild_id: string, about: Record<string, unknown>): Promise<string[]> {
  const nonce = `m${next++}`;
  return new Promise((resolve) => {
    const timer = setTimeout(() => done([]), PATIENCE);
    const done = (ids: string[]) => {
      clearTimeout(timer);
      waiting.delete(nonce);
      resolve(ids);
    };
    waiting.set(nonce, { ids: [], chunks: 0, done });
    void call('frame', 8, { guild_id, presences: true, nonce, ...about }).then((sent) => {
      if (!sent) done([]);
    });
  });
}

/** Whoever of the community is known here. */
export function knownMembers(guildId: string): string[] {
  return [...membersIn.get(guildId)].flatMap((key) => tables.members.get(key)?.user_id ?? []);
}

export function searchMembers(guildId: string, query: string, limit = 25): Promise<string[]> {
  return ask(guildId, { query, limit });
}

export function needMembers(guildId: string, userIds: readonly string[]): void {
  for (const id of userIds) {
    const key = memberKey(guildId, id);
    if (asked.has(key) || tables.members.has(key)) continue;
    asked.add(key);
    const ids = gathering.get(guildId);
    if (ids) {
      ids.add(id);
      continue;
    }
    gathering.set(guildId, new Set([id]));
    setTimeout(() => flush(guildId), GATHER);
  }
}
function flush(guildId: string): void {
  const ids = [...(gathering.get(guildId) ?? [])];
  gathering.delete(guildId);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    void ask(guildId, { user_ids: ids.slice(from, from + AT_ONCE) });
  }
}
onReset.push(() => {
  asked.clear();
  gathering.clear();
  for (const request of [...waiting.values()]) request.done([]);
});
