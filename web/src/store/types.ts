// The shapes the interface gets from the store, beside the wire's own.
import type {
  Call,
  Channel,
  Emoji,
  Guild,
  GuildSettings,
  Member,
  Message,
  Presence,
  ReactionEmoji,
  ReadState,
  Relationship,
  Role,
  SavedMessage,
  ScheduledMessage,
  Sticker,
  User,
  VoiceState,
} from '#/api/types';

/** Every table and the row it holds. */
export interface Tables {
  users: User;
  guilds: Guild;
  roles: Role & { guild_id: string };
  /** By `${guild}:${user}`. */
  members: Omit<Member, 'user'> & { user_id: string; guild_id: string };
  channels: Channel;
  messages: Message;
  presences: Presence;
  /** By connection id. */
  voiceStates: VoiceState;
  relationships: Relationship;
  readStates: ReadState;
  notes: string;
  /** By guild id, `@me` for direct messages. */
  guildSettings: GuildSettings;
  emojis: Emoji & { guild_id: string };
  stickers: Sticker & { guild_id: string };
  calls: Call;
  scheduled: ScheduledMessage;
  saved: SavedMessage;
}
export type TableName = keyof Tables;

export type ListName =
  /** Communities in the rail's order. */
  | 'guilds'
  /** By guild: channel ids in display order, categories among them. */
  | 'channels'
  /** Direct messages and groups, pinned first, then newest first. */
  | 'dms'
  /** By guild, highest first. */
  | 'roles'
  | 'emojis'
  | 'stickers'
  | 'relationships'
  | 'pinnedDms'
  /** By channel: connection ids of people in voice. */
  | 'voice'
  /** By channel: channels with a running call. */
  | 'calls';

/** A folder of the rail; communities outside any stand as `{ guild }`. */
export type RailEntry =
  | { guild: string }
  | { folder: { id: number; name: string | null; color: number | null; icon: string; guilds: string[] } };

export type Phase =
  | 'boot'
  | 'signed-out'
  | 'connecting'
  | 'live'
  | 'reconnecting'
  | 'offline'
  | 'action-required';
export interface SessionState {
  phase: Phase;
  userId?: string;
  /** When the phase began (ms). */
  since: number;
  /** Why signed out or not connected: `signed-out-elsewhere`, `unreachable`, `server-error`, … */
  reason?: string;
  /** When the next attempt to connect is made (ms). */
  retryAt?: number;
  /** Whether the tables hold something: a snapshot of the device or the server's READY. */
  loaded: boolean;
}
export interface Account {
  id: string;
  username: string;
  global_name: string | null;
  avatar: string | null;
  current: boolean;
  /** The instance's API address, when it is another than this page's. */
  instance?: string;
  badge?: number;
}

export interface DraftFile {
  id: string;
  blob: Blob;
  name: string;
  description?: string;
  spoiler?: boolean;
  voice?: { duration: number; waveform: string };
  width?: number;
  height?: number;
}
export interface Draft {
  text: string;
  reply?: { messageId: string; mention: boolean };
  files: DraftFile[];
  stickers?: string[];
  caret?: number;
  /** ms. */
  changed: number;
}
export const emptyDraft: Draft = { text: '', files: [], changed: 0 };

/** What is sent. */
export interface Outgoing {
  content: string;
  reply?: { messageId: string; mention: boolean };
  files?: DraftFile[];
  stickers?: string[];
  tts?: boolean;
  flags?: number;
  forward?: { channelId: string; messageId: string; guildId?: string | null };
  favoriteMemeId?: string;
}
export interface Pending {
  nonce: string;
  channelId: string;
  outgoing: Outgoing;
  state: 'queued' | 'sending' | 'failed';
  /** 0 to 1 while files go up. */
  progress?: number;
  /** Bytes a second. */
  speed?: number;
  error?: { code: string; message: string; retryAt?: number };
  /** ms. */
  at: number;
}

export type Row =
  | { kind: 'start'; key: string }
  /** `unread`: the unread divider falls on the same place. `day`: local midnight (ms). */
  | { kind: 'date'; key: string; day: number; unread: boolean }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; id: string; message: Message; continued: boolean }
  | { kind: 'system'; key: string; id: string; message: Message; continued: boolean }
  | { kind: 'blocked'; key: string; ids: readonly string[] }
  | { kind: 'pending'; key: string; pending: Pending; continued: boolean }
  | { kind: 'gap'; key: string; after: string; before: string }
  | { kind: 'skeleton'; key: string; edge: 'older' | 'newer' };

export interface Timeline {
  items: readonly Row[];
  /** Whether there is more in that direction. */
  older: boolean;
  newer: boolean;
  /** The end shown is the present. */
  live: boolean;
  loading: false | 'first' | 'older' | 'newer' | 'jump';
  error?: Error;
  /** First unread id as of opening, if there is one. */
  unreadFrom?: string;
  /** Unread messages as of now, below the divider, of those that are loaded; and whether there may be more. */
  unreadCount: number;
  unreadMore: boolean;
  loadOlder(): void;
  loadNewer(): void;
  /** Loads the surroundings of a message; false when it does not exist. */
  jump(messageId: string): Promise<boolean>;
  toPresent(): void;
  /** Shows a folded run of a blocked person's messages. */
  showBlocked(key: string): void;
  loadGap(key: string): void;
  retry(): void;
}

export interface Unread {
  unread: boolean;
  mentions: number;
  muted: boolean;
}
/** `dms`: all conversations together. */
export type UnreadKind = 'channel' | 'guild' | 'folder' | 'app' | 'dms';

export interface Permissions {
  bits: bigint;
  has(bit: bigint): boolean;
}

export type MemberRow =
  | { kind: 'group'; id: string; count: number }
  | { kind: 'member'; userId: string; member: Tables['members']; presence: Omit<Presence, 'user'> };
export interface MemberList {
  /** Rows in all, headers counted. */
  total: number;
  memberCount: number;
  onlineCount: number;
  /** `undefined` while a row is not known yet. */
  row(index: number): MemberRow | undefined;
  groups: readonly { id: string; count: number }[];
  /** Which rows are visible; asks for what is missing. */
  setRange(start: number, end: number): void;
  /** Grows with every change of any row. */
  version: number;
}

export type EmojiRef = ReactionEmoji;
