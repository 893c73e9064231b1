import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { goTo } from '#/app/layout';
import { channelPath } from '#/app/links';
import { takeFiles } from '#/features/chat/composer/files';
import { rank } from '#/features/chat/composer/ranking';
import { places } from '#/features/chat/places';
import { formatList } from '#/i18n';
import { draft, entity, setDraft, useList } from '#/store';
import { Dialog, EmptyState, SearchField } from '#/ui';
import css from './ShareDialog.module.css';

type Props = { request: { text: string; files?: File[] }; onClose: () => void };

/** Where a shared text goes: it becomes part of the draft there, to be read once more before it is sent. */
export default function ShareDialog({ request, onClose }: Props) {
  const { t } = useLingui();
  const dms = useList('dms');
  const guilds = useList('guilds');
  const [query, setQuery] = useState('');
  const names = formatList(request.files?.map((file) => file.name) ?? []);
  const what = [request.text.slice(0, 140), names].filter(Boolean).join(' · ');
  const all = places(dms, guilds);
  const shown = query.trim() ? rank(all, query, 40) : all.slice(0, 60);
  const choose = async (id: string) => {
    const now = draft(id);
    const taken = request.files ? await takeFiles(request.files, now.files.length) : [];
    setDraft(id, {
      ...now,
      text: [now.text.trimEnd(), request.text].filter(Boolean).join('\n'),
      files: [...now.files, ...taken],
    });
    onClose();
    goTo(channelPath(entity('channels', id)?.guild_id, id));
  };
  return (
    <Dialog open title={t`Share with`} description={what} onClose={onClose}>
      <SearchField label={t`Where to`} value={query} autoFocus onChange={setQuery} />
      <ul className={css.places}>
        {shown.map((place) => (
          <li key={place.id}>
            <button type="button" className={css.place} onClick={() => void choose(place.id)}>
              <bdi>{place.names[0]}</bdi>
              {place.hint && <bdi className={css.hint}>{place.hint}</bdi>}
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <EmptyState title={t`Nothing found`} text={t`Try another name.`} />}
    </Dialog>
  );
}
