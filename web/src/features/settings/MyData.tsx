import { useLingui } from '@lingui/react/macro';
import { api } from '#/api/client';
import type { Answer } from '#/api/types';
import { formatBytes, formatDateTime, formatNumber } from '#/i18n';
import { useMe } from '#/store';
import { Banner, Button, confirm, Pill, Progress } from '#/ui';
import { PageSkeleton, Row, Section } from './Frame';
import { useLoad, useRun } from './form';
import { Loaded } from './Loaded';

type Harvest = NonNullable<Answer<'GET /users/@me/harvest/latest'>>;

export default function MyData() {
  const { t } = useLingui();
  const me = useMe();
  const { busy, run } = useRun();
  const latest = useLoad<{ harvest: Harvest | null }>(async () => ({
    harvest: (await api('GET /users/@me/harvest/latest')) as Harvest | null,
  }));
  if (!me) return <PageSkeleton />;
  const pending = me.pending_bulk_message_deletion;
  const request = () =>
    run(async () => {
      await api('POST /users/@me/harvest');
      latest.reload();
    }, t`Your copy is being made. A mail tells when it is ready.`);
  const deleteAll = async () => {
    const yes = await confirm({
      title: t`Delete all your messages?`,
      body: (
        <p>
          {t`In 24 hours everything you have written until then is deleted everywhere, in communities and direct messages. Until then you can stop it here; after that nobody can bring it back.`}
        </p>
      ),
      action: t`Delete in 24 hours`,
      danger: true,
    });
    if (yes) await run(() => api('POST /users/@me/messages/delete', { body: {}, sudo: true }));
  };
  return (
    <>
      <Section
        title={t`A copy of your data`}
        hint={t`Everything the server keeps about you, as files: account, settings, friends, messages.`}
      >
        <Loaded of={latest}>
          {({ harvest }) => (
            <>
              {harvest && <State harvest={harvest} onReload={latest.reload} />}
              <div>
                <Button
                  busy={busy}
                  {...((harvest?.status === 'pending' || harvest?.status === 'processing') && {
                    reason: t`One copy at a time.`,
                  })}
                  onClick={() => void request()}
                >{t`Request a copy`}</Button>
              </div>
            </>
          )}
        </Loaded>
      </Section>
      <Section title={t`Delete all messages`} danger>
        {pending ? (
          <Banner
            kind="warning"
            action={
              <Button
                onClick={() =>
                  void run(() => api('DELETE /users/@me/messages/delete'), t`Your messages are kept`)
                }
              >{t`Keep my messages`}</Button>
            }
          >
            {t`${formatNumber(pending.message_count)} messages in ${formatNumber(pending.channel_count)} channels are deleted on ${formatDateTime(pending.scheduled_at)}.`}
          </Banner>
        ) : (
          <Row title={t`Everything you have written`} text={t`With 24 hours to change your mind.`}>
            <Button variant="danger" onClick={() => void deleteAll()}>{t`Delete all`}</Button>
          </Row>
        )}
      </Section>
    </>
  );
}

function State({ harvest, onReload }: { harvest: Harvest; onReload: () => void }) {
  const { t } = useLingui();
  const { run } = useRun();
  const download = () =>
    run(async () => {
      const answer = await api('GET /users/@me/harvest/{harvest_id}/download', {
        path: { harvest_id: harvest.harvest_id },
      });
      location.assign(answer.download_url);
    });
  const asked = t`Requested ${formatDateTime(harvest.created_at)}`;
  if (harvest.status === 'failed') {
    return <Row title={t`The last copy failed`} text={harvest.error_message ?? asked} />;
  }
  if (harvest.status !== 'completed') {
    return (
      <>
        <Row title={harvest.status === 'pending' ? t`Waiting its turn` : t`Being made`} text={asked}>
          <Button size="s" onClick={onReload}>{t`Look again`}</Button>
        </Row>
        <Progress label={t`Copy of your data`} value={harvest.progress_percent / 100} />
      </>
    );
  }
  const over = harvest.expires_at !== null && new Date(harvest.expires_at).getTime() < Date.now();
  return (
    <Row
      title={
        <>
          {t`Ready`} {harvest.file_size && <Pill>{formatBytes(Number(harvest.file_size))}</Pill>}
        </>
      }
      text={harvest.expires_at ? t`Can be downloaded until ${formatDateTime(harvest.expires_at)}` : asked}
    >
      <Button variant="primary" {...(over && { reason: t`It has expired.` })} onClick={() => void download()}>
        {t`Download`}
      </Button>
    </Row>
  );
}
