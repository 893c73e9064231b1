import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { fragmentToken } from './flow';
import { NewPassword } from './NewPassword';

/** The link that the old address gets when the e-mail address of an account was changed. */
export default function WasntMe() {
  const { t } = useLingui();
  const [token] = useState(fragmentToken);
  return (
    <NewPassword
      token={token}
      title={t`Take your account back`}
      text={
        <Trans>
          Your old e-mail address returns. Two-factor, passkeys and your phone number are removed, and every
          device is signed out, so that nobody but you has a way in.
        </Trans>
      }
      send={(password, headers) =>
        api('POST /auth/email-revert', { body: { token, password }, headers, anonymous: true })
      }
    />
  );
}
