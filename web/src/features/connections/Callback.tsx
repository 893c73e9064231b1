import { Trans, useLingui } from '@lingui/react/macro';
import { CircleCheck, CircleX } from 'lucide-react';
import { useEffect } from 'react';
import { goTo } from '#/app/layout';
import { HOME } from '#/app/links';
import { Page } from '#/features/auth/Page';
import { Button } from '#/ui';

/** Where another service sends the person back: tells the page that opened it, and closes. */
export default function Callback() {
  const { t } = useLingui();
  const done = new URLSearchParams(location.search).get('status') === 'connected';
  useEffect(() => {
    const opener = window.opener as Window | null;
    opener?.postMessage({ type: 'connection', connected: done }, location.origin);
    if (opener) window.close();
  }, [done]);
  return (
    <Page
      title={done ? t`Connected` : t`It could not be connected`}
      icon={done ? <CircleCheck size={30} /> : <CircleX size={30} />}
      kind={done ? 'positive' : 'danger'}
      text={
        done ? (
          <Trans>You can close this page.</Trans>
        ) : (
          <Trans>The other service refused, or it was cancelled. Nothing was changed.</Trans>
        )
      }
    >
      <Button size="l" wide onClick={() => goTo(HOME)}>
        <Trans>Go home</Trans>
      </Button>
    </Page>
  );
}
