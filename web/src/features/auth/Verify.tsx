import { Trans, useLingui } from '@lingui/react/macro';
import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { fragmentToken } from './flow';
import { OneClick } from './OneClick';

export default function Verify() {
  const { t } = useLingui();
  const [token] = useState(fragmentToken);
  return (
    <OneClick
      token={token}
      icon={<MailCheck size={30} />}
      title={t`Confirm your e-mail address`}
      text={<Trans>One click, and this address is yours for sure.</Trans>}
      action={t`Confirm`}
      done={{ title: t`Confirmed`, text: <Trans>Your e-mail address is confirmed.</Trans> }}
      send={(headers) => api('POST /auth/verify', { body: { token }, headers, anonymous: true })}
    />
  );
}
