import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import type { ReportTarget } from '#/app/layout';
import { useAction } from '#/features/people/moderate';
import { displayName } from '#/features/people/names';
import { entity } from '#/store';
import { Banner, FormDialog, RadioCards, TextArea } from '#/ui';
import { categoryOptions } from './categories';

type Props = { request: { target: ReportTarget }; onClose: () => void };

export default function ReportDialog({ request, onClose }: Props) {
  const { t } = useLingui();
  const { target } = request;
  const [category, setCategory] = useState<string>('');
  const [more, setMore] = useState('');
  const [missing, setMissing] = useState(false);
  const { busy, error, act } = useAction(onClose);
  const what =
    target.type === 'user'
      ? displayName(target.userId, target.guildId)
      : target.type === 'guild'
        ? (entity('guilds', target.guildId)?.name ?? '')
        : '';
  const send = () => {
    if (!category) return setMissing(true);
    const base = { category, additional_info: more.trim() || undefined };
    void act(
      () =>
        target.type === 'message'
          ? api('POST /reports/message', {
              body: { ...base, channel_id: target.channelId, message_id: target.messageId } as never,
            })
          : target.type === 'user'
            ? api('POST /reports/user', {
                body: { ...base, user_id: target.userId, guild_id: target.guildId } as never,
              })
            : api('POST /reports/guild', { body: { ...base, guild_id: target.guildId } as never }),
      t`Thank you. The people who run this server will look at it.`,
    );
  };
  return (
    <FormDialog
      title={target.type === 'message' ? <Trans>Report this message</Trans> : <Trans>Report {what}</Trans>}
      description={<Trans>The people who run this server see it. Nobody is told who reported.</Trans>}
      onClose={onClose}
      onSubmit={send}
      action={<Trans>Report</Trans>}
      danger
      busy={busy}
      error={error}
    >
      {missing && <Banner kind="error">{t`Choose what it is about.`}</Banner>}
      <RadioCards
        label={<Trans>What is it about?</Trans>}
        value={category}
        onChange={(value) => {
          setCategory(value);
          setMissing(false);
        }}
        options={categoryOptions(target.type)}
      />
      <TextArea
        label={<Trans>What should they know?</Trans>}
        optional
        rows={3}
        counter={1000}
        maxLength={1000}
        value={more}
        onChange={setMore}
      />
    </FormDialog>
  );
}
