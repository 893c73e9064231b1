// A mailed link that does one thing. It acts on a click only: programs that read mail open links too.
import { Trans } from '@lingui/react/macro';
import { CircleCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { goTo } from '#/app/layout';
import { Button } from '#/ui';
import { LinkOver } from './LinkOver';
import { Page } from './Page';
import { Form } from './parts';
import { useSubmit } from './submit';

interface Props {
  token: string;
  icon: ReactNode;
  title: string;
  text: ReactNode;
  action: string;
  done: { title: string; text: ReactNode };
  send: (headers: Record<string, string>) => Promise<unknown>;
}

export function OneClick({ token, icon, title, text, action, done, send }: Props) {
  const [finished, setFinished] = useState(false);
  const submit = useSubmit(async (headers) => {
    await send(headers);
    setFinished(true);
  });
  if (!token || submit.field('token')) return <LinkOver />;
  if (finished)
    return (
      <Page title={done.title} text={done.text} icon={<CircleCheck size={30} />} kind="positive">
        <Button variant="primary" size="l" wide onClick={() => goTo('/')}>
          <Trans>Go to Fluxer</Trans>
        </Button>
      </Page>
    );
  return (
    <Page title={title} text={text} icon={icon}>
      <Form submit={submit} label={action} shows={['token']}>
        {null}
      </Form>
    </Page>
  );
}
