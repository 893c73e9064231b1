import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { LoginFlow } from './Login';

/** Signing in with an invite in hand. */
export default function InviteLogin() {
  const { code = '' } = useParams({ strict: false });
  // One object as long as the code is the same: effects of the form listen to it.
  const aim = useMemo(() => ({ invite: code }), [code]);
  return <LoginFlow aim={aim} />;
}
