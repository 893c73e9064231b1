import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { api } from '#/api/client';
import { useEntity } from '#/store';
import { toast } from '#/ui';
import css from './Profile.module.css';

/** A note on somebody, seen by oneself alone. Saved while it is written. */
export function Note({ userId }: { userId: string }) {
  const { t } = useLingui();
  const kept = useEntity('notes', userId) ?? '';
  const [text, setText] = useState<string | null>(null);
  const dirty = useRef(false);
  const shown = text ?? kept;

  const save = useEffectEvent(async () => {
    if (!dirty.current || text === null) return;
    dirty.current = false;
    try {
      await api('PUT /users/@me/notes/{target_id}', {
        path: { target_id: userId },
        body: { note: text.trim() || null },
      });
    } catch {
      dirty.current = true;
      toast({
        kind: 'error',
        text: t`The note could not be saved.`,
        action: { label: t`Try again`, run: () => void save() },
      });
    }
  });
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => void save(), 800);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => () => void save(), []);

  return (
    <section className={css.part}>
      <h3 id={`note-${userId}`}>
        <Trans>Note, only for you</Trans>
      </h3>
      <textarea
        className={css.note}
        aria-labelledby={`note-${userId}`}
        placeholder={t`Write something to remember`}
        maxLength={256}
        rows={1}
        dir="auto"
        value={shown}
        onChange={(event) => {
          dirty.current = true;
          setText(event.target.value);
        }}
        onBlur={() => void save()}
      />
    </section>
  );
}
