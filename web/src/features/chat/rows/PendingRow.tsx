import { Trans, useLingui } from '@lingui/react/macro';
import CircleAlert from 'lucide-react/icons/circle-alert';
import Clock from 'lucide-react/icons/clock';
import FileIcon from 'lucide-react/icons/file';
import { lazy, Suspense, useEffect, useState } from 'react';
import { claim } from '#/features/auth/claim';
import { useNick } from '#/features/people/names';
import { formatBytes, formatPercent, formatTime } from '#/i18n';
import { Markdown } from '#/markdown';
import { discard, type Pending, retry, useMe } from '#/store';
import { Avatar, Button, cx, Progress, usePreferences } from '#/ui';
import looks from '#/ui/looks.module.css';
import { failureText } from '../failure';
import { pane, setActive, startEditing, useChat } from '../state';
import styles from './MessageRow.module.css';
import own from './Pending.module.css';

const EditWaiting = lazy(() => import('../composer/EditBox').then((part) => ({ default: part.EditWaiting })));

interface Props {
  pending: Pending;
  continued: boolean;
  guildId?: string;
}

const PATIENCE = 700;

/** A message on its way, where it will stand; a failed one says why and what can be done. */
export function PendingRow({ pending, continued, guildId }: Props) {
  const { t } = useLingui();
  const me = useMe();
  const size = usePreferences((p) => (p.density === 'cosy' ? 32 : 40));
  const nick = useNick(me?.id, guildId, pending.channelId);
  const active = useChat((chat) => chat.active[pending.channelId] === pending.nonce);
  const { outgoing, state } = pending;
  const editing = useChat((chat) => chat.editing[pending.channelId] === pending.nonce) && state !== 'failed';
  const failed = state === 'failed';
  // What goes at once does not say for a moment that it waits.
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), Math.max(0, pending.at + PATIENCE - Date.now()));
    return () => clearTimeout(timer);
  }, [pending.at]);
  const name = nick || me?.global_name || me?.username || '';
  return (
    <article
      className={cx(styles.row, continued && styles.continued, failed ? own.failed : own.pending)}
      data-row={pending.nonce}
      data-pending={state}
      tabIndex={active ? 0 : -1}
      aria-label={failed ? t`Not sent: ${outgoing.content}` : t`Sending: ${outgoing.content}`}
      onFocus={() => setActive(pending.channelId, pending.nonce)}
    >
      {continued || !me ? null : (
        <>
          <span className={styles.avatar}>
            <Avatar user={me} size={size} />
          </span>
          <header className={styles.head}>
            <bdi className={cx(own.name, looks.truncated)}>{name}</bdi>
            <time className={styles.time}>{formatTime(pending.at)}</time>
          </header>
        </>
      )}
      <div className={styles.body}>
        {editing ? (
          <Suspense fallback={null}>
            <EditWaiting pending={pending} />
          </Suspense>
        ) : outgoing.content ? (
          <div className={styles.text}>
            <Markdown text={outgoing.content} channelId={pending.channelId} guildId={guildId} jumbo />
          </div>
        ) : null}
        {outgoing.files?.map((file) => (
          <div key={file.id} className={own.file}>
            <FileIcon size={18} strokeWidth={1.75} aria-hidden />
            <bdi className={own.fileName}>{file.name}</bdi>
            <span>{formatBytes(file.blob.size)}</span>
          </div>
        ))}
        {state === 'sending' && outgoing.files?.length ? (
          <div className={own.progress}>
            <Progress value={pending.progress ?? 0} label={t`Uploading`} />
            <span>
              {formatPercent(pending.progress ?? 0)}
              {pending.speed ? ` · ${formatBytes(pending.speed)}/s` : ''}
            </span>
            <Button size="s" variant="ghost" onClick={() => giveBack(pending)}>
              <Trans>Cancel</Trans>
            </Button>
          </div>
        ) : null}
        {state === 'queued' && late && !editing ? (
          <div className={own.queued}>
            <span className={own.waiting}>
              <Clock size={14} strokeWidth={1.75} aria-hidden /> <Trans>Waiting to be sent</Trans>
            </span>
            <Button size="s" variant="ghost" onClick={() => startEditing(pending.channelId, pending.nonce)}>
              <Trans>Edit</Trans>
            </Button>
            <Button size="s" variant="ghost" onClick={() => giveBack(pending)}>
              <Trans>Cancel</Trans>
            </Button>
          </div>
        ) : null}
        {failed ? (
          <div className={own.error} role="alert">
            <CircleAlert size={16} strokeWidth={1.75} aria-hidden />
            <span>{failureText(pending)}</span>
            {pending.error?.code.startsWith('UNCLAIMED_') ? (
              <Button
                size="s"
                variant="primary"
                onClick={() => void claim().then((done) => done && retry(pending.nonce))}
              >
                <Trans>Finish your account</Trans>
              </Button>
            ) : (
              <Button size="s" onClick={() => retry(pending.nonce)}>
                <Trans>Try again</Trans>
              </Button>
            )}
            <Button size="s" variant="ghost" onClick={() => giveBack(pending)}>
              <Trans>Edit</Trans>
            </Button>
            <Button size="s" variant="ghost" onClick={() => void discard(pending.nonce)}>
              <Trans>Discard</Trans>
            </Button>
          </div>
        ) : null}
      </div>
    </article>
  );
}

/** Out of the queue and back into the composer. */
function giveBack(pending: Pending): void {
  const outgoing = discard(pending.nonce);
  if (outgoing) pane(pending.channelId).restore?.(outgoing);
}
