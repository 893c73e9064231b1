import { useLingui } from '@lingui/react/macro';
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from './Button';
import { Layer } from './layers/Layer';
import styles from './Toasts.module.css';
import { dismissToast, type ToastEntry, useToasts } from './toast';

const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleAlert };
const life = 6000;

function Toast({ entry, paused }: { entry: ToastEntry; paused: boolean }) {
  const { t } = useLingui();
  const kind = entry.kind ?? 'info';
  const Icon = icons[kind];
  const stays = kind === 'error' || paused;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => dismissToast(entry.id), life);
    return () => clearTimeout(timer);
  }, [stays, entry.id]);
  return (
    <li className={styles.toast} data-kind={kind}>
      <Icon size={18} aria-hidden className={styles.icon} />
      <div className={styles.text} role={kind === 'error' ? 'alert' : 'status'}>
        {entry.text}
      </div>
      {entry.undo && (
        <Button
          size="s"
          onClick={() => {
            entry.undo?.();
            dismissToast(entry.id);
          }}
        >
          {t`Undo`}
        </Button>
      )}
      {entry.action && (
        <Button
          size="s"
          onClick={() => {
            entry.action?.run();
            dismissToast(entry.id);
          }}
        >
          {entry.action.label}
        </Button>
      )}
      <IconButton size="s" label={t`Dismiss`} icon={<X size={16} />} onClick={() => dismissToast(entry.id)} />
    </li>
  );
}

export function Toasts() {
  const { t } = useLingui();
  const list = useToasts((state) => state.list);
  const [paused, setPaused] = useState(false);
  return (
    <Layer kind="toast">
      <section
        aria-label={t`Notices`}
        className={styles.region}
        hidden={list.length === 0}
        onPointerEnter={() => setPaused(true)}
        onPointerLeave={() => setPaused(false)}
        onFocus={() => setPaused(true)}
        onBlur={() => setPaused(false)}
      >
        <ol className={styles.list}>
          {list.map((entry) => (
            <Toast key={entry.id} entry={entry} paused={paused} />
          ))}
        </ol>
      </section>
    </Layer>
  );
}
