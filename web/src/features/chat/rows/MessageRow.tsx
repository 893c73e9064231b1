import { Trans, useLingui } from '@lingui/react/macro';
import { type FocusEvent, lazy, type MouseEvent, memo, Suspense, useState } from 'react';
import type { Message } from '#/api/types';
import { useNick } from '#/features/people/names';
import { formatCalendar, formatExact, formatTime, useMinute } from '#/i18n';
import { Markdown } from '#/markdown';
import { useEntity, useMe, useSettings } from '#/store';
import { cx, usePreferences } from '#/ui';
import { later } from '#/ui/later';
import { rightsOn, SUPPRESS_EMBEDS } from '../actions';
import { loadedMessages } from '../loaded';
import { mentionsMe } from '../mentions';
import { select, selectTo, setActive, useChat } from '../state';
import { summary } from '../text';
import { AuthorAvatar, AuthorName } from './Author';
import styles from './MessageRow.module.css';
import { Reactions } from './Reactions';
import { ReplySnippet } from './ReplySnippet';

const Attachments = later(() => import('../media/Attachments').then((part) => part.Attachments));
const Embeds = later(() => import('../media/Embeds').then((part) => part.Embeds));
const Snapshot = later(() => import('../media/Snapshot').then((part) => part.Snapshot));
const Stickers = later(() => import('../media/Stickers').then((part) => part.Stickers));
const Toolbar = later(() => import('./Toolbar').then((part) => part.Toolbar));
const EditBox = lazy(() => import('../composer/EditBox'));
const OwnLinks = lazy(() => import('../media/OwnLinks'));
/** Perhaps a link of this instance that has a card. */
const ownLink = /\/(?:theme|invite)\/[\w-]/;
const RowActions = lazy(() => import('./RowActions'));

interface Props {
  message: Message;
  continued: boolean;
  guildId?: string;
}

export const MessageRow = memo(function MessageRow({ message, continued, guildId }: Props) {
  const { t } = useLingui();
  const channelId = message.channel_id;
  const me = useMe();
  const compact = usePreferences((p) => p.density === 'compact');
  const previews = useSettings()?.render_embeds !== false;
  const reader = usePreferences((p) => p.readerMode);
  const [near, setNear] = useState(false);
  const editing = useChat((chat) => chat.editing[channelId] === message.id);
  const flash = useChat((chat) => chat.flash === message.id);
  const active = useChat((chat) => chat.active[channelId] === message.id);
  const chosen = useChat((chat) => chat.selected[channelId]?.includes(message.id) ?? false);
  const myRoles = useEntity(
    'members',
    guildId && me ? `${guildId}:${me.id}` : undefined,
    (member) => member?.roles,
  );
  const nick = useNick(message.author.id, guildId, channelId);
  const name = nick || message.author.global_name || message.author.username;
  const time = formatTime(message.timestamp);
  const says = t`${name}, ${time}: ${summary(message)}`;
  const replies = message.type === 19;
  const blur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setNear(false);
  };
  const choose = (event: MouseEvent) => {
    const choosing = useChat.getState().selected[channelId] !== undefined;
    if (!choosing && !(event.shiftKey && !window.getSelection()?.toString() && rightsOn(message).manage))
      return;
    if ((event.target as HTMLElement).closest('a, button, input, textarea')) return;
    if (!event.shiftKey) return select(channelId, message.id);
    window.getSelection()?.removeAllRanges();
    selectTo(channelId, message.id, loadedMessages(channelId));
  };
  const openContext = async (event: MouseEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    // A selection keeps the browser's own menu, as does a field.
    if (window.getSelection()?.toString() || target.closest('textarea')) return;
    event.preventDefault();
    const at = event.clientX || event.clientY ? { x: event.clientX, y: event.clientY } : event.currentTarget;
    const { openMessageMenu } = await import('../menu');
    openMessageMenu(at, message, target);
  };
  const body = (
    <>
      {editing ? (
        <Suspense fallback={null}>
          <EditBox message={message} />
        </Suspense>
      ) : message.content ? (
        <div className={styles.text}>
          <Markdown
            text={message.content}
            channelId={channelId}
            guildId={guildId}
            jumbo={!compact}
            after={message.edited_timestamp ? <Edited at={message.edited_timestamp} /> : undefined}
          />
        </div>
      ) : null}
      {message.message_snapshots?.map((snapshot) => (
        <Snapshot key={snapshot.timestamp} snapshot={snapshot} message={message} />
      ))}
      {message.attachments?.length ? <Attachments message={message} /> : null}
      {message.stickers?.length ? <Stickers stickers={message.stickers} /> : null}
      {message.embeds?.length && !(message.flags & SUPPRESS_EMBEDS) ? (
        <Embeds embeds={message.embeds} message={message} guildId={guildId} />
      ) : null}
      {previews && ownLink.test(message.content) && !(message.flags & SUPPRESS_EMBEDS) ? (
        <Suspense fallback={null}>
          <OwnLinks text={message.content} />
        </Suspense>
      ) : null}
      {message.reactions?.length ? <Reactions message={message} /> : null}
    </>
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys of a row are handled by the list
    <article
      className={cx(
        styles.row,
        continued && !replies && styles.continued,
        mentionsMe(message, me?.id, myRoles) && styles.mentioned,
        flash && styles.flash,
        chosen && styles.chosen,
        editing && styles.editing,
      )}
      data-row={message.id}
      tabIndex={active ? 0 : -1}
      aria-label={chosen ? t`Selected: ${says}` : says}
      onPointerEnter={(event) => event.pointerType === 'mouse' && setNear(true)}
      onPointerLeave={() => setNear(false)}
      onFocus={() => {
        setNear(true);
        setActive(channelId, message.id);
      }}
      onBlur={blur}
      onClick={choose}
      onContextMenu={openContext}
    >
      {replies ? <ReplySnippet message={message} guildId={guildId} /> : null}
      {continued && !replies ? (
        <time
          className={styles.gutterTime}
          dateTime={message.timestamp}
          title={formatExact(message.timestamp)}
        >
          {time}
        </time>
      ) : (
        <>
          <AuthorAvatar message={message} guildId={guildId} className={styles.avatar} />
          <header className={styles.head}>
            <AuthorName message={message} guildId={guildId} />
            <When at={message.timestamp} />
          </header>
        </>
      )}
      <div className={styles.body}>{body}</div>
      {reader && !editing ? (
        <Suspense fallback={null}>
          <RowActions message={message} name={name} />
        </Suspense>
      ) : near && !editing ? (
        <Toolbar message={message} />
      ) : null}
    </article>
  );
});

function When({ at }: { at: string }) {
  const now = useMinute();
  return (
    <time className={styles.time} dateTime={at} title={formatExact(at)}>
      <span className={styles.long}>{formatCalendar(at, now)}</span>
      <span className={styles.short}>{formatTime(at)}</span>
    </time>
  );
}

function Edited({ at }: { at: string }) {
  return (
    <time className={styles.edited} dateTime={at} title={formatExact(at)}>
      {' '}
      <Trans>(edited)</Trans>
    </time>
  );
}
