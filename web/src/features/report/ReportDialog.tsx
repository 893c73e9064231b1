import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import type { ReportTarget } from '#/app/layout';
import { useAction } from '#/features/people/moderate';
import { displayName } from '#/features/people/names';
import { entity } from '#/store';
import { Banner, FormDialog, RadioCards, TextArea } from '#/ui';

const categories = {
  message: [
    'harassment',
    'hate_speech',
    'violent_content',
    'spam',
    'nsfw_violation',
    'illegal_activity',
    'doxxing',
    'self_harm',
    'child_safety',
    'malicious_links',
    'impersonation',
    'other',
  ],
  user: [
    'harassment',
    'hate_speech',
    'spam_account',
    'impersonation',
    'underage_user',
    'inappropriate_profile',
    'other',
  ],
  guild: [
    'harassment',
    'hate_speech',
    'extremist_community',
    'illegal_activity',
    'child_safety',
    'raid_coordination',
    'spam',
    'malware_distribution',
    'other',
  ],
} as const;

type Props = { request: { target: ReportTarget }; onClose: () => void };

export default function ReportDialog({ request, onClose }: Props) {
  const { t } = useLingui();
  const { target } = request;
  const [category, setCategory] = useState<string>('');
  const [more, setMore] = useState('');
  const [missing, setMissing] = useState(false);
  const { busy, error, act } = useAction(onClose);
  const names: Record<string, string> = {
    harassment: t`Harassment`,
    hate_speech: t`Hate`,
    violent_content: t`Violence`,
    spam: t`Spam`,
    spam_account: t`Spam`,
    nsfw_violation: t`Sexual content where it does not belong`,
    illegal_activity: t`Something illegal`,
    doxxing: t`Private data of others`,
    self_harm: t`Self-harm`,
    child_safety: t`Danger for children`,
    malicious_links: t`Harmful links`,
    malware_distribution: t`Spreading of malware`,
    impersonation: t`Pretending to be somebody else`,
    underage_user: t`Too young to be here`,
    inappropriate_profile: t`Name, picture or text of the profile`,
    extremist_community: t`Extremism`,
    raid_coordination: t`Attacks on other communities`,
    other: t`Something else`,
  };
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
        options={categories[target.type].map((value) => ({
          value: value as string,
          label: names[value] ?? value,
        }))}
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
