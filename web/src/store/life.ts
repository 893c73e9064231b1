// An account's coming and going: what the network worker tells is given to the parts that hold it.
import { api } from '#/api/client';
import type { Message } from '#/api/types';
import { call } from '#/net/client';
import type { Dispatch } from '#/net/gateway';
import { apply } from './apply';
import { enterAccount, wipeAccount } from './device';
import { dropDrafts, loadDrafts } from './drafts';
import { preview } from './history';
import * as persist from './persist';
import { putUser } from './put';
import { batch } from './reactive';
import { acksFromTab } from './reading';
import { heardPending, heardSent } from './sending';
import { live, session } from './session';
import { lists, myId, reset, single, tables } from './state';
import { liveAgain, newSession, openedGuild } from './subscriptions';
import { joinTabs, leaveTabs, onTabs } from './tabs';
import { detachAll, refreshOpen } from './timeline';
import { unreads } from './unread';

let initial: string | undefined;
let owner: string | undefined;

function heardBatch(events: readonly Dispatch[]): void {
  const fresh = events.some((event) => event.t === 'READY');
  if (fresh) {
    batch(detachAll);
    newSession(initial);
  }
  apply(events);
  if (events.some((event) => event.t === 'READY_DONE')) {
    session.loaded();
    refreshOpen();
    persist.everything();
    describe();
    void loadPreviews();
  }
  if (events.some((event) => event.t === 'RESUMED')) liveAgain();
  for (const { t, d } of events) {
    if (t === 'USER_UPDATE') {
      describe();
      if (session.get().loaded && session.get().phase !== 'offline') session.loaded();
    }
    if (!t.startsWith('READY')) persist.changed(d);
  }
}

/** The newest lines of conversations, for their rows. */
async function loadPreviews(): Promise<void> {
  const channels = lists.dms.get().filter((id) => {
    const last = tables.channels.get(id)?.last_message_id;
    return last && !tables.messages.has(last);
  });
  if (!channels.length) return;
  try {
    const newest = await api('POST /users/@me/preload-messages', {
      body: { channels: channels.slice(0, 100) },
      background: true,
    });
    batch(() => {
      for (const message of Object.values(newest as Record<string, Message | null>)) {
        if (!message || tables.messages.has(message.id)) continue;
        putUser(message.author);
        preview(message);
      }
    });
  } catch {
    // rows without a preview
  }
}

function describe(): void {
  const me = single('me');
  if (!me) return;
  const { username, global_name, avatar } = me;
  void call('describe', { username, global_name, avatar, badge: unreads.app.get().mentions });
}

live({
  told(message) {
    if ('batch' in message) heardBatch(message.batch);
    if ('pending' in message) heardPending(message.pending);
    if ('sent' in message) heardSent(message.sent.nonce, message.sent.message);
  },
  async begin(userId) {
    owner = userId;
    enterAccount(userId);
    joinTabs(userId);
    const [shown] = await Promise.all([persist.restore(userId), loadDrafts(userId)]);
    return shown;
  },
  initialGuild() {
    initial = openedGuild() ?? undefined;
    return initial;
  },
  required: () => !!single('me')?.required_actions?.length,
  status: () => single('settings')?.status,
  async end({ wipe, dropDrafts: drop }) {
    const user = owner ?? myId();
    owner = undefined;
    if (!wipe) describe();
    leaveTabs();
    if (!wipe && user) await persist.save();
    if (drop) await dropDrafts();
    reset();
    if (!wipe || !user) return;
    wipeAccount(user);
    await persist.wipe(user);
  },
});

onTabs((told) => {
  if ('acks' in told) acksFromTab(told.acks);
});
