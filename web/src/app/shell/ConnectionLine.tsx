import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { session, useSession } from '#/store';
import css from './ConnectionLine.module.css';

/** How long the connection has been away: nothing is said under 4 s, more after 30 s. */
function useStage(away: boolean, since: number): 'none' | 'line' | 'banner' {
  const [now, setNow] = useState(Date.now);
  const gone = away ? Math.max(0, now - since) : 0;
  useEffect(() => {
    if (!away) return;
    setNow(Date.now());
    const timers = [4_000, 30_000]
      .map((after) => since + after - Date.now())
      .filter((wait) => wait > 0)
      .map((wait) => setTimeout(() => setNow(Date.now()), wait + 20));
    return () => timers.forEach(clearTimeout);
  }, [away, since]);
  return gone < 4_000 ? 'none' : gone < 30_000 ? 'line' : 'banner';
}

const onNetwork = (listener: () => void) => {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
};

/** Seen only: what listeners hear of it comes from the announcer. */
export function ConnectionLine() {
  const { t } = useLingui();
  const { phase, since, reason } = useSession();
  const stage = useStage(phase === 'reconnecting' || phase === 'connecting', since);
  const network = useSyncExternalStore(onNetwork, () => navigator.onLine);
  // Where the device itself says that it has no network, there is nothing to wait for.
  const offline = phase === 'offline' || (!network && stage !== 'none');
  if (!offline && stage === 'none') return null;
  const label = t`Connection`;
  if (!offline && stage === 'line')
    return (
      <section className={css.line} aria-label={label}>
        <span className={css.bar} />
        <span className={css.words}>{phase === 'connecting' ? t`Connecting…` : t`Reconnecting…`}</span>
      </section>
    );
  return (
    <section className={css.banner} aria-label={label}>
      <span>
        {!network ? (
          <Trans>
            You are offline. You can read what was loaded; what you send goes out when you are back.
          </Trans>
        ) : reason === 'server-error' ? (
          <Trans>The server has a problem. What you send is kept and goes out when it is back.</Trans>
        ) : (
          <Trans>The server cannot be reached. What you send is kept and goes out when it is back.</Trans>
        )}
      </span>
      <button type="button" onClick={() => session.retryNow()}>
        <Trans>Retry now</Trans>
      </button>
    </section>
  );
}
