import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFriendLists } from '#/features/friends/lists';
import { relationshipError } from '#/features/people/errors';
import { displayName, tag, useDisplayName } from '#/features/people/names';
import { entity, openDm, send, useEntity } from '#/store';
import { Avatar, Button, toast } from '#/ui';
import css from './Community.module.css';

function Friend({ userId, link, inside }: { userId: string; link: string; inside: boolean }) {
  const { t } = useLingui();
  const user = useEntity('users', userId);
  const name = useDisplayName(userId);
  const [state, setState] = useState<'idle' | 'busy' | 'sent'>('idle');
  const give = async () => {
    setState('busy');
    try {
      const channel = await openDm(userId);
      send(channel.id, { content: link });
      setState('sent');
    } catch (error) {
      setState('idle');
      toast({ kind: 'error', text: relationshipError(error) });
    }
  };
  if (!user) return null;
  return (
    <li className={css.friend}>
      <Avatar user={user} size={32} />
      <span className={css.who}>
        <bdi>{name}</bdi>
        <bdi className={css.quiet}>{tag(user)}</bdi>
      </span>
      {inside ? (
        <span className={css.quiet}>
          <Trans>is a member</Trans>
        </span>
      ) : (
        <Button
          size="s"
          variant="secondary"
          busy={state === 'busy'}
          disabled={!link || state === 'sent'}
          aria-label={state === 'sent' ? t`Sent to ${name}` : t`Send to ${name}`}
          onClick={() => void give()}
        >
          {state === 'sent' ? <Trans>Sent</Trans> : <Trans>Send</Trans>}
        </Button>
      )}
    </li>
  );
}

export function SendTo({ link, query, guildId }: { link: string; query: string; guildId?: string }) {
  const { friends } = useFriendLists();
  const wanted = query.trim().toLocaleLowerCase();
  const found = friends
    .filter((id) =>
      `${displayName(id)} ${entity('users', id)?.username}`.toLocaleLowerCase().includes(wanted),
    )
    .slice(0, 50);
  if (!friends.length)
    return (
      <p className={css.quiet}>
        <Trans>You have no friends here yet. Send the link by any other way.</Trans>
      </p>
    );
  return (
    <ul className={css.friends}>
      {found.map((id) => (
        <Friend
          key={id}
          userId={id}
          link={link}
          inside={!!guildId && !!entity('members', `${guildId}:${id}`)}
        />
      ))}
    </ul>
  );
}
