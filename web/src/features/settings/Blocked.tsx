import { useLingui } from '@lingui/react/macro';
import { api } from '#/api/client';
import { entity, useEntity, useList } from '#/store';
import { Avatar, Button, EmptyState, PeopleDrawing, toast } from '#/ui';
import { Row } from './Frame';
import { useRun } from './form';

const BLOCKED = 2;

export default function Blocked() {
  const { t } = useLingui();
  const ids = useList('relationships').filter((id) => entity('relationships', id)?.type === BLOCKED);
  if (ids.length === 0) {
    return (
      <EmptyState
        icon={<PeopleDrawing />}
        title={t`You have blocked nobody`}
        text={t`Blocking is in the menu of each person. They cannot write to you, and are not told.`}
      />
    );
  }
  return (
    <div>
      {ids.map((id) => (
        <Person key={id} id={id} />
      ))}
    </div>
  );
}

function Person({ id }: { id: string }) {
  const { t } = useLingui();
  const { busy, run } = useRun();
  const known = useEntity('users', id);
  const relation = useEntity('relationships', id);
  const user = known ?? relation?.user;
  const name = user?.global_name ?? user?.username ?? id;
  const path = { user_id: id };
  const unblock = async () => {
    const done = await run(() => api('DELETE /users/@me/relationships/{user_id}', { path }));
    if (!done) return;
    const undo = () =>
      void run(() => api('PUT /users/@me/relationships/{user_id}', { path, body: { type: BLOCKED } }));
    toast({ text: t`${name} is no longer blocked`, undo });
  };
  return (
    <Row
      icon={user && <Avatar user={user} size={32} />}
      title={<bdi>{name}</bdi>}
      text={user && <bdi>{`${user.username}#${user.discriminator}`}</bdi>}
    >
      <Button busy={busy} onClick={() => void unblock()}>{t`Unblock`}</Button>
    </Row>
  );
}
