// Signing in a device by another one: this page shows a code when nobody is signed in here, and takes one when
// somebody is.
import { Trans, useLingui } from '@lingui/react/macro';
import { MonitorSmartphone, TimerOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '#/api/client';
import { goTo } from '#/app/layout';
import { HOME } from '#/app/links';
import { session, useMe, useSession } from '#/store';
import { Button, ErrorState, Skeleton } from '#/ui';
import css from './auth.module.css';
import { enter } from './flow';
import { Page } from './Page';
import { BackToLogin, CodeField, Form } from './parts';
import { useSubmit } from './submit';

export default function Handoff() {
  const { phase } = useSession();
  if (phase === 'boot') return null;
  return phase === 'signed-out' ? <ShowCode /> : <EnterCode />;
}

function ShowCode() {
  const { t } = useLingui();
  const [code, setCode] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks for another code
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    setOver(false);
    setError(null);
    setCode(null);
    const run = async () => {
      const { code } = await api('POST /auth/handoff/initiate', { anonymous: true });
      if (stopped) return;
      setCode(code);
      const look = async () => {
        const status = await api('GET /auth/handoff/{code}/status', { path: { code }, anonymous: true });
        if (stopped) return;
        if (status.token && status.user_id)
          return enter({ token: status.token, user_id: status.user_id }, {});
        if (status.status !== 'pending') return setOver(true);
        timer = setTimeout(() => void look().catch(setError), 2000);
      };
      timer = setTimeout(() => void look().catch(setError), 2000);
    };
    run().catch((failure) => stopped || setError(failure));
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [round]);
  return (
    <Page
      title={over ? t`The code has expired` : t`Use a device that is signed in`}
      icon={over ? <TimerOff size={30} /> : <MonitorSmartphone size={30} />}
      text={
        over ? undefined : (
          <Trans>
            There, open <bdi dir="ltr">{location.host}/handoff</bdi> and enter this code. This page then goes
            on by itself.
          </Trans>
        )
      }
      foot={<BackToLogin />}
    >
      {error ? (
        <ErrorState error={error} onRetry={() => setRound(round + 1)} />
      ) : over ? (
        <Button variant="primary" size="l" wide onClick={() => setRound(round + 1)}>
          <Trans>Show another code</Trans>
        </Button>
      ) : code ? (
        <output className={css.handoff} dir="ltr">
          {code}
        </output>
      ) : (
        <Skeleton shape="block" height={72} />
      )}
    </Page>
  );
}

function EnterCode() {
  const { t } = useLingui();
  const me = useMe();
  const [code, setCode] = useState(() => new URLSearchParams(location.search).get('code') ?? '');
  const [done, setDone] = useState(false);
  const submit = useSubmit(async () => {
    await session.handOff(code.trim());
    setDone(true);
  });
  const name = me ? (me.global_name ?? me.username) : '';
  return (
    <Page
      title={done ? t`Signed in` : t`Sign in another device`}
      icon={<MonitorSmartphone size={30} />}
      kind={done ? 'positive' : undefined}
      text={
        done ? (
          <Trans>The other device goes on by itself.</Trans>
        ) : (
          <Trans>
            It will be signed in as <bdi>{name}</bdi>. Enter only a code that you see on a device of your own.
          </Trans>
        )
      }
    >
      {!done && (
        <Form submit={submit} label={t`Sign it in`} shows={['code']}>
          <CodeField
            autoCapitalize="characters"
            autoComplete="off"
            maxLength={9}
            placeholder="XXXX-XXXX"
            value={code}
            onChange={(text) => setCode(text.toUpperCase())}
            error={submit.field('code')}
          />
        </Form>
      )}
      <Button variant="ghost" wide onClick={() => goTo(HOME)}>
        {done ? <Trans>Go on</Trans> : <Trans>Cancel</Trans>}
      </Button>
    </Page>
  );
}
