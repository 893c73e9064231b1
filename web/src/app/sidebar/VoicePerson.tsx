import { useLingui } from '@lingui/react/macro';
import { HeadphoneOff, MicOff, Video } from 'lucide-react';
import { contextMenu } from '#/app/contextMenu';
import { useDisplayName } from '#/features/people/names';
import { useEntity } from '#/store';
import { Avatar } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import { openProfile } from '../layout';
import { personMenu } from '../menus';
import css from './Sidebar.module.css';

export function VoicePerson({ connectionId }: { connectionId: string }) {
  const { t } = useLingui();
  const state = useEntity('voiceStates', connectionId);
  const user = useEntity('users', state?.user_id);
  const guildId = state?.guild_id ?? undefined;
  const name = useDisplayName(state?.user_id, guildId);
  if (!state || !user) return null;
  return (
    <li>
      <button
        type="button"
        className={css.person}
        onClick={(event) => openProfile(user.id, event.currentTarget, guildId)}
        {...contextMenu(() => personMenu(user.id, guildId))}
      >
        <Avatar user={user} size={24} />
        <bdi className={cx(css.name, looks.truncated)}>{name}</bdi>
        {state.self_video && <Video aria-label={t`camera on`} />}
        {(state.self_mute || state.mute) && <MicOff aria-label={t`muted`} />}
        {(state.self_deaf || state.deaf) && <HeadphoneOff aria-label={t`deafened`} />}
      </button>
    </li>
  );
}
