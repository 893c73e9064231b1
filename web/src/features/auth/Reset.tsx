import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { fragmentToken } from './flow';
import { NewPassword } from './NewPassword';

export default function Reset() {
  const { t } = useLingui();
  const [token] = useState(fragmentToken);
  return (
    <NewPassword
      token={token}
      title={t`Set a new password`}
      text={<Trans>Then you are signed in.</Trans>}
      send={(password, headers) =>
        api('POST /auth/reset', { body: { token, password }, headers, anonymous: true })
      }
    />
  );
}
