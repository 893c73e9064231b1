// Parts that the first view does without. Their code comes once the first view stands, one after the other while the
// page is idle, or at once when one is shown earlier; afterwards they are drawn like any other component.
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';

type Load = () => Promise<unknown>;

const waiting: Load[] = [];
/** What the first view itself still asks for goes before what only may be needed. */
const BREATH = 500;
let stands = false;
let busy = false;
let told: () => void;

/** When the first view stands. */
export const firstView = new Promise<void>((resolve) => {
  told = resolve;
});

const idle = (run: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(run, { timeout: 1000 }) : setTimeout(run, 50);

function work(): void {
  const load = waiting.shift();
  busy = load !== undefined;
  // What cannot be loaded now is tried again when it is needed.
  if (load)
    void load()
      .catch(() => undefined)
      .then(() => idle(work));
}

/** Said by whatever view is the first to stand: what waits may come. */
export function firstViewStands(): void {
  if (stands) return;
  performance.mark('first view');
  stands = true;
  busy = true;
  setTimeout(() => {
    told();
    idle(work);
  }, BREATH);
}

/** Code that somebody may need soon. */
export function soon(load: Load): void {
  waiting.push(load);
  if (stands && !busy) {
    busy = true;
    idle(work);
  }
}

/** A component whose code comes later; meanwhile `instead` stands in its place. */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  instead?: (props: P) => ReactNode,
): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  const get = async () => {
    loaded ??= await load();
    return { default: loaded };
  };
  soon(get);
  return function Later(props: P) {
    // One that is there is drawn at once: what `lazy` makes would wait a moment even then.
    // Each time anew: `lazy` remembers a failure, and the next try shall be one.
    const [Part] = useState(() => loaded ?? (lazy(get) as unknown as ComponentType<P>));
    return (
      <Suspense fallback={instead?.(props)}>
        <Part {...props} />
      </Suspense>
    );
  };
}
