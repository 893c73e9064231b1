// Drafts: what was typed is never lost. Kept by channel in IndexedDB 300 ms after the last change and when the page
// is hidden; files up to 50 MiB come along. Other tabs take the change over.
import { erase, read, readAll, write } from '#/net/db';
import { Derived, sameList } from './reactive';
import { onReset } from './state';
import { onTabs, tell } from './tabs';
import { type Draft, emptyDraft } from './types';

const AFTER = 300;
const MOST_BYTES = 50 * 1024 * 1024;
const known = new Map<string, Draft>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
let owner = '';
let loaded: Promise<void> = Promise.resolve();

export const drafts = new Derived<Draft>((channelId) => known.get(channelId) ?? emptyDraft);
export const drafted = new Derived<readonly string[]>(
  () => [...known].sort(([, a], [, b]) => b.changed - a.changed).map(([id]) => id),
  sameList,
);
export const isEmpty = (draft: Draft): boolean =>
  !draft.text.trim() && !draft.files.length && !draft.reply && !draft.stickers?.length;

/** Reads the account's drafts; until then nothing is written over them. */
export function loadDrafts(userId: string): Promise<void> {
  owner = userId;
  loaded = readAll<Draft>('drafts', `${userId}/`).then((rows) => {
    if (owner !== userId) return;
    for (const [key, draft] of rows) {
      const channelId = key.slice(userId.length + 1);
      if (known.has(channelId)) continue;
      known.set(channelId, draft);
      drafts.touch(channelId);
    }
    drafted.touch();
  });
  return loaded;
}

export function setDraft(channelId: string, given: Draft): void {
  const draft = { ...given, changed: Date.now() };
  if (isEmpty(draft)) known.delete(channelId);
  else known.set(channelId, draft);
  drafts.touch(channelId);
  drafted.touch();
  clearTimeout(timers.get(channelId));
  timers.set(
    channelId,
    setTimeout(() => void save(channelId), AFTER),
  );
}

async function save(channelId: string): Promise<void> {
  clearTimeout(timers.get(channelId));
  timers.delete(channelId);
  const key = `${owner}/${channelId}`;
  const draft = known.get(channelId);
  if (!draft) await erase('drafts', key);
  else {
    let bytes = 0;
    const files = draft.files.filter((file) => {
      bytes += file.blob.size;
      return bytes <= MOST_BYTES;
    });
    await write('drafts', key, { ...draft, files });
  }
  tell({ draft: channelId });
}

/** What waits for its 300 ms is written now: the page goes away. */
export function saveDrafts(): void {
  for (const channelId of [...timers.keys()]) void save(channelId);
}
export async function dropDrafts(): Promise<void> {
  const mine = [...known.keys()];
  known.clear();
  for (const channelId of mine) {
    drafts.touch(channelId);
    await erase('drafts', `${owner}/${channelId}`);
  }
  drafted.touch();
}

onTabs((told) => {
  if (!('draft' in told) || timers.has(told.draft)) return;
  const channelId = told.draft;
  void read<Draft>('drafts', `${owner}/${channelId}`).then((draft) => {
    if (timers.has(channelId)) return;
    if (draft) known.set(channelId, draft);
    else known.delete(channelId);
    drafts.touch(channelId);
    drafted.touch();
  });
});
if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') saveDrafts();
  });
  globalThis.addEventListener('pagehide', saveDrafts);
}
onReset.push(() => {
  saveDrafts();
  known.clear();
  owner = '';
  drafts.touchAll();
  drafted.touch();
});
