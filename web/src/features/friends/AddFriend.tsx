import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { copy } from '#/features/copy';
import { relationshipError } from '#/features/people/errors';
import { tag } from '#/features/people/names';
import { useMe } from '#/store';
import { Button, TextField } from '#/ui';
import css from './Friends.module.css';
import { parseTag } from './tag';

export function AddFriend() {
  const { t } = useLingui();
  const me = useMe();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [sent, setSent] = useState<string>();

  const submit = async () => {
    const wanted = parseTag(text);
    setSent(undefined);
    if (!wanted) return setError(t`Write the name and the four digits, as in name#0000.`);
    setBusy(true);
    setError(undefined);
    try {
      const answer = await api('POST /users/@me/relationships', { body: wanted });
      setSent(
        answer.type === 1
          ? t`You and ${text.trim()} are friends now.`
          : t`The request to ${text.trim()} is sent.`,
      );
      setText('');
    } catch (failure) {
      setError(relationshipError(failure));
    } finally {
      setBusy(false);
    }
  };
  const own = me ? tag(me) : '';
  return (
    <div className={css.add}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label={<Trans>Name and number</Trans>}
          placeholder="name#0000"
          value={text}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          error={error}
          hint={
            sent ? (
              <span role="status">{sent}</span>
            ) : (
              <Trans>Ask them for it: it stands on their card.</Trans>
            )
          }
          onChange={(value) => {
            setText(value);
            setError(undefined);
          }}
        />
        <Button type="submit" variant="primary" busy={busy} disabled={!text.trim()}>
          <Trans>Send request</Trans>
        </Button>
      </form>
      <section className={css.mine}>
        <h2>
          <Trans>Your own</Trans>
        </h2>
        <p>
          <bdi className={css.tagBig}>{own}</bdi>
          <Button variant="secondary" onClick={() => void copy(own, t`Copied`)}>
            <Trans>Copy</Trans>
          </Button>
        </p>
      </section>
    </div>
  );
}
