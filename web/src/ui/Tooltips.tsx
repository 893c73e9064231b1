import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { KeyCap } from './KeyCap';
import { Layer } from './layers/Layer';
import { place, type Side } from './layers/place';
import styles from './Tooltips.module.css';

interface Tip {
  element: Element;
  text: string;
  keys: string | undefined;
  side: Side;
}

function read(target: EventTarget | null): Tip | null {
  const element = target instanceof Element ? target.closest('[data-tooltip]') : null;
  const text = element?.getAttribute('data-tooltip');
  if (!element || !text) return null;
  return {
    element,
    text,
    keys: element.getAttribute('data-keys') ?? undefined,
    side: (element.getAttribute('data-side') as Side | null) ?? 'top',
  };
}

/**
 * The one tooltip. Anything with `data-tooltip` has one: after 400 ms under the mouse, at once when another was
 * just shown, and on keyboard focus. It can be pointed at, and Esc takes it away.
 */
export function Tooltips() {
  const [tip, setTip] = useState<Tip | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown: Element | null = null;
    let warmUntil = 0;
    const show = (next: Tip | null) => {
      clearTimeout(timer);
      if (!next && shown) warmUntil = performance.now() + 300;
      shown = next?.element ?? null;
      setTip(next);
    };
    const over = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return;
      if (box.current?.contains(event.target as Node)) {
        clearTimeout(timer);
        return;
      }
      const next = read(event.target);
      if (next?.element === shown) {
        clearTimeout(timer);
        return;
      }
      clearTimeout(timer);
      if (!next) timer = setTimeout(() => show(null), shown ? 80 : 0);
      else timer = setTimeout(() => show(next), shown || performance.now() < warmUntil ? 40 : 400);
    };
    const focus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) show(read(event.target));
    };
    const hide = () => show(null);
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && shown) {
        // The tooltip goes; what is under it stays.
        hide();
        if (!box.current?.matches(':hover')) return;
        event.stopImmediatePropagation();
      }
    };
    document.addEventListener('pointerover', over);
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', hide);
    document.addEventListener('pointerdown', hide, true);
    document.addEventListener('keydown', key, true);
    document.addEventListener('scroll', hide, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', over);
      document.removeEventListener('focusin', focus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('pointerdown', hide, true);
      document.removeEventListener('keydown', key, true);
      document.removeEventListener('scroll', hide, true);
    };
  }, []);
  useLayoutEffect(() => {
    if (tip && box.current) place(box.current, tip.element, { side: tip.side, align: 'center', gap: 6 });
  }, [tip]);
  return (
    <Layer kind="toast">
      {tip?.element.isConnected && (
        // What it says is the name or description of its element already.
        <div ref={box} className={styles.tip} aria-hidden="true">
          {tip.text}
          {tip.keys && <KeyCap keys={tip.keys} plain />}
        </div>
      )}
    </Layer>
  );
}
