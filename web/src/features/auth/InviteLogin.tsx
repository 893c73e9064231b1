import { useMemo } from 'react';
import { useParams } from '#/app/routing';
import { LoginFlow } from './Login';

/** Signing in with an invite in hand. */
export default function InviteLogin() {
  const { code = '' } = useParams();
  // One object as long as the code is the same: effects of the form listen to it.
  const aim = useMemo(() => ({ invite: code }), [code]);
  return <LoginFlow aim={aim} />;
}
