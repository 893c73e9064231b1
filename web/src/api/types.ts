// Short names for the objects of the wire, as the server sends them (ids are decimal strings, times ISO 8601).
// Where the gateway sends something the HTTP interface has no name for, its shape stands here.
import type { Routes } from './routes';
import type { Schemas } from './schemas';

export type { Schemas };

export type User = Schemas['UserPartialResponse'];
export type Me = Schemas['UserPrivateResponse'];
export type UserProfile = Schemas['UserProfileFullResponse'];
export type Message = Schemas['MessageResponseSchema'] & {
  /** Only on the gateway. */
  guild_id?: string | null;
  channel_type?: number;
  member?: Omit<Member, 'user'>;
};
export type MessageType = Message['type'];
export type MessageSnapshot = Schemas['MessageSnapshotResponse'];
export type MessageReference = Schemas['MessageReferenceResponse'];
export type Attachment = Schemas['MessageAttachmentResponse'];
export type Embed = Schemas['MessageEmbedResponse'];
export type EmbedMedia = Schemas['EmbedMediaResponse'];
export type Reaction = Schemas['MessageReactionResponse'];
export type ReactionEmoji = Schemas['ReactionEmoji'];
export type MessageSticker = Schemas['MessageStickerResponse'];
export type Channel = Schemas['ChannelResponse'];
export type ChannelType = Channel['type'];
export type Overwrite = Schemas['ChannelOverwriteResponse'];
/** `properties` of the gateway's guild, with what stands beside them. */
export type Guild = Schemas['GuildResponse'] & {
  member_count?: number;
  online_count?: number;
  joined_at?: string | null;
  unavailable?: boolean;
};
export type Role = Schemas['GuildRoleResponse'];
export type Member = Schemas['GuildMemberResponse'];
export type Emoji = Schemas['GuildEmojiResponse'];
export type Sticker = Schemas['GuildStickerResponse'];
export type Relationship = Schemas['RelationshipResponse'];
export type UserSettings = Schemas['UserSettingsResponse'];
export type UserSettingsPatch = Schemas['UserSettingsUpdateRequest'];
export type GuildFolder = Schemas['GuildFolder'];
export type GuildSettings = Schemas['UserGuildSettingsResponse'];
export type GuildSettingsPatch = Schemas['UserGuildSettingsUpdateRequest'];
export type ChannelOverride = Schemas['ChannelOverride'];
export type MuteConfig = Schemas['MuteConfig'];
export type CustomStatus = Schemas['CustomStatusResponse'];
export type Invite = Schemas['InviteResponseSchema'];
export type Discovery = Schemas['WellKnownFluxerResponse'];
export type ScheduledMessage = Schemas['ScheduledMessageResponseSchema'];
export type SavedMessage = Schemas['SavedMessageEntryResponse'];

export type Status = 'online' | 'idle' | 'dnd' | 'invisible' | 'offline';

export interface Presence {
  user: User;
  status: Status;
  mobile: boolean;
  afk: boolean;
  custom_status: CustomStatus | null;
  guild_id?: string;
}

export interface ReadState {
  id: string;
  mention_count: number;
  last_message_id: string | null;
  last_pin_timestamp: string | null;
}

export interface VoiceState {
  guild_id?: string | null;
  channel_id: string | null;
  user_id: string;
  connection_id: string;
  session_id?: string;
  member?: Member;
  mute?: boolean;
  deaf?: boolean;
  self_mute: boolean;
  self_deaf: boolean;
  self_video: boolean;
  self_stream: boolean;
  is_mobile: boolean;
  viewer_stream_keys?: string[];
  version?: number;
}

export interface Call {
  channel_id: string;
  message_id: string;
  region: string | null;
  ringing: string[];
  voice_states: VoiceState[];
}

export interface GuildState {
  id: string;
  unavailable?: boolean;
  properties: Schemas['GuildResponse'];
  roles: Role[];
  channels: Channel[];
  emojis: Emoji[];
  stickers: Sticker[];
  /** In READY of each user only the id. */
  members: (Omit<Member, 'user'> & { user: Pick<User, 'id'> & Partial<User> })[];
  member_count: number;
  online_count: number;
  presences: Presence[];
  voice_states: VoiceState[];
  joined_at: string | null;
}

export interface GatewaySession {
  session_id: string;
  status: Status;
  mobile: boolean;
  afk: boolean;
}

export interface Ready {
  version: number;
  session_id: string;
  user: Me;
  auth_session_id_hash?: string;
  guilds: (GuildState | { id: string; unavailable: true })[];
  private_channels: Channel[];
  relationships: Relationship[];
  users: User[];
  presences: Presence[];
  sessions: GatewaySession[];
  user_settings: UserSettings;
  user_guild_settings: GuildSettings[];
  read_states: ReadState[];
  notes: Record<string, string>;
  pinned_dms: string[];
  favorite_memes: unknown[];
  country_code: string;
  rtc_regions: { id: string; name: string; emoji: string }[];
}

// ---- Operations -------------------------------------------------------------------------------------------

/** `'POST /channels/{channel_id}/messages'` and all the others. */
export type Route = keyof Routes;

/** What the route answers with; `undefined` for 204. */
export type Answer<R extends Route> = Routes[R]['answer'];
export type Body<R extends Route> = Routes[R]['body'];
export type Query<R extends Route> = Routes[R]['query'];
type Names<P extends string> = P extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
/** By the template's own names. */
export type PathOf<R extends Route> = [Names<R>] extends [never] ? never : Record<Names<R>, string>;

interface Common<R extends Route> {
  query?: Query<R>;
  body?: Body<R>;
  /** Sent as multipart/form-data instead of a body. */
  form?: { json?: unknown; files: { name: string; blob: Blob; filename?: string }[] };
  /** For the audit log. */
  reason?: string;
  signal?: AbortSignal;
  /** The operation asks for a second proof: the proof's dialog opens when the server demands one. */
  sudo?: boolean;
  /** More headers (captcha answers). */
  headers?: Record<string, string>;
  /** Prefetching and the like yields to what a person does. */
  background?: boolean;
  /** The request outlives the page. */
  keepalive?: boolean;
  /** Without the account's token. */
  anonymous?: boolean;
}
export type Options<R extends Route> = Common<R> &
  ([PathOf<R>] extends [never] ? { path?: undefined } : { path: PathOf<R> });
