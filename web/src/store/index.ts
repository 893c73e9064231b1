// The store as the interface sees it. Rows are immutable; a component listens to one key of one table.
import type { Channel, Discovery, Me, UserSettings, UserSettingsPatch } from '#/api/types';
import type {
  Draft,
  EmojiRef,
  ListName,
  MemberList,
  Outgoing,
  Permissions,
  RailEntry,
  TableName,
  Tables,
  Timeline,
  Unread,
  UnreadKind,
} from './types';
import { emptyDraft } from './types';

export { discovery, session, useSession } from './session';
export * from './types';

// biome-ignore-start lint/correctness/noUnusedFunctionParameters: signatures first
export function useEntity<T extends TableName>(
  table: T,
  id: string | null | undefined,
): Tables[T] | undefined;
export function useEntity<T extends TableName, S>(
  table: T,
  id: string | null | undefined,
  select: (row: Tables[T] | undefined) => S,
): S;
export function useEntity(table: TableName, id: string | null | undefined, select?: (row: never) => unknown) {
  return undefined;
}
export function entity<T extends TableName>(table: T, id: string | null | undefined): Tables[T] | undefined {
  return undefined;
}
/** Ids of a derived list; the same array until it changes. */
export function useList(index: ListName, key?: string): readonly string[] {
  return none;
}
export function list(index: ListName, key?: string): readonly string[] {
  return none;
}
const none: readonly string[] = [];
/** The rail: folders and single communities, in order. */
export function useRail(): readonly RailEntry[] {
  return noRail;
}
const noRail: readonly RailEntry[] = [];
export function useMe(): Me | undefined {
  return undefined;
}
export function me(): Me | undefined {
  return undefined;
}
export function useSettings(): UserSettings | undefined {
  return undefined;
}
/** Shown at once; taken back and thrown when the server refuses. */
export async function updateSettings(patch: UserSettingsPatch): Promise<void> {}

export function useTimeline(channelId: string): Timeline {
  return {
    items: [],
    older: false,
    newer: false,
    live: true,
    loading: 'first',
    unreadCount: 0,
    loadOlder() {},
    loadNewer() {},
    jump: async () => false,
    toPresent() {},
    showBlocked() {},
    loadGap() {},
    retry() {},
  };
}
/** Tells what is seen of a channel, for acknowledging: called on scroll, focus and layer changes. `null` on leaving. */
export function reading(channelId: string, seen: { atEnd: boolean; covered: boolean } | null): void {}

/** Puts a message into the queue and returns its nonce. */
export function send(channelId: string, outgoing: Outgoing): string {
  return '';
}
export function retry(nonce: string): void {}
/** Takes a pending message out of the queue; what was written comes back, for the composer. */
export function discard(nonce: string): Outgoing | undefined {
  return undefined;
}
export async function edit(
  channelId: string,
  messageId: string,
  change: { content?: string; flags?: number; attachments?: { id: string; description?: string | null }[] },
): Promise<void> {}
export async function remove(channelId: string, messageId: string): Promise<void> {}
export async function react(
  channelId: string,
  messageId: string,
  emoji: EmojiRef,
  on: boolean,
): Promise<void> {}
export async function pin(channelId: string, messageId: string, on: boolean): Promise<void> {}
/** Acknowledges everything of a channel. */
export function ack(channelId: string): void {}
export function ackMany(channelIds: readonly string[]): void {}
export function ackPins(channelId: string): void {}
export async function markUnread(channelId: string, messageId: string): Promise<void> {}
export function startTyping(channelId: string): void {}
export function useTyping(channelId: string): readonly string[] {
  return none;
}
export function usePermissions(guildId: string | null | undefined, channelId?: string | null): Permissions {
  return { bits: 0n, has: () => false };
}
export function permissions(guildId: string | null | undefined, channelId?: string | null): Permissions {
  return { bits: 0n, has: () => false };
}
export function useUnread(kind: UnreadKind, id?: string): Unread {
  return { unread: false, mentions: 0, muted: false };
}
export function unread(kind: UnreadKind, id?: string): Unread {
  return { unread: false, mentions: 0, muted: false };
}
/** `null` when no member list is shown (direct messages). */
export function useMemberList(guildId: string | null, channelId: string): MemberList | null {
  return null;
}
/** The draft, and how to change it; saved 300 ms after the last change. */
export function useDraft(channelId: string): [draft: Draft, set: (draft: Draft) => void] {
  return [emptyDraft, () => {}];
}
export function draft(channelId: string): Draft {
  return emptyDraft;
}
/** Channels with a draft, last changed first. */
export function useDrafts(): readonly string[] {
  return none;
}
/** The community's channel that is shown: loads what the gateway holds back of communities nobody looks at. */
export function openGuild(guildId: string | null): void {}
/** Members whose presence and profile are shown, so that the gateway tells of their changes. */
export function watchMembers(guildId: string, userIds: readonly string[]): () => void {
  return () => {};
}
/** Members by the beginning of their name, from the server. */
export async function searchMembers(guildId: string, query: string, limit?: number): Promise<string[]> {
  return [];
}
/** Asks for member data the store lacks, gathered over 50 ms. */
export function needMembers(guildId: string, userIds: readonly string[]): void {}
export function setStatus(status: 'online' | 'idle' | 'dnd' | 'invisible', forSeconds?: number): void {}
/** Opens the direct message with somebody and returns the channel. */
export async function openDm(userId: string): Promise<Channel> {
  throw new Error(userId);
}
/** Patches of a community's or (`@me`) direct messages' notification settings, shown at once. */
export async function updateGuildSettings(
  guildId: string,
  patch: import('#/api/types').GuildSettingsPatch,
): Promise<void> {}
/** One row of `channel_overrides`; the map is sent whole. */
export async function updateChannelOverride(
  guildId: string,
  channelId: string,
  patch: Partial<import('#/api/types').ChannelOverride>,
): Promise<void> {}
/** Hooks for parts that react to single events of the gateway (sounds, announcements). */
export function onDispatch(listener: (type: string, data: unknown) => void): () => void {
  return () => {};
}
/** A limit of the instance for the signed-in account (`max_message_length`, …). */
export function limit(name: string): number {
  return 0;
}
export type { Discovery };
// biome-ignore-end lint/correctness/noUnusedFunctionParameters: signatures first
