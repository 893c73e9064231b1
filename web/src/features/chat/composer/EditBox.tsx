import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Message } from '#/api/types';
import { discard, edit, editPending, entity, limit, type Pending } from '#/store';
import { Button, toast } from '#/ui';
import { askRemove, refused } from '../actions';
import { pane, stopEditing } from '../state';
import styles from './Composer.module.css';
import { Editor, type EditorHandle } from './Editor';

/** A message while its text is being changed, in its place. */
export default function EditBox({ message }: { message: Message }) {
  const { t } = useLingui();
  const channelId = message.channel_id;
  const save = async (content: string, leave: () => void) => {
    if (!content && !message.attachments?.length) return void askRemove(message);
    leave();
    try {
      await edit(channelId, message.id, { content });
    } catch (error) {
      refused(error, t`The change was not saved.`);
    }
  };
  return <Box channelId={channelId} initial={message.content} save={save} />;
}

/** The same for a message that waits to be sent. */
export function EditWaiting({ pending }: { pending: Pending }) {
  const { t } = useLingui();
  const { channelId, nonce, outgoing } = pending;
  const save = async (content: string, leave: () => void) => {
    leave();
    if (!content && !outgoing.files?.length) return void discard(nonce);
    if (await editPending(nonce, content)) return;
    pane(channelId).restore?.({ content });
    toast({ kind: 'warning', text: t`It was on its way already. Your change is in the message field.` });
  };
  const gone = (content: string) => pane(channelId).restore?.({ content });
  return <Box channelId={channelId} initial={outgoing.content} save={save} gone={gone} />;
}

interface Props {
  channelId: string;
  initial: string;
  save: (content: string, leave: () => void) => Promise<void>;
  /** What was typed when the message went away beneath it. */
  gone?: (content: string) => void;
}

function Box({ channelId, initial, save, gone }: Props) {
  const { t } = useLingui();
  const [text, setText] = useState(initial);
  const editor = useRef<EditorHandle | null>(null);
  const left = useRef(false);
  const guildId = entity('channels', channelId)?.guild_id ?? undefined;
  const leave = () => {
    left.current = true;
    stopEditing(channelId);
    pane(channelId).focusComposer?.();
  };
  const submit = async () => {
    const content = (editor.current?.get() ?? text).trim();
    if (content === initial.trim()) return leave();
    const most = limit('max_message_length') || 2000;
    if (content.length > most)
      return void toast({ kind: 'error', text: t`It is longer than ${most} characters.` });
    await save(content, leave);
  };
  const unmounted = useEffectEvent(() => {
    if (!left.current && text.trim() !== initial.trim()) gone?.(text.trim());
  });
  useEffect(() => () => unmounted(), []);
  return (
    <div className={styles.editBox}>
      <div className={styles.editField}>
        <Editor
          channelId={channelId}
          guildId={guildId}
          label={t`Edit message`}
          initial={initial}
          onChange={setText}
          onSubmit={submit}
          onEscape={() => {
            leave();
            return true;
          }}
          handle={(handle) => {
            editor.current = handle;
          }}
          autoFocus
        />
      </div>
      <div className={styles.editButtons}>
        <Button size="s" variant="ghost" onClick={leave}>
          <Trans>Cancel</Trans>
        </Button>
        <Button size="s" variant="primary" onClick={submit}>
          <Trans>Save</Trans>
        </Button>
      </div>
    </div>
  );
}
