// One tab stop for a list of links: arrows, Home, End and typing move through the elements marked `data-item`.
import { type KeyboardEvent, type RefObject, useEffect } from 'react';

const items = (box: HTMLElement) =>
  [...box.querySelectorAll<HTMLElement>('[data-item]')].filter((item) => item.offsetParent !== null);

function choose(box: HTMLElement, item: HTMLElement): void {
  for (const other of box.querySelectorAll<HTMLElement>('[data-item][tabindex="0"]')) other.tabIndex = -1;
  item.tabIndex = 0;
}

let typed = '';
let typedAt = 0;

export function useRoving(ref: RefObject<HTMLElement | null>) {
  // After every change exactly one item can be reached by Tab: the current one, else the first.
  useEffect(() => {
    const box = ref.current;
    if (!box || box.contains(document.activeElement)) return;
    const all = items(box);
    const current = all.find((item) => item.getAttribute('aria-current') === 'page') ?? all[0];
    if (current) choose(box, current);
  });

  const onFocus = (event: { target: EventTarget }) => {
    const item =
      event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-item]') : null;
    if (item && ref.current) choose(ref.current, item);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const box = ref.current;
    if (!box || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-item]')) return;
    const all = items(box);
    const at = all.indexOf(event.target);
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    let to: HTMLElement | undefined;
    if (event.key === 'ArrowDown') to = all[at + 1];
    else if (event.key === 'ArrowUp') to = all[at - 1];
    else if (event.key === 'Home') to = all[0];
    else if (event.key === 'End') to = all.at(-1);
    else if (event.key === forward || event.key === backward) {
      const expanded = event.target.getAttribute('aria-expanded');
      if (expanded !== String(event.key === backward)) return;
      event.preventDefault();
      event.target.click();
      return;
    } else if (event.key.length === 1 && event.key !== ' ' && !event.shiftKey) {
      typed = event.timeStamp - typedAt < 800 ? typed + event.key : event.key;
      typedAt = event.timeStamp;
      const wanted = typed.toLocaleLowerCase();
      const from = typed.length > 1 ? at : at + 1;
      const order = [...all.slice(from), ...all.slice(0, from)];
      to = order.find((item) => (item.dataset['item'] ?? '').toLocaleLowerCase().startsWith(wanted));
      if (!to) return;
    } else return;
    event.preventDefault();
    to?.focus();
    to?.scrollIntoView({ block: 'nearest' });
  };
  return { onFocus, onKeyDown };
}
