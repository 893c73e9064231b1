// The settings of a community: only the pages that the viewer may use.
import { useLingui } from '@lingui/react/macro';
import {
  Ban,
  Compass,
  Link2,
  ScrollText,
  Settings2,
  ShieldCheck,
  Skull,
  Smile,
  Sticker,
  Ticket,
  UserCog,
  Users,
} from 'lucide-react';
import { lazy } from 'react';
import { goTo } from '#/app/layout';
import { guildPath, guildSettingsPath } from '#/app/links';
import { goBack } from '#/app/navigation';
import { useCanGoBack, useParams } from '#/app/routing';
import { SettingsFrame, type SettingsPage } from '#/features/settings/Frame';
import { iconUrl } from '#/model/media';
import { Bit } from '#/model/permissions';
import { useEntity, useMe, usePermissions, useSession } from '#/store';
import { Avatar, EmptyState } from '#/ui';
import css from './guild.module.css';

const views = {
  overview: lazy(() => import('./Overview')),
  roles: lazy(() => import('./Roles')),
  members: lazy(() => import('./Members')),
  invites: lazy(() => import('./Invites')),
  bans: lazy(() => import('./Bans')),
  moderation: lazy(() => import('./Moderation')),
  audit: lazy(() => import('./AuditLog')),
  emoji: lazy(() => import('./EmojiPage')),
  stickers: lazy(() => import('./StickerPage')),
  vanity: lazy(() => import('./Vanity')),
  discovery: lazy(() => import('./Discovery')),
  danger: lazy(() => import('./Danger')),
};

function useGroups(guildId: string): { heading?: string; pages: SettingsPage[] }[] {
  const { t } = useLingui();
  const may = usePermissions(guildId);
  const guild = useEntity('guilds', guildId);
  const me = useMe();
  const owner = guild?.owner_id === me?.id;
  const manage = may.has(Bit.MANAGE_GUILD);
  const express = may.has(Bit.MANAGE_EXPRESSIONS) || may.has(Bit.CREATE_EXPRESSIONS);
  const page = (
    when: boolean,
    id: string,
    label: string,
    Icon: typeof Users,
    terms: string[] = [],
    danger = false,
  ): SettingsPage[] => (when ? [{ id, label, icon: <Icon size={18} />, terms, danger }] : []);
  return [
    {
      heading: t`Community`,
      pages: [
        ...page(manage, 'overview', t`Overview`, Settings2, [
          t`Name`,
          t`Icon`,
          t`Banner`,
          t`System messages`,
          t`Default notifications`,
        ]),
        ...page(manage, 'vanity', t`Custom invite`, Link2, [t`Address`]),
        ...page(manage, 'discovery', t`Discovery`, Compass, [t`Public list`]),
      ],
    },
    {
      heading: t`People`,
      pages: [
        ...page(may.has(Bit.MANAGE_ROLES), 'roles', t`Roles`, UserCog, [t`Permissions`, t`Colour`]),
        ...page(manage, 'members', t`Members`, Users, [t`Search members`]),
        ...page(manage, 'invites', t`Invites`, Ticket, [t`Pause invites`]),
        ...page(may.has(Bit.BAN_MEMBERS), 'bans', t`Bans`, Ban, [t`Unban`]),
      ],
    },
    {
      heading: t`Safety`,
      pages: [
        ...page(manage, 'moderation', t`Moderation`, ShieldCheck, [
          t`Verification`,
          t`Explicit pictures`,
          t`Two-factor for moderators`,
        ]),
        ...page(may.has(Bit.VIEW_AUDIT_LOG), 'audit', t`Audit log`, ScrollText),
      ],
    },
    {
      heading: t`Expressions`,
      pages: [...page(express, 'emoji', t`Emoji`, Smile), ...page(express, 'stickers', t`Stickers`, Sticker)],
    },
    { pages: page(owner, 'danger', t`Hand over or delete`, Skull, [t`Transfer`, t`Delete`], true) },
  ].filter(({ pages }) => pages.length > 0);
}

export default function GuildSettings() {
  const { t } = useLingui();
  const { guildId = '', page } = useParams();
  const back = useCanGoBack();
  const { loaded } = useSession();
  const guild = useEntity('guilds', guildId);
  const groups = useGroups(guildId);
  const phone = () => window.matchMedia('(max-width: 760px)').matches;
  const ids = groups.flatMap(({ pages }) => pages.map(({ id }) => id));
  const current = page && ids.includes(page) ? page : undefined;
  const shown = current ?? ids[0];
  const close = () => goTo(guildPath(guildId), true);
  if (!guild && !loaded) return null;
  const View = shown ? views[shown as keyof typeof views] : undefined;
  const name = guild?.name ?? '';
  return (
    <SettingsFrame
      title={t`Settings of ${name}`}
      head={
        guild && (
          <div className={css.head}>
            <Avatar
              name={guild.name}
              seed={guild.id}
              src={iconUrl(guild, 36) ?? null}
              size={36}
              shape="square"
            />
            <bdi className={css.headName}>{guild.name}</bdi>
          </div>
        )
      }
      groups={groups}
      current={current}
      onSelect={(id) => goTo(guildSettingsPath(guildId, id), !phone())}
      onBack={() => (back ? goBack() : goTo(guildSettingsPath(guildId), true))}
      onClose={close}
    >
      {guild && View ? (
        <View key={`${guildId}/${shown}`} />
      ) : (
        <EmptyState
          title={t`Nothing here that you can set`}
          text={t`Ask somebody who runs this community.`}
        />
      )}
    </SettingsFrame>
  );
}
