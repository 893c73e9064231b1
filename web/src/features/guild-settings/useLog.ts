import { useEffect, useState } from 'react';
import type { Answer, Query, User } from '#/api/types';

type Page = Answer<'GET /guilds/{guild_id}/audit-logs'>;
type Ask = NonNullable<Query<'GET /guilds/{guild_id}/audit-logs'>>;

interface State {
  entries?: Page['audit_log_entries'];
  users: Record<string, User>;
  more: boolean;
  error?: unknown;
}

const LIMIT = 50;

/** Pages of the audit log, newest first; what was loaded stays while older ones come. */
export function useLog(
  guildId: string,
  action: Ask['action_type'],
  actor: string | undefined,
  ask: (query: Ask) => Promise<Page>,
) {
  const [state, setState] = useState<State>({ users: {}, more: false });
  const [serial, setSerial] = useState(0);
  const filter: Ask = {
    limit: LIMIT,
    ...(action ? { action_type: action } : {}),
    ...(actor ? { user_id: actor } : {}),
  };
  const people = (page: Page) => Object.fromEntries(page.users.map((user) => [user.id, user]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `serial` asks again
  useEffect(() => {
    let stale = false;
    setState((before) => ({ users: before.users, more: false }));
    ask(filter).then(
      (page) =>
        stale ||
        setState((before) => ({
          entries: page.audit_log_entries,
          users: { ...before.users, ...people(page) },
          more: page.audit_log_entries.length >= LIMIT,
        })),
      (error) => stale || setState((before) => ({ ...before, error })),
    );
    return () => {
      stale = true;
    };
  }, [guildId, action, actor, serial]);
  return {
    ...state,
    reload: () => setSerial(serial + 1),
    older: async () => {
      const last = state.entries?.at(-1)?.id;
      if (!last) return;
      const page = await ask({ ...filter, before: last });
      setState((before) => ({
        ...before,
        entries: [...(before.entries ?? []), ...page.audit_log_entries],
        users: { ...before.users, ...people(page) },
        more: page.audit_log_entries.length >= LIMIT,
      }));
    },
  };
}
