import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { BadgeCheck } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Schemas } from '#/api/types';
import { goTo } from '#/app/layout';
import { guildPath } from '#/app/links';
import { GuildIcon } from '#/app/rail/GuildIcon';
import { inviteError } from '#/features/people/errors';
import { bannerUrl } from '#/model/media';
import { useEntity } from '#/store';
import { Button, toast } from '#/ui';
import css from './Discover.module.css';

type Props = { guild: Schemas['DiscoveryGuildResponse']; categories: { id: number; name: string }[] };

export function DiscoverCard({ guild, categories }: Props) {
  const { t } = useLingui();
  const joined = useEntity('guilds', guild.id) !== undefined;
  const [busy, setBusy] = useState(false);
  const banner = bannerUrl(guild as { id: string; banner?: string | null }, 400);
  const join = async () => {
    if (joined) return goTo(guildPath(guild.id));
    setBusy(true);
    try {
      await api('POST /discovery/guilds/{guild_id}/join', { path: { guild_id: guild.id } });
      goTo(guildPath(guild.id));
    } catch (error) {
      setBusy(false);
      toast({ kind: 'error', text: inviteError(error) });
    }
  };
  const category = categories.find((one) => one.id === guild.category_type)?.name;
  return (
    <li className={css.card}>
      <div className={css.banner}>
        {banner && <img src={banner} alt="" loading="lazy" decoding="async" />}
      </div>
      <div className={css.icon}>
        <GuildIcon guild={guild} size={48} />
      </div>
      <h3 className={css.name}>
        <bdi>{guild.name}</bdi>
        {guild.features?.includes('VERIFIED') && <BadgeCheck aria-label={t`verified`} />}
      </h3>
      <p className={css.text} dir="auto">
        {guild.description || category}
      </p>
      <p className={css.counts}>
        <span data-online>{plural(guild.online_count ?? 0, { one: '# online', other: '# online' })}</span>
        <span>{plural(guild.member_count ?? 0, { one: '# member', other: '# members' })}</span>
      </p>
      <Button
        variant={joined ? 'secondary' : 'primary'}
        busy={busy}
        aria-label={joined ? t`Open ${guild.name}` : t`Join ${guild.name}`}
        onClick={() => void join()}
      >
        {joined ? <Trans>Open</Trans> : <Trans>Join</Trans>}
      </Button>
    </li>
  );
}
