// Profiles as the server gives them, kept for five minutes. Where it refuses, what is known locally is shown.
import { useEffect, useState } from 'react';
import { ApiError, api } from '#/api/client';
import type { UserProfile } from '#/api/types';
import { me, onAccount } from '#/store';

const KEEP = 5 * 60_000;
const profiles = new Map<string, { at: number; profile: Promise<UserProfile> }>();

function load(userId: string, guildId: string | undefined): Promise<UserProfile> {
  const key = `${guildId ?? ''}:${userId}`;
  const known = profiles.get(key);
  if (known && Date.now() - known.at < KEEP) return known.profile;
  const other = userId !== me()?.id;
  const profile = api('GET /users/{target_id}/profile', {
    path: { target_id: userId },
    query: {
      ...(guildId ? { guild_id: guildId } : undefined),
      ...(other ? { with_mutual_friends: true, with_mutual_guilds: true } : undefined),
    },
  });
  profiles.set(key, { at: Date.now(), profile });
  profile.catch(() => profiles.delete(key));
  if (profiles.size > 200) profiles.delete(profiles.keys().next().value ?? '');
  return profile;
}

onAccount(() => profiles.clear());

export const forgetProfile = (userId: string) => {
  for (const key of profiles.keys()) if (key.endsWith(`:${userId}`)) profiles.delete(key);
};

export function useProfile(userId: string, guildId?: string) {
  const [state, setState] = useState<{ profile?: UserProfile; refused?: boolean; failed?: boolean }>({});
  useEffect(() => {
    let gone = false;
    setState({});
    load(userId, guildId).then(
      (profile) => gone || setState({ profile }),
      (error: unknown) =>
        gone ||
        setState(error instanceof ApiError && error.status < 500 ? { refused: true } : { failed: true }),
    );
    return () => {
      gone = true;
    };
  }, [userId, guildId]);
  return state;
}
