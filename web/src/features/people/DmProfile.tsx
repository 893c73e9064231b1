import { useEntity } from '#/store';
import { About } from './About';
import { Mutuals } from './Mutuals';
import { Note } from './Note';
import { PersonButtons } from './PersonButtons';
import css from './Profile.module.css';
import { ProfileHead } from './ProfileHead';
import { useProfile } from './profile';

function Shown({ userId }: { userId: string }) {
  const { profile } = useProfile(userId);
  return (
    <div className={css.beside}>
      <ProfileHead userId={userId} profile={profile} size={80} level="h2" />
      <div className={css.body}>
        <PersonButtons userId={userId} message={false} />
        <About userId={userId} profile={profile} />
        <Note userId={userId} />
        {profile && <Mutuals profile={profile} onAway={() => undefined} />}
      </div>
    </div>
  );
}

/** The other person, beside the conversation with them. */
export function DmProfile({ channelId }: { channelId: string }) {
  const other = useEntity('channels', channelId, (channel) => channel?.recipients?.[0]?.id);
  return other ? <Shown key={other} userId={other} /> : null;
}
