import { Trans, useLingui } from '@lingui/react/macro';
import { Copy, QrCode } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { api } from '#/api/client';
import { copy } from '#/features/copy';
import { inviteError } from '#/features/people/errors';
import { channelName } from '#/features/people/names';
import { entity } from '#/store';
import { Button, Dialog, ErrorState, IconButton, QR, SearchField, Select, Skeleton, Switch } from '#/ui';
import css from './Community.module.css';
import { inviteLink } from './invites';
import { SendTo } from './SendTo';

type Props = { request: { channelId: string; guildId?: string }; onClose: () => void };

/** The link is there at once; what it may do is changed below it, which makes another one. */
export default function InviteDialog({ request, onClose }: Props) {
  const { t } = useLingui();
  const { channelId, guildId } = request;
  const [age, setAge] = useState(604_800);
  const [uses, setUses] = useState(0);
  const [temporary, setTemporary] = useState(false);
  const [code, setCode] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [options, setOptions] = useState(false);
  const [qr, setQr] = useState(false);
  const [query, setQuery] = useState('');
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt asks again for the same
  useEffect(() => {
    let gone = false;
    setError(undefined);
    api('POST /channels/{channel_id}/invites', {
      path: { channel_id: channelId },
      body: { max_age: age, max_uses: uses, temporary, unique: false },
    }).then(
      (invite) => gone || setCode(invite.code),
      (failure: unknown) => gone || setError(failure),
    );
    return () => {
      gone = true;
    };
  }, [channelId, age, uses, temporary, attempt]);

  const link = code ? inviteLink(code) : '';
  const place = guildId ? (entity('guilds', guildId)?.name ?? '') : channelName(channelId);
  const lasts: Record<number, string> = {
    1800: t`It runs out in 30 minutes.`,
    3600: t`It runs out in 1 hour.`,
    21600: t`It runs out in 6 hours.`,
    43200: t`It runs out in 12 hours.`,
    86400: t`It runs out in 1 day.`,
    604800: t`It runs out in 7 days.`,
    0: t`It never runs out.`,
  };
  return (
    <Dialog
      open
      title={<Trans>Invite to {place}</Trans>}
      description={guildId ? <Trans>People arrive in #{channelName(channelId)}.</Trans> : undefined}
      onClose={onClose}
    >
      {error ? (
        <ErrorState error={new Error(inviteError(error))} onRetry={() => setAttempt(attempt + 1)} />
      ) : (
        <>
          <div className={css.link}>
            {code ? (
              <input
                aria-label={t`Invite link`}
                readOnly
                dir="ltr"
                value={link}
                onFocus={(event) => event.currentTarget.select()}
              />
            ) : (
              <Skeleton width="60%" />
            )}
            <IconButton
              label={qr ? t`Hide the QR code` : t`Show as QR code`}
              icon={<QrCode />}
              pressed={qr}
              onClick={() => setQr(!qr)}
            />
            <Button
              variant="primary"
              icon={<Copy />}
              disabled={!code}
              data-autofocus=""
              onClick={() => void copy(link, t`Link copied`)}
            >
              <Trans>Copy</Trans>
            </Button>
          </div>
          <p className={css.quiet}>
            {lasts[age]}{' '}
            <button
              type="button"
              className={css.text}
              aria-expanded={options}
              onClick={() => setOptions(!options)}
            >
              {options ? <Trans>Done</Trans> : <Trans>Change</Trans>}
            </button>
          </p>
          {options && (
            <div className={css.options}>
              <Select
                label={<Trans>Runs out</Trans>}
                value={age}
                onChange={setAge}
                options={[
                  { value: 1800, label: t`after 30 minutes` },
                  { value: 3600, label: t`after 1 hour` },
                  { value: 21600, label: t`after 6 hours` },
                  { value: 43200, label: t`after 12 hours` },
                  { value: 86400, label: t`after 1 day` },
                  { value: 604800, label: t`after 7 days` },
                  { value: 0, label: t`never` },
                ]}
              />
              <Select
                label={<Trans>Uses</Trans>}
                value={uses}
                onChange={setUses}
                options={[
                  { value: 0, label: t`as many as like` },
                  ...[1, 5, 10, 25, 50, 100].map((value) => ({ value, label: String(value) })),
                ]}
              />
              {guildId && (
                <Switch
                  label={<Trans>Temporary</Trans>}
                  hint={<Trans>Who has no role when they go offline is no member any more.</Trans>}
                  checked={temporary}
                  onChange={setTemporary}
                />
              )}
            </div>
          )}
          {qr && code && (
            <div className={css.qr}>
              <Suspense fallback={null}>
                <QR text={link} size={192} label={t`QR code of the invite link`} />
              </Suspense>
            </div>
          )}
          <section className={css.send}>
            <h3>
              <Trans>Send it to friends</Trans>
            </h3>
            <SearchField
              label={t`Find friends`}
              placeholder={t`Find friends`}
              value={query}
              onChange={setQuery}
            />
            <SendTo link={link} query={query} guildId={guildId} />
          </section>
        </>
      )}
    </Dialog>
  );
}
