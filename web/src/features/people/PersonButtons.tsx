import { Trans, useLingui } from '@lingui/react/macro';
import { Check, Clock3, EllipsisVertical, MessageCircle, UserRoundCheck, UserRoundPlus } from 'lucide-react';
import { openSettings } from '#/app/layout';
import { useEntity, useMe } from '#/store';
import { Button, IconButton, openMenu } from '#/ui';
import * as people from './actions';
import { personMenu } from './menus';
import css from './Profile.module.css';

type Props = { userId: string; guildId?: string; onAway?: () => void; message?: boolean };

/** What one does with a person first; the rest is in their menu. */
export function PersonButtons({ userId, guildId, onAway, message = true }: Props) {
  const { t } = useLingui();
  const me = useMe()?.id;
  const type = useEntity('relationships', userId, (row) => row?.type);
  const bot = useEntity('users', userId, (user) => user?.bot);
  const more = (
    <IconButton
      label={t`More`}
      icon={<EllipsisVertical />}
      onClick={(event) => openMenu(event.currentTarget, personMenu(userId, guildId))}
    />
  );
  if (userId === me)
    return (
      <div className={css.buttons}>
        <Button
          variant="secondary"
          onClick={() => {
            onAway?.();
            openSettings('profile');
          }}
        >
          <Trans>Edit profile</Trans>
        </Button>
        {more}
      </div>
    );
  return (
    <div className={css.buttons}>
      {message && (
        <Button
          variant="primary"
          icon={<MessageCircle />}
          onClick={async () => {
            if (await people.message(userId)) onAway?.();
          }}
        >
          <Trans>Message</Trans>
        </Button>
      )}
      {bot ? null : type === people.INCOMING ? (
        <Button variant="secondary" icon={<Check />} onClick={() => void people.accept(userId)}>
          <Trans>Accept request</Trans>
        </Button>
      ) : type === people.OUTGOING ? (
        <IconButton
          label={t`Request sent; withdraw it`}
          icon={<Clock3 />}
          onClick={() => void people.removeRelationship(userId)}
        />
      ) : type === people.FRIEND ? (
        <IconButton
          label={t`Friends; remove`}
          icon={<UserRoundCheck />}
          onClick={() => void people.unfriend(userId)}
        />
      ) : type === people.BLOCKED ? (
        <Button variant="secondary" onClick={() => void people.removeRelationship(userId)}>
          <Trans>Unblock</Trans>
        </Button>
      ) : (
        <IconButton
          label={t`Add friend`}
          icon={<UserRoundPlus />}
          onClick={() => void people.addFriend(userId)}
        />
      )}
      {more}
    </div>
  );
}
