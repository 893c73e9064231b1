// Notifications, sounds, and the number in title, favicon and app badge. Started once behind the sign-in; exactly one
// tab of an account notifies.
import { t } from '@lingui/core/macro';
import type { Message } from '#/api/types';
import type { Early } from '#/app/background';
import { channelPath } from '#/app/links';
import { channelName, displayName, plainName } from '#/features/people/names';
import { avatarUrl } from '#/model/media';
import { worth } from '#/model/notify';
import { isDm, Kind } from '#/model/order';
import { compareIds } from '#/model/snowflake';
import { ackedOf, entity, isLeader, isRead, onDispatch, onTabs, settings } from '#/store';
import { isBlocked, myId } from '#/store/state';
import { tell } from '#/store/tabs';
import { mentionRules } from '#/store/unread';
import { preferences } from '#/ui/preferences';
import { watchBadge } from './badge';
import { checkPush } from './push';
import { snippet } from './snippet';
import { play } from './sounds';

/** The newest notification of each channel. */
const shown = new Map<string, { id: string; close(): void }>();
/** Channels another tab is reading now, and until when that holds. */
const readElsewhere = new Map<string, number>();
const HOLDS = 1500;
/** When this tab last said that it reads a channel. */
const toldRead = new Map<string, number>();

let go: (path: string) => void = () => {};

function dispatched(type: string, data: unknown): void {
  if (type === 'MESSAGE_CREATE') void heard(data as Message);
  if (type === 'MESSAGE_ACK') read(data as { channel_id: string; message_id: string });
}

/** `early` came before this code did. */
export function startNotifications(navigate: (path: string) => void, early: Early): () => void {
  go = navigate;
  for (const one of early.dispatches) dispatched(...one);
  const ends = [
    onDispatch(dispatched),
    onTabs((told) => {
      if ('read' in told) {
        readElsewhere.set(told.read, Date.now() + HOLDS);
        close(told.read);
      }
    }),
    watchBadge(),
  ];
  void checkPush();
  return () => {
    for (const end of ends) end();
    for (const channelId of [...shown.keys()]) close(channelId);
  };
}

function close(channelId: string): void {
  shown.get(channelId)?.close();
  shown.delete(channelId);
}
/** Read anywhere: what told of it goes. */
function read(ack: { channel_id: string; message_id: string }): void {
  const notification = shown.get(ack.channel_id);
  if (notification && compareIds(ack.message_id, notification.id) >= 0) close(ack.channel_id);
}

async function heard(message: Message): Promise<void> {
  const channel = entity('channels', message.channel_id);
  if (!channel) return;
  if (isRead(channel.id)) {
    // Nothing to tell of. Other tabs take its word for a while.
    const now = Date.now();
    if (now - (toldRead.get(channel.id) ?? 0) < HOLDS / 3) return;
    toldRead.set(channel.id, now);
    tell({ read: channel.id });
    return;
  }
  if (!isLeader()) return;
  // As it was when the message came: not to be disturbed then is not told a moment later.
  const status = settings()?.status ?? 'online';
  // The tab that reads it says so in this moment.
  await new Promise((resolve) => setTimeout(resolve, 30));
  const guildId = channel.guild_id ?? undefined;
  const now = new Date();
  const kind = worth({
    message,
    channel,
    guild: entity('guilds', guildId),
    settings: entity('guildSettings', guildId ?? '@me'),
    rules: mentionRules(guildId),
    blocked: isBlocked(message.author.id),
    status,
    quiet: preferences().quietHours,
    gated: false,
    reading: (readElsewhere.get(channel.id) ?? 0) > Date.now(),
    seen: compareIds(message.id, ackedOf(channel.id)) <= 0,
    now,
  });
  if (!kind || message.author.id === myId()) return;
  play(kind === 'direct' ? 'direct' : kind);
  show(message, guildId);
}

function show(message: Message, guildId: string | undefined): void {
  const { notify, notifyContent } = preferences();
  if (!notify || typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  const channel = entity('channels', message.channel_id);
  const who = displayName(message.author.id, guildId) || plainName(message.author);
  const name = channelName(message.channel_id);
  const where = channel && !isDm(channel) ? `#${name}` : channel?.type === Kind.group ? name : '';
  const title = notifyContent === 'none' ? t`New message` : where ? t`${who} in ${where}` : who;
  const body = notifyContent === 'full' ? snippet(message) : '';
  const icon = avatarUrl(message.author, 96);
  const channelId = message.channel_id;
  const open = () => {
    window.focus();
    go(channelPath(guildId, channelId, message.id));
    close(channelId);
  };
  try {
    const notification = new Notification(title, {
      body,
      tag: channelId,
      silent: true, // the sound is ours
      ...(icon ? { icon } : {}),
    });
    notification.onclick = open;
    shown.set(channelId, { id: message.id, close: () => notification.close() });
  } catch {
    // Some browsers notify only through a service worker.
    void navigator.serviceWorker?.ready.then((worker) =>
      worker.showNotification(title, {
        body,
        tag: channelId,
        data: { path: channelPath(guildId, channelId, message.id) },
        ...(icon ? { icon } : {}),
      }),
    );
  }
}

export { askPermission, disablePush, enablePush, pushPossible } from './push';
export { play, type SoundName } from './sounds';
