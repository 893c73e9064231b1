import { plural } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { Invite } from '#/api/types';
import { GuildIcon } from '#/app/rail/GuildIcon';
import { plainName } from '#/features/people/names';
import { formatRelative, useMinute } from '#/i18n';
import { Avatar } from '#/ui';
import css from './Community.module.css';

/** What an invite leads to, before one follows it. */
export function InviteCard({ invite }: { invite: Invite }) {
  const now = useMinute();
  if (invite.type !== 0 && invite.type !== 1) return null;
  const { guild, channel } = invite;
  const members = invite.member_count ?? 0;
  const online = invite.presence_count ?? 0;
  const inviter = invite.inviter;
  const name = guild ? guild.name : (channel?.name ?? '');
  return (
    <article className={css.card}>
      {guild ? (
        <GuildIcon guild={guild} size={56} />
      ) : (
        <Avatar name={name || plainName(inviter ?? undefined)} size={56} />
      )}
      <div className={css.cardText}>
        <h3>
          <bdi>{name || <Trans>A group</Trans>}</bdi>
        </h3>
        <p className={css.counts}>
          {guild && <span data-online>{plural(online, { one: '# online', other: '# online' })}</span>}
          <span>{plural(members, { one: '# member', other: '# members' })}</span>
        </p>
        <p className={css.quiet}>
          {inviter && <Trans>Invited by {plainName(inviter)}</Trans>}
          {inviter && invite.expires_at && ' · '}
          {invite.expires_at && <Trans>runs out {formatRelative(invite.expires_at, now)}</Trans>}
        </p>
      </div>
    </article>
  );
}
