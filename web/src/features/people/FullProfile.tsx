import { Trans, useLingui } from '@lingui/react/macro';
import { Globe } from 'lucide-react';
import { useMe } from '#/store';
import { Dialog, Skeleton } from '#/ui';
import { About } from './About';
import { Mutuals } from './Mutuals';
import { Note } from './Note';
import { plainName, useDisplayName } from './names';
import { PersonButtons } from './PersonButtons';
import css from './Profile.module.css';
import { ProfileHead } from './ProfileHead';
import { useProfile } from './profile';
import { Roles } from './Roles';

type Props = { request: { userId: string; guildId?: string }; onClose: () => void };

export default function FullProfile({ request, onClose }: Props) {
  const { t } = useLingui();
  const { userId, guildId } = request;
  const me = useMe()?.id;
  const { profile, refused, failed } = useProfile(userId, guildId);
  const name = useDisplayName(userId, guildId) || plainName(profile?.user);
  return (
    <Dialog open size="m" title={t`Profile of ${name}`} onClose={onClose} bare>
      <div className={css.full}>
        <ProfileHead userId={userId} guildId={guildId} profile={profile} size={96} level="h2" />
        <div className={css.body}>
          <PersonButtons userId={userId} guildId={guildId} onAway={onClose} />
          {refused && (
            <p className={css.quiet}>
              <Trans>You share no community and are no friends, so this is all you can see.</Trans>
            </p>
          )}
          {failed && (
            <p className={css.quiet}>
              <Trans>The rest of the profile could not be loaded.</Trans>
            </p>
          )}
          {!profile && !refused && !failed && <Skeleton height={64} shape="block" />}
          <About userId={userId} guildId={guildId} profile={profile} />
          {guildId && <Roles guildId={guildId} userId={userId} />}
          {!!profile?.connected_accounts?.length && (
            <section className={css.part}>
              <h3>
                <Trans>Connections</Trans>
              </h3>
              <ul className={css.mutuals}>
                {profile.connected_accounts.map((connection) => (
                  <li key={connection.id} className={css.mutual}>
                    <Globe aria-hidden="true" />
                    <bdi>{connection.name}</bdi>
                    <span className={css.quiet}>{connection.type === 'bsky' ? 'Bluesky' : t`Domain`}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {userId !== me && <Note userId={userId} />}
          {profile && userId !== me && <Mutuals profile={profile} onAway={onClose} />}
        </div>
      </div>
    </Dialog>
  );
}
