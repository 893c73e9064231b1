import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import SmilePlus from 'lucide-react/icons/smile-plus';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Message, Reaction, User } from '#/api/types';
import { emojiLabel } from '#/features/emoji/data';
import { formatCompact, formatList } from '#/i18n';
import { emojiUrl } from '#/model/media';
import { useSettings } from '#/store';
import { IconButton } from '#/ui';
import { pickReaction, rightsOn, toggleReaction } from '../actions';
import { openOverlay } from '../state';
import styles from './Reactions.module.css';

export function Reactions({ message }: { message: Message }) {
  const { t } = useLingui();
  if (useSettings()?.render_reactions === false) return null;
  return (
    <div className={styles.reactions}>
      {message.reactions?.map((reaction) => (
        <ReactionButton
          key={reaction.emoji.id ?? reaction.emoji.name}
          reaction={reaction}
          message={message}
        />
      ))}
      {rightsOn(message).react ? (
        <IconButton
          size="s"
          className={styles.add}
          label={t`Add reaction`}
          icon={<SmilePlus size={18} strokeWidth={1.75} />}
          onClick={(event) => pickReaction(message, event.currentTarget)}
        />
      ) : null}
    </div>
  );
}

/** The parts of a reaction's address, which the document of operations names wrongly. */
export const reactionOf = (message: Message, emoji: Reaction['emoji']) => ({
  channel_id: message.channel_id,
  message_id: message.id,
  emoji: reactionPath(emoji),
});

const reactionPath = (emoji: Reaction['emoji']): string =>
  emoji.id ? `${emoji.name}:${emoji.id}` : emoji.name;

function ReactionButton({ reaction, message }: { reaction: Reaction; message: Message }) {
  const { t } = useLingui();
  const [people, setPeople] = useState<{ count: number; users: User[] } | null>(null);
  const { emoji, count } = reaction;
  const mine = reaction.me === true;
  const name = emoji.id ? `:${emoji.name}:` : (emojiLabel(emoji.name) ?? emoji.name);
  const look = async () => {
    if (people?.count === count) return;
    try {
      const users = await api('GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji}', {
        path: reactionOf(message, emoji) as never,
        query: { limit: 4 },
        background: true,
      });
      setPeople({ count, users });
    } catch {
      // Then nobody is named; the dialog tells of the error.
    }
  };
  const names = people?.users.slice(0, 3).map((user) => user.global_name || user.username) ?? [];
  const others = count - names.length;
  const who =
    names.length === 0
      ? name
      : others > 0
        ? t`${name}: ${formatList(names)} and ${plural(others, { one: '# more', other: '# more' })}`
        : `${name}: ${formatList(names)}`;
  return (
    <button
      type="button"
      className={styles.reaction}
      aria-pressed={mine}
      aria-label={mine ? t`${name}, ${count}, yours` : t`${name}, ${count}`}
      data-tooltip={who}
      onPointerEnter={look}
      onFocus={look}
      onClick={() => toggleReaction(message, emoji)}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
        openOverlay({ kind: 'reactions', message });
      }}
    >
      {emoji.id ? (
        <img
          src={emojiUrl(emoji.id, emoji.animated === true, 20)}
          alt=""
          width={18}
          height={18}
          loading="lazy"
        />
      ) : (
        <span className={styles.emoji} aria-hidden>
          {emoji.name}
        </span>
      )}
      <span className={styles.count}>{formatCompact(count)}</span>
    </button>
  );
}
