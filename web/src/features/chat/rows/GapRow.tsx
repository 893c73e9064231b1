import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useRef } from 'react';
import { Button } from '#/ui';
import styles from './Rows.module.css';

/** Messages that were missed while away: fetched when they come into view, or by the button. */
export function GapRow({ load }: { load: () => void }) {
  const { t } = useLingui();
  const place = useRef<HTMLDivElement>(null);
  const seen = useEffectEvent(() => load());
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && seen());
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} className={styles.gap}>
      <Button variant="ghost" size="s" onClick={load}>
        {t`Load the messages between`}
      </Button>
    </div>
  );
}
