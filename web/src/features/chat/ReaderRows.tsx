// The conversation for people who listen to it (reader mode): every loaded row is in the page, in reading order, with
// nothing that only pointing shows, and more is loaded by buttons instead of by scrolling.
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type Timeline as Data, reading } from '#/store';
import { announce, Button, isCovered, onLayers, toast } from '#/ui';
import { rowKeys } from './keys';
import { tellLoaded } from './loaded';
import styles from './Reader.module.css';
import { NewMessagesBar, PresentButton } from './rows/Bars';
import { RowView } from './rows/RowView';
import { isLeft } from './scroll';
import { flashRow, offer, setActive } from './state';

const AT_END = 24;

const rowIn = (scroller: RefObject<HTMLElement | null>, id: string) =>
  scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`) ?? null;

interface Props {
  channelId: string;
  guildId?: string;
  messageId?: string;
  onReached: () => void;
  timeline: Data;
}

export default function ReaderRows({ channelId, guildId, messageId, onReached, timeline }: Props) {
  const { t } = useLingui();
  const rows = timeline.items.filter((row) => row.kind !== 'skeleton');
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const wanted = useRef<string | null>(null);
  const [away, setAway] = useState(false);

  const tell = useEffectEvent(() => {
    const at = scroller.current;
    if (!at) return;
    atEnd.current = at.scrollHeight - at.clientHeight - at.scrollTop <= AT_END;
    setAway(!atEnd.current || timeline.newer);
    if (isLeft(channelId)) return;
    reading(channelId, {
      atEnd: timeline.live && atEnd.current,
      covered: isCovered() || !document.hasFocus() || document.hidden,
    });
  });

  /** Goes to the row that was asked for, once it is in the page. */
  const arrive = useEffectEvent(() => {
    const row = wanted.current ? rowIn(scroller, wanted.current) : null;
    if (!row) return;
    setActive(channelId, wanted.current ?? '');
    wanted.current = null;
    row.scrollIntoView({ block: 'center' });
    row.focus({ preventScroll: true });
  });

  const jump = useEffectEvent(async (id: string) => {
    wanted.current = id;
    if (!rowIn(scroller, id) && !(await timeline.jump(id))) {
      wanted.current = null;
      toast({ kind: 'error', text: t`That message is no longer there.` });
      return;
    }
    flashRow(id);
    requestAnimationFrame(() => arrive());
  });

  const toPresent = useEffectEvent(() => {
    if (!timeline.live) timeline.toPresent();
    requestAnimationFrame(() => scroller.current?.scrollTo({ top: scroller.current.scrollHeight }));
  });

  // What is at the end stays at the end; elsewhere the browser keeps the place.
  const stay = useEffectEvent(() => {
    const at = scroller.current;
    if (at && atEnd.current && !timeline.newer) at.scrollTop = at.scrollHeight;
  });
  useLayoutEffect(() => stay());
  useEffect(() => {
    const observer = new ResizeObserver(() => stay());
    if (scroller.current?.firstElementChild) observer.observe(scroller.current.firstElementChild);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    arrive();
    tell();
  });
  useEffect(() => tellLoaded(channelId, timeline.items), [channelId, timeline.items]);
  useEffect(() => () => tellLoaded(channelId, null), [channelId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a message is jumped to once, when the address names it
  useEffect(() => {
    if (messageId) void jump(messageId).then(() => onReached());
  }, [messageId]);

  useEffect(
    () =>
      offer(channelId, {
        jump: (id) => void jump(id),
        toPresent: () => toPresent(),
        reveal: (id) => rowIn(scroller, id)?.scrollIntoView({ block: 'nearest' }),
        focusTimeline: () =>
          [...(scroller.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].at(-1)?.focus(),
      }),
    [channelId],
  );

  useEffect(() => {
    const change = () => tell();
    const stop = onLayers(change);
    const at = scroller.current;
    at?.addEventListener('scroll', change, { passive: true });
    addEventListener('focus', change);
    addEventListener('blur', change);
    document.addEventListener('visibilitychange', change);
    return () => {
      stop();
      at?.removeEventListener('scroll', change);
      removeEventListener('focus', change);
      removeEventListener('blur', change);
      document.removeEventListener('visibilitychange', change);
      reading(channelId, null);
    };
  }, [channelId]);

  // How many a button brought is said; the focus stays on the button.
  const count = rows.filter((row) => row.kind === 'message').length;
  const asked = useRef<number | null>(null);
  useEffect(() => {
    if (asked.current === null || timeline.loading) return;
    const more = count - asked.current;
    asked.current = null;
    if (more > 0) announce(plural(more, { one: '# message loaded', other: '# messages loaded' }));
  }, [count, timeline.loading]);
  const load = (more: () => void) => {
    asked.current = count;
    more();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) =>
    rowKeys(event, {
      channelId,
      rows,
      scrollTo: () => {},
      loadOlder: () => timeline.older && load(timeline.loadOlder),
      toPresent: () => toPresent(),
      jumpToUnread: () => timeline.unreadFrom && void jump(timeline.unreadFrom),
    });

  const more = (edge: 'older' | 'newer') => (
    <div className={styles.more}>
      <Button
        busy={timeline.loading === edge}
        onClick={() => load(edge === 'older' ? timeline.loadOlder : timeline.loadNewer)}
      >
        {edge === 'older' ? <Trans>Load older messages</Trans> : <Trans>Load newer messages</Trans>}
      </Button>
    </div>
  );
  const label = t`Messages`;
  return (
    <section className={styles.pane} aria-label={label} data-region="messages" data-reader>
      <NewMessagesBar channelId={channelId} timeline={timeline} jump={(id) => void jump(id)} />
      <div ref={scroller} className={styles.scroller}>
        <div className={styles.all}>
          {timeline.older ? more('older') : null}
          {/* biome-ignore lint/a11y/useSemanticElements: the rows are drawn as everywhere else */}
          <div role="list" aria-label={label} onKeyDown={onKeyDown}>
            {rows.map((row) => (
              // biome-ignore lint/a11y/useSemanticElements: see above
              <div key={row.key} role="listitem" className={styles.item}>
                <RowView row={row} channelId={channelId} guildId={guildId} timeline={timeline} />
              </div>
            ))}
          </div>
          {timeline.newer ? more('newer') : null}
        </div>
      </div>
      {away ? <PresentButton timeline={timeline} onClick={() => toPresent()} /> : null}
    </section>
  );
}
