import { Trans, useLingui } from '@lingui/react/macro';
import { type MouseEvent, useEffect } from 'react';
import type { Message } from '#/api/types';
import { openProfile } from '#/app/layout';
import { useNick } from '#/features/people/names';
import { memberAvatarUrl } from '#/model/media';
import { entity, needMembers, useEntity, useList } from '#/store';
import { Avatar, Pill, usePreferences, useReadable } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import styles from './Author.module.css';

interface Props {
  message: Message;
  guildId?: string;
  className?: string;
}

const isWebhook = (message: Message) => Boolean(message.webhook_id);

/** The colour of a member's highest coloured role. */
export function useNameColor(guildId: string | undefined, userId: string): string | undefined {
  const roles = useList('roles', guildId);
  const own = useEntity('members', guildId ? `${guildId}:${userId}` : undefined, (member) => member?.roles);
  const colored = own && roles.find((id) => own.includes(id) && entity('roles', id)?.color);
  return useReadable(colored ? entity('roles', colored)?.color : undefined);
}

export function AuthorName({ message, guildId }: Props) {
  const { t } = useLingui();
  const { author } = message;
  const key = guildId && !isWebhook(message) ? `${guildId}:${author.id}` : undefined;
  const nick = useNick(isWebhook(message) ? undefined : author.id, guildId, message.channel_id);
  const known = useEntity('members', key, (member) => member !== undefined);
  const user = useEntity('users', isWebhook(message) ? undefined : author.id) ?? author;
  const shown = usePreferences((p) => p.roleColors);
  const color = useNameColor(guildId, author.id);
  useEffect(() => {
    if (guildId && key && !known) needMembers(guildId, [author.id]);
  }, [guildId, key, known, author.id]);
  const name = nick || user.global_name || user.username;
  const open = (event: MouseEvent<HTMLElement>) => openProfile(author.id, event.currentTarget, guildId);
  return (
    <span className={styles.who}>
      {shown === 'dot' && color ? (
        <span className={styles.dot} style={{ background: color }} aria-hidden />
      ) : null}
      {isWebhook(message) ? (
        <bdi className={cx(styles.name, looks.truncated)}>{name}</bdi>
      ) : (
        <button
          type="button"
          className={cx(styles.name, looks.truncated)}
          style={shown === 'name' && color ? { color } : undefined}
          title={name}
          data-user={author.id}
          onClick={open}
        >
          <bdi>{name}</bdi>
        </button>
      )}
      {isWebhook(message) ? (
        <Pill className={styles.tag}>{t`Webhook`}</Pill>
      ) : author.system ? (
        <Pill className={styles.tag}>{t`System`}</Pill>
      ) : author.bot ? (
        <Pill className={styles.tag}>
          <Trans>Bot</Trans>
        </Pill>
      ) : null}
    </span>
  );
}

export function AuthorAvatar({ message, guildId, className }: Props) {
  const { author } = message;
  const key = guildId && !isWebhook(message) ? `${guildId}:${author.id}` : undefined;
  const own = useEntity('members', key, (member) => member?.avatar);
  const user = useEntity('users', isWebhook(message) ? undefined : author.id) ?? author;
  const size = usePreferences((p) => (p.density === 'cosy' ? 32 : 40));
  const src = guildId && own ? memberAvatarUrl(guildId, author.id, own, size) : undefined;
  const picture = <Avatar user={user} size={size} src={src} />;
  if (isWebhook(message)) return <span className={className}>{picture}</span>;
  return (
    <button
      type="button"
      className={`${styles.avatar} ${className ?? ''}`}
      tabIndex={-1}
      aria-hidden
      data-user={author.id}
      onClick={(event) => openProfile(author.id, event.currentTarget, guildId)}
    >
      {picture}
    </button>
  );
}
