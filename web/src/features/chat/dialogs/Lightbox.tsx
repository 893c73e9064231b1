import { useLingui } from '@lingui/react/macro';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import ExternalLink from 'lucide-react/icons/external-link';
import Link from 'lucide-react/icons/link';
import LocateFixed from 'lucide-react/icons/locate-fixed';
import X from 'lucide-react/icons/x';
import ZoomIn from 'lucide-react/icons/zoom-in';
import ZoomOut from 'lucide-react/icons/zoom-out';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState, type WheelEvent } from 'react';
import { proxied } from '#/model/media';
import { cx, IconButton, Layer } from '#/ui';
import { copyUrl } from '../actions';
import { type LightboxItem, pane } from '../state';
import styles from './Dialogs.module.css';

const icon = { size: 20, strokeWidth: 1.75 } as const;
const LARGEST = 6;

interface Props {
  items: LightboxItem[];
  start: number;
  onClose: () => void;
}

/** The pictures of a channel, one at a time, as large as the window. */
export function Lightbox({ items, start, onClose }: Props) {
  const { t } = useLingui();
  const [index, setIndex] = useState(start);
  const [view, setView] = useState({ zoom: 1, x: 0, y: 0 });
  const grabbed = useRef<{ x: number; y: number } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const item = items[index];
  if (!item) return null;
  const go = (by: number) => {
    const next = index + by;
    if (next < 0 || next >= items.length) return;
    setIndex(next);
    setView({ zoom: 1, x: 0, y: 0 });
  };
  const zoom = (by: number) =>
    setView((now) => {
      const next = Math.max(1, Math.min(LARGEST, now.zoom * by));
      return next === 1 ? { zoom: 1, x: 0, y: 0 } : { ...now, zoom: next };
    });
  const onKeyDown = (event: KeyboardEvent) => {
    const toEnd = document.documentElement.dir === 'rtl' ? -1 : 1;
    const keys: Record<string, (() => void) | undefined> = {
      ArrowLeft: () => go(-toEnd),
      ArrowRight: () => go(toEnd),
      '+': () => zoom(1.4),
      '=': () => zoom(1.4),
      '-': () => zoom(1 / 1.4),
      '0': () => setView({ zoom: 1, x: 0, y: 0 }),
    };
    const act = item.video && event.key.startsWith('Arrow') ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = grabbed.current;
    if (!from) return;
    setView((now) => ({ ...now, x: event.clientX - from.x, y: event.clientY - from.y }));
  };
  const position = `${index + 1} / ${items.length}`;
  return (
    <Layer kind="lightbox" modal onClose={onClose}>
      <div
        ref={box}
        className={styles.lightbox}
        role="dialog"
        aria-modal="true"
        aria-label={item.alt ? t`Picture: ${item.alt}` : t`Picture`}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <div className={styles.bar}>
          <span>{items.length > 1 ? position : ''}</span>
          {item.video ? null : (
            <>
              <IconButton label={t`Smaller`} icon={<ZoomOut {...icon} />} onClick={() => zoom(1 / 1.4)} />
              <IconButton label={t`Larger`} icon={<ZoomIn {...icon} />} onClick={() => zoom(1.4)} />
            </>
          )}
          <IconButton
            label={t`Go to the message`}
            icon={<LocateFixed {...icon} />}
            onClick={() => {
              onClose();
              pane(item.channelId).jump?.(item.messageId);
            }}
          />
          <IconButton label={t`Copy address`} icon={<Link {...icon} />} onClick={() => copyUrl(item.url)} />
          <IconButton
            label={t`Open in a new tab`}
            icon={<ExternalLink {...icon} />}
            onClick={() => window.open(item.url, '_blank', 'noopener,noreferrer')}
          />
          <IconButton label={t`Close`} icon={<X {...icon} />} onClick={onClose} />
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a click beside the picture closes, as Esc does */}
        <div
          className={styles.stage}
          data-zoomed={view.zoom > 1 || undefined}
          onWheel={(event: WheelEvent) => !item.video && zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15)}
          onClick={(event) => event.target === event.currentTarget && onClose()}
          onKeyDown={() => undefined}
          onPointerMove={onPointerMove}
          onPointerUp={() => {
            grabbed.current = null;
          }}
        >
          {item.video ? (
            // biome-ignore lint/a11y/useMediaCaption: people's own films have none
            <video key={item.url} src={item.url} controls autoPlay playsInline />
          ) : (
            // biome-ignore lint/a11y/useKeyWithClickEvents: plus and minus do the same
            <img
              key={item.url}
              src={proxied(item.proxyUrl, { width: Math.min(item.width ?? 4096, window.innerWidth) })}
              alt={item.alt}
              draggable={false}
              style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})` }}
              onClick={() => view.zoom === 1 && zoom(2)}
              onPointerDown={(event) => {
                if (view.zoom === 1) return;
                event.currentTarget.setPointerCapture(event.pointerId);
                grabbed.current = { x: event.clientX - view.x, y: event.clientY - view.y };
              }}
            />
          )}
          {index > 0 ? (
            <IconButton
              size="l"
              className={styles.previous}
              label={t`Previous picture`}
              icon={<ChevronLeft {...icon} className="mirrored" />}
              onClick={() => go(-1)}
            />
          ) : null}
          {index < items.length - 1 ? (
            <IconButton
              size="l"
              className={cx(styles.next)}
              label={t`Next picture`}
              icon={<ChevronRight {...icon} className="mirrored" />}
              onClick={() => go(1)}
            />
          ) : null}
        </div>
        <p className={styles.caption} dir="auto">
          {item.alt}
        </p>
      </div>
    </Layer>
  );
}
