import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { api } from '#/api/client';
import { safeNext } from '#/app/links';
import { ErrorState, Progress } from '#/ui';
import { type Aim, enter } from './flow';
import { Page } from './Page';
import { BackToLogin } from './parts';

/** Back from the provider. */
export default function SsoCallback() {
  const { t } = useLingui();
  const [error, setError] = useState<unknown>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const query = new URLSearchParams(location.search);
    const [code, state] = [query.get('code'), query.get('state')];
    history.replaceState(history.state, '', location.pathname);
    if (!code || !state)
      return setError(new Error(query.get('error_description') ?? query.get('error') ?? ''));
    api('POST /auth/sso/complete', { body: { code, state }, anonymous: true })
      .then(({ token, user_id, redirect_to }) => {
        const next = safeNext(redirect_to);
        const aim: Aim = next ? { next } : {};
        return enter({ token, user_id }, aim);
      })
      .catch(setError);
  }, []);
  return (
    <Page title={error ? t`That did not work` : t`Signing you in`} foot={error ? <BackToLogin /> : undefined}>
      {error ? <ErrorState error={error} /> : <Progress label={t`Signing you in`} />}
    </Page>
  );
}
