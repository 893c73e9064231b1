import { useLingui } from '@lingui/react/macro';
import { Crown } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { CustomStatus } from '#/api/types';
import { contextMenu } from '#/app/contextMenu';
import { openProfile } from '#/app/layout';
import { personMenu } from '#/app/menus';
import { useDisplayName } from '#/features/people/names';
import { statusWords } from '#/features/people/presence';
import { useRoleColor } from '#/features/people/roles';
import { statusNames } from '#/features/status/names';
import { useMinute } from '#/i18n';
import { memberAvatarUrl } from '#/model/media';
import { useEntity } from '#/store';
import { Avatar, type Status } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import css from './Members.module.css';

type Props = {
  userId: string;
  guildId?: string;
  /** The group they are in, instead of a community. */
  groupId?: string;
  status: string;
  custom?: CustomStatus | null;
  owner?: boolean;
};

export function MemberRow({ userId, guildId, groupId, status, custom, owner }: Props) {
  const { t } = useLingui();
  const user = useEntity('users', userId);
  const member = useEntity('members', guildId ? `${guildId}:${userId}` : null);
  const name = useDisplayName(userId, guildId, groupId);
  const owns = useEntity('guilds', guildId, (guild) => guild?.owner_id === userId) || owner;
  const color = useRoleColor(guildId, userId);
  const words = statusWords(custom, useMinute());
  if (!user) return null;
  const shown = (status === 'invisible' ? 'offline' : status) as Status;
  const says = [name, statusNames()[shown], words, owns ? t`owner` : '', user.bot ? t`bot` : ''];
  return (
    <button
      type="button"
      className={css.member}
      data-item={name}
      data-offline={shown === 'offline' || undefined}
      tabIndex={-1}
      aria-label={says.filter(Boolean).join(', ')}
      onClick={(event) => openProfile(userId, event.currentTarget, guildId)}
      {...contextMenu(() => personMenu(userId, guildId, groupId))}
    >
      <Avatar
        user={user}
        src={guildId && member?.avatar ? memberAvatarUrl(guildId, userId, member.avatar, 32) : undefined}
        size={32}
        status={shown === 'offline' ? undefined : shown}
      />
      <span className={looks.two}>
        <span className={css.line}>
          <bdi
            className={cx(css.name, looks.truncated)}
            style={color ? ({ '--role': color } as CSSProperties) : undefined}
          >
            {name}
          </bdi>
          {owns && <Crown className={css.crown} aria-hidden="true" data-tooltip={t`Owner`} />}
          {user.bot && <span className={css.bot}>{t`Bot`}</span>}
        </span>
        {words && <bdi className={cx(css.status, looks.truncated)}>{words}</bdi>}
      </span>
    </button>
  );
}
