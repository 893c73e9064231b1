import { Trans, useLingui } from '@lingui/react/macro';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { fragmentToken } from './flow';
import { OneClick } from './OneClick';

export default function AuthorizeIp() {
  const { t } = useLingui();
  const [token] = useState(fragmentToken);
  return (
    <OneClick
      token={token}
      icon={<ShieldCheck size={30} />}
      title={t`Was it you?`}
      text={
        <Trans>
          Somebody signs in to your account from a new place. If it is you, allow it. If not, close this page
          and change your password.
        </Trans>
      }
      action={t`It was me, allow it`}
      done={{
        title: t`Allowed`,
        text: <Trans>The device that was waiting goes on by itself. You can close this page.</Trans>,
      }}
      send={(headers) => api('POST /auth/authorize-ip', { body: { token }, headers, anonymous: true })}
    />
  );
}
