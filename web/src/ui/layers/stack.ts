// The one stack of what lies over the page. The last opened is on top; Esc closes it alone; what lies under a
// modal one is inert, except toasts and the call strip, which stay usable over everything.

export type LayerKind = 'drawer' | 'panel' | 'dialog' | 'menu' | 'lightbox' | 'strip' | 'toast';

export interface Layer {
  kind: LayerKind;
  host: HTMLElement;
  modal: boolean;
  /** Asked to close by Esc or the back gesture. */
  onClose?: (() => void) | undefined;
  opener: Element | null;
  around: Element[];
}

const stack: Layer[] = [];
const listeners = new Set<() => void>();

/** The element that holds all layers, beside the app's root. */
export function layersRoot(): HTMLElement {
  let element = document.getElementById('layers');
  if (!element) {
    element = document.createElement('div');
    element.id = 'layers';
    document.body.append(element);
  }
  return element;
}

const stays = (layer: Layer) => layer.kind === 'strip' || layer.kind === 'toast';

function setInert() {
  let covered = false;
  for (const layer of [...stack].reverse()) {
    layer.host.inert = covered && !stays(layer);
    covered ||= layer.modal;
  }
  const root = document.getElementById('root');
  if (root) root.inert = covered;
  for (const listener of listeners) listener();
}

function ancestors(element: Element | null): Element[] {
  const list: Element[] = [];
  for (let at = element?.parentElement; at && at !== document.body; at = at.parentElement) list.push(at);
  return list;
}

const focusable =
  'a[href],button:not([disabled]),input:not([disabled]),select:not([disabled]),textarea:not([disabled]),[tabindex]:not([tabindex="-1"])';

/** All that Tab reaches inside an element. */
export function focusables(inside: Element): HTMLElement[] {
  return [...inside.querySelectorAll<HTMLElement>(focusable)].filter(
    (element) => element.checkVisibility() && !element.closest('[inert]'),
  );
}

export function pushLayer(layer: Omit<Layer, 'opener' | 'around'>, opener?: Element | null): () => void {
  const from = opener ?? document.activeElement;
  const entry: Layer = { ...layer, opener: from, around: ancestors(from) };
  stack.push(entry);
  setInert();
  return () => {
    const place = stack.indexOf(entry);
    if (place < 0) return;
    const focused = document.activeElement;
    const lost = !focused || focused === document.body || entry.host.contains(focused);
    stack.splice(place, 1);
    setInert();
    if (lost && !stays(entry)) returnFocus(entry);
  };
}

/** Focus goes back to what opened the layer, or to the nearest thing that is still there. */
function returnFocus({ opener, around }: Layer) {
  if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) {
    opener.focus({ preventScroll: true });
    if (document.activeElement === opener) return;
  }
  for (const element of around) {
    if (!element.isConnected) continue;
    const near = focusables(element)[0];
    if (near) {
      near.focus({ preventScroll: true });
      return;
    }
  }
}

/** The layer on top that can be closed or covers others. */
export function topLayer(): Layer | undefined {
  return stack.findLast((layer) => !stays(layer));
}

/** True while a dialog, lightbox or panel covers the page: auto-ack and global keys ask this. */
export const isCovered = (): boolean => stack.some((layer) => layer.modal);

export function onLayers(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Closes the top layer; false when there was none. */
export function closeTop(): boolean {
  const top = topLayer();
  if (!top?.onClose) return false;
  top.onClose();
  return true;
}

if (typeof document !== 'undefined') {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    if (closeTop()) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  });
}
