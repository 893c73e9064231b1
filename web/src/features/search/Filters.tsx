import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { entity, mayView, searchMembers, useList } from '#/store';
import { Button, Combobox, DateTimeField, Select, TextField } from '#/ui';
import styles from '../found/Found.module.css';
import { useAuthorNames, useKindNames } from './filterText';
import { peopleIn } from './names';
import {
  AUTHORS,
  type AuthorKind,
  type Filter,
  KINDS,
  type Kind,
  type ListName,
  type Scope,
  withFilter,
} from './query';

interface Props {
  channelId: string;
  guildId?: string;
  scope: Scope | 'channel';
  filters: readonly Filter[];
  onChange: (filters: readonly Filter[]) => void;
}

type Words = 'link' | 'file' | 'ext';

/** The filters as a form: what can be typed, said in words. */
export function Filters({ channelId, guildId, scope, filters, onChange }: Props) {
  const { t } = useLingui();
  const kinds = useKindNames();
  const authors = useAuthorNames();
  const channels = useList('channels', guildId);
  const [members, setMembers] = useState<readonly string[]>([]);
  const people = peopleIn(channelId, guildId, members).map(({ id, name, hint }) => ({
    id,
    label: name,
    hint,
  }));
  const chosen = (name: ListName) =>
    filters.flatMap((one) => (one.name === name && !('not' in one && one.not) ? [one.value as string] : []));
  const set = (name: ListName, values: readonly string[]) =>
    onChange([
      ...filters.filter((one) => one.name !== name || ('not' in one && one.not)),
      ...values.map((value) => ({ name, value }) as Filter),
    ]);
  const look = (text: string) => {
    if (guildId && text) void searchMembers(guildId, text).then(setMembers);
  };
  const date = (name: 'before' | 'after' | 'on') =>
    String(filters.find((one) => one.name === name)?.value ?? '');
  const setDate = (name: 'before' | 'after' | 'on', value: string) =>
    onChange(value ? withFilter(filters, { name, value }) : filters.filter((one) => one.name !== name));
  const pinned = filters.find((one) => one.name === 'pinned')?.value;
  return (
    <div className={styles.form}>
      <Combobox
        label={t`From`}
        multiple
        options={people}
        value={chosen('from')}
        onChange={(ids) => set('from', ids)}
        onSearch={guildId ? look : undefined}
      />
      <Combobox
        label={t`Mentions`}
        multiple
        options={people}
        value={chosen('mentions')}
        onChange={(ids) => set('mentions', ids)}
      />
      {guildId && scope !== 'channel' ? (
        <Combobox
          label={t`In channels`}
          multiple
          options={channels
            .filter((id) => mayView(guildId, id) && entity('channels', id)?.type !== 4)
            .map((id) => ({ id, label: entity('channels', id)?.name ?? id }))}
          value={chosen('in')}
          onChange={(ids) => set('in', ids)}
        />
      ) : null}
      <Combobox
        label={t`With`}
        multiple
        options={KINDS.map((id: Kind) => ({ id, label: kinds[id] }))}
        value={chosen('has')}
        onChange={(ids) => set('has', ids)}
      />
      <div className={styles.pair}>
        <DateTimeField
          kind="date"
          label={t`After`}
          value={date('after')}
          onChange={(value) => setDate('after', value)}
        />
        <DateTimeField
          kind="date"
          label={t`Before`}
          value={date('before')}
          onChange={(value) => setDate('before', value)}
        />
        <DateTimeField
          kind="date"
          label={t`On`}
          value={date('on')}
          onChange={(value) => setDate('on', value)}
        />
      </div>
      <div className={styles.pair}>
        <Select
          label={t`Written by`}
          value={chosen('type')[0] ?? ''}
          options={[
            { value: '', label: t`anybody` },
            ...AUTHORS.map((value: AuthorKind) => ({ value, label: authors[value] })),
          ]}
          onChange={(value) => set('type', value ? [value] : [])}
        />
        <Select
          label={t`Pinned`}
          value={pinned === undefined ? '' : String(pinned)}
          options={[
            { value: '', label: t`or not` },
            { value: 'true', label: t`yes` },
            { value: 'false', label: t`no` },
          ]}
          onChange={(value) =>
            onChange(
              value
                ? withFilter(filters, { name: 'pinned', value: value === 'true' })
                : filters.filter((one) => one.name !== 'pinned'),
            )
          }
        />
      </div>
      <div className={styles.pair}>
        <Word
          label={t`Link to`}
          placeholder="example.com"
          name="link"
          add={(name, value) => onChange(withFilter(filters, { name, value }))}
        />
        <Word
          label={t`File name`}
          placeholder="notes"
          name="file"
          add={(name, value) => onChange(withFilter(filters, { name, value }))}
        />
        <Word
          label={t`Extension`}
          placeholder="pdf"
          name="ext"
          add={(name, value) => onChange(withFilter(filters, { name, value }))}
        />
      </div>
      {filters.length ? (
        <div>
          <Button size="s" onClick={() => onChange([])}>
            <Trans>Clear filters</Trans>
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface WordProps {
  label: string;
  placeholder: string;
  name: Words;
  add: (name: Words, value: string) => void;
}

/** One word; it becomes a filter by Enter or when the field is left. */
function Word({ label, placeholder, name, add }: WordProps) {
  const [value, setValue] = useState('');
  const done = () => {
    const word = value.trim().toLowerCase().replace(/^\./, '');
    if (word) add(name, word);
    setValue('');
  };
  return (
    <TextField
      label={label}
      placeholder={placeholder}
      value={value}
      onChange={setValue}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        done();
      }}
    />
  );
}
