import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { openDialog } from '#/app/layout';
import { useEntity, useMe, useTimeline } from '#/store';
import { Button } from '#/ui';
import * as people from './actions';
import { useDisplayName } from './names';
import { useProfile } from './profile';
import css from './SafetyStrip.module.css';

/** Over the first messages of somebody who is no friend: what there is in common, and the ways out. */
export function SafetyStrip({ channelId }: { channelId: string }) {
  const other = useEntity('channels', channelId, (channel) => channel?.recipients?.[0]);
  const type = useEntity('relationships', other?.id, (row) => row?.type);
  const known = type === people.FRIEND || type === people.BLOCKED || type === people.OUTGOING;
  if (!other || other.bot || other.system || known) return null;
  return <Strip channelId={channelId} userId={other.id} />;
}

function Strip({ channelId, userId }: { channelId: string; userId: string }) {
  const { t } = useLingui();
  const me = useMe()?.id;
  const name = useDisplayName(userId);
  const { items, loading } = useTimeline(channelId);
  const { profile } = useProfile(userId);
  const [gone, setGone] = useState(false);
  const authors = items.flatMap((row) => (row.kind === 'message' ? [row.message.author.id] : []));
  // Whoever has answered knows whom they write with.
  if (gone || loading === 'first' || !authors.length || (me && authors.includes(me))) return null;
  const count = profile?.mutual_guilds?.length;
  return (
    <section className={css.strip} aria-label={t`First message of ${name}`}>
      <p>
        <Trans>
          <bdi>{name}</bdi> is not among your friends.
        </Trans>{' '}
        {count !== undefined &&
          (count
            ? plural(count, { one: 'You share # community.', other: 'You share # communities.' })
            : t`You share no community.`)}
      </p>
      <span className={css.buttons}>
        <Button size="s" variant="secondary" onClick={() => void people.addFriend(userId)}>
          <Trans>Add friend</Trans>
        </Button>
        <Button size="s" variant="ghost" onClick={() => void people.block(userId)}>
          <Trans>Block</Trans>
        </Button>
        <Button
          size="s"
          variant="ghost"
          onClick={() => openDialog({ kind: 'report', target: { type: 'user', userId } })}
        >
          <Trans>Report</Trans>
        </Button>
        <Button size="s" variant="ghost" onClick={() => setGone(true)}>
          <Trans>Hide this</Trans>
        </Button>
      </span>
    </section>
  );
}
