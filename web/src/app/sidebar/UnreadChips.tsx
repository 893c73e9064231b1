import { Trans } from '@lingui/react/macro';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import css from './Sidebar.module.css';

/** The nearest unread row outside the visible part, above and below. Muted channels are none. */
function find(box: HTMLElement) {
  const { top, bottom } = box.getBoundingClientRect();
  let above: HTMLElement | undefined;
  let below: HTMLElement | undefined;
  for (const row of box.querySelectorAll<HTMLElement>('li[data-unread]')) {
    const at = row.getBoundingClientRect();
    if (at.bottom < top + 4) above = row;
    else if (at.top > bottom - 4) below ??= row;
  }
  return { above, below };
}

export function UnreadChips({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const [seen, setSeen] = useState({ above: false, below: false });
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    let frame = 0;
    const look = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const { above, below } = find(box);
        setSeen((before) =>
          before.above === !!above && before.below === !!below ? before : { above: !!above, below: !!below },
        );
      });
    };
    const changes = new MutationObserver(look);
    changes.observe(box, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-unread'],
    });
    const size = new ResizeObserver(look);
    size.observe(box);
    box.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      cancelAnimationFrame(frame);
      changes.disconnect();
      size.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, [scroller]);

  const go = (to: 'above' | 'below') => {
    const box = scroller.current;
    const row = box && find(box)[to];
    row?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    row?.querySelector<HTMLElement>('[data-item]')?.focus({ preventScroll: true });
  };
  return (
    <>
      {seen.above && (
        <button type="button" className={css.chip} data-at="top" onClick={() => go('above')}>
          <ArrowUp aria-hidden="true" />
          <Trans>Unread above</Trans>
        </button>
      )}
      {seen.below && (
        <button type="button" className={css.chip} data-at="bottom" onClick={() => go('below')}>
          <ArrowDown aria-hidden="true" />
          <Trans>Unread below</Trans>
        </button>
      )}
    </>
  );
}
