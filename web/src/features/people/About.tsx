import { Trans } from '@lingui/react/macro';
import type { UserProfile } from '#/api/types';
import { formatLongDate } from '#/i18n';
import { Markdown } from '#/markdown';
import { timeOf } from '#/model/snowflake';
import { useEntity } from '#/store';
import css from './Profile.module.css';

/** What somebody says of themselves, and since when they are here. */
export function About({
  userId,
  guildId,
  profile,
}: {
  userId: string;
  guildId?: string;
  profile?: UserProfile;
}) {
  const member = useEntity('members', guildId ? `${guildId}:${userId}` : null);
  const guild = useEntity('guilds', guildId, (row) => row?.name);
  const bio = profile?.guild_member_profile?.bio || profile?.user_profile.bio;
  return (
    <>
      {bio && (
        <section className={css.part}>
          <h3>
            <Trans>About</Trans>
          </h3>
          <div className={css.bio} dir="auto">
            <Markdown text={bio} context="about" />
          </div>
        </section>
      )}
      <section className={css.part}>
        <h3>
          <Trans>Here since</Trans>
        </h3>
        <dl className={css.since}>
          <div>
            <dt>
              <Trans>Account</Trans>
            </dt>
            <dd>{formatLongDate(timeOf(userId))}</dd>
          </div>
          {member?.joined_at && (
            <div>
              <dt>
                <bdi>{guild}</bdi>
              </dt>
              <dd>{formatLongDate(member.joined_at)}</dd>
            </div>
          )}
        </dl>
      </section>
    </>
  );
}
