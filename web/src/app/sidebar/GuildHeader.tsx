import { useLingui } from '@lingui/react/macro';
import { BadgeCheck, ChevronDown } from 'lucide-react';
import { contextMenu, showMenu } from '#/app/contextMenu';
import { bannerUrl } from '#/model/media';
import { useEntity } from '#/store';
import { useLayout } from '../layout';
import { guildMenu } from '../menus';
import css from './Sidebar.module.css';

export function GuildHeader({ guildId }: { guildId: string }) {
  const { t } = useLingui();
  const guild = useEntity('guilds', guildId);
  const phone = useLayout((layout) => layout.width === 'phone');
  if (!guild) return null;
  const Title = phone ? 'h1' : 'h2';
  const banner = bannerUrl(guild, 320);
  return (
    <div
      className={css.head}
      data-banner={banner ? true : undefined}
      {...contextMenu(() => guildMenu(guildId))}
    >
      {banner && <img className={css.banner} src={banner} alt="" width={320} height={128} decoding="async" />}
      <Title className={css.headTitle}>
        <button
          type="button"
          className={css.title}
          aria-haspopup="menu"
          aria-label={t`${guild.name}, menu`}
          onClick={(event) => showMenu(event.currentTarget, () => guildMenu(guildId))}
        >
          {guild.features.includes('VERIFIED') && <BadgeCheck aria-label={t`verified`} />}
          <bdi className={css.titleName}>{guild.name}</bdi>
          <ChevronDown aria-hidden="true" />
        </button>
      </Title>
    </div>
  );
}
