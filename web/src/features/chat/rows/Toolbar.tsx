import { useLingui } from '@lingui/react/macro';
import CornerUpLeft from 'lucide-react/icons/corner-up-left';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Forward from 'lucide-react/icons/forward';
import Pencil from 'lucide-react/icons/pencil';
import SmilePlus from 'lucide-react/icons/smile-plus';
import type { MouseEvent } from 'react';
import type { Message } from '#/api/types';
import { emojiLabel } from '#/features/emoji/data';
import { IconButton, usePreferences } from '#/ui';
import { forward, pickReaction, reply, rightsOn, toggleReaction } from '../actions';
import { startEditing } from '../state';
import styles from './Toolbar.module.css';

const icon = { size: 18, strokeWidth: 1.75 } as const;

/** What can be done with a message, at its corner while it is pointed at or focused. */
export function Toolbar({ message }: { message: Message }) {
  const { t } = useLingui();
  const quick = usePreferences((p) => p.quickReactions);
  const rights = rightsOn(message);
  const more = async (event: MouseEvent<HTMLButtonElement>) => {
    const button = event.currentTarget;
    const { openMessageMenu } = await import('../menu');
    openMessageMenu(button, message);
  };
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t`Message actions`}>
      {rights.react
        ? quick
            .slice(0, 3)
            .map((char) => (
              <IconButton
                key={char}
                size="s"
                className={styles.quick}
                label={t`React with ${emojiLabel(char) ?? char}`}
                icon={<span className={styles.emoji}>{char}</span>}
                onClick={() => toggleReaction(message, { name: char })}
              />
            ))
        : null}
      {rights.react ? (
        <IconButton
          size="s"
          label={t`Add reaction`}
          icon={<SmilePlus {...icon} />}
          onClick={(event) => pickReaction(message, event.currentTarget)}
        />
      ) : null}
      {rights.reply ? (
        <IconButton
          size="s"
          label={t`Reply`}
          icon={<CornerUpLeft {...icon} className="mirrored" />}
          onClick={() => reply(message)}
        />
      ) : null}
      {rights.edit ? (
        <IconButton
          size="s"
          label={t`Edit`}
          icon={<Pencil {...icon} />}
          onClick={() => startEditing(message.channel_id, message.id)}
        />
      ) : rights.forward ? (
        <IconButton
          size="s"
          label={t`Forward`}
          icon={<Forward {...icon} className="mirrored" />}
          onClick={() => forward(message)}
        />
      ) : null}
      <IconButton size="s" label={t`More`} icon={<Ellipsis {...icon} />} onClick={more} />
    </div>
  );
}
