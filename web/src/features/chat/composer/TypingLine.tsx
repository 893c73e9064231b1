import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { useNick } from '#/features/people/names';
import { entity, needMembers, useEntity, useTyping } from '#/store';
import looks from '#/ui/looks.module.css';
import styles from './Composer.module.css';

function Name({ id, guildId, channelId }: { id: string; guildId?: string; channelId: string }) {
  const { t } = useLingui();
  const nick = useNick(id, guildId, channelId);
  const user = useEntity('users', id);
  return (
    <bdi className={styles.typingName}>{nick || user?.global_name || user?.username || t`Somebody`}</bdi>
  );
}

/** Who is writing. A line of its own height, so that nothing moves when it fills. */
export function TypingLine({ channelId, guildId }: { channelId: string; guildId?: string }) {
  const ids = useTyping(channelId);
  useEffect(() => {
    const unknown = guildId ? ids.filter((id) => !entity('members', `${guildId}:${id}`)) : [];
    if (guildId && unknown.length) needMembers(guildId, unknown);
  }, [ids, guildId]);
  const [a, b, c] = ids.map((id) => <Name key={id} id={id} guildId={guildId} channelId={channelId} />);
  return (
    <div className={styles.typing}>
      {ids.length > 0 ? (
        <>
          <span className={styles.dots} aria-hidden>
            <i />
            <i />
            <i />
          </span>
          <span className={looks.truncated}>
            {ids.length === 1 ? (
              <Trans>{a} is typing…</Trans>
            ) : ids.length === 2 ? (
              <Trans>
                {a} and {b} are typing…
              </Trans>
            ) : ids.length === 3 ? (
              <Trans>
                {a}, {b} and {c} are typing…
              </Trans>
            ) : (
              <Trans>Several people are typing…</Trans>
            )}
          </span>
        </>
      ) : null}
    </div>
  );
}
