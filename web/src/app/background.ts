// What runs beside the interface once somebody is signed in: the account's own preferences, what of them the data
// layer follows, and the notifications (a chunk of their own, after the first view).
import { session } from '#/store';
import { keepMessages } from '#/store/persist';
import { watchIdle } from '#/store/presence';
import { loadPreferences, preferences, usePreferences } from '#/ui/preferences';
import { goTo } from './layout';

let account: string | undefined;
let end: (() => void) | undefined;

async function begin(userId: string, idle: () => void): Promise<void> {
  const [{ startNotifications }, { startAnnouncing }] = await Promise.all([
    import('#/features/notifications'),
    import('#/features/announcer'),
  ]);
  if (account !== userId) return;
  const notifications = startNotifications((to) => goTo(to));
  const announcing = startAnnouncing();
  end = () => {
    idle();
    notifications();
    announcing();
  };
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
    const idle = watchIdle();
    end = idle;
    void begin(userId, idle);
  };
  session.subscribe(look);
  look();
}
