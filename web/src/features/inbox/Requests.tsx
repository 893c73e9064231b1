import { Trans, useLingui } from '@lingui/react/macro';
import UserPlus from 'lucide-react/icons/user-plus';
import { api } from '#/api/client';
import { refused } from '#/features/chat/actions';
import { useFriendLists } from '#/features/friends/lists';
import { entity, useEntity } from '#/store';
import { Avatar, Button, EmptyState } from '#/ui';
import styles from '../found/Found.module.css';

/** People who want to be friends. */
export function Requests() {
  const { t } = useLingui();
  const { incoming: ids } = useFriendLists();
  if (ids.length === 0) {
    return (
      <EmptyState
        icon={<UserPlus size={32} strokeWidth={1.5} />}
        title={t`No requests`}
        text={t`Friend requests of others come here.`}
      />
    );
  }
  return (
    <div className={styles.list}>
      {ids.map((id) => (
        <Request key={id} id={id} />
      ))}
    </div>
  );
}

function Request({ id }: { id: string }) {
  const { t } = useLingui();
  const user = useEntity('users', id) ?? entity('relationships', id)?.user;
  if (!user) return null;
  const path = { user_id: id };
  const answer = async (accept: boolean) => {
    try {
      if (accept) await api('PUT /users/@me/relationships/{user_id}', { path, body: {} });
      else await api('DELETE /users/@me/relationships/{user_id}', { path });
    } catch (error) {
      refused(error, t`The request could not be answered.`);
    }
  };
  const name = user.global_name || user.username;
  return (
    <article className={styles.card} aria-label={name}>
      <div className={styles.row}>
        <Avatar user={user} size={32} />
        <p className={`${styles.line} ${styles.grow}`}>
          <bdi>{name}</bdi>
        </p>
        <Button size="s" variant="primary" onClick={() => void answer(true)}>
          <Trans>Accept</Trans>
        </Button>
        <Button size="s" onClick={() => void answer(false)}>
          <Trans>Decline</Trans>
        </Button>
      </div>
    </article>
  );
}
