import { Plural, Trans, useLingui } from '@lingui/react/macro';
import PencilLine from 'lucide-react/icons/pencil-line';
import Trash2 from 'lucide-react/icons/trash-2';
import { channelPath } from '#/app/links';
import { PathLink } from '#/app/PathLink';
import { emptyDraft, setDraft, useDraft, useDrafts, useEntity } from '#/store';
import { confirm, EmptyState, IconButton } from '#/ui';
import styles from '../found/Found.module.css';
import { PlaceName } from '../found/MessageCard';

/** What was begun and not sent. */
export function Drafts() {
  const { t } = useLingui();
  const ids = useDrafts();
  if (ids.length === 0) {
    return (
      <EmptyState
        icon={<PencilLine size={32} strokeWidth={1.5} />}
        title={t`No drafts`}
        text={t`What you write stays here until it is sent.`}
      />
    );
  }
  return (
    <div className={styles.list}>
      {ids.map((id) => (
        <Draft key={id} channelId={id} />
      ))}
    </div>
  );
}

function Draft({ channelId }: { channelId: string }) {
  const { t } = useLingui();
  const [draft] = useDraft(channelId);
  const guildId = useEntity('channels', channelId, (channel) => channel?.guild_id) ?? undefined;
  const discard = async () => {
    const yes = await confirm({
      title: t`Discard this draft?`,
      body: draft.text.slice(0, 200),
      action: t`Discard`,
      danger: true,
    });
    if (yes) setDraft(channelId, emptyDraft);
  };
  return (
    <article className={styles.card}>
      <div className={styles.row}>
        <div className={styles.grow}>
          <PlaceName channelId={channelId} />
          <p className={styles.line} dir="auto">
            {draft.text || <Plural value={draft.files.length} one="# file" other="# files" />}
          </p>
        </div>
        <PathLink className={styles.jump} to={channelPath(guildId ?? '@me', channelId)}>
          <Trans>Go on</Trans>
        </PathLink>
        <IconButton
          size="s"
          label={t`Discard`}
          icon={<Trash2 size={16} strokeWidth={1.75} />}
          onClick={() => void discard()}
        />
      </div>
    </article>
  );
}
