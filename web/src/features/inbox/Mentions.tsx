import { Trans, useLingui } from '@lingui/react/macro';
import AtSign from 'lucide-react/icons/at-sign';
import Check from 'lucide-react/icons/check';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Message } from '#/api/types';
import { refused } from '#/features/chat/actions';
import { Button, Checkbox, EmptyState, ErrorState, IconButton } from '#/ui';
import { CardSkeletons } from '../found/CardSkeletons';
import styles from '../found/Found.module.css';
import { MessageCard } from '../found/MessageCard';
import { useLoad } from '../found/useLoad';

const PAGE = 25;

/** Messages of the last days that mention the person. */
export function Mentions() {
  const { t } = useLingui();
  const [everyone, setEveryone] = useState(true);
  const [roles, setRoles] = useState(true);
  const [whole, setWhole] = useState(false);
  const fetchPage = (before?: string) =>
    api('GET /users/@me/mentions', { query: { limit: PAGE, everyone, roles, guilds: true, before } });
  const page = useLoad(`${everyone} ${roles}`, () => fetchPage());
  const done = async (message: Message) => {
    page.change((now) => now.filter((one) => one.id !== message.id));
    try {
      await api('DELETE /users/@me/mentions/{message_id}', { path: { message_id: message.id } });
    } catch (error) {
      page.again();
      refused(error, t`The mention is still there.`);
    }
  };
  const older = async () => {
    const next = await fetchPage(page.data?.at(-1)?.id);
    if (next.length < PAGE) setWhole(true);
    page.change((now) => [...now, ...next]);
  };
  return (
    <>
      <div className={styles.bar}>
        <Checkbox label={t`Everyone`} checked={everyone} onChange={setEveryone} />
        <Checkbox label={t`My roles`} checked={roles} onChange={setRoles} />
      </div>
      {page.error ? (
        <ErrorState error={page.error} onRetry={page.again} />
      ) : !page.data ? (
        <CardSkeletons />
      ) : page.data.length === 0 ? (
        <EmptyState
          icon={<AtSign size={32} strokeWidth={1.5} />}
          title={t`Nobody mentioned you`}
          text={t`Messages with your name in them are kept here for a week.`}
        />
      ) : (
        <div className={styles.list}>
          {page.data.map((message) => (
            <MessageCard
              key={message.id}
              message={message as Message}
              place
              actions={
                <IconButton
                  size="s"
                  label={t`Done with it`}
                  icon={<Check size={16} strokeWidth={1.75} />}
                  onClick={() => void done(message as Message)}
                />
              }
            />
          ))}
          {page.data.length >= PAGE && !whole ? (
            <Button onClick={() => void older()}>
              <Trans>Load older</Trans>
            </Button>
          ) : null}
        </div>
      )}
    </>
  );
}
