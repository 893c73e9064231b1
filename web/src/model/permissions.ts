// Permission bits, and what somebody may do in a community or channel. Pure; the server decides all the same.

import type { Overwrite } from '#/api/types';

export const Bit = {
  CREATE_INSTANT_INVITE: 1n << 0n,
  KICK_MEMBERS: 1n << 1n,
  BAN_MEMBERS: 1n << 2n,
  ADMINISTRATOR: 1n << 3n,
  MANAGE_CHANNELS: 1n << 4n,
  MANAGE_GUILD: 1n << 5n,
  ADD_REACTIONS: 1n << 6n,
  VIEW_AUDIT_LOG: 1n << 7n,
  PRIORITY_SPEAKER: 1n << 8n,
  STREAM: 1n << 9n,
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  SEND_TTS_MESSAGES: 1n << 12n,
  MANAGE_MESSAGES: 1n << 13n,
  EMBED_LINKS: 1n << 14n,
  ATTACH_FILES: 1n << 15n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  MENTION_EVERYONE: 1n << 17n,
  USE_EXTERNAL_EMOJIS: 1n << 18n,
  CONNECT: 1n << 20n,
  SPEAK: 1n << 21n,
  MUTE_MEMBERS: 1n << 22n,
  DEAFEN_MEMBERS: 1n << 23n,
  MOVE_MEMBERS: 1n << 24n,
  USE_VAD: 1n << 25n,
  CHANGE_NICKNAME: 1n << 26n,
  MANAGE_NICKNAMES: 1n << 27n,
  MANAGE_ROLES: 1n << 28n,
  MANAGE_WEBHOOKS: 1n << 29n,
  MANAGE_EXPRESSIONS: 1n << 30n,
  USE_EXTERNAL_STICKERS: 1n << 37n,
  MODERATE_MEMBERS: 1n << 40n,
  CREATE_EXPRESSIONS: 1n << 43n,
  PIN_MESSAGES: 1n << 51n,
  BYPASS_SLOWMODE: 1n << 52n,
  UPDATE_RTC_REGION: 1n << 53n,
} as const;
export type BitName = keyof typeof Bit;

/** Every defined bit: the mask the server stores by. */
export const DEFINED: bigint = Object.values(Bit).reduce((all, bit) => all | bit, 0n);
/** What owners and administrators compute to. */
export const EVERYTHING = (1n << 64n) - 1n;

export interface PermissionRole {
  id: string;
  permissions: string;
  position: number;
}

export interface Subject {
  guildId: string;
  ownerId: string;
  userId: string;
  /** The member's roles without @everyone; `undefined` when the user is no member. */
  memberRoles: readonly string[] | undefined;
  role(id: string): { permissions: string } | undefined;
}

export function compute(subject: Subject, overwrites?: readonly Overwrite[] | null): bigint {
  const { guildId, memberRoles } = subject;
  if (subject.userId === subject.ownerId) return EVERYTHING;
  if (!memberRoles) return 0n;
  let bits = BigInt(subject.role(guildId)?.permissions ?? '0');
  for (const id of memberRoles) bits |= BigInt(subject.role(id)?.permissions ?? '0');
  if (bits & Bit.ADMINISTRATOR) return EVERYTHING;
  if (!overwrites?.length) return bits;
  let deny = 0n;
  let allow = 0n;
  let own: Overwrite | undefined;
  for (const overwrite of overwrites) {
    if (overwrite.type === 1) {
      if (overwrite.id === subject.userId) own = overwrite;
    } else if (overwrite.id === guildId) {
      bits = (bits & ~BigInt(overwrite.deny)) | BigInt(overwrite.allow);
    } else if (memberRoles.includes(overwrite.id)) {
      deny |= BigInt(overwrite.deny);
      allow |= BigInt(overwrite.allow);
    }
  }
  bits = (bits & ~deny) | allow;
  if (own) bits = (bits & ~BigInt(own.deny)) | BigInt(own.allow);
  return bits;
}

export const has = (bits: bigint, wanted: bigint): boolean => (bits & wanted) === wanted;

/** Height of the highest own role; -1 without one. */
export function top(
  memberRoles: readonly string[] | undefined,
  role: (id: string) => PermissionRole | undefined,
): number {
  let highest = -1;
  for (const id of memberRoles ?? []) highest = Math.max(highest, role(id)?.position ?? -1);
  return highest;
}

export interface Person {
  userId: string;
  roles: readonly string[] | undefined;
}

/** Kick, ban, nickname of another, timeout. */
export function mayActOn(
  ownerId: string,
  caller: Person,
  target: Person,
  role: (id: string) => PermissionRole | undefined,
): boolean {
  if (caller.userId === ownerId) return true;
  if (target.userId === ownerId) return false;
  return top(caller.roles, role) > top(target.roles, role);
}

/** Give or take a role. */
export function mayAssign(
  ownerId: string,
  caller: Person,
  bits: bigint,
  target: PermissionRole,
  role: (id: string) => PermissionRole | undefined,
): boolean {
  if (caller.userId === ownerId) return true;
  return has(bits, Bit.MANAGE_ROLES) && top(caller.roles, role) > target.position;
}

/** Edit, delete or move a role; between equals the older one stands higher. */
export function mayEditRole(
  ownerId: string,
  caller: Person,
  bits: bigint,
  target: PermissionRole,
  role: (id: string) => PermissionRole | undefined,
): boolean {
  if (caller.userId === ownerId) return true;
  if (!has(bits, Bit.MANAGE_ROLES)) return false;
  const height = top(caller.roles, role);
  if (height !== target.position) return height > target.position;
  const own = (caller.roles ?? []).filter((id) => role(id)?.position === height);
  const oldest = own.reduce((a, b) => (BigInt(a) < BigInt(b) ? a : b));
  return BigInt(oldest) < BigInt(target.id);
}
