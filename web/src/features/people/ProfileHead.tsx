import type { CSSProperties } from 'react';
import type { UserProfile } from '#/api/types';
import { avatarUrl, bannerUrl, memberAvatarUrl, memberBannerUrl } from '#/model/media';
import { useEntity } from '#/store';
import { Avatar } from '#/ui';
import { Badges } from './Badges';
import { plainName, tag, useDisplayName } from './names';
import css from './Profile.module.css';
import { mark, useCustomStatus, useStatus } from './presence';

const hex = (color: number | null | undefined) =>
  color ? `#${color.toString(16).padStart(6, '0')}` : undefined;

type Props = { userId: string; guildId?: string; profile?: UserProfile; size: number; level: 'h1' | 'h2' };

/** Banner, picture, names: the same in the popout, beside a conversation and in the full profile. */
export function ProfileHead({ userId, guildId, profile, size, level: Name }: Props) {
  const known = useEntity('users', userId);
  const user = known ?? profile?.user;
  const member = useEntity('members', guildId ? `${guildId}:${userId}` : null);
  const shownName = useDisplayName(userId, guildId) || plainName(user);
  const status = useStatus(userId);
  const custom = useCustomStatus(userId);
  const here = profile?.guild_member_profile;
  const accent = hex(here?.accent_color ?? profile?.user_profile.accent_color ?? profile?.user.avatar_color);
  if (!user) return null;
  const own = member?.banner ?? here?.banner;
  const banner =
    guildId && own
      ? memberBannerUrl(guildId, userId, own, 600)
      : bannerUrl({ id: userId, banner: profile?.user_profile.banner }, 600);
  const avatar =
    guildId && member?.avatar ? memberAvatarUrl(guildId, userId, member.avatar, size) : avatarUrl(user, size);
  const pronouns = here?.pronouns || profile?.user_profile.pronouns;
  return (
    <div className={css.head} style={{ '--accent-own': accent, '--avatar': `${size}px` } as CSSProperties}>
      <div className={css.banner}>{banner && <img src={banner} alt="" decoding="async" />}</div>
      <div className={css.portrait}>
        <span className={css.avatar}>
          <Avatar user={user} src={avatar} size={size} status={mark(status)} />
        </span>
        <Badges flags={user.flags} bot={user.bot} system={user.system} />
      </div>
      {custom && (
        <p className={css.custom}>
          <bdi>{custom}</bdi>
        </p>
      )}
      <Name className={css.name}>
        <bdi>{shownName}</bdi>
      </Name>
      <p className={css.names}>
        {shownName !== plainName(user) && <bdi>{plainName(user)}</bdi>}
        <bdi>{tag(user)}</bdi>
        {pronouns && <bdi>{pronouns}</bdi>}
      </p>
    </div>
  );
}
