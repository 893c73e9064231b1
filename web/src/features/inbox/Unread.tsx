import { Trans, useLingui } from '@lingui/react/macro';
import CheckCheck from 'lucide-react/icons/check-check';
import { channelPath } from '#/app/links';
import { PathLink } from '#/app/PathLink';
import { ack, ackMany, entity, isRead, list, unread, useEntity, useList, useUnread } from '#/store';
import { Badge, Button, EmptyState, IconButton, InboxDrawing } from '#/ui';
import styles from '../found/Found.module.css';
import { PlaceName } from '../found/MessageCard';

const waits = (id: string) => {
  const { unread: open, mentions, muted } = unread('channel', id);
  return mentions > 0 || (open && !muted);
};

/** Channels with something new, community by community. */
export function Unread() {
  const { t } = useLingui();
  // Whatever is read or arrives changes the number of the whole app, or of one community.
  useUnread('app');
  const guilds = useList('guilds');
  const dms = useList('dms').filter(waits);
  const all = [...dms, ...guilds.flatMap((id) => list('channels', id).filter(waits))];
  if (all.length === 0) {
    return (
      <EmptyState
        icon={<InboxDrawing />}
        title={t`All read`}
        text={t`New messages of all places show up here.`}
      />
    );
  }
  return (
    <div className={styles.list}>
      <div className={styles.row}>
        <span className={styles.grow} />
        <Button size="s" icon={<CheckCheck size={16} strokeWidth={1.75} />} onClick={() => ackMany(all)}>
          <Trans>Mark all read</Trans>
        </Button>
      </div>
      {dms.map((id) => (
        <Channel key={id} id={id} />
      ))}
      {guilds.map((id) => (
        <Community key={id} id={id} />
      ))}
    </div>
  );
}

function Community({ id }: { id: string }) {
  useUnread('guild', id);
  const name = useEntity('guilds', id, (guild) => guild?.name);
  const channels = useList('channels', id).filter(waits);
  if (channels.length === 0) return null;
  return (
    <section aria-label={name}>
      <h3 className={styles.group}>
        <bdi>{name}</bdi>
      </h3>
      {channels.map((channel) => (
        <Channel key={channel} id={channel} />
      ))}
    </section>
  );
}

function Channel({ id }: { id: string }) {
  const { t } = useLingui();
  const { mentions } = useUnread('channel', id);
  const channel = entity('channels', id);
  if (!channel || isRead(id)) return null;
  return (
    <div className={styles.row}>
      <PathLink to={channelPath(channel.guild_id ?? '@me', id)} className={`${styles.jump} ${styles.grow}`}>
        <PlaceName channelId={id} />
      </PathLink>
      {mentions > 0 ? <Badge count={mentions} label={t`${mentions} mentions`} /> : null}
      <IconButton
        size="s"
        label={t`Mark as read`}
        icon={<CheckCheck size={16} strokeWidth={1.75} />}
        onClick={() => ack(id)}
      />
    </div>
  );
}
