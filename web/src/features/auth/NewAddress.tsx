import { Trans, useLingui } from '@lingui/react/macro';
import { MailCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ApiError, api } from '#/api/client';
import { useAttempt } from '#/features/attempt';
import { announce, Banner, Button, useErrorText } from '#/ui';
import { type Aim, enter } from './flow';
import { Page } from './Page';
import { SendAgain } from './parts';
import { useCountdown } from './submit';

export interface NewAddressDemand {
  ticket: string;
  email: string;
  resend_available_in?: number;
}

interface Props {
  demand: NewAddressDemand;
  aim: Aim;
  onBack: () => void;
}

/** Waits for the link in the mail to be opened, on this device or another, and goes on by itself. */
export function NewAddress({ demand, aim, onBack }: Props) {
  const { t } = useLingui();
  const text = useErrorText();
  const [over, setOver] = useState(false);
  const [resent, setResent] = useState(false);
  const { refused, attempt } = useAttempt();
  const [wait, startWait] = useCountdown();

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => startWait(demand.resend_available_in ?? 30), [demand.ticket]);

  useEffect(() => {
    if (over) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const poll = async () => {
      try {
        const query = { ticket: demand.ticket };
        const answer = await api('GET /auth/ip-authorization/poll', { query, anonymous: true });
        if (stopped) return;
        if (answer.completed && answer.token && answer.user_id) {
          announce(t`Confirmed`, 'assertive');
          await enter({ token: answer.token, user_id: answer.user_id }, aim);
          return;
        }
      } catch (failure) {
        if (failure instanceof ApiError && failure.status === 400) return setOver(true);
      }
      if (!stopped && document.visibilityState === 'visible') timer = setTimeout(poll, 2000);
    };
    const seen = () => {
      if (document.visibilityState !== 'visible') return;
      clearTimeout(timer);
      void poll();
    };
    timer = setTimeout(poll, 2000);
    document.addEventListener('visibilitychange', seen);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [demand.ticket, over, aim, t]);

  const resend = () =>
    attempt(async () => {
      await api('POST /auth/ip-authorization/resend', { body: { ticket: demand.ticket }, anonymous: true });
      setResent(true);
      announce(t`Sent again`);
    });

  return (
    <Page
      title={over ? t`That took too long` : t`Look into your mail`}
      icon={<MailCheck size={30} />}
      text={
        over ? (
          <Trans>The link has expired. Sign in once more to get a new one.</Trans>
        ) : (
          <Trans>
            You have not signed in from here before. Open the link in the mail to <bdi>{demand.email}</bdi>,
            and this page then goes on by itself.
          </Trans>
        )
      }
      foot={
        <Button variant="ghost" onClick={onBack}>
          <Trans>Back to sign in</Trans>
        </Button>
      }
    >
      {refused ? <Banner kind="error">{text(refused)}</Banner> : null}
      {resent && (
        <Banner kind="success">
          <Trans>Sent again. Look among the unwanted mail too.</Trans>
        </Banner>
      )}
      {!over && !resent && (
        <SendAgain variant="secondary" size="l" wide wait={wait} onClick={() => void resend()} />
      )}
    </Page>
  );
}
