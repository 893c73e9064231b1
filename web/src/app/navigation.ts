// The address bar: where the person is, how one gets elsewhere, and who may object to leaving. A few lines of our
// own, since the client's addresses need nothing of what makes a general router large (docs/adr/0007).

export interface Address {
  path: string;
  search: string;
  /** How many pages of ours lie behind this one. */
  index: number;
}

/** Asked before leaving; true means stay. */
type Blocker = () => Promise<boolean>;

/** Each entry of the browser's history knows its place, so that one sees which way, and how far, somebody went. */
const indexOf = (state: unknown) => (state as { index?: number } | null)?.index;
const read = (): Address => ({
  path: location.pathname,
  search: location.search,
  index: indexOf(history.state) ?? 0,
});

let here: Address = { path: '/', search: '', index: 0 };
const listeners = new Set<() => void>();
const blockers = new Set<Blocker>();

export const address = (): Address => here;

export function onAddress(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function onLeave(blocker: Blocker): () => void {
  blockers.add(blocker);
  return () => blockers.delete(blocker);
}

function arrive(): void {
  here = read();
  for (const listener of listeners) listener();
}

/** Forms with changes ask before they are left. One question at a time: who tries again meanwhile stays. */
let asking = false;
async function held(): Promise<boolean> {
  if (asking) return true;
  asking = true;
  try {
    for (const blocks of blockers) if (await blocks()) return true;
    return false;
  } finally {
    asking = false;
  }
}

export async function navigate(to: string, replace = false): Promise<void> {
  if (blockers.size && (await held())) return;
  // Like a link of a page to itself, an address that is there already is no second page.
  if (replace || to === location.pathname + location.search)
    history.replaceState({ index: here.index }, '', to);
  else history.pushState({ index: here.index + 1 }, '', to);
  arrive();
}

export const goBack = (): void => history.back();

/** Back and forward have happened already when one hears of them: what objects is asked where it was. */
let returned: (() => void) | undefined;
let leaving: number | undefined;
async function moved(): Promise<void> {
  const index = indexOf(history.state);
  if (index === undefined) {
    // The browser's own entry, for a link within the page.
    history.replaceState({ index: here.index + 1 }, '');
    return arrive();
  }
  const by = index - here.index;
  if (by && blockers.size && index !== leaving) {
    const back = new Promise<void>((resolve) => {
      returned = resolve;
    });
    history.go(-by);
    const [stays] = await Promise.all([held(), back]);
    if (stays) return;
    leaving = index;
    history.go(by);
    return;
  }
  leaving = undefined;
  returned?.();
  arrive();
}

if (typeof window !== 'undefined') {
  if (indexOf(history.state) === undefined) history.replaceState({ index: 0 }, '');
  here = read();
  window.addEventListener('popstate', () => void moved());
}
