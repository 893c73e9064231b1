import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { Message } from '#/api/types';
import { edit, entity, limit } from '#/store';
import { Button, toast } from '#/ui';
import { askRemove, refused } from '../actions';
import { pane, stopEditing } from '../state';
import styles from './Composer.module.css';
import { Editor, type EditorHandle } from './Editor';

/** A message while its text is being changed, in its place. */
export default function EditBox({ message }: { message: Message }) {
  const { t } = useLingui();
  const [text, setText] = useState(message.content);
  const editor = useRef<EditorHandle | null>(null);
  const channelId = message.channel_id;
  const guildId = entity('channels', channelId)?.guild_id ?? undefined;
  const leave = () => {
    stopEditing(channelId);
    pane(channelId).focusComposer?.();
  };
  const save = async () => {
    const content = (editor.current?.get() ?? text).trim();
    if (content === message.content.trim()) return leave();
    if (!content && !message.attachments?.length) return void askRemove(message);
    const most = limit('max_message_length') || 2000;
    if (content.length > most)
      return void toast({ kind: 'error', text: t`It is longer than ${most} characters.` });
    leave();
    try {
      await edit(channelId, message.id, { content });
    } catch (error) {
      refused(error, t`The change was not saved.`);
    }
  };
  return (
    <div className={styles.editBox}>
      <div className={styles.editField}>
        <Editor
          channelId={channelId}
          guildId={guildId}
          label={t`Edit message`}
          initial={message.content}
          onChange={setText}
          onSubmit={save}
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
        <Button size="s" variant="primary" onClick={save}>
          <Trans>Save</Trans>
        </Button>
      </div>
    </div>
  );
}
