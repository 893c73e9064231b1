import { useLingui } from '@lingui/react/macro';
import Compass from 'lucide-react/icons/compass';
import Hash from 'lucide-react/icons/hash';
import { type CSSProperties, type MouseEvent, use } from 'react';
import { goTo, openProfile } from '#/app/layout';
import { channelPath } from '#/app/links';
import { useNick } from '#/features/people/names';
import { useChannel, useEntity } from '#/store';
import { RenderContext } from './context';
import styles from './markdown.module.css';

/** What somebody is called where the text stands: nickname, display name, name. */
export function useName(userId: string, guildId?: string, channelId?: string): string | undefined {
  const nick = useNick(userId, guildId, channelId);
  const name = useEntity('users', userId, (user) => user?.global_name || user?.username);
  return nick || name;
}

export function UserMention({ id }: { id: string }) {
  const { context, guildId, channelId } = use(RenderContext);
  const { t } = useLingui();
  const name = useName(id, guildId, channelId) ?? t`unknown person`;
  const label = <bdi>@{name}</bdi>;
  if (context === 'snippet') return <span className={styles.mention}>{label}</span>;
  return (
    <button
      type="button"
      className={styles.mention}
      data-user={id}
      onClick={(event) => openProfile(id, event.currentTarget, guildId)}
    >
      {label}
    </button>
  );
}

export function RoleMention({ id }: { id: string }) {
  const { t } = useLingui();
  const role = useEntity('roles', id);
  const color = role?.color ? `#${role.color.toString(16).padStart(6, '0')}` : undefined;
  return (
    <span
      className={color ? styles.roleMention : styles.mention}
      style={color ? ({ '--role': color } as CSSProperties) : undefined}
    >
      <bdi>@{role?.name ?? t`unknown role`}</bdi>
    </span>
  );
}

export function ChannelMention({ id }: { id: string }) {
  const { t } = useLingui();
  const { context } = use(RenderContext);
  const channel = useChannel(id);
  if (!channel) return <span className={styles.pill}>#{t`unknown`}</span>;
  const label = (
    <>
      <Hash size={14} strokeWidth={2} aria-hidden />
      <bdi>{channel.name}</bdi>
    </>
  );
  if (context === 'snippet') return <span className={styles.pill}>{label}</span>;
  return (
    <InnerLink path={channelPath(channel.guild_id, id)} className={styles.pill}>
      {label}
    </InnerLink>
  );
}

interface InnerLinkProps {
  path: string;
  className?: string;
  children: React.ReactNode;
}

/** A link within the client: the page stays, and the browser's own ways of opening one work. */
export function InnerLink({ path, className, children }: InnerLinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(path);
  };
  return (
    <a href={path} className={className} onClick={follow}>
      {children}
    </a>
  );
}

export function GroupMention({ name }: { name: 'everyone' | 'here' }) {
  return <span className={styles.mention}>@{name}</span>;
}

export function GuidePill({ page }: { page: string }) {
  const { t } = useLingui();
  const names: Record<string, string> = {
    browse: t`Browse channels`,
    guide: t`Guide`,
    customize: t`Channels and roles`,
    'linked-roles': t`Linked roles`,
  };
  return (
    <span className={styles.pill}>
      <Compass size={14} strokeWidth={2} aria-hidden />
      {names[page]}
    </span>
  );
}
