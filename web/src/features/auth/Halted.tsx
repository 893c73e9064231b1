// An account that cannot be used now: until when, and what can be done.
import { Trans, useLingui } from '@lingui/react/macro';
import { CircleSlash } from 'lucide-react';
import type { ApiError } from '#/api/error';
import { Button } from '#/ui';
import { Page } from './Page';

export function haltOf(error: ApiError): 'permanent' | 'temporary' | 'suspicious' | undefined {
  if (error.code === 'ACCOUNT_SUSPENDED_PERMANENTLY') return 'permanent';
  if (error.code === 'ACCOUNT_SUSPENDED_TEMPORARILY') return 'temporary';
  if (error.code === 'ACCOUNT_SUSPICIOUS_ACTIVITY') return 'suspicious';
  return undefined;
}

export function Halted({ error, onBack }: { error: ApiError; onBack: () => void }) {
  const { t, i18n } = useLingui();
  const until = error.data['banned_until'] ?? error.data['temp_banned_until'];
  const date =
    typeof until === 'string'
      ? i18n.date(new Date(until), { dateStyle: 'long', timeStyle: 'short' })
      : undefined;
  const permanent = haltOf(error) === 'permanent';
  return (
    <Page
      title={permanent ? t`This account is closed` : t`This account is suspended`}
      icon={<CircleSlash size={30} />}
      kind="danger"
      text={
        permanent ? (
          <Trans>The people who run this server have closed it for good. Only they can say more.</Trans>
        ) : date ? (
          <Trans>Until {date} it cannot be used. After that, sign in as usual. A mail told you why.</Trans>
        ) : (
          <Trans>It cannot be used for a while. A mail told you why, and until when.</Trans>
        )
      }
    >
      <Button size="l" wide onClick={onBack}>
        <Trans>Back to sign in</Trans>
      </Button>
    </Page>
  );
}
