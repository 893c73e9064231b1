// Every address of the client (spec of routes) is made here; nobody joins paths by hand. The router's table
// and the server's list of pages (fluxer/web/src/routes.rs) hold the same shapes.

export const HOME = '/channels/@me';
export const FAVOURITES = '/channels/@favorites';
/** For people without an account. */
export const REPORT = '/report';

/** A person's own conversations, the favourites, or a community by id. */
export type Place = '@me' | '@favorites' | (string & {});

const part = encodeURIComponent;
const place = (at: Place | null | undefined) => (at?.startsWith('@') ? at : at ? part(at) : '@me');

export function guildPath(guildId: Place | null | undefined): string {
  return `/channels/${place(guildId)}`;
}

/** A channel, or a message in it. Without a community it is a conversation under `@me`. */
export function channelPath(
  guildId: Place | null | undefined,
  channelId: string,
  messageId?: string | null,
): string {
  const path = `${guildPath(guildId)}/${part(channelId)}`;
  return messageId ? `${path}/${part(messageId)}` : path;
}

export const membersPath = (guildId: string) => `${guildPath(guildId)}/members`;
export const settingsPath = (page?: string) => (page ? `/settings/${part(page)}` : '/settings');
export const guildSettingsPath = (guildId: string, page?: string) =>
  `${guildPath(guildId)}/settings${page ? `/${part(page)}` : ''}`;
export const channelSettingsPath = (guildId: Place, channelId: string, page?: string) =>
  `${channelPath(guildId, channelId)}/settings${page ? `/${part(page)}` : ''}`;
export const invitePath = (code: string) => `/invite/${part(code)}`;
export const themePath = (id: string) => `/theme/${part(id)}`;
export const loginPath = (next?: string) => (next ? `/login?next=${part(next)}` : '/login');

/** A link of this instance as others see it: to be copied. */
export const absolute = (path: string) => new URL(path, location.origin).href;

/** Only a path of this client may be gone to after signing in. */
export function safeNext(next: string | null | undefined): string | undefined {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return undefined;
  return new URL(next, 'http://here').host === 'here' ? next : undefined;
}

export type ChannelTarget = { guildId: Place; channelId: string; messageId?: string };

/** The channel or message that a link of this instance leads to. */
export function parseChannelLink(link: string, origin = location.origin): ChannelTarget | undefined {
  let url: URL;
  try {
    url = new URL(link, origin);
  } catch {
    return undefined;
  }
  if (url.origin !== origin) return undefined;
  const match = /^\/channels\/(@me|@favorites|\d+)\/(\d+)(?:\/(\d+))?\/?$/.exec(url.pathname);
  if (!match) return undefined;
  const [, guildId = '@me', channelId = '', messageId] = match;
  return messageId ? { guildId, channelId, messageId } : { guildId, channelId };
}
