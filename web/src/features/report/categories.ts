// What a report may be about, as the server knows it, and in words.
import { t } from '@lingui/core/macro';

export type Reported = 'message' | 'user' | 'guild';

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

export function categoryOptions(of: Reported): { value: string; label: string }[] {
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
  return categories[of].map((value) => ({ value, label: names[value] ?? value }));
}
