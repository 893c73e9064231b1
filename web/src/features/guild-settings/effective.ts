// What an overwrite leads to, and why. Pure.
import type { Overwrite } from '#/api/types';

export type Choice = 'deny' | 'inherit' | 'allow';

export const choiceOf = (overwrite: Pick<Overwrite, 'allow' | 'deny'> | undefined, bit: bigint): Choice => {
  if (!overwrite) return 'inherit';
  if (BigInt(overwrite.allow) & bit) return 'allow';
  return BigInt(overwrite.deny) & bit ? 'deny' : 'inherit';
};

export function withChoice(
  { allow, deny }: { allow: bigint; deny: bigint },
  bit: bigint,
  choice: Choice,
): { allow: bigint; deny: bigint } {
  return {
    allow: choice === 'allow' ? allow | bit : allow & ~bit,
    deny: choice === 'deny' ? deny | bit : deny & ~bit,
  };
}

export interface Reason {
  yes: boolean;
  /** Who decided: a role's id, or the member's own rule. */
  by: { role: string } | 'member' | 'owner' | 'nobody';
  /** Decided by this channel rather than by the community. */
  here: boolean;
}

interface Question {
  bit: bigint;
  administrator: bigint;
  guildId: string;
  owner: boolean;
  /** Roles held, without @everyone. */
  roles: readonly { id: string; permissions: string }[];
  everyone: string;
  overwrites: readonly Overwrite[];
  userId?: string;
}

/** The same steps as the computation of permissions, remembering the one that decided. */
export function explain(question: Question): Reason {
  const { bit, administrator, guildId, owner, roles, everyone, overwrites, userId } = question;
  if (owner) return { yes: true, by: 'owner', here: false };
  const holds = (permissions: string, wanted: bigint) => (BigInt(permissions) & wanted) !== 0n;
  const admin = roles.find((role) => holds(role.permissions, administrator));
  if (admin) return { yes: true, by: { role: admin.id }, here: false };
  if (holds(everyone, administrator)) return { yes: true, by: { role: guildId }, here: false };
  const giver = roles.find((role) => holds(role.permissions, bit));
  let reason: Reason = holds(everyone, bit)
    ? { yes: true, by: { role: guildId }, here: false }
    : giver
      ? { yes: true, by: { role: giver.id }, here: false }
      : { yes: false, by: 'nobody', here: false };
  const take = (overwrite: Overwrite | undefined, by: Reason['by']) => {
    const choice = choiceOf(overwrite, bit);
    if (choice !== 'inherit') reason = { yes: choice === 'allow', by, here: true };
  };
  take(
    overwrites.find(({ id, type }) => type === 0 && id === guildId),
    { role: guildId },
  );
  const held = overwrites.filter(({ id, type }) => type === 0 && roles.some((role) => role.id === id));
  const denied = held.find((overwrite) => choiceOf(overwrite, bit) === 'deny');
  const allowed = held.find((overwrite) => choiceOf(overwrite, bit) === 'allow');
  const decisive = allowed ?? denied;
  if (decisive) take(decisive, { role: decisive.id });
  if (userId)
    take(
      overwrites.find(({ id, type }) => type === 1 && id === userId),
      'member',
    );
  return reason;
}
