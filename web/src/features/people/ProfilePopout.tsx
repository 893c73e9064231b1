import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { openFullProfile, type ProfileRequest } from '#/app/layout';
import { openDm, send, useEntity, useMe, watchMembers } from '#/store';
import { LinkButton, Popover, toast } from '#/ui';
import { About } from './About';
import { relationshipError } from './errors';
import { Note } from './Note';
import { plainName, useDisplayName } from './names';
import { PersonButtons } from './PersonButtons';
import css from './Profile.module.css';
import { ProfileHead } from './ProfileHead';
import { useProfile } from './profile';
import { Roles } from './Roles';

function QuickMessage({ userId, name, onSent }: { userId: string; name: string; onSent: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const key = async (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const content = text.trim();
    if (!content || busy) return;
    setBusy(true);
    try {
      const channel = await openDm(userId);
      send(channel.id, { content });
      toast({ kind: 'success', text: t`Sent to ${name}.` });
      onSent();
    } catch (error) {
      // What was written stays in the field.
      setBusy(false);
      toast({ kind: 'error', text: relationshipError(error) });
    }
  };
  return (
    <textarea
      className={css.quick}
      rows={1}
      dir="auto"
      value={text}
      readOnly={busy}
      aria-label={t`Message to ${name}`}
      placeholder={t`Message to ${name}`}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => void key(event)}
    />
  );
}

export default function ProfilePopout({
  request,
  onClose,
}: {
  request: ProfileRequest;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const { userId, guildId, anchor } = request;
  const me = useMe()?.id;
  const user = useEntity('users', userId);
  const { profile, refused } = useProfile(userId, guildId);
  const name = useDisplayName(userId, guildId) || plainName(profile?.user);
  useEffect(() => (guildId ? watchMembers(guildId, [userId]) : undefined), [guildId, userId]);
  if (!user && !profile && !refused) return null;
  return (
    <Popover open anchor={anchor} label={t`Profile of ${name}`} side="end" gap={8} onClose={onClose}>
      <div className={css.popout}>
        <ProfileHead userId={userId} guildId={guildId} profile={profile} size={80} level="h2" />
        <div className={css.body}>
          <PersonButtons userId={userId} guildId={guildId} onAway={onClose} message={false} />
          <About userId={userId} guildId={guildId} profile={profile} />
          {guildId && <Roles guildId={guildId} userId={userId} />}
          {userId !== me && <Note userId={userId} />}
          <LinkButton
            onClick={() => {
              onClose();
              openFullProfile(userId, guildId);
            }}
          >
            <Trans>Whole profile</Trans>
          </LinkButton>
        </div>
        {userId !== me && !user?.system && <QuickMessage userId={userId} name={name} onSent={onClose} />}
      </div>
    </Popover>
  );
}
