// What runs beside the interface once somebody is signed in: the account's own preferences, what of them the data
// layer follows, and the notifications (code of their own, after the first view).
import { onDispatch, onOutcome, type Pending, session } from '#/store';
import { keepMessages } from '#/store/persist';
import { watchIdle } from '#/store/presence';
import { firstView } from '#/ui/later';
import { loadPreferences, preferences, usePreferences } from '#/ui/preferences';
import { goTo } from './layout';

let account: string | undefined;
let end: (() => void) | undefined;

/** What happened before the code was there that tells of it. */
export interface Early {
  dispatches: [type: string, data: unknown][];
  outcomes: [what: 'sent' | 'failed', pending: Pending][];
}
const MOST = 100;

const AGAIN = 30_000;
/** The session is live again, or some time is over. */
const another = () =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(go, AGAIN);
    const stop = session.subscribe(() => {
      if (session.get().phase === 'live') go();
    });
    function go() {
      clearTimeout(timer);
      stop();
      resolve();
    }
  });

/** The code of what runs beside; when the server cannot be reached, tried again once it can. */
async function loadParts(isWanted: () => boolean) {
  while (isWanted()) {
    try {
      return await Promise.all([import('#/features/notifications'), import('#/features/announcer')]);
    } catch {
      await another();
    }
  }
  return undefined;
}

async function begin(idle: () => void): Promise<void> {
  const early: Early = { dispatches: [], outcomes: [] };
  const ends = [
    idle,
    onDispatch((type, data) => {
      if (type.startsWith('MESSAGE_') && early.dispatches.length < MOST) early.dispatches.push([type, data]);
    }),
    onOutcome((...one) => early.outcomes.push(one)),
  ];
  const mine = () => {
    for (const stop of ends) stop();
  };
  end = mine;
  await firstView;
  if (end !== mine) return;
  const parts = await loadParts(() => end === mine);
  if (!parts || end !== mine) return;
  const [{ startNotifications }, { startAnnouncing }] = parts;
  for (const stop of ends.splice(1)) stop();
  ends.push(
    startNotifications((to) => goTo(to), early),
    startAnnouncing(early),
  );
}

export function startBackground(): void {
  usePreferences.subscribe((now, before) => {
    if (now.storeMessages !== before.storeMessages) keepMessages(now.storeMessages);
  });
  const look = () => {
    const { userId, loaded } = session.get();
    if (userId === account || (userId && !loaded)) return;
    end?.();
    end = undefined;
    account = userId;
    if (!userId) {
      loadPreferences();
      return;
    }
    loadPreferences(userId);
    keepMessages(preferences().storeMessages);
    void begin(watchIdle());
  };
  session.subscribe(look);
  look();
}
