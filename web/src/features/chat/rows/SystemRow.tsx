import { Trans, useLingui } from '@lingui/react/macro';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';
import ImageIcon from 'lucide-react/icons/image';
import Pencil from 'lucide-react/icons/pencil';
import Phone from 'lucide-react/icons/phone';
import Pin from 'lucide-react/icons/pin';
import { memo, type ReactNode } from 'react';
import type { Message, User } from '#/api/types';
import { openPanel, openProfile } from '#/app/layout';
import { formatCalendar, formatExact, formatTime, formatUnit, useMinute } from '#/i18n';
import { useEntity } from '#/store';
import { LinkButton } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import { pane, setActive, useChat } from '../state';
import { Reactions } from './Reactions';
import styles from './Rows.module.css';

const icons = {
  1: ArrowRight,
  2: ArrowLeft,
  3: Phone,
  4: Pencil,
  5: ImageIcon,
  6: Pin,
  7: ArrowRight,
} as const;

function Person({ user, guildId }: { user: User; guildId?: string }) {
  const nick = useEntity('members', guildId ? `${guildId}:${user.id}` : undefined, (member) => member?.nick);
  return (
    <button
      type="button"
      className={cx(styles.person, looks.truncated)}
      data-user={user.id}
      onClick={(event) => openProfile(user.id, event.currentTarget, guildId)}
    >
      <bdi>{nick || user.global_name || user.username}</bdi>
    </button>
  );
}

export const SystemRow = memo(function SystemRow({
  message,
  guildId,
}: {
  message: Message;
  guildId?: string;
}) {
  const { t } = useLingui();
  const now = useMinute();
  const active = useChat((chat) => chat.active[message.channel_id] === message.id);
  const Icon = icons[message.type as keyof typeof icons];
  const name = message.author.global_name || message.author.username;
  return (
    <article
      className={styles.system}
      data-row={message.id}
      tabIndex={active ? 0 : -1}
      aria-label={t`${name}, ${formatTime(message.timestamp)}`}
      onFocus={() => setActive(message.channel_id, message.id)}
      onContextMenu={async (event) => {
        event.preventDefault();
        const at =
          event.clientX || event.clientY ? { x: event.clientX, y: event.clientY } : event.currentTarget;
        const { openMessageMenu } = await import('../menu');
        openMessageMenu(at, message);
      }}
    >
      <span className={styles.systemIcon}>
        {Icon ? <Icon size={16} strokeWidth={1.75} aria-hidden /> : null}
      </span>
      <span className={styles.systemText}>
        <Sentence message={message} guildId={guildId} />{' '}
        <time dateTime={message.timestamp} title={formatExact(message.timestamp)}>
          {formatCalendar(message.timestamp, now)}
        </time>
      </span>
      {message.reactions?.length ? <Reactions message={message} /> : null}
    </article>
  );
});

function Sentence({ message, guildId }: { message: Message; guildId?: string }): ReactNode {
  const actor = <Person user={message.author} guildId={guildId} />;
  const first = message.mentions?.[0];
  const target = first ? <Person user={first} guildId={guildId} /> : null;
  switch (message.type) {
    case 1:
      return (
        <Trans>
          {actor} added {target} to the group.
        </Trans>
      );
    case 2:
      if (!first || first.id === message.author.id) return <Trans>{actor} left the group.</Trans>;
      return (
        <Trans>
          {actor} removed {target} from the group.
        </Trans>
      );
    case 3:
      return <CallSentence message={message} actor={actor} />;
    case 4: {
      const name = <bdi>{message.content}</bdi>;
      if (!message.content) return <Trans>{actor} removed the name of the group.</Trans>;
      return (
        <Trans>
          {actor} named the group {name}.
        </Trans>
      );
    }
    case 5:
      return <Trans>{actor} changed the picture of the group.</Trans>;
    case 6: {
      const id = message.message_reference?.message_id;
      const what = (
        <LinkButton onClick={() => id && pane(message.channel_id).jump?.(id)}>
          <Trans>a message</Trans>
        </LinkButton>
      );
      const all = (
        <LinkButton onClick={() => openPanel('pins')}>
          <Trans>all pinned messages</Trans>
        </LinkButton>
      );
      return (
        <Trans>
          {actor} pinned {what}. See {all}.
        </Trans>
      );
    }
    case 7:
      return <Trans>{actor} joined. Say hello!</Trans>;
    default:
      return <Trans>{actor} did something this version does not know.</Trans>;
  }
}

function CallSentence({ message, actor }: { message: Message; actor: ReactNode }) {
  const ended = message.call?.ended_timestamp;
  if (!ended) return <Trans>{actor} started a call.</Trans>;
  const minutes = Math.round((Date.parse(ended) - Date.parse(message.timestamp)) / 60_000);
  const length =
    minutes < 1
      ? formatUnit(1, 'minute')
      : minutes < 90
        ? formatUnit(minutes, 'minute')
        : formatUnit(Math.round(minutes / 60), 'hour');
  return (
    <Trans>
      {actor} started a call that lasted {length}.
    </Trans>
  );
}
