import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Message } from '#/api/types';
import { entity, send, useList } from '#/store';
import { Button, Checkbox, Dialog, EmptyState, SearchField, TextField, toast } from '#/ui';
import { rank } from '../composer/ranking';
import { places } from '../places';
import { summary } from '../text';
import styles from './Dialogs.module.css';

const MOST = 5;

export function ForwardDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useLingui();
  const dms = useList('dms');
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [comment, setComment] = useState('');
  const all = places(dms);
  const shown = query.trim() ? rank(all, query, 40) : all.slice(0, 60);
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(0, MOST));
  const go = () => {
    const guildId = entity('channels', message.channel_id)?.guild_id;
    for (const id of chosen) {
      send(id, { content: '', forward: { channelId: message.channel_id, messageId: message.id, guildId } });
      if (comment.trim()) send(id, { content: comment.trim() });
    }
    const count = chosen.length;
    toast({
      kind: 'success',
      text: plural(count, { one: 'Forwarded to # place.', other: 'Forwarded to # places.' }),
    });
    onClose();
  };
  return (
    <Dialog
      open
      title={t`Forward`}
      description={summary(message, 80)}
      onClose={onClose}
      onSubmit={() => chosen.length > 0 && go()}
      footer={
        <Button variant="primary" type="submit" disabled={chosen.length === 0}>
          <Trans>Send</Trans>
        </Button>
      }
    >
      <SearchField label={t`Where to`} value={query} autoFocus onChange={setQuery} />
      <ul className={styles.places}>
        {shown.map((place) => (
          <li key={place.id}>
            <Checkbox
              label={place.names[0] ?? ''}
              hint={place.hint || undefined}
              checked={chosen.includes(place.id)}
              disabled={chosen.length >= MOST && !chosen.includes(place.id)}
              onChange={() => toggle(place.id)}
            />
          </li>
        ))}
        {shown.length === 0 ? <EmptyState title={t`Nothing found`} text={t`Try another name.`} /> : null}
      </ul>
      <TextField label={t`Comment`} optional value={comment} onChange={setComment} maxLength={2000} />
    </Dialog>
  );
}
