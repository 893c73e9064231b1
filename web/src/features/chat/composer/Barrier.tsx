import { Trans, useLingui } from '@lingui/react/macro';
import Ban from 'lucide-react/icons/ban';
import Clock from 'lucide-react/icons/clock';
import Lock from 'lucide-react/icons/lock';
import MailWarning from 'lucide-react/icons/mail-warning';
import type { ReactNode } from 'react';
import { api } from '#/api/client';
import { openSettings } from '#/app/layout';
import { formatDateTime, formatRelative, useMinute } from '#/i18n';
import { Bit } from '#/model/permissions';
import { useChannel, useEntity, useMe, usePermissions } from '#/store';
import { Button } from '#/ui';
import { refused } from '../actions';
import styles from './Composer.module.css';

/** Why nothing can be written here, with what would change that; `null` when it can. */
export function useBarrier(channelId: string, guildId?: string): ReactNode {
  const { t } = useLingui();
  const now = useMinute();
  const me = useMe();
  const channel = useChannel(channelId);
  const may = usePermissions(guildId, channelId);
  const until = useEntity(
    'members',
    guildId && me ? `${guildId}:${me.id}` : undefined,
    (member) => member?.communication_disabled_until,
  );
  const partner = channel?.type === 1 ? channel.recipients?.[0] : undefined;
  const relation = useEntity('relationships', partner?.id);
  const level = useEntity('guilds', guildId, (guild) => guild?.verification_level ?? 0);
  if (!channel || !me) return null;
  if (channel.type === 2 || channel.type === 4 || channel.type === 998) {
    return <Line icon={<Lock {...icon} />}>{t`This channel has no text.`}</Line>;
  }
  if (until && Date.parse(until) > now) {
    return (
      <Line icon={<Clock {...icon} />}>
        <span title={formatDateTime(until)}>
          <Trans>You are in a time-out. It ends {formatRelative(until, now)}.</Trans>
        </span>
      </Line>
    );
  }
  if (guildId && !may.has(Bit.SEND_MESSAGES)) {
    return <Line icon={<Lock {...icon} />}>{t`You may read here, but not write.`}</Line>;
  }
  if (guildId && level > 0 && !me.verified && !may.has(Bit.ADMINISTRATOR)) {
    return (
      <Line
        icon={<MailWarning {...icon} />}
        action={
          <Button size="s" variant="primary" onClick={() => openSettings('account')}>
            <Trans>Verify e-mail</Trans>
          </Button>
        }
      >
        {t`This community asks for a verified e-mail address before you write.`}
      </Line>
    );
  }
  if (partner && relation?.type === 2) {
    const name = partner.global_name || partner.username;
    const unblock = async () => {
      try {
        await api('DELETE /users/@me/relationships/{user_id}', { path: { user_id: partner.id } });
      } catch (error) {
        refused(error, t`They are still blocked.`);
      }
    };
    return (
      <Line
        icon={<Ban {...icon} />}
        action={
          <Button size="s" onClick={unblock}>
            <Trans>Unblock</Trans>
          </Button>
        }
      >
        {t`You blocked ${name}.`}
      </Line>
    );
  }
  return null;
}

const icon = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const;

function Line({
  icon: picture,
  action,
  children,
}: {
  icon: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.barrier}>
      {picture}
      <p>{children}</p>
      {action}
    </div>
  );
}
