import { plural } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { UserProfile } from '#/api/types';
import { goTo, openFullProfile } from '#/app/layout';
import { guildPath } from '#/app/links';
import { GuildIcon } from '#/app/rail/GuildIcon';
import { useEntity } from '#/store';
import { Avatar } from '#/ui';
import { plainName } from './names';
import css from './Profile.module.css';

function MutualGuild({ id, nick, onAway }: { id: string; nick?: string | null; onAway: () => void }) {
  const guild = useEntity('guilds', id);
  if (!guild) return null;
  return (
    <li>
      <button
        type="button"
        className={css.mutual}
        onClick={() => {
          onAway();
          goTo(guildPath(id));
        }}
      >
        <GuildIcon guild={guild} size={32} />
        <span>
          <bdi>{guild.name}</bdi>
          {nick && <bdi className={css.quiet}>{nick}</bdi>}
        </span>
      </button>
    </li>
  );
}

export function Mutuals({ profile, onAway }: { profile: UserProfile; onAway: () => void }) {
  const guilds = profile.mutual_guilds ?? [];
  const friends = profile.mutual_friends ?? [];
  return (
    <>
      <section className={css.part}>
        <h3>
          {guilds.length ? (
            plural(guilds.length, { one: '# community in common', other: '# communities in common' })
          ) : (
            <Trans>No community in common</Trans>
          )}
        </h3>
        <ul className={css.mutuals}>
          {guilds.map((guild) => (
            <MutualGuild key={guild.id} id={guild.id} nick={guild.nick} onAway={onAway} />
          ))}
        </ul>
      </section>
      <section className={css.part}>
        <h3>
          {friends.length ? (
            plural(friends.length, { one: '# friend in common', other: '# friends in common' })
          ) : (
            <Trans>No friend in common</Trans>
          )}
        </h3>
        <ul className={css.mutuals}>
          {friends.map((friend) => (
            <li key={friend.id}>
              <button type="button" className={css.mutual} onClick={() => openFullProfile(friend.id)}>
                <Avatar user={friend} size={32} />
                <bdi>{plainName(friend)}</bdi>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
