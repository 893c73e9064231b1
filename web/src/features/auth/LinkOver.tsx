import { Trans, useLingui } from '@lingui/react/macro';
import { Unlink } from 'lucide-react';
import { goTo } from '#/app/layout';
import { Button } from '#/ui';
import { Page } from './Page';

/** A mailed link that was used, is too old or lost its end on the way. */
export function LinkOver({ again }: { again?: string }) {
  const { t } = useLingui();
  return (
    <Page
      title={t`This link no longer works`}
      icon={<Unlink size={30} />}
      kind="danger"
      text={
        <Trans>It was used already, or it is too old. Links in mails work once and for a short time.</Trans>
      }
    >
      {again && (
        <Button variant="primary" size="l" wide onClick={() => goTo(again)}>
          <Trans>Ask for a new one</Trans>
        </Button>
      )}
      <Button size="l" wide onClick={() => goTo('/')}>
        <Trans>Go to Fluxer</Trans>
      </Button>
    </Page>
  );
}
