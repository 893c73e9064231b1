import { useLingui } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  lazy,
  Suspense,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type Timeline as Data, reading, useTimeline } from '#/store';
import { announce, isCovered, onLayers, toast, usePreferences } from '#/ui';
import { firstViewStands } from '#/ui/later';
import { rowKeys } from './keys';
import { tellLoaded } from './loaded';
import { NewMessagesBar, PresentButton } from './rows/Bars';
import { RowView } from './rows/RowView';
import { FirstSkeleton, LoadError, SkeletonRows } from './rows/Skeletons';
import { guess, isLeft, keepPlace, placeOf } from './scroll';
import { flashRow, offer, setActive, useChat } from './state';
import styles from './Timeline.module.css';

const ReaderRows = lazy(() => import('./ReaderRows'));

/** Space above and below the loaded rows where skeletons are drawn while more may be loaded. */
const EDGE = 480;
const AT_END = 24;
const HELD = 1600;

interface Props {
  channelId: string;
  guildId?: string;
  messageId?: string;
  onReached: () => void;
}

/** Messages, oldest on top. Whatever comes, goes or grows, what is being read does not move. */
export function Timeline(props: Props) {
  const { t } = useLingui();
  const timeline = useTimeline(props.channelId);
  const reader = usePreferences((p) => p.readerMode);
  if (timeline.items.some((row) => row.kind !== 'skeleton'))
    return reader ? (
      <Suspense fallback={<FirstSkeleton />}>
        <ReaderRows {...props} timeline={timeline} />
      </Suspense>
    ) : (
      <Rows {...props} timeline={timeline} />
    );
  return (
    <section className={styles.pane} aria-label={t`Messages`} data-region="messages">
      {timeline.error ? <LoadError error={timeline.error} retry={timeline.retry} /> : <FirstSkeleton />}
    </section>
  );
}

function Rows({ channelId, guildId, messageId, onReached, timeline }: Props & { timeline: Data }) {
  'use no memo'; // The virtualiser is one object that changes within; the compiler would keep its first answer.
  const { t } = useLingui();
  const density = usePreferences((p) => p.density);
  const gap = usePreferences((p) => p.groupGap);
  const scroller = useRef<HTMLDivElement>(null);
  const [before] = useState(() => placeOf(channelId));
  const [width, setWidth] = useState(() => before?.width ?? 800);
  // The virtualiser lays everything out anew for another function of keys: when the rows change, or what they are
  // guessed by.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const [rows, keyAt] = useMemo(() => {
    const shown = timeline.items.filter((row) => row.kind !== 'skeleton');
    return [shown, (index: number) => shown[index]?.key ?? index] as const;
  }, [timeline.items, width, gap]);
  const stood = useRef({ height: 0, atEnd: true });
  const [away, setAway] = useState(Boolean(before?.anchor));
  const pin = useRef<{ key: string; offset: number; until: number } | null>(
    before?.anchor && !messageId ? { ...before.anchor, until: Date.now() + HELD } : null,
  );

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: keyAt,
    estimateSize: (index) => guess(rows[index], width, gap),
    initialMeasurementsCache: before?.width === width ? before.sizes : [],
    initialOffset: Number.MAX_SAFE_INTEGER,
    anchorTo: 'end',
    followOnAppend: timeline.live,
    scrollEndThreshold: AT_END,
    paddingStart: timeline.older ? EDGE : 16,
    paddingEnd: timeline.newer ? EDGE : 20,
    overscan: 12,
    onChange: () => moved(),
  });

  const indexOf = (key: string) =>
    rows.findIndex((row) => row.key === key || ('id' in row && row.id === key));

  /** Puts the pinned row where it belongs, as long as the heights around it are still being found out. */
  const hold = useEffectEvent(() => {
    const held = pin.current;
    if (!held) return;
    if (Date.now() > held.until) {
      pin.current = null;
      return;
    }
    const index = indexOf(held.key);
    const start = index < 0 ? undefined : virtualizer.getOffsetForIndex(index, 'start')?.[0];
    if (start === undefined) return;
    const wanted = Math.max(0, start + held.offset);
    if (Math.abs((virtualizer.scrollOffset ?? 0) - wanted) > 0.5) virtualizer.scrollToOffset(wanted);
  });

  const moved = useEffectEvent(() => {
    const element = scroller.current;
    if (!element || rows.length === 0) return;
    const offset = virtualizer.scrollOffset ?? 0;
    const room = 2 * element.clientHeight;
    const end = virtualizer.getTotalSize() - element.clientHeight - offset;
    // A keyboard that comes, or a longer draft, takes height away: the end that was seen stays in sight.
    const shrunk = element.clientHeight !== stood.current.height;
    if (shrunk && stood.current.atEnd && !pin.current && end > AT_END) {
      stood.current.height = element.clientHeight;
      virtualizer.scrollToEnd();
      return;
    }
    stood.current = { height: element.clientHeight, atEnd: end <= AT_END && !timeline.newer };
    if (!pin.current) {
      if (timeline.older && offset < room + EDGE && !timeline.loading) timeline.loadOlder();
      else if (timeline.newer && end < room + EDGE && !timeline.loading) timeline.loadNewer();
    }
    setAway(end > AT_END || timeline.newer);
    tell();
  });

  const tell = useEffectEvent(() => {
    if (isLeft(channelId)) return;
    reading(channelId, {
      atEnd: timeline.live && virtualizer.isAtEnd(AT_END),
      covered: isCovered() || !document.hasFocus() || document.hidden,
    });
  });

  const jump = useEffectEvent(async (id: string) => {
    if (indexOf(id) < 0 && !(await timeline.jump(id))) {
      toast({ kind: 'error', text: t`That message is no longer there.` });
      return;
    }
    const height = scroller.current?.clientHeight ?? 600;
    pin.current = { key: id, offset: -Math.round(height / 3), until: Date.now() + HELD };
    setActive(channelId, id);
    flashRow(id);
    hold();
    requestAnimationFrame(() => {
      hold();
      scroller.current
        ?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
        ?.focus({ preventScroll: true });
    });
  });

  const toPresent = () => {
    pin.current = null;
    if (!timeline.live) timeline.toPresent();
    requestAnimationFrame(() => virtualizer.scrollToEnd());
  };

  const present = useEffectEvent(() => toPresent());
  const show = useEffectEvent((id: string) => {
    const index = indexOf(id);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
  });

  useLayoutEffect(() => hold());
  // Everything changed in between is told once a frame is done.
  useEffect(() => moved());
  useEffect(() => firstViewStands(), []);
  useEffect(() => tellLoaded(channelId, timeline.items), [channelId, timeline.items]);
  useEffect(() => () => tellLoaded(channelId, null), [channelId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a message is jumped to once, when the address names it
  useEffect(() => {
    if (!messageId) return;
    void jump(messageId).then(() => onReached());
  }, [messageId]);

  useEffect(
    () =>
      offer(channelId, {
        jump: (id) => void jump(id),
        toPresent: () => present(),
        reveal: (id) => show(id),
        focusTimeline: () => focusRow(scroller.current, channelId),
      }),
    [channelId],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 800)));
    observer.observe(element);
    const release = () => {
      pin.current = null;
    };
    const options = { passive: true };
    for (const name of ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const)
      element.addEventListener(name, release, options);
    return () => {
      observer.disconnect();
      for (const name of ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const)
        element.removeEventListener(name, release);
    };
  }, []);

  useEffect(() => {
    const change = () => tell();
    const stop = onLayers(change);
    window.addEventListener('focus', change);
    window.addEventListener('blur', change);
    document.addEventListener('visibilitychange', change);
    return () => {
      stop();
      window.removeEventListener('focus', change);
      window.removeEventListener('blur', change);
      document.removeEventListener('visibilitychange', change);
      reading(channelId, null);
    };
  }, [channelId]);

  const leave = useEffectEvent(() => {
    const offset = virtualizer.scrollOffset ?? 0;
    const top = virtualizer.getVirtualItemForOffset(offset);
    const atEnd = virtualizer.isAtEnd(AT_END);
    keepPlace(channelId, {
      sizes: virtualizer.takeSnapshot(),
      width,
      ...(top && !atEnd ? { anchor: { key: String(top.key), offset: offset - top.start } } : {}),
    });
  });
  useLayoutEffect(() => () => leave(), []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) =>
    rowKeys(event, {
      channelId,
      rows,
      scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
      loadOlder: () => timeline.older && timeline.loadOlder(),
      toPresent,
      jumpToUnread: () => timeline.unreadFrom && void jump(timeline.unreadFrom),
    });

  const items = virtualizer.getVirtualItems();
  const label = t`Messages`;
  return (
    <section className={styles.pane} aria-label={label} data-region="messages">
      <NewMessagesBar channelId={channelId} timeline={timeline} jump={(id) => void jump(id)} />
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed absolutely, which lists of HTML forbid */}
      <div
        ref={scroller}
        className={styles.scroller}
        role="list"
        aria-label={label}
        onKeyDown={onKeyDown}
        data-density={density}
      >
        <div className={styles.bottom}>
          <div className={styles.all} style={{ blockSize: virtualizer.getTotalSize() }}>
            {timeline.older ? <SkeletonRows edge="start" height={EDGE} failed={edgeError(timeline)} /> : null}
            {items.map((item) => {
              const row = rows[item.index];
              if (!row) return null;
              return (
                // biome-ignore lint/a11y/useSemanticElements: see above
                <div
                  key={item.key}
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  role="listitem"
                  aria-setsize={-1}
                  className={styles.item}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <RowView row={row} channelId={channelId} guildId={guildId} timeline={timeline} />
                </div>
              );
            })}
            {timeline.newer ? <SkeletonRows edge="end" height={EDGE} failed={edgeError(timeline)} /> : null}
          </div>
        </div>
      </div>
      {away ? <PresentButton timeline={timeline} onClick={toPresent} /> : null}
    </section>
  );
}

const edgeError = (timeline: Data) => (timeline.error ? timeline.retry : undefined);

/** Focus goes to the row that has the tab stop, or to the newest. */
function focusRow(scroller: HTMLElement | null, channelId: string): void {
  const active = useChat.getState().active[channelId];
  const row =
    (active && scroller?.querySelector<HTMLElement>(`[data-row="${CSS.escape(active)}"]`)) ||
    [...(scroller?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].at(-1);
  if (row) row.focus();
  else announce('', 'polite');
}
