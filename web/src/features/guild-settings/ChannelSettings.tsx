// The settings of a channel or category.
import { useLingui } from '@lingui/react/macro';
import { Hash, KeyRound, Settings2, Ticket, Trash2 } from 'lucide-react';
import { lazy } from 'react';
import { goTo, openDialog } from '#/app/layout';
import { channelPath, channelSettingsPath, guildPath } from '#/app/links';
import { goBack } from '#/app/navigation';
import { useCanGoBack, useParams } from '#/app/routing';
import { SettingsFrame, type SettingsPage } from '#/features/settings/Frame';
import { Bit } from '#/model/permissions';
import { useEntity, usePermissions, useSession } from '#/store';
import { EmptyState } from '#/ui';
import css from './guild.module.css';

const views = {
  overview: lazy(() => import('./ChannelOverview')),
  permissions: lazy(() => import('./ChannelPermissions')),
  invites: lazy(() => import('./ChannelInvites')),
};
const CATEGORY = 4;

export default function ChannelSettings() {
  const { t } = useLingui();
  const { guildId = '@me', channelId = '', page } = useParams();
  const back = useCanGoBack();
  const { loaded } = useSession();
  const channel = useEntity('channels', channelId);
  const may = usePermissions(guildId === '@me' ? null : guildId, channelId);
  const manage = may.has(Bit.MANAGE_CHANNELS);
  const category = channel?.type === CATEGORY;
  const pages: SettingsPage[] = [
    ...(manage
      ? [
          {
            id: 'overview',
            label: t`Overview`,
            icon: <Settings2 size={18} />,
            terms: [t`Name`, t`Topic`, t`Slow mode`],
          },
        ]
      : []),
    ...(may.has(Bit.MANAGE_ROLES)
      ? [
          {
            id: 'permissions',
            label: t`Permissions`,
            icon: <KeyRound size={18} />,
            terms: [t`Roles`, t`Private`],
          },
        ]
      : []),
    ...(manage && !category ? [{ id: 'invites', label: t`Invites`, icon: <Ticket size={18} /> }] : []),
    ...(manage
      ? [
          {
            id: 'delete',
            label: category ? t`Delete category` : t`Delete channel`,
            icon: <Trash2 size={18} />,
            danger: true,
            onSelect: () => openDialog({ kind: 'delete-channel', channelId }),
          },
        ]
      : []),
  ];
  const real = pages.filter(({ id }) => id in views);
  const current = page && real.some(({ id }) => id === page) ? page : undefined;
  const shown = current ?? real[0]?.id;
  const phone = () => window.matchMedia('(max-width: 760px)').matches;
  if (!channel && !loaded) return null;
  const View = shown ? views[shown as keyof typeof views] : undefined;
  const name = channel?.name ?? '';
  const home = category || !channel ? guildPath(guildId) : channelPath(guildId, channelId);
  return (
    <SettingsFrame
      title={t`Settings of ${name}`}
      head={
        <div className={css.head}>
          {!category && <Hash size={20} aria-hidden />}
          <bdi className={css.headName}>{name}</bdi>
        </div>
      }
      groups={[{ pages }]}
      current={current}
      onSelect={(id) => goTo(channelSettingsPath(guildId, channelId, id), !phone())}
      onBack={() => (back ? goBack() : goTo(channelSettingsPath(guildId, channelId), true))}
      onClose={() => goTo(home, true)}
    >
      {channel && View ? (
        <View key={`${channelId}/${shown}`} />
      ) : (
        <EmptyState
          title={t`Nothing here that you can set`}
          text={t`Ask somebody who runs this community.`}
        />
      )}
    </SettingsFrame>
  );
}
